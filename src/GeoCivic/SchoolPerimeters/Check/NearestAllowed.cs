using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>
/// Looks for the nearest place where a venue would be allowed, in a grid of the asker's.
/// </summary>
/// <remarks>
/// <para>
/// The ground that is kept free is a union of zones, each around a campus or a gate. The place of its outline that is
/// nearest to a place inside is the nearest of an edge of one zone, or a crossing of two; all of these are tried in the
/// order of their distance, and each is judged like any place that is asked about. Zones are drawn 0.15 m too wide and err
/// by less than 0.1 m: what is found is at most 0.3 m farther than any place that has 0.3 m of allowed ground on all sides;
/// where gates of one school have different accuracy classes, at most the difference of their uncertainties more.
/// </para>
/// <para>
/// Two things have no such outline: where a settled rule measures on foot, a place behind a wall may be allowed inside the
/// zone; and where the outline leaves the asker's grids, a place inside them may be nearer than the next of the outline.
/// Then the ground is also tried on circles, every 5 m, farther than 100 m away every twentieth of the distance, which is
/// how much farther than need be such a place may be.
/// </para>
/// </remarks>
public static class NearestAllowed
{
    /// <summary>Farther than this nothing is looked for, metres.</summary>
    public const double MostMetres = 1000;

    // Mostly it is just behind the limit; only where it is not is more ground looked at.
    private const double FirstMetres = MostMetres / 8;

    // The outline's own error, and that of a place given to seven decimals.
    private const double Outside = 0.15;

    // Two places of the coarsest class, and what is above.
    private const double MostUncertainty = 72;
    private const double Step = 5;
    private const double Share = 20;

    /// <summary>Looks.</summary>
    /// <param name="around">Schools within <see cref="MostMetres"/> and the farthest limit.</param>
    /// <param name="from">The place asked about.</param>
    /// <param name="isCovered">Whether a place lies in the area that the caller can ask about.</param>
    /// <returns>The place and its distance; null when there is none within <see cref="MostMetres"/>.</returns>
    public static async Task<(LonLat Place, double Metres)?> FindAsync(
        Surroundings around,
        LonLat from,
        Func<LonLat, ValueTask<bool>> isCovered
    )
    {
        (LonLat Place, double Metres)? found = null;
        double? uncovered = null;
        var search = new OutlineSearch(from);
        for (var radius = FirstMetres; found is null && radius <= MostMetres; radius *= 2)
        {
            search.Begin(Zones(around, from, radius), radius);
            found = await FirstAsync(search.Edges(), MostMetres);
            // Crossings that are nearer than that; or, where there is none, within the radius.
            found =
                await FirstAsync(search.Crossings(found?.Metres ?? radius), MostMetres) ?? found;
        }

        var onFoot = around.Schools.Any(near => near.Rules.Any(IsOnFoot));
        return onFoot || uncovered is not null
            ? await FirstAsync(
                Circles(from, onFoot ? Step : Math.Max(Step, uncovered!.Value)),
                found?.Metres ?? MostMetres
            ) ?? found
            : found;

        async ValueTask<(LonLat, double)?> FirstAsync(
            IEnumerable<(LonLat Place, int Zone, int Other)> candidates,
            double most
        )
        {
            foreach (var (at, zone, other) in candidates)
            {
                var place = new LonLat(Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
                if (search.IsBlocked(place, zone, other) || !around.Allows(place))
                {
                    continue;
                }

                var metres = Geodesic.Metres(from, place);
                if (metres >= most)
                {
                    return null;
                }

                if (await isCovered(place))
                {
                    return (place, metres);
                }

                uncovered = Math.Min(uncovered ?? metres, metres);
            }

            return null;
        }
    }

    private static bool IsOnFoot(PerimeterRule rule) =>
        rule is { How: RuleHow.Walking, MethodSettled: true };

    // The zones that meet a circle, and whether nothing inside can be allowed.
    private static Dictionary<Outline, bool> Zones(Surroundings around, LonLat from, double radius)
    {
        var area = GeodesicBox.Around(from, radius);
        var zones = new Dictionary<Outline, bool>();
        foreach (var (school, rules, _) in around.Schools)
        {
            foreach (var rule in rules)
            {
                var most = rule.Metres + MostUncertainty;
                if (!GeodesicBox.Around(school.Box, most).Intersects(area))
                {
                    continue;
                }

                foreach (var outline in school.Outlines(rule, Outside))
                {
                    if (outline.Box.Intersects(area))
                    {
                        zones[outline] = zones.GetValueOrDefault(outline) || !IsOnFoot(rule);
                    }
                }
            }
        }

        return zones;
    }

    private static IEnumerable<(LonLat Place, int Zone, int Other)> Circles(
        LonLat from,
        double radius
    )
    {
        while (radius < MostMetres)
        {
            var step = Math.Max(Step, radius / Share);
            var directions = (int)Math.Ceiling(2 * Math.PI * radius / step);
            for (var k = 0; k < directions; k++)
            {
                yield return (Geodesic.Destination(from, 360.0 * k / directions, radius), -1, -1);
            }

            radius += step;
        }
    }
}
