using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Zones;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>
/// Looks for the nearest place where a venue would be allowed. Candidates come from the outline of all zones together;
/// where a settled rule measures on foot, also from circles around the place, since behind a wall one may be nearer.
/// Every candidate is judged like any place that is asked about, and must lie in a grid.
/// </summary>
public static class NearestAllowed
{
    /// <summary>Farther than this nothing is looked for, metres.</summary>
    public const double MostMetres = 1000;

    // The outline's own error, and that of a place given to seven decimals.
    private const double Outside = 0.15;
    private const double Step = 5;
    private const int MostLookups = 60;

    /// <summary>Looks.</summary>
    /// <param name="around">Schools within the radius and the farthest limit.</param>
    /// <param name="from">The place asked about.</param>
    /// <param name="radius">How far to look, metres.</param>
    /// <param name="isCovered">Whether a place lies in the area that the caller can ask about.</param>
    /// <returns>The place and its distance; null when there is none within the radius.</returns>
    public static async Task<(LonLat Place, double Metres)?> FindAsync(
        Surroundings around,
        LonLat from,
        double radius,
        Func<LonLat, Task<bool>> isCovered
    )
    {
        var uncovered = new List<LonLat>();
        foreach (var (place, metres) in Candidates(around, from, radius))
        {
            // What lies beside a place outside the area is not worth another look-up.
            if (
                uncovered.Exists(other => Geodesic.Metres(other, place) < 2 * Step)
                || !around.Allows(place)
            )
            {
                continue;
            }

            if (await isCovered(place))
            {
                return (place, metres);
            }

            uncovered.Add(place);
            if (uncovered.Count == MostLookups)
            {
                return null;
            }
        }

        return null;
    }

    private static IEnumerable<(LonLat Place, double Metres)> Candidates(
        Surroundings around,
        LonLat from,
        double radius
    )
    {
        var area = GeodesicBox.Around(from, radius);
        var zones = new List<Geometry>();
        var onFoot = false;
        foreach (var (school, rules) in around.Schools)
        {
            var drawing = new SchoolZones(school, walks: null);
            foreach (var rule in rules)
            {
                onFoot |= rule is { How: RuleHow.Walking, MethodSettled: true };
                var limit =
                    rule.Metres + drawing.Uncertainty(rule, Accuracy.Metres(null)) + Outside;
                if (GeodesicBox.Around(school.Campus.EnvelopeInternal, limit).Intersects(area))
                {
                    zones.Add(drawing.Straight(rule, limit));
                }
            }
        }

        var found = new List<(LonLat Place, double Metres)>();
        foreach (var at in Outline(GeodesicZone.Dissolve(zones), from))
        {
            var place = new LonLat(Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
            var metres = Geodesic.Metres(from, place);
            if (metres <= radius)
            {
                found.Add((place, metres));
            }
        }

        if (onFoot)
        {
            var most = found.Select(f => f.Metres).DefaultIfEmpty(radius).Min();
            found.AddRange(Circles(from, most));
        }

        return found.OrderBy(f => f.Metres);
    }

    // The nearest place of each edge, in a plane around the place asked about: exact enough to order them.
    private static IEnumerable<LonLat> Outline(Geometry zone, LonLat from)
    {
        var width = Math.Cos(from.Lat * Math.PI / 180);
        for (var part = 0; part < zone.NumGeometries; part++)
        {
            if (zone.GetGeometryN(part) is not Polygon polygon)
            {
                continue;
            }

            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            {
                var line = ring.Coordinates;
                for (var i = 1; i < line.Length; i++)
                {
                    var (dx, dy) = ((line[i].X - line[i - 1].X) * width, line[i].Y - line[i - 1].Y);
                    var (fx, fy) = ((from.Lon - line[i - 1].X) * width, from.Lat - line[i - 1].Y);
                    var length = (dx * dx) + (dy * dy);
                    var t = length > 0 ? Math.Clamp(((fx * dx) + (fy * dy)) / length, 0, 1) : 0;
                    yield return new LonLat(
                        line[i - 1].X + (t * (line[i].X - line[i - 1].X)),
                        line[i - 1].Y + (t * (line[i].Y - line[i - 1].Y))
                    );
                }
            }
        }
    }

    private static IEnumerable<(LonLat Place, double Metres)> Circles(LonLat from, double most)
    {
        for (var radius = Step; radius < most; radius += Step)
        {
            var directions = (int)Math.Clamp(2 * Math.PI * radius / Step, 8, 90);
            for (var k = 0; k < directions; k++)
            {
                var at = Geodesic.Destination(from, 360.0 * k / directions, radius);
                var place = new LonLat(Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
                yield return (place, Geodesic.Metres(from, place));
            }
        }
    }
}
