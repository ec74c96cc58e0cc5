namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Distinct places sorted into square cells whose diagonal is just under eps, row by row, so that the cells around one
/// are five runs of the sorted list.
/// </summary>
internal sealed class DbscanCells
{
    // Cells are a hair smaller than eps/√2, so that rounding cannot part what lies in one cell.
    private const double Hair = 1 - 1e-9;
    private const double MostInARow = 1 << 30;

    /// <summary>Rows of cells within reach: two on each side.</summary>
    internal const int Rows = 5;

    /// <summary>Places in order of their cells.</summary>
    internal required double[] X { get; init; }

    internal required double[] Y { get; init; }

    /// <summary>How many points lie at a place.</summary>
    internal required int[] Weight { get; init; }

    /// <summary>The lowest point at a place.</summary>
    internal required int[] First { get; init; }

    /// <summary>The place of each point.</summary>
    internal required int[] PlaceOf { get; init; }

    /// <summary>First place of each cell, and the number of places at the end.</summary>
    internal required int[] Start { get; init; }

    /// <summary>For each cell, five runs of neighbouring cells: first, and the one after the last.</summary>
    internal required (int From, int To)[] Runs { get; init; }

    internal int Cells => Start.Length - 1;

    internal static DbscanCells Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double eps)
    {
        var (west, east, south, north) = Box(x, y);
        double side = eps / Math.Sqrt(2) * Hair;
        if (!((east - west) / side < MostInARow && (north - south) / side < MostInARow))
        {
            throw new ArgumentException(
                "The points lie too far apart for so small an eps.",
                nameof(x)
            );
        }

        // Two empty columns on each side keep a run from reaching into the next row.
        long columns = (long)((east - west) / side) + 5;
        var keys = new long[x.Length];
        var order = new int[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            keys[i] = ((long)((y[i] - south) / side) * columns) + (long)((x[i] - west) / side) + 2;
            order[i] = i;
        }

        Array.Sort(keys, order);
        return Places(x, y, keys, order, columns);
    }

    private static (double West, double East, double South, double North) Box(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y
    )
    {
        var (west, east, south, north) = (x[0], x[0], y[0], y[0]);
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
            {
                throw new ArgumentException($"Point {i} is not finite.", nameof(x));
            }

            (west, east) = (Math.Min(west, x[i]), Math.Max(east, x[i]));
            (south, north) = (Math.Min(south, y[i]), Math.Max(north, y[i]));
        }

        return (west, east, south, north);
    }

    private static DbscanCells Places(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        long[] keys,
        int[] order,
        long columns
    )
    {
        var (xs, ys) = (new double[x.Length], new double[x.Length]);
        var (weight, first, placeOf) = (new int[x.Length], new int[x.Length], new int[x.Length]);
        var start = new List<int>();
        var cellKeys = new List<long>();
        int places = 0;
        for (int from = 0; from < keys.Length; )
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            SortCell(x, y, order.AsSpan(from..to));
            start.Add(places);
            cellKeys.Add(keys[from]);
            for (int i = from; i < to; i++)
            {
                int point = order[i];
                bool same = i > from && xs[places - 1] == x[point] && ys[places - 1] == y[point];
                if (!same)
                {
                    (xs[places], ys[places], first[places]) = (x[point], y[point], point);
                    places++;
                }

                weight[places - 1]++;
                placeOf[point] = places - 1;
            }

            from = to;
        }

        start.Add(places);
        return new DbscanCells
        {
            X = xs[..places],
            Y = ys[..places],
            Weight = weight[..places],
            First = first[..places],
            PlaceOf = placeOf,
            Start = [.. start],
            Runs = RunsOf([.. cellKeys], columns),
        };
    }

    // By place and then by number, so that points at one place stand together, the lowest first.
    private static void SortCell(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<int> points)
    {
        if (points.Length == 1)
        {
            return;
        }

        var keyed = new (double X, double Y, int Point)[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            keyed[i] = (x[points[i]], y[points[i]], points[i]);
        }

        Array.Sort(keyed);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = keyed[i].Point;
        }
    }

    // The keys around a cell grow with its own key, so the ends of its five runs only ever move forward.
    private static (int From, int To)[] RunsOf(long[] keys, long columns)
    {
        var runs = new (int From, int To)[keys.Length * Rows];
        for (int row = 0; row < Rows; row++)
        {
            long shift = (row - 2) * columns;
            var (from, to) = (0, 0);
            for (int cell = 0; cell < keys.Length; cell++)
            {
                while (from < keys.Length && keys[from] < keys[cell] + shift - 2)
                {
                    from++;
                }

                while (to < keys.Length && keys[to] <= keys[cell] + shift + 2)
                {
                    to++;
                }

                runs[(cell * Rows) + row] = (from, to);
            }
        }

        return runs;
    }
}
