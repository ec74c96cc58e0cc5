namespace GeoCivic.Spatial.Walking;

/// <summary>
/// The ends of ways, joined to one node where they lie near each other, whatever their layers. The first end given keeps its
/// place; chains of near ends become one node.
/// </summary>
internal sealed class EndJoints
{
    // Less than this is not a move worth telling of.
    private const double Told = 0.001;

    private readonly Dictionary<int, int> _nodes = [];
    private readonly Dictionary<int, int> _sizes = [];
    private readonly HashSet<int> _tied = [];
    private readonly HashSet<int> _moved = [];
    private readonly HashSet<(int Node, int Way)> _ways = [];
    private readonly NodeSet _set;

    internal EndJoints(WayLines lines, NodeSet nodes, double metres)
    {
        _set = nodes;
        var ends = new List<int>();
        for (int way = 0; way < lines.Ways; way++)
        {
            if (lines.Last(way) > lines.First(way))
            {
                ends.Add(lines.First(way));
                ends.Add(lines.Last(way));
            }
        }

        foreach (int end in ends)
        {
            _nodes[end] = nodes.Add(lines.X[end], lines.Y[end]);
        }

        Join(lines, ends, metres);
        foreach (int end in ends)
        {
            int root = nodes.Root(_nodes[end]);
            var (x, y) = nodes.Place(root);
            _sizes[root] = _sizes.GetValueOrDefault(root) + 1;
            _ways.Add((root, lines.WayOf[end]));
            Snapped(end, ShortLine.Metres(x, y, lines.X[end], lines.Y[end]));
        }
    }

    /// <summary>How many ends were moved onto another end or way.</summary>
    internal int Moved => _moved.Count;

    /// <summary>The farthest such move, metres.</summary>
    internal double Greatest { get; private set; }

    internal int NodeOf(int end) => _nodes[end];

    /// <summary>Whether nothing else has been found there yet.</summary>
    internal bool IsLoose(int end)
    {
        int root = _set.Root(_nodes[end]);
        return _sizes[root] == 1 && !_tied.Contains(root);
    }

    /// <summary>Whether a way has an end at the node.</summary>
    internal bool Joins(int node, int way) => _ways.Contains((_set.Root(node), way));

    /// <summary>Notes that a way passes through the node.</summary>
    internal void Tied(int node) => _tied.Add(_set.Root(node));

    /// <summary>Notes how far an end was from what it is joined to.</summary>
    internal void Snapped(int end, double metres)
    {
        if (metres > Told)
        {
            _moved.Add(end);
            Greatest = Math.Max(Greatest, metres);
        }
    }

    private void Join(WayLines lines, List<int> ends, double metres)
    {
        // Cells as wide as the tolerance at the latitude farthest from the equator, so that near ends are in cells side by side.
        double farthest = ends.Count > 0 ? ends.Max(end => Math.Abs(lines.Y[end])) : 0;
        var (kx, _) = ShortLine.Scale(Math.Min(farthest, 89.9));
        var (_, ky) = ShortLine.Scale(0);
        double width = metres / kx * 1.01;
        double height = metres / ky * 1.01;
        var cells = new Dictionary<(long, long), List<int>>(ends.Count);
        foreach (int end in ends)
        {
            long column = (long)Math.Floor(lines.X[end] / width);
            long row = (long)Math.Floor(lines.Y[end] / height);
            for (long c = column - 1; c <= column + 1; c++)
            {
                for (long r = row - 1; r <= row + 1; r++)
                {
                    foreach (int other in cells.GetValueOrDefault((c, r), []))
                    {
                        if (
                            ShortLine.Metres(
                                lines.X[end],
                                lines.Y[end],
                                lines.X[other],
                                lines.Y[other]
                            ) <= metres
                        )
                        {
                            _set.Unite(_nodes[end], _nodes[other]);
                        }
                    }
                }
            }

            if (!cells.TryGetValue((column, row), out var cell))
            {
                cells[(column, row)] = cell = [];
            }

            cell.Add(end);
        }
    }
}
