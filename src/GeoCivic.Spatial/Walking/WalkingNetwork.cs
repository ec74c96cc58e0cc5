using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Walking;

/// <summary>Ways as a graph for walkers, and where a place reaches it.</summary>
/// <remarks>
/// <para>
/// Nobody walks against a one-way sign, but on the pavement: directions are not asked for. A river or a railway is crossed
/// where a way crosses it, and nowhere else.
/// </para>
/// <para>
/// A gate or door goes to the nearest place of a way on the ground (layer 0) within <see cref="FarthestSnapMetres"/>, in a
/// straight line that counts as walked: not to a bridge overhead nor to a tunnel below, and not across the campus.
/// </para>
/// </remarks>
public sealed class WalkingNetwork
{
    /// <summary>Farther than this from any way, a place is not on the network; metres.</summary>
    public const double FarthestSnapMetres = 50;

    private readonly IReadOnlyList<Way> _ways;
    private readonly SegmentGrid _ground;
    private readonly int[] _firstOf;
    private readonly int[] _edgesOf;

    private WalkingNetwork(IReadOnlyList<Way> ways, Noding noding, EdgeTable edges)
    {
        _ways = ways;
        Edges = edges;
        (_firstOf, _edgesOf) = Stars(edges, noding.Nodes.Count);
        var ground = new List<int>(edges.X.Length);
        for (int place = 0; place + 1 < edges.X.Length; place++)
        {
            int edge = edges.EdgeOf[place];
            if (edges.EdgeOf[place + 1] == edge && ways[edges.Way(edge)].Layer == 0)
            {
                ground.Add(place);
            }
        }

        _ground = new SegmentGrid(edges.X, edges.Y, ground);
        Report = Tell(noding, edges, ways.Count);
    }

    /// <summary>What became of the ways.</summary>
    public NetworkReport Report { get; }

    internal EdgeTable Edges { get; }

    /// <summary>The graph of some ways.</summary>
    /// <param name="ways">In an order that is always the same, if the same answer is wanted to the last bit.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static WalkingNetwork Build(IReadOnlyList<Way> ways)
    {
        var lines = new WayLines(ways);
        var noding = Noding.Of(lines);
        return new WalkingNetwork(ways, noding, EdgeTable.Of(lines, noding));
    }

    /// <summary>What is reached on foot from some gates.</summary>
    /// <param name="starts">The gates; one without a way near is not a start.</param>
    /// <param name="reachMetres">How far is looked, with the snap legs.</param>
    /// <param name="walls">The campus, across which no leg between a gate or door and the ways is taken; null: none.</param>
    public WalkingField From(
        IReadOnlyList<WalkingStart> starts,
        double reachMetres,
        WalledGround? walls = null
    ) => new(this, starts, reachMetres, walls);

    /// <summary>The nearest place of the network within <see cref="FarthestSnapMetres"/>, or null.</summary>
    /// <param name="place">WGS-84 degrees.</param>
    public WalkingPlace? Nearest(LonLat place) =>
        Snap(place) is { } snap ? new WalkingPlace(snap.On, snap.Metres, WayOf(snap.Edge)) : null;

    internal Way WayOf(int edge) => _ways[Edges.Way(edge)];

    internal ReadOnlySpan<int> EdgesAt(int node) =>
        _edgesOf.AsSpan(_firstOf[node].._firstOf[node + 1]);

    /// <summary>The segments on the ground that come within so many metres of a box or more, each once.</summary>
    internal IEnumerable<int> GroundNear(Envelope box)
    {
        var seen = new HashSet<int>();
        foreach (long cell in SegmentGrid.CellsOf(box.MinX, box.MinY, box.MaxX, box.MaxY))
        {
            foreach (int segment in _ground.In(cell).ToArray())
            {
                if (seen.Add(segment))
                {
                    yield return segment;
                }
            }
        }
    }

    /// <summary>The nearest place of the ways on the ground to which a leg does not cut across walls.</summary>
    internal Snap? Snap(LonLat place, WalledGround? walls)
    {
        var nearest = Snap(place);
        return nearest is { } snap && walls?.IsCutBy(place, snap.On) == true
            ? Around(place, walls)
            : nearest;
    }

    // Each segment by its own nearest place, the nearest first.
    private Snap? Around(LonLat place, WalledGround walls)
    {
        var scale = ShortLine.Scale(place.Lat);
        var near = new SortedSet<(double Metres, int Segment, double Share)>();
        foreach (long cell in SegmentGrid.Around(place.Lon, place.Lat, FarthestSnapMetres))
        {
            foreach (int s in _ground.In(cell))
            {
                var (share, metres) = NearestOf(s, place, scale);
                if (metres <= FarthestSnapMetres)
                {
                    near.Add((metres, s, share));
                }
            }
        }

        foreach (var (_, segment, share) in near)
        {
            var snap = SnapAt(place, segment, share);
            if (!walls.IsCutBy(place, snap.On))
            {
                return snap;
            }
        }

        return null;
    }

    private (double Share, double Metres) NearestOf(
        int segment,
        LonLat place,
        (double X, double Y) scale
    ) =>
        ShortLine.Nearest(
            scale,
            place.Lon,
            place.Lat,
            Edges.X[segment],
            Edges.Y[segment],
            Edges.X[segment + 1],
            Edges.Y[segment + 1]
        );

    private Snap? Snap(LonLat place)
    {
        Degrees.ThrowIfOutOfRange(place.Lon, place.Lat);
        var scale = ShortLine.Scale(place.Lat);
        var (best, share, nearest) = (-1, 0.0, FarthestSnapMetres);
        // Nearly always something is near: the wide search is for the rest.
        foreach (double within in (ReadOnlySpan<double>)[10, FarthestSnapMetres])
        {
            foreach (long cell in SegmentGrid.Around(place.Lon, place.Lat, within))
            {
                foreach (int s in _ground.In(cell))
                {
                    var (at, metres) = NearestOf(s, place, scale);
                    if (metres < nearest || (metres == nearest && (best < 0 || s < best)))
                    {
                        (best, share, nearest) = (s, at, metres);
                    }
                }
            }

            if (best >= 0 && nearest <= within)
            {
                break;
            }
        }

        return best < 0 ? null : SnapAt(place, best, share);
    }

    private Snap SnapAt(LonLat place, int segment, double share)
    {
        double x = Edges.X[segment] + ((Edges.X[segment + 1] - Edges.X[segment]) * share);
        double y = Edges.Y[segment] + ((Edges.Y[segment + 1] - Edges.Y[segment]) * share);
        double along =
            Edges.Along[segment] + ((Edges.Along[segment + 1] - Edges.Along[segment]) * share);
        return new Snap(
            Edges.EdgeOf[segment],
            along,
            new LonLat(x, y),
            ShortLine.Metres(place.Lon, place.Lat, x, y)
        );
    }

    private static (int[] First, int[] Edges) Stars(EdgeTable edges, int nodes)
    {
        var first = new int[nodes + 1];
        for (int edge = 0; edge < edges.Count; edge++)
        {
            first[edges.From(edge) + 1]++;
            first[edges.To(edge) + 1]++;
        }

        for (int node = 0; node < nodes; node++)
        {
            first[node + 1] += first[node];
        }

        var next = first.AsSpan(0, nodes).ToArray();
        var star = new int[edges.Count * 2];
        for (int edge = 0; edge < edges.Count; edge++)
        {
            star[next[edges.From(edge)]++] = edge;
            star[next[edges.To(edge)]++] = edge;
        }

        return (first, star);
    }

    private static NetworkReport Tell(Noding noding, EdgeTable edges, int ways)
    {
        var parts = new NodeSet();
        for (int node = 0; node < noding.Nodes.Count; node++)
        {
            parts.Add(0, 0);
        }

        var used = new HashSet<int>();
        double metres = 0;
        for (int edge = 0; edge < edges.Count; edge++)
        {
            parts.Unite(edges.From(edge), edges.To(edge));
            used.Add(edges.From(edge));
            used.Add(edges.To(edge));
            metres += edges.Metres(edge);
        }

        var lengths = new Dictionary<int, double>();
        for (int edge = 0; edge < edges.Count; edge++)
        {
            int part = parts.Root(edges.From(edge));
            lengths[part] = lengths.GetValueOrDefault(part) + edges.Metres(edge);
        }

        return new NetworkReport(
            ways,
            edges.Count,
            used.Count,
            metres,
            lengths.Count,
            metres > 0 ? lengths.Values.Max() / metres : 0,
            noding.Ends.Moved,
            noding.Ends.Greatest,
            noding.Crossings,
            edges.Dropped
        );
    }
}

/// <summary>A place on an edge.</summary>
/// <param name="Edge">Which.</param>
/// <param name="Along">Metres from its start.</param>
/// <param name="On">Where that is.</param>
/// <param name="Metres">From the place that was asked for.</param>
internal readonly record struct Snap(int Edge, double Along, LonLat On, double Metres);
