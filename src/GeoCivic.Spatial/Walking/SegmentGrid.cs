namespace GeoCivic.Spatial.Walking;

/// <summary>
/// Which line segments come near a place: cells of 0.0005 degree (55 m north to south), each with the segments that pass
/// through it or within a metre of it. A long segment is listed in the cells along it, not in those of its box.
/// </summary>
internal sealed class SegmentGrid
{
    private const double Cell = 0.0005;

    // Two segments less than this apart share a cell. In degrees: 1.1 m of latitude, and of longitude 0.5 m up to 63° and
    // 0.04 m, more than the ways' touch, up to 87°.
    private const double Margin = 1e-5;

    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int[] _items;
    private readonly Dictionary<long, (int From, int To)> _cells;

    /// <summary>An index over segments; segment i runs from place i to place i + 1 of the two arrays.</summary>
    /// <param name="x">Longitudes.</param>
    /// <param name="y">Latitudes.</param>
    /// <param name="segments">Those to list.</param>
    internal SegmentGrid(double[] x, double[] y, IReadOnlyList<int> segments)
    {
        (_x, _y) = (x, y);
        var keys = new List<long>(segments.Count * 2);
        var items = new List<int>(segments.Count * 2);
        foreach (int segment in segments)
        {
            foreach (long key in CellsOf(segment))
            {
                keys.Add(key);
                items.Add(segment);
            }
        }

        long[] sorted = [.. keys];
        _items = [.. items];
        Array.Sort(sorted, _items);
        _cells = new Dictionary<long, (int, int)>(segments.Count);
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; )
            {
                to++;
            }

            // Within a cell in the order of the segments, whatever the sort made of equal keys.
            _items.AsSpan(from..to).Sort();
            _cells.Add(sorted[from], (from, to));
        }
    }

    /// <summary>The segments of a cell.</summary>
    internal ReadOnlySpan<int> In(long cell) =>
        _cells.TryGetValue(cell, out var range) ? _items.AsSpan(range.From..range.To) : default;

    /// <summary>The cells a segment is listed in.</summary>
    internal IEnumerable<long> CellsOf(int segment)
    {
        var (x1, y1, x2, y2) = (_x[segment], _y[segment], _x[segment + 1], _y[segment + 1]);
        if (y1 > y2)
        {
            (x1, y1, x2, y2) = (x2, y2, x1, y1);
        }

        int last = Index(y2 + Margin);
        for (int row = Index(y1 - Margin); row <= last; row++)
        {
            // The stretch of the segment in this row and its margin.
            double low = Math.Max(y1, (row * Cell) - Margin);
            double high = Math.Min(y2, ((row + 1) * Cell) + Margin);
            double rise = y2 - y1;
            double a = rise > 0 ? x1 + ((x2 - x1) * Math.Clamp((low - y1) / rise, 0, 1)) : x1;
            double b = rise > 0 ? x1 + ((x2 - x1) * Math.Clamp((high - y1) / rise, 0, 1)) : x2;
            int end = Index(Math.Max(a, b) + Margin);
            for (int column = Index(Math.Min(a, b) - Margin); column <= end; column++)
            {
                yield return Key(column, row);
            }
        }
    }

    /// <summary>The cells of a box.</summary>
    internal static IEnumerable<long> CellsOf(double west, double south, double east, double north)
    {
        for (int row = Index(south); row <= Index(north); row++)
        {
            for (int column = Index(west); column <= Index(east); column++)
            {
                yield return Key(column, row);
            }
        }
    }

    /// <summary>The cells within so many metres of a place.</summary>
    internal static IEnumerable<long> Around(double x, double y, double metres)
    {
        // At the poles a metre has no end of degrees.
        var (kx, ky) = ShortLine.Scale(Math.Clamp(y, -89.9, 89.9));
        return CellsOf(
            x - (metres / kx * 1.01),
            y - (metres / ky * 1.01),
            x + (metres / kx * 1.01),
            y + (metres / ky * 1.01)
        );
    }

    private static int Index(double degrees) => (int)Math.Floor(degrees / Cell);

    private static long Key(int column, int row) => ((long)column << 32) | (uint)row;
}
