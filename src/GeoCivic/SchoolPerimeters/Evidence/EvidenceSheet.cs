using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Walking;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>What is known about a school and a venue on a day.</summary>
/// <param name="School">The school.</param>
/// <param name="Venue">The venue.</param>
/// <param name="CategoryName">Chinese name of its category.</param>
/// <param name="Day">The Beijing day whose rules and licences count.</param>
/// <param name="MadeAt">When it was put together.</param>
/// <param name="Rows">A row for each rule that covers the two; empty where no rule does.</param>
/// <param name="StraightMetres">Geodesic from the campus to the venue; 0 inside or touching.</param>
/// <param name="Wall">The place of the campus nearest to the venue.</param>
/// <param name="Door">The place of the venue nearest to the campus, to which is walked.</param>
/// <param name="Gates">The gates with their geodesic distance to the venue.</param>
/// <param name="Walking"><c>measured</c>, <c>no_path</c> or <c>not_measured</c>.</param>
/// <param name="Route">The shortest way on foot.</param>
/// <param name="Network">The ways it rests on.</param>
internal sealed record EvidenceSheet(
    PerimeterSchool School,
    PerimeterVenue Venue,
    string CategoryName,
    DateOnly Day,
    DateTimeOffset MadeAt,
    IReadOnlyList<ComplianceRow> Rows,
    double StraightMetres,
    LonLat Wall,
    LonLat Door,
    IReadOnlyList<(PerimeterGate Gate, double Metres)> Gates,
    string Walking,
    WalkingRoute? Route,
    NetworkState Network
)
{
    /// <summary>The row that weighs most: a violation before what is open, and that before what is in order.</summary>
    public ComplianceRow? Worst => Rows.MinBy(r => Weight(r.Decision.Verdict));

    /// <summary>The packs that decided, with their versions.</summary>
    public IReadOnlyList<string> Packs =>
        [
            .. Rows.Select(r => $"{r.Rule.Pack} {r.Rule.PackVersion}")
                .Distinct(StringComparer.Ordinal),
        ];

    private static int Weight(Rules.Verdict verdict) =>
        verdict switch
        {
            Rules.Verdict.Violating => 0,
            Rules.Verdict.Disputed => 1,
            Rules.Verdict.ToBeSurveyed => 2,
            Rules.Verdict.Exempt => 3,
            _ => 4,
        };
}
