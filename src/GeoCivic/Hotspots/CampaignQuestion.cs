using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Days, both included.</summary>
internal sealed record DayWindow(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    public bool Overlaps(DayWindow other) => From <= other.To && other.From <= To;
}

/// <summary>Where a campaign ran and where not, before it and during it.</summary>
internal sealed record CampaignQuestion(
    string Street,
    string? Category,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Controls,
    DayWindow Before,
    DayWindow During
)
{
    private const int MostAreas = 100;

    /// <summary>Reads the parameters of a call.</summary>
    /// <exception cref="ProblemException">They are faulty, overlap or reach beyond today.</exception>
    public static CampaignQuestion Read(HttpRequest request, DateOnly today)
    {
        var query = new QueryReader(request);
        var street = query.Street();
        var category = query.Text("category", 64);
        var areas = Codes(query, "areas");
        var controls = Codes(query, "controls");
        var before = Window(query, "before", today);
        var during = Window(query, "during", today);
        if (areas.Intersect(controls, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            query.Fault("controls", $"name '{both}', where the campaign ran");
        }

        if (before is not null && during is not null && before.Overlaps(during))
        {
            query.Fault("during_from", "lies within the days before; the two must not overlap");
        }
        else if (before?.From > during?.From)
        {
            query.Fault("during_from", "lies before the days before");
        }

        query.Done();
        return new CampaignQuestion(street, category, areas, controls, before!, during!);
    }

    private static string[] Codes(QueryReader query, string name)
    {
        string[] codes = [.. (query.Texts(name) ?? []).Distinct(StringComparer.Ordinal)];
        if (codes.Length == 0)
        {
            query.Fault(name, "is required: codes of communities or grids");
        }
        else if (codes.Length > MostAreas)
        {
            query.Fault(name, $"has more than {MostAreas} codes");
        }

        return codes;
    }

    private static DayWindow? Window(QueryReader query, string name, DateOnly today)
    {
        var (from, to) = (query.Day($"{name}_from"), query.Day($"{name}_to"));
        if (from is null)
        {
            query.Fault($"{name}_from", "is required");
        }

        if (to is null)
        {
            query.Fault($"{name}_to", "is required");
        }
        else if (to < from)
        {
            query.Fault($"{name}_to", $"lies before {name}_from");
        }
        else if (to > today)
        {
            query.Fault(
                $"{name}_to",
                $"lies after today, {today:yyyy-MM-dd}: days to come cannot be counted"
            );
        }

        return from is { } first && to is { } last ? new DayWindow(first, last) : null;
    }

    /// <summary>Makes sure that every code names an area that the caller sees, and that no control lies within a treated area.</summary>
    /// <exception cref="ProblemException">404 for a code that names none; 400 where they overlap.</exception>
    public async Task CheckAreasAsync(
        NpgsqlDataSource source,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Hotspots/campaign_areas.sql"))
            .With(scope)
            .With("street", Street)
            .With("codes", [.. Areas, .. Controls]);
        var found = new List<(string Code, string Level, string? Parent)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add((rows.GetString(0), rows.GetString(1), rows.GetValue(2) as string));
        }

        string[] all = [.. Areas, .. Controls];
        if (Array.Find(all, c => !found.Exists(f => f.Code == c)) is { } unknown)
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no community or grid '{unknown}' in this street."
            );
        }

        bool Inside(
            (string Code, string Level, string? Parent) grid,
            IReadOnlyList<string> own,
            IReadOnlyList<string> others
        ) =>
            grid.Level == "grid"
            && own.Contains(grid.Code, StringComparer.Ordinal)
            && others.Contains(grid.Parent, StringComparer.Ordinal);
        if (
            found.Find(f => Inside(f, Areas, Controls) || Inside(f, Controls, Areas)) is
            { Code: not null } within
        )
        {
            throw ProblemException.ForParameters([
                new ParameterError(
                    "controls",
                    $"overlap: grid {within.Code} lies in community {within.Parent} of the other list"
                ),
            ]);
        }
    }

    /// <summary>The counts: treated before and during, controls before and during.</summary>
    public async Task<long[]> CountAsync(
        NpgsqlDataSource source,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Hotspots/campaign_counts.sql"))
            .With(scope)
            .With("street", Street)
            .With("category", Category)
            .With("areas", [.. Areas])
            .With("controls", [.. Controls])
            .With("before_from", BeijingTime.StartOf(Before.From))
            .With("before_to", BeijingTime.StartOf(Before.To.AddDays(1)))
            .With("during_from", BeijingTime.StartOf(During.From))
            .With("during_to", BeijingTime.StartOf(During.To.AddDays(1)));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return [row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)];
    }
}
