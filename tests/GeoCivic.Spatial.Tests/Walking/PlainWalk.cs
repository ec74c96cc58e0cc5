using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace GeoCivic.Spatial.Tests.Walking;

/// <summary>
/// Walking by the definition: lines on a lattice, noded by NetTopologySuite's union, each snap place a node, and all
/// distances by R. W. Floyd and S. Warshall; geodesic lengths by the full solution.
/// </summary>
internal sealed class PlainWalk
{
    internal const double Unit = 1e-4;
    private static readonly GeometryFactory s_factory = new(new PrecisionModel(), 4326);

    private readonly List<(Coordinate A, Coordinate B)> _segments = [];

    internal PlainWalk(IEnumerable<Coordinate[]> lattice)
    {
        Geometry noded = UnaryUnionOp.Union(
            lattice.Select(line => (Geometry)s_factory.CreateLineString(line)).ToList()
        );
        for (int i = 0; i < noded.NumGeometries; i++)
        {
            Coordinate[] line = noded.GetGeometryN(i).Coordinates;
            _segments.AddRange(line.Zip(line.Skip(1)));
        }
    }

    internal double Metres => _segments.Sum(s => Geodesic.Metres(OnGlobe(s.A), OnGlobe(s.B)));

    internal static LonLat OnGlobe(Coordinate c) => new(106.5 + (c.X * Unit), 29.5 + (c.Y * Unit));

    internal static LineString OnGlobe(Coordinate[] line) =>
        s_factory.CreateLineString([
            .. line.Select(OnGlobe).Select(p => new Coordinate(p.Lon, p.Lat)),
        ]);

    /// <summary>Metres from the nearest of some places to another, with the legs to the network; infinite without a way.</summary>
    internal double[] Walk(IReadOnlyList<Coordinate> starts, IReadOnlyList<Coordinate> doors)
    {
        Coordinate[] places = [.. starts, .. doors];
        var snaps = places.Select(Nearest).ToArray();
        var nodes = new Dictionary<(double, double), int>();
        var edges = new List<(int A, int B, double Metres)>();
        int Node(Coordinate c)
        {
            var key = (Math.Round(c.X, 6), Math.Round(c.Y, 6));
            if (!nodes.TryGetValue(key, out int node))
            {
                nodes[key] = node = nodes.Count;
            }

            return node;
        }

        for (int i = 0; i < _segments.Count; i++)
        {
            var (a, b) = _segments[i];
            Coordinate[] stops =
            [
                a,
                .. snaps.Where(s => s.Segment == i).OrderBy(s => s.Share).Select(s => s.On),
                b,
            ];
            foreach (var (from, to) in stops.Zip(stops.Skip(1)))
            {
                edges.Add((Node(from), Node(to), Geodesic.Metres(OnGlobe(from), OnGlobe(to))));
            }
        }

        int n = nodes.Count;
        var d = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                d[i, j] = i == j ? 0 : double.PositiveInfinity;
            }
        }

        foreach (var (a, b, metres) in edges)
        {
            d[a, b] = d[b, a] = Math.Min(d[a, b], metres);
        }

        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n && double.IsFinite(d[i, k]); j++)
                {
                    d[i, j] = Math.Min(d[i, j], d[i, k] + d[k, j]);
                }
            }
        }

        return
        [
            .. doors.Select(
                (_, door) =>
                    starts
                        .Select(
                            (_, start) =>
                                d[Node(snaps[start].On), Node(snaps[starts.Count + door].On)]
                                + snaps[start].Metres
                                + snaps[starts.Count + door].Metres
                        )
                        .Min()
            ),
        ];
    }

    private (int Segment, double Share, Coordinate On, double Metres) Nearest(Coordinate place)
    {
        // Nearest in metres: a degree of longitude is shorter than one of latitude.
        double squeeze =
            Geodesic.Metres(OnGlobe(place), OnGlobe(new Coordinate(place.X + 1, place.Y)))
            / Geodesic.Metres(OnGlobe(place), OnGlobe(new Coordinate(place.X, place.Y + 1)));
        return _segments
            .Select(
                (s, i) =>
                {
                    double dx = (s.B.X - s.A.X) * squeeze;
                    double dy = s.B.Y - s.A.Y;
                    double share = Math.Clamp(
                        (((place.X - s.A.X) * squeeze * dx) + ((place.Y - s.A.Y) * dy))
                            / ((dx * dx) + (dy * dy)),
                        0,
                        1
                    );
                    var on = new Coordinate(
                        s.A.X + ((s.B.X - s.A.X) * share),
                        s.A.Y + ((s.B.Y - s.A.Y) * share)
                    );
                    return (i, share, on, Geodesic.Metres(OnGlobe(place), OnGlobe(on)));
                }
            )
            .MinBy(s => s.Item4);
    }
}
