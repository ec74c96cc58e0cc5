using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Walking;

/// <summary>
/// Ground behind a wall, such as a campus: the straight leg between a gate or door and the ways does not cut across it.
/// </summary>
/// <remarks>
/// A gate or door may be mapped a little inside the wall, and a way too. So a leg counts as cutting across when it runs
/// farther inside than its place lies behind the wall, by more than the expanded uncertainty of the wall, twice its
/// accuracy (JCGM 100:2008, 6.2 and 6.3.3, coverage factor 2).
/// </remarks>
public sealed class WalledGround
{
    private readonly Geometry _ground;
    private readonly double _slack;
    private readonly Lazy<double[]> _edges;

    /// <summary>The ground.</summary>
    /// <param name="ground">WGS-84 degrees. A point or line has no inside: nothing cuts across it.</param>
    /// <param name="accuracyMetres">How far its boundary may lie from the truth, metres.</param>
    public WalledGround(Geometry ground, double accuracyMetres)
    {
        (_ground, _slack) = (ground, 2 * accuracyMetres);
        _edges = new Lazy<double[]>(() => EdgesOf(ground));
    }

    /// <summary>Whether a straight leg cuts across.</summary>
    /// <param name="from">The gate or door, WGS-84 degrees.</param>
    /// <param name="to">The place on a way.</param>
    public bool IsCutBy(LonLat from, LonLat to)
    {
        if (
            _ground.Dimension != Dimension.Surface
            || !_ground.EnvelopeInternal.Intersects(
                new Envelope(from.Lon, to.Lon, from.Lat, to.Lat)
            )
        )
        {
            return false;
        }

        double metres = ShortLine.Metres(from.Lon, from.Lat, to.Lon, to.Lat);
        if (metres <= _slack)
        {
            return false;
        }

        double inside = InsideShare(from, to) * metres;
        return inside > _slack && inside - Depth(from) > _slack;
    }

    // The share of a line that is inside: between two crossings of the boundary it is so as a whole, or not at all.
    private double InsideShare(LonLat from, LonLat to)
    {
        var edges = _edges.Value;
        var (dx, dy) = (to.Lon - from.Lon, to.Lat - from.Lat);
        var cuts = new List<double> { 0, 1 };
        for (int i = 0; i < edges.Length; i += 4)
        {
            var (ex, ey) = (edges[i + 2] - edges[i], edges[i + 3] - edges[i + 1]);
            double cross = (dx * ey) - (dy * ex);
            if (cross == 0)
            {
                continue;
            }

            var (ox, oy) = (edges[i] - from.Lon, edges[i + 1] - from.Lat);
            double along = ((ox * ey) - (oy * ex)) / cross;
            double across = ((ox * dy) - (oy * dx)) / cross;
            if (along > 0 && along < 1 && across >= 0 && across <= 1)
            {
                cuts.Add(along);
            }
        }

        cuts.Sort();
        double share = 0;
        for (int i = 1; i < cuts.Count; i++)
        {
            double middle = (cuts[i - 1] + cuts[i]) / 2;
            if (Contains(from.Lon + (dx * middle), from.Lat + (dy * middle)))
            {
                share += cuts[i] - cuts[i - 1];
            }
        }

        return share;
    }

    // Metres from a place inside to the boundary; 0 outside.
    private double Depth(LonLat place)
    {
        if (!Contains(place.Lon, place.Lat))
        {
            return 0;
        }

        var edges = _edges.Value;
        var scale = ShortLine.Scale(place.Lat);
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < edges.Length; i += 4)
        {
            var (_, metres) = ShortLine.Nearest(
                scale,
                place.Lon,
                place.Lat,
                edges[i],
                edges[i + 1],
                edges[i + 2],
                edges[i + 3]
            );
            nearest = Math.Min(nearest, metres);
        }

        return nearest;
    }

    // Even–odd over all rings: holes and the parts of a multipolygon come out right.
    private bool Contains(double x, double y)
    {
        var edges = _edges.Value;
        var inside = false;
        for (int i = 0; i < edges.Length; i += 4)
        {
            var (y1, y2) = (edges[i + 1], edges[i + 3]);
            if (
                y1 > y != y2 > y
                && x < edges[i] + ((y - y1) / (y2 - y1) * (edges[i + 2] - edges[i]))
            )
            {
                inside = !inside;
            }
        }

        return inside;
    }

    // x1, y1, x2, y2 of each edge of each ring.
    private static double[] EdgesOf(Geometry ground)
    {
        var edges = new List<double>();
        for (int part = 0; part < ground.NumGeometries; part++)
        {
            if (ground.GetGeometryN(part) is not Polygon polygon)
            {
                continue;
            }

            foreach (var ring in (LineString[])[polygon.ExteriorRing, .. polygon.InteriorRings])
            {
                var places = ring.CoordinateSequence;
                for (int i = 1; i < places.Count; i++)
                {
                    edges.AddRange([
                        places.GetX(i - 1),
                        places.GetY(i - 1),
                        places.GetX(i),
                        places.GetY(i),
                    ]);
                }
            }
        }

        return [.. edges];
    }
}
