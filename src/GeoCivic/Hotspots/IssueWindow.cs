using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Issues;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>
/// Which issues a statistical question is about: days, category, state, shift. Applied to every query that
/// includes <c>Hotspots/window_issues.sql</c>, which also keeps to what the caller may see.
/// </summary>
/// <param name="Street">The street, or null for all that the caller sees.</param>
/// <param name="From">First Beijing day of finding, or null.</param>
/// <param name="To">Last Beijing day of finding, included, or null.</param>
/// <param name="Category">Code of the category, or null for all.</param>
/// <param name="State"><c>open</c>, <c>all</c> or the code of a state.</param>
/// <param name="Shift"><c>day</c>, <c>night</c> or <c>school_peak</c> by the time of finding, or null.</param>
public sealed record IssueWindow(
    string? Street,
    DateOnly? From,
    DateOnly? To,
    string? Category,
    string State,
    string? Shift
)
{
    /// <summary>Words of <see cref="State"/>.</summary>
    public static readonly string[] States =
    [
        "open",
        "all",
        .. IssueStates.All.Select(s => s.Code()).Where(c => c != "open"),
    ];

    /// <summary>Words of <see cref="Shift"/>.</summary>
    public static readonly string[] Shifts = ["day", "night", "school_peak"];

    /// <summary>The parameters, for the description of a call.</summary>
    public static readonly QueryParameter[] Parameters =
    [
        Http.Parameters.Street,
        Http.Parameters.From,
        Http.Parameters.To,
        OneCategory,
        Http.Parameters.Choice(
            "state",
            "open: what is to be done still; all; or one state. Without it, all when a window is given, else open.",
            null,
            States
        ),
        Http.Parameters.Choice("shift", "Shift in which the issue was found.", null, Shifts),
    ];

    internal static QueryParameter OneCategory => new("category", "Code of an issue category.");

    /// <summary>Reads the parameters; faults are noted in the reader.</summary>
    public static IssueWindow Read(QueryReader query)
    {
        var street = query.Text("street", 64);
        var (from, to) = (query.Day("from"), query.Day("to"));
        if (from > to)
        {
            query.Fault("to", "lies before from");
        }

        var category = query.Text("category", 64);
        var standard = from is null && to is null ? "open" : "all";
        return new IssueWindow(
            street,
            from,
            to,
            category,
            query.Choice("state", standard, States)!,
            query.Choice("shift", null, Shifts)
        );
    }

    /// <summary>Gives a query the parameters of <c>Hotspots/window_issues.sql</c>.</summary>
    public NpgsqlCommand Apply(NpgsqlCommand command, Scope scope) =>
        command
            .With(scope)
            .With("street", Street)
            .With("from", From is { } first ? BeijingTime.StartOf(first) : (DateTime?)null)
            .With("to", To is { } last ? BeijingTime.StartOf(last.AddDays(1)) : (DateTime?)null)
            .With("category", Category)
            .With("open", State == "open" ? true : (bool?)null)
            .With("state", State is "open" or "all" ? null : State)
            .With("shift", Shift);

    /// <summary>Makes sure that the street of a question, when it names one, is there and that the caller holds something in it.</summary>
    /// <exception cref="ProblemException">It is not: 404.</exception>
    internal static Task RequireStreetAsync(
        NpgsqlDataSource source,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    ) =>
        street is null
            ? Task.CompletedTask
            : Streets.RequireTouchedAsync(source, street, scope, cancellationToken);

    /// <summary>The window as it is written in an address.</summary>
    public string ToQuery() =>
        string.Join(
            '&',
            new (string Name, string? Value)[]
            {
                ("street", Street),
                ("from", Text(From)),
                ("to", Text(To)),
                ("category", Category),
                ("state", State),
                ("shift", Shift),
            }
                .Where(p => p.Value is not null)
                .Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")
        );

    private static string? Text(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
