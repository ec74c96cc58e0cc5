namespace GeoCivic.Spatial.Walking;

/// <summary>The pieces of ways between nodes: their two nodes, their shape, and metres along it.</summary>
internal sealed class EdgeTable
{
    private readonly List<int> _from = [];
    private readonly List<int> _to = [];
    private readonly List<int> _way = [];
    private readonly List<int> _first = [0];
    private readonly List<double> _x = [];
    private readonly List<double> _y = [];
    private readonly List<double> _along = [];
    private readonly Dictionary<(int, int), List<int>> _between = [];

    private EdgeTable() { }

    /// <summary>Longitudes of all places of all edges, in one row.</summary>
    internal double[] X { get; private set; } = [];

    /// <summary>Latitudes.</summary>
    internal double[] Y { get; private set; } = [];

    /// <summary>Metres from the edge's start to each place.</summary>
    internal double[] Along { get; private set; } = [];

    /// <summary>The edge of each place.</summary>
    internal int[] EdgeOf { get; private set; } = [];

    internal int Count => _from.Count;

    /// <summary>Pieces without length, and pieces that lie on another.</summary>
    internal int Dropped { get; private set; }

    internal int From(int edge) => _from[edge];

    internal int To(int edge) => _to[edge];

    internal int Way(int edge) => _way[edge];

    internal int First(int edge) => _first[edge];

    internal int Last(int edge) => _first[edge + 1] - 1;

    internal double Metres(int edge) => Along[_first[edge + 1] - 1];

    internal static EdgeTable Of(WayLines lines, Noding noding)
    {
        var table = new EdgeTable { Dropped = lines.Empty };
        for (int way = 0; way < lines.Ways; way++)
        {
            List<Stop> stops = noding.Stops(way);
            for (int i = 1; i < stops.Count; i++)
            {
                table.Add(lines, noding.Nodes, way, stops[i - 1], stops[i]);
            }
        }

        table.X = [.. table._x];
        table.Y = [.. table._y];
        table.Along = [.. table._along];
        table.EdgeOf = new int[table.X.Length];
        for (int edge = 0; edge < table.Count; edge++)
        {
            table.EdgeOf.AsSpan(table._first[edge]..table._first[edge + 1]).Fill(edge);
        }

        return table;
    }

    private void Add(WayLines lines, NodeSet nodes, int way, Stop a, Stop b)
    {
        var (from, to) = (nodes.Root(a.Node), nodes.Root(b.Node));
        var (startX, startY) = nodes.Place(from);
        var (endX, endY) = nodes.Place(to);
        int first = _x.Count;
        Put(startX, startY);
        // A place at which the piece starts or ends is the node's by now.
        int last = b.Share == 0 ? b.Segment - 1 : b.Segment;
        for (int place = a.Segment + 1; place <= last; place++)
        {
            Put(lines.X[place], lines.Y[place]);
        }

        Put(endX, endY);
        double metres = _along[^1];
        if (
            metres < 0.001
            || (from == to && metres <= 2 * Noding.JoinMetres)
            || Repeats(first, from, to)
        )
        {
            // Two stops at one node are no piece at all.
            Dropped += metres == 0 && from == to ? 0 : 1;
            _x.RemoveRange(first, _x.Count - first);
            _y.RemoveRange(first, _y.Count - first);
            _along.RemoveRange(first, _along.Count - first);
            return;
        }

        var key = (Math.Min(from, to), Math.Max(from, to));
        if (!_between.TryGetValue(key, out var between))
        {
            _between[key] = between = new List<int>(1);
        }

        between.Add(_from.Count);
        _from.Add(from);
        _to.Add(to);
        _way.Add(way);
        _first.Add(_x.Count);

        void Put(double x, double y)
        {
            if (_x.Count == first)
            {
                _along.Add(0);
            }
            else if (_x[^1] == x && _y[^1] == y)
            {
                return;
            }
            else
            {
                _along.Add(_along[^1] + ShortLine.Metres(_x[^1], _y[^1], x, y));
            }

            _x.Add(x);
            _y.Add(y);
        }
    }

    /// <summary>Whether an edge of the same shape is there already, in either direction.</summary>
    private bool Repeats(int first, int from, int to)
    {
        if (!_between.TryGetValue((Math.Min(from, to), Math.Max(from, to)), out var between))
        {
            return false;
        }

        int count = _x.Count - first;
        foreach (int edge in between)
        {
            int start = _first[edge];
            if (_first[edge + 1] - start != count)
            {
                continue;
            }

            bool along = true;
            bool against = true;
            for (int i = 0; i < count && (along || against); i++)
            {
                along &= _x[first + i] == _x[start + i] && _y[first + i] == _y[start + i];
                int j = start + count - 1 - i;
                against &= _x[first + i] == _x[j] && _y[first + i] == _y[j];
            }

            if (along || against)
            {
                return true;
            }
        }

        return false;
    }
}
