using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Walking;

/// <summary>
/// The lengths of the shortest ways on foot from some gates, as far as was asked: E. W. Dijkstra, A note on two problems in
/// connexion with graphs, Numerische Mathematik 1 (1959), from all gates at once. Of equally near gates the first given counts.
/// </summary>
public sealed class WalkingField
{
    private static readonly GeometryFactory Shapes = new(new PrecisionModel(), 4326);

    private readonly WalkingNetwork _network;
    private readonly IReadOnlyList<WalkingStart> _starts;
    private readonly Snap?[] _snaps;
    private readonly double _reach;
    private readonly WalledGround? _walls;
    private readonly Dictionary<int, Reached> _reached = [];

    internal WalkingField(
        WalkingNetwork network,
        IReadOnlyList<WalkingStart> starts,
        double reachMetres,
        WalledGround? walls
    )
    {
        if (!(reachMetres >= 0 && double.IsFinite(reachMetres)))
        {
            throw new ArgumentOutOfRangeException(nameof(reachMetres), reachMetres, "Not a reach.");
        }

        (_network, _starts, _reach, _walls) = (network, starts, reachMetres, walls);
        _snaps = [.. starts.Select(start => network.Snap(start.Place, walls))];
        Spread();
    }

    /// <summary>How far the field reaches, metres.</summary>
    public double ReachMetres => _reach;

    /// <summary>The metres from each gate to the network, in their order; null where no way is near.</summary>
    public IReadOnlyList<double?> Snaps => [.. _snaps.Select(snap => snap?.Metres)];

    /// <summary>The shortest way to a door; null if there is none within the reach.</summary>
    /// <param name="door">WGS-84 degrees.</param>
    public WalkingRoute? To(LonLat door)
    {
        if (_network.Snap(door, _walls) is not { } end || Best(end) is not { } way)
        {
            return null;
        }

        double metres = way.Metres + end.Metres;
        return metres <= _reach ? Route(door, end, way, metres) : null;
    }

    /// <summary>The places from which a gate is at most so many metres on foot, the straight leg to the network among them.</summary>
    /// <param name="metres">At most the field's reach; more is cut to it.</param>
    /// <returns>A polygon, multipolygon or empty polygon, right to about a two-hundredth of the metres and at least 1 m.</returns>
    public Geometry Reach(double metres) =>
        new ReachArea(_network, this, Math.Min(metres, _reach)).Shape();

    /// <summary>Metres from the nearest gate to a place on an edge; infinite where none is reached.</summary>
    internal double MetresTo(int edge, double along) =>
        Best(new Snap(edge, along, default, 0))?.Metres ?? double.PositiveInfinity;

    /// <summary>The box of all that is reached.</summary>
    internal Envelope Extent()
    {
        var box = new Envelope();
        foreach (var snap in _snaps.OfType<Snap>().Where(snap => snap.Metres <= _reach))
        {
            box.ExpandToInclude(snap.On.Lon, snap.On.Lat);
        }

        return box;
    }

    private Ending? Best(Snap end)
    {
        EdgeTable edges = _network.Edges;
        Ending? best = null;
        for (int i = 0; i < _snaps.Length; i++)
        {
            if (_snaps[i] is { } start && start.Edge == end.Edge)
            {
                Offer(new Ending(start.Metres + Math.Abs(end.Along - start.Along), i, -1));
            }
        }

        if (_reached.TryGetValue(edges.From(end.Edge), out var from))
        {
            Offer(new Ending(from.Metres + end.Along, from.Start, 0));
        }

        if (_reached.TryGetValue(edges.To(end.Edge), out var to))
        {
            Offer(new Ending(to.Metres + edges.Metres(end.Edge) - end.Along, to.Start, 1));
        }

        return best;

        void Offer(Ending ending)
        {
            if (
                best is not { } b
                || ending.Metres < b.Metres
                || (ending.Metres == b.Metres && ending.Start < b.Start)
            )
            {
                best = ending;
            }
        }
    }

    private void Spread()
    {
        EdgeTable edges = _network.Edges;
        var queue = new PriorityQueue<Step, (double, int, int)>();
        for (int i = 0; i < _snaps.Length; i++)
        {
            if (_snaps[i] is { } snap)
            {
                Push(new Step(edges.From(snap.Edge), snap.Metres + snap.Along, i, snap.Edge, -1));
                double rest = edges.Metres(snap.Edge) - snap.Along;
                Push(new Step(edges.To(snap.Edge), snap.Metres + rest, i, snap.Edge, -1));
            }
        }

        while (queue.TryDequeue(out var step, out _))
        {
            if (
                !_reached.TryAdd(
                    step.Node,
                    new Reached(step.Metres, step.Start, step.Edge, step.Before)
                )
            )
            {
                continue;
            }

            foreach (int edge in _network.EdgesAt(step.Node))
            {
                int next = edges.From(edge) == step.Node ? edges.To(edge) : edges.From(edge);
                double metres = step.Metres + edges.Metres(edge);
                if (!_reached.ContainsKey(next))
                {
                    Push(new Step(next, metres, step.Start, edge, step.Node));
                }
            }
        }

        void Push(Step step)
        {
            if (step.Metres <= _reach)
            {
                queue.Enqueue(step, (step.Metres, step.Start, step.Edge));
            }
        }
    }

    private WalkingRoute Route(LonLat door, Snap end, Ending way, double metres)
    {
        EdgeTable edges = _network.Edges;
        Snap start = _snaps[way.Start]!.Value;
        // From the door back to the gate.
        var back = new List<Coordinate> { new(door.Lon, door.Lat) };
        double accuracy = _network.WayOf(end.Edge).AccuracyMetres;
        if (way.Side < 0)
        {
            Walk(back, end.Edge, end.Along, start.Along, end.On, start.On);
        }
        else
        {
            int node = way.Side == 0 ? edges.From(end.Edge) : edges.To(end.Edge);
            double side = way.Side == 0 ? 0 : edges.Metres(end.Edge);
            Walk(back, end.Edge, end.Along, side, end.On, NodePlace(end.Edge, way.Side == 0));
            for (Reached at = _reached[node]; ; )
            {
                accuracy = Math.Max(accuracy, _network.WayOf(at.Edge).AccuracyMetres);
                bool atFrom = edges.From(at.Edge) == node;
                if (at.Before < 0)
                {
                    // A start on a loop reaches its node by the nearer side.
                    double length = edges.Metres(at.Edge);
                    bool byFrom =
                        edges.From(at.Edge) == edges.To(at.Edge)
                            ? start.Along <= length - start.Along
                            : atFrom;
                    Walk(
                        back,
                        at.Edge,
                        byFrom ? 0 : length,
                        start.Along,
                        NodePlace(at.Edge, byFrom),
                        start.On
                    );
                    break;
                }

                double whole = edges.Metres(at.Edge);
                Walk(
                    back,
                    at.Edge,
                    atFrom ? 0 : whole,
                    atFrom ? whole : 0,
                    NodePlace(at.Edge, atFrom),
                    NodePlace(at.Edge, !atFrom)
                );
                node = at.Before;
                at = _reached[node];
            }
        }

        WalkingStart gate = _starts[way.Start];
        back.Add(new Coordinate(gate.Place.Lon, gate.Place.Lat));
        back.Reverse();
        var path = new CoordinateList([.. back], allowRepeated: false);
        // Gate and door at one place on a way: a line has two places.
        Coordinate[] places = path.Count > 1 ? path.ToCoordinateArray() : [back[0], back[^1]];
        return new WalkingRoute(
            gate.Gate,
            metres,
            start.Metres,
            end.Metres,
            Shapes.CreateLineString(places),
            accuracy
        );
    }

    private LonLat NodePlace(int edge, bool from)
    {
        EdgeTable edges = _network.Edges;
        int place = from ? edges.First(edge) : edges.Last(edge);
        return new LonLat(edges.X[place], edges.Y[place]);
    }

    private void Walk(List<Coordinate> path, int edge, double a, double b, LonLat at, LonLat to)
    {
        EdgeTable edges = _network.Edges;
        path.Add(new Coordinate(at.Lon, at.Lat));
        int step = a < b ? 1 : -1;
        int place = a < b ? edges.First(edge) : edges.Last(edge);
        for (; place >= edges.First(edge) && place <= edges.Last(edge); place += step)
        {
            double along = edges.Along[place];
            if (a < b ? along > a && along < b : along < a && along > b)
            {
                path.Add(new Coordinate(edges.X[place], edges.Y[place]));
            }
        }

        path.Add(new Coordinate(to.Lon, to.Lat));
    }

    private readonly record struct Step(int Node, double Metres, int Start, int Edge, int Before);

    private readonly record struct Reached(double Metres, int Start, int Edge, int Before);

    // Side: -1 straight along the edge from the start on it, 0 by its first node, 1 by its last.
    private readonly record struct Ending(double Metres, int Start, int Side);
}
