using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>
/// Which issues are meant: read once, applied to every query that includes <c>Issues/where_issues.sql</c>, so that the list,
/// its count and the ledger cannot differ.
/// </summary>
public sealed class IssueFilter
{
    /// <summary>The parameters, for the description of a call.</summary>
    public static readonly QueryParameter[] All =
    [
        Parameters.Street,
        Parameters.Bbox,
        Parameters.List("category", "Codes of issue categories."),
        Parameters.List(
            "state",
            $"Codes of issue states: {string.Join(", ", IssueStates.All.Select(s => s.Code()))}."
        ),
        Parameters.Flag("open", "Only open issues, or only others."),
        Parameters.Community,
        Parameters.Grid,
        new QueryParameter("point", "Code of an evaluation point: issues at it."),
        Parameters.Placement,
        Parameters.From,
        Parameters.To,
        Parameters.At,
        Parameters.Contains("codes, names or descriptions"),
        new QueryParameter("body", "Code of the responsible body that leads."),
        Parameters.Flag("covert", "Only covert findings, or only others."),
        Parameters.Flag(
            "overdue",
            "Only issues with a missed time limit that still runs, or only others."
        ),
        Parameters.Day(
            "due_before",
            "Day (Beijing time): issues whose next limit ends at its end or before."
        ),
        Parameters.Flag(
            "mine",
            "true: what the caller reported, and what the bodies the caller handles for have to do with."
        ),
    ];

    private readonly string? _street;
    private readonly Geometry? _bbox;
    private readonly string[]? _categories;
    private readonly string[]? _states;
    private readonly bool? _open;
    private readonly string? _community;
    private readonly string? _grid;
    private readonly string? _point;
    private readonly string? _placement;
    private readonly DateTime? _from;
    private readonly DateTime? _to;
    private readonly DateOnly? _at;
    private readonly string? _q;
    private readonly string? _body;
    private readonly bool? _covert;
    private readonly bool? _overdue;
    private readonly DateOnly? _dueBefore;
    private readonly bool _mine;

    /// <summary>Reads the parameters; faults are noted in the reader.</summary>
    public IssueFilter(QueryReader query)
    {
        _street = query.Text("street", 64);
        _bbox = query.Bbox();
        _categories = query.Texts("category");
        _states = query.Choices("state", [.. IssueStates.All.Select(s => s.Code())]);
        _open = query.Flag("open");
        _community = query.Text("community", 64);
        _grid = query.Text("grid", 64);
        _point = query.Text("point", 64);
        _placement = query.Choice("placement", null, "inside", "snapped", "orphan");
        (_from, _to) = query.Window();
        _at = query.Day("at");
        _q = query.Text("q", 100);
        _body = query.Text("body", 64);
        _covert = query.Flag("covert");
        _overdue = query.Flag("overdue");
        _dueBefore = query.Day("due_before");
        if (_dueBefore == DateOnly.MaxValue)
        {
            query.Fault("due_before", "is no day that anything is due on");
            _dueBefore = null;
        }

        _mine = query.Flag("mine") ?? false;
    }

    /// <summary>
    /// Gives a query the parameters of <c>Issues/where_issues.sql</c>, <c>Issues/feature_issue.sql</c> and
    /// <c>Geography/place_on_day.sql</c>.
    /// </summary>
    /// <param name="command">The query.</param>
    /// <param name="caller">Who asks: only what they may see counts.</param>
    /// <param name="now">The instant at which a limit is missed or not.</param>
    public NpgsqlCommand Apply(NpgsqlCommand command, Caller caller, DateTime now) =>
        command
            .With(caller.Scope)
            .With("now", now)
            .With("street", _street)
            .With("bbox", _bbox)
            .With("categories", _categories)
            .With("states", _states)
            .With("open", _open)
            .With("community", _community)
            .With("grid", _grid)
            .With("point", _point)
            .With("placement", _placement)
            .With("at", _at)
            .With("from", _from)
            .With("to", _to)
            .With("contains", Query.Contains(_q))
            .With("body", _body)
            .With("covert", _covert)
            .With("overdue", _overdue)
            .With(
                "due_before",
                _dueBefore is { } day ? BeijingTime.StartOf(day.AddDays(1)) : (DateTime?)null
            )
            .With("mine", _mine)
            .With("caller", caller.AccountId)
            .With("my_bodies", BodiesOf(caller));

    /// <summary>The bodies a caller handles for, as street and code.</summary>
    internal static string[] BodiesOf(Caller caller) =>
        [
            .. caller
                .Grants.Where(g => g is { Role: Role.Handler, Body: not null, Street: not null })
                .Select(g => $"{g.Street}/{g.Body}")
                .Distinct(StringComparer.Ordinal),
        ];
}
