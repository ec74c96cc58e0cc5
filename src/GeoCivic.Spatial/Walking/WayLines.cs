namespace GeoCivic.Spatial.Walking;

/// <summary>All places of all ways in one row; segment i runs from place i to place i + 1 of the same way.</summary>
internal sealed class WayLines
{
    private readonly int[] _first;
    private readonly int[] _layers;

    internal WayLines(IReadOnlyList<Way> ways)
    {
        var x = new List<double>();
        var y = new List<double>();
        var wayOf = new List<int>();
        _first = new int[ways.Count + 1];
        _layers = [.. ways.Select(way => way.Layer)];
        for (int way = 0; way < ways.Count; way++)
        {
            _first[way] = x.Count;
            var line = ways[way].Line.CoordinateSequence;
            for (int i = 0; i < line.Count; i++)
            {
                Degrees.ThrowIfOutOfRange(line.GetX(i), line.GetY(i));
                if (x.Count > _first[way] && x[^1] == line.GetX(i) && y[^1] == line.GetY(i))
                {
                    continue;
                }

                x.Add(line.GetX(i));
                y.Add(line.GetY(i));
                wayOf.Add(way);
            }

            if (x.Count == _first[way] + 1)
            {
                x.RemoveAt(x.Count - 1);
                y.RemoveAt(y.Count - 1);
                wayOf.RemoveAt(wayOf.Count - 1);
                Empty++;
            }
        }

        _first[^1] = x.Count;
        (X, Y, WayOf) = ([.. x], [.. y], [.. wayOf]);
    }

    internal double[] X { get; }

    internal double[] Y { get; }

    /// <summary>The way of each place.</summary>
    internal int[] WayOf { get; }

    /// <summary>How many ways were given.</summary>
    internal int Ways => _layers.Length;

    /// <summary>How many ways have no length; they have no places here.</summary>
    internal int Empty { get; }

    /// <summary>The way's first place.</summary>
    internal int First(int way) => _first[way];

    /// <summary>The way's last place; before the first, if it has none.</summary>
    internal int Last(int way) => _first[way + 1] - 1;

    internal int LayerOf(int place) => _layers[WayOf[place]];

    internal int Layer(int way) => _layers[way];

    /// <summary>Whether the way begins or ends there.</summary>
    internal bool IsEnd(int place) =>
        place == _first[WayOf[place]] || place == _first[WayOf[place] + 1] - 1;

    /// <summary>Every segment.</summary>
    internal List<int> Segments()
    {
        var segments = new List<int>(X.Length);
        for (int i = 0; i + 1 < X.Length; i++)
        {
            if (WayOf[i] == WayOf[i + 1])
            {
                segments.Add(i);
            }
        }

        return segments;
    }

    internal bool Same(int a, int b) => X[a] == X[b] && Y[a] == Y[b];
}
