using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Zones;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>An area cut into where a category is allowed, forbidden, and where that is open.</summary>
/// <param name="Allowed">Every rule says "beyond the limit".</param>
/// <param name="Forbidden">Some rule says "within the limit".</param>
/// <param name="Unsure">The rest: disputed, or to be surveyed.</param>
public sealed record AllowedAreas(Geometry Allowed, Geometry Forbidden, Geometry Unsure)
{
    /// <summary>Cuts an area. It is a drawing of what <see cref="Surroundings"/> judges, to about the zones' 0.1 m.</summary>
    /// <remarks>
    /// For a limit L and an uncertainty u, ground within L − u is violating and ground beyond L + u compliant. Where no
    /// text settles the method, ground is only forbidden when it is so on foot too, and open otherwise. A settled rule on
    /// foot allows what is reached on foot in more than L + u; what is not reached at all stays open.
    /// </remarks>
    /// <param name="area">Polygon or multipolygon, WGS-84 degrees.</param>
    /// <param name="around">The schools that matter there.</param>
    public static AllowedAreas Of(Geometry area, Surroundings around)
    {
        var forbidden = new List<Geometry>();
        var open = new List<Geometry>();
        foreach (var (school, rules, walks) in around.Schools)
        {
            var zones = walks.ZonesOf(school.School);
            foreach (var rule in rules)
            {
                var (no, notYes) = Grounds(zones, walks, rule);
                forbidden.Add(no);
                open.Add(notYes);
            }
        }

        var inForbidden = Cut(area, GeodesicZone.Dissolve(forbidden), SpatialFunction.Intersection);
        var beyond = Cut(
            area,
            GeodesicZone.Dissolve(open.Concat(forbidden)),
            SpatialFunction.Difference
        );
        var rest = Cut(
            Cut(area, beyond, SpatialFunction.Difference),
            inForbidden,
            SpatialFunction.Difference
        );
        return new AllowedAreas(beyond, inForbidden, rest);
    }

    // Where the rule is surely broken, and where it is not surely kept.
    private static (Geometry No, Geometry NotYes) Grounds(
        SchoolZones zones,
        SchoolWalks walks,
        PerimeterRule rule
    )
    {
        var u = zones.Uncertainty(rule, Accuracy.Metres(null));
        // Ways of no declared class.
        var onFoot = double.Hypot(u, Accuracy.Metres(null));
        var wide = zones.Straight(rule, rule.Metres + u);
        var nowhere = (Geometry)new Polygon(null);
        if (zones.IsGuess(rule))
        {
            return (nowhere, wide);
        }

        var near = rule.Metres > u ? zones.Straight(rule, rule.Metres - u) : nowhere;
        if (walks.Network is null)
        {
            return rule.How == RuleHow.Straight ? (near, wide) : (nowhere, wide);
        }

        if (rule is { How: RuleHow.Straight, MethodSettled: true })
        {
            return (near, wide);
        }

        var walked = zones.Reach(Math.Max(0, rule.Metres - onFoot));
        if (!rule.MethodSettled)
        {
            return (Cut(near, walked, SpatialFunction.Intersection), wide);
        }

        var reachedLater = Cut(
            zones.Reach(walks.Reach),
            zones.Reach(rule.Metres + onFoot),
            SpatialFunction.Difference
        );
        return (walked, Cut(wide, reachedLater, SpatialFunction.Difference));
    }

    private static Geometry Cut(Geometry a, Geometry b, SpatialFunction how) =>
        Areas(OverlayNGRobust.Overlay(a, b, how));

    // Where outlines touch, an overlay leaves lines and points behind.
    private static Geometry Areas(Geometry shape) =>
        shape is Polygon or MultiPolygon
            ? shape
            : new MultiPolygon([
                .. Enumerable
                    .Range(0, shape.NumGeometries)
                    .Select(shape.GetGeometryN)
                    .OfType<Polygon>(),
            ]);
}
