using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Issues;
using GeoCivic.Spatial;

namespace GeoCivic.Hotspots;

/// <summary>What the number of a cell says.</summary>
public enum DensityMeasure
{
    /// <summary>Issues.</summary>
    Count,

    /// <summary>Issues per square kilometre of ground (geodesic).</summary>
    PerKm2,

    /// <summary>Issues per evaluation point placed in the cell.</summary>
    PerPoint,

    /// <summary>Issues per visit made there in the same window and shift; visits that met a locked door do not count.</summary>
    PerVisit,

    /// <summary>Share of the open issues whose limit that runs now is over.</summary>
    OverdueShare,
}

/// <summary>What can be said of a cell.</summary>
public enum CellStatus
{
    /// <summary>A number above zero.</summary>
    Value,

    /// <summary>It was possible to find something, and nothing was found.</summary>
    Zero,

    /// <summary>Nothing can be said: no points to divide by, no open issue to be late.</summary>
    NoData,

    /// <summary>Nobody was there: that nothing was found says nothing.</summary>
    NeverVisited,
}

/// <summary>Which issues are counted, by which cells, and what is said of them.</summary>
/// <param name="Level"><c>community</c>, <c>grid</c> or <c>hex</c>.</param>
public sealed record DensityQuestion(string Level)
{
    /// <summary>Only this street, or null for all.</summary>
    public string? Street { get; init; }

    /// <summary>Only this category, or null for all.</summary>
    public string? Category { get; init; }

    /// <summary><c>open</c>: those that are open; <c>all</c>; else the code of a state.</summary>
    public string State { get; init; } = "all";

    /// <summary>Only those found in this shift (SQL function <c>shift_at</c>), or null for all.</summary>
    public string? Shift { get; init; }

    /// <summary>First Beijing day of <c>found_at</c>, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last Beijing day of <c>found_at</c>, included, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What the numbers say.</summary>
    public DensityMeasure Measure { get; init; }

    /// <summary>Width of the hexagons from flat to flat, metres.</summary>
    public int Size { get; init; } = StandardSize;

    /// <summary>Standard width of the hexagons, metres.</summary>
    public const int StandardSize = 100;

    /// <summary>Least width.</summary>
    public const int LeastSize = 50;

    /// <summary>Greatest width.</summary>
    public const int GreatestSize = 2000;

    private static readonly string[] Shifts = ["day", "night", "school_peak"];

    private static readonly string[] States =
    [
        "open",
        "all",
        // The state code "open" itself cannot be asked for: the word means every state in which there is something to do.
        .. Enum.GetValues<IssueState>().Select(s => s.Code()).Where(c => c != "open"),
    ];

    private static readonly (DensityMeasure Measure, string Code)[] Measures =
    [
        (DensityMeasure.Count, "count"),
        (DensityMeasure.PerKm2, "per_km2"),
        (DensityMeasure.PerPoint, "per_point"),
        (DensityMeasure.PerVisit, "per_visit"),
        (DensityMeasure.OverdueShare, "overdue_share"),
    ];

    /// <summary>
    /// The one filter that is set as a slice of the maintained sums by year; null when several are, which only the counts by
    /// day can answer.
    /// </summary>
    internal string? Slice =>
        (Category, State, Shift) switch
        {
            (null, "all", null) => "all",
            (null, "open", null) => "open",
            (null, var state, null) => $"state:{state}",
            ({ } category, "all", null) => $"category:{category}",
            (null, "all", { } shift) => $"shift:{shift}",
            _ => null,
        };

    /// <summary>Code of a measure in a call.</summary>
    public static string CodeOf(DensityMeasure measure) =>
        Array.Find(Measures, m => m.Measure == measure).Code;

    /// <summary>Code of a status in an answer.</summary>
    public static string CodeOf(CellStatus status) =>
        status switch
        {
            CellStatus.Value => "value",
            CellStatus.Zero => "zero",
            CellStatus.NoData => "no_data",
            _ => "never_visited",
        };

    /// <summary>Reads <c>category</c>, <c>state</c>, <c>shift</c>, <c>from</c> and <c>to</c>, and the cells by <c>level</c> and <c>size</c>.</summary>
    /// <param name="query">Of the request; the caller reads <c>street</c> and what else there is.</param>
    /// <param name="street">The street, or null for all.</param>
    /// <param name="levels">Levels that the call knows; the first is the standard.</param>
    public static DensityQuestion Read(QueryReader query, string? street, params string[] levels)
    {
        var level = query.Choice("level", levels[0], levels)!;
        var size = query.Whole("size", StandardSize, LeastSize, GreatestSize);
        if (query.Has("size") && level != "hex")
        {
            query.Fault("size", "is for level=hex only");
        }

        var (from, to) = query.Days();
        return new DensityQuestion(level)
        {
            Street = street,
            Category = query.Text("category", 64),
            State = query.Choice("state", from is null && to is null ? "open" : "all", States)!,
            Shift = query.Choice("shift", null, Shifts),
            From = from,
            To = to,
            Size = size,
        };
    }

    /// <summary>Reads <c>measure</c>.</summary>
    public static DensityMeasure ReadMeasure(QueryReader query, params DensityMeasure[] measures)
    {
        var code = query.Choice("measure", CodeOf(measures[0]), Array.ConvertAll(measures, CodeOf));
        return Array.Find(Measures, m => m.Code == code).Measure;
    }

    /// <summary>The parameters that <see cref="Read"/> takes, for the API description.</summary>
    public static QueryParameter[] Parameters(params string[] levels) =>
        [
            Http.Parameters.Choice(
                "level",
                "Cells: communities, grids, or hexagons of equal surface laid over the street from an origin that never moves.",
                levels[0],
                levels
            ),
            new QueryParameter("category", "Code of an issue category."),
            Http.Parameters.Choice(
                "state",
                "Which issues count: every open one, all, or those in one state. Without it, all where from or to is given, else the open ones.",
                null,
                States
            ),
            Http.Parameters.Choice(
                "shift",
                "When they were found, Beijing time: school_peak 07:00–09:00 and 16:00–18:00, night 19:00–06:00, else day.",
                null,
                Shifts
            ),
            Http.Parameters.From,
            Http.Parameters.To,
            Http.Parameters.Whole(
                "size",
                "Width of a hexagon from one flat side to the opposite one, metres; for level=hex only.",
                LeastSize,
                GreatestSize,
                StandardSize
            ),
        ];

    /// <summary>The parameter that <see cref="ReadMeasure"/> takes.</summary>
    public static QueryParameter MeasureParameter(params DensityMeasure[] measures) =>
        Http.Parameters.Choice(
            "measure",
            "count: issues; per_km2: by surface (geodesic); per_point: by the evaluation points there; per_visit: by the visits made there in the same window and shift; overdue_share: of the open issues those whose limit is over.",
            CodeOf(measures[0]),
            Array.ConvertAll(measures, CodeOf)
        );

    /// <summary>Instants of the window: from, and before.</summary>
    internal (DateTime? From, DateTime? Before) Instants() =>
        (
            From is { } first ? BeijingTime.StartOf(first) : null,
            To is { } last ? BeijingTime.StartOf(last.AddDays(1)) : null
        );
}

/// <summary>A cell and what is said of it.</summary>
/// <param name="Street">Street.</param>
/// <param name="Shape">Code, name, parent, surface, centre and GeoJSON.</param>
/// <param name="Count">Issues that fit the question; for the share overdue, the open ones.</param>
/// <param name="Value">The measure, not rounded; null when it cannot be said.</param>
/// <param name="Status">What can be said.</param>
public sealed record DensityCell(
    string Street,
    Geography.AreaShape Shape,
    long Count,
    double? Value,
    CellStatus Status
)
{
    /// <summary>Evaluation points there, where the measure asks for them.</summary>
    public long? Points { get; init; }

    /// <summary>Visits made there, where the measure asks for them.</summary>
    public long? Visits { get; init; }

    /// <summary>Open issues whose limit is over, where the measure asks for them.</summary>
    public long? Overdue { get; init; }

    /// <summary>Code.</summary>
    public string Code => Shape.Code;

    /// <summary>Code of the area above, or null.</summary>
    public string? Parent => Shape.Parent;

    /// <summary>Centre, degrees.</summary>
    public LonLat Centre => Shape.Centre;
}

/// <summary>Issues by cell.</summary>
/// <param name="Cells">Every cell that the caller may see, streets and codes in order.</param>
/// <param name="Unplaced">Issues in no cell: in no grid in force.</param>
public sealed record DensityAnswer(IReadOnlyList<DensityCell> Cells, long Unplaced)
{
    /// <summary>All issues that fit the question and that the caller may see.</summary>
    public long Total => Cells.Sum(c => c.Count) + Unplaced;
}
