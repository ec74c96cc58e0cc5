using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>The ground that a rule speaks of around a school.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Shape">The ground.</param>
/// <param name="Kind"><c>straight</c> or <c>walking_reach</c>.</param>
/// <param name="OuterBound">
/// Whether the ground proper is inside this and cannot be drawn: gates or walking network are missing. Neither a gate nor
/// a way on foot reaches farther than the straight line from the campus, or from the gates.
/// </param>
public sealed record SchoolZone(PerimeterRule Rule, Geometry Shape, string Kind, bool OuterBound);

/// <summary>Draws zones around one school; equal ones are drawn once. Safe for concurrent use.</summary>
/// <param name="school">The school.</param>
/// <param name="walks">The ways on foot from its gates; null: no network, or no gates.</param>
public sealed class SchoolZones(PerimeterSchool school, WalkingField? walks)
{
    private readonly Dictionary<(string Base, double Metres), Geometry> _drawn = [];

    /// <summary>The zone of a rule with its own limit.</summary>
    public SchoolZone Of(PerimeterRule rule) =>
        rule.How == RuleHow.Walking && walks is not null && school.Gates.Count > 0
            ? new SchoolZone(rule, Reach(rule.Metres), "walking_reach", OuterBound: false)
            : new SchoolZone(
                rule,
                Straight(rule, rule.Metres),
                "straight",
                rule.How == RuleHow.Walking || IsGuess(rule)
            );

    /// <summary>The ground within metres of where a rule measures from, straight; from the campus, or all gates, where it is not known.</summary>
    public Geometry Straight(PerimeterRule rule, double metres)
    {
        var origin = OriginOf(rule);
        return Drawn(
            origin,
            metres,
            () =>
                origin switch
                {
                    "campus" => GeodesicZone.Around(school.Campus, metres),
                    "main" => Gates(metres, mainOnly: true),
                    _ => Gates(metres, mainOnly: false),
                }
        );
    }

    /// <summary>The ground within metres on foot of a gate; empty without a network.</summary>
    public Geometry Reach(double metres) =>
        Drawn("walk", metres, () => walks?.Reach(metres) ?? new Polygon(null));

    /// <summary>The uncertainty of the straight distance that a rule takes to a venue, metres.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="venue">The venue's own uncertainty.</param>
    public double Uncertainty(PerimeterRule rule, double venue)
    {
        double own =
            OriginOf(rule) == "campus"
                ? CampusUncertainty(school)
                : school.Gates.Max(gate => Accuracy.Metres(gate.Accuracy));
        return Math.Sqrt((own * own) + (venue * venue));
    }

    /// <summary>Whether the rule measures from a gate that the map does not tell.</summary>
    public bool IsGuess(PerimeterRule rule) =>
        rule.From != RuleFrom.CampusBoundary
        && (
            school.Gates.Count == 0
            || (
                rule.From == RuleFrom.MainGate
                && school.Gates.Count > 1
                && !school.Gates.Any(gate => gate.Main)
            )
        );

    /// <summary>
    /// What a rule measures from, straight, each with its own uncertainty in metres: 0 is the campus, n the n-th gate; all
    /// gates where the main one is not known, the campus where there are none.
    /// </summary>
    public static IEnumerable<(int Origin, double Uncertainty)> Origins(
        PerimeterSchool school,
        PerimeterRule rule
    )
    {
        var origin = OriginOf(school, rule);
        if (origin == "campus")
        {
            yield return (0, CampusUncertainty(school));
            yield break;
        }

        for (var i = 0; i < school.Gates.Count; i++)
        {
            if (school.Gates[i].Main || origin != "main")
            {
                yield return (i + 1, Accuracy.Metres(school.Gates[i].Accuracy));
            }
        }
    }

    private static double CampusUncertainty(PerimeterSchool school) =>
        Accuracy.Metres(school.Campus.Dimension == Dimension.Point ? "D" : school.Accuracy);

    // Drawing is long, and two that want the same may as well wait for one.
    private Geometry Drawn(string origin, double metres, Func<Geometry> draw)
    {
        lock (_drawn)
        {
            if (!_drawn.TryGetValue((origin, metres), out var zone))
            {
                _drawn[(origin, metres)] = zone = draw();
            }

            return zone;
        }
    }

    private string OriginOf(PerimeterRule rule) => OriginOf(school, rule);

    private static string OriginOf(PerimeterSchool school, PerimeterRule rule) =>
        rule.From == RuleFrom.CampusBoundary || school.Gates.Count == 0 ? "campus"
        : rule.From == RuleFrom.MainGate && school.Gates.Any(gate => gate.Main) ? "main"
        : "gates";

    private Geometry Gates(double metres, bool mainOnly) =>
        GeodesicZone.Dissolve(
            school
                .Gates.Where(gate => gate.Main || !mainOnly)
                .Select(gate =>
                    GeodesicZone.Around(new Point(gate.Place.Lon, gate.Place.Lat), metres)
                )
        );
}
