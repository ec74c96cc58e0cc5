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
        Parameters.List("state", "Codes of issue states."),
        Parameters.Flag("open", "Only open issues, or only others."),
        Parameters.Community,
        Parameters.Grid,
        new QueryParameter("point", "Code of an evaluation point: issues at it."),
        Parameters.Placement,
        Parameters.From,
        Parameters.To,
        Parameters.At,
        Parameters.Contains("codes, names or descriptions"),
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

    /// <summary>Reads the parameters; faults are noted in the reader.</summary>
    public IssueFilter(QueryReader query)
    {
        _street = query.Text("street", 64);
        _bbox = query.Bbox();
        _categories = query.Texts("category");
        _states = query.Texts("state");
        _open = query.Flag("open");
        _community = query.Text("community", 64);
        _grid = query.Text("grid", 64);
        _point = query.Text("point", 64);
        _placement = query.Choice("placement", null, "inside", "snapped", "orphan");
        (_from, _to) = query.Window();
        _at = query.Day("at");
        _q = query.Text("q", 100);
    }

    /// <summary>Gives a query the parameters of <c>Issues/where_issues.sql</c> and <c>Geography/place_on_day.sql</c>.</summary>
    public NpgsqlCommand Apply(NpgsqlCommand command) =>
        command
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
            .With("contains", Query.Contains(_q));
}
