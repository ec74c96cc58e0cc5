namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Who is whose neighbour, and with which weight: a sparse matrix in compressed rows. Row i has the cells that count in the
/// statistic of cell i, in ascending order. Rows without neighbours (islands) stay as empty rows. Never changes once made.
/// </summary>
public sealed class SpatialWeights
{
    // About 2 GB of columns: beyond, the neighbourhoods are far too wide to say anything local.
    private const int MostEntries = 500_000_000;
    private readonly int[] _offsets;
    private readonly int[] _columns;

    // Null where every weight is 1.
    private readonly double[]? _weights;

    internal SpatialWeights(int[] offsets, int[] columns, double[]? weights)
    {
        _offsets = offsets;
        _columns = columns;
        _weights = weights;
    }

    /// <summary>Number of cells.</summary>
    public int Count => _offsets.Length - 1;

    /// <summary>Number of weights that are not zero.</summary>
    public int Entries => _columns.Length;

    /// <summary>Whether every weight is 1.</summary>
    public bool IsBinary => _weights is null;

    /// <summary>Where each row starts in <see cref="Columns"/>, and where the last one ends.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>The neighbours of all rows.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>The neighbours of a cell, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int cell) =>
        _columns.AsSpan(_offsets[cell].._offsets[cell + 1]);

    /// <summary>The weights of a cell's neighbours; empty where the matrix is binary.</summary>
    public ReadOnlySpan<double> Weights(int cell) =>
        _weights is null ? default : _weights.AsSpan(_offsets[cell].._offsets[cell + 1]);

    /// <summary>
    /// Binary weights from pairs of neighbours, such as cells that share a border. Each pair counts both ways and once,
    /// however often it is given; a cell paired with itself is left out.
    /// </summary>
    /// <param name="count">Number of cells.</param>
    /// <param name="pairs">Places of neighbours, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A pair names a cell outside 0 … <paramref name="count"/> − 1.</exception>
    public static SpatialWeights FromPairs(int count, IReadOnlyCollection<(int A, int B)> pairs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var offsets = new int[count + 1];
        foreach (var (a, b) in pairs)
        {
            if ((uint)a >= (uint)count || (uint)b >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(pairs),
                    $"The pair {a}, {b} names a cell outside 0–{count - 1}."
                );
            }

            if (a != b)
            {
                offsets[a + 1]++;
                offsets[b + 1]++;
            }
        }

        Accumulate(offsets);
        var columns = new int[offsets[count]];
        var next = offsets[..count];
        foreach (var (a, b) in pairs)
        {
            if (a != b)
            {
                columns[next[a]++] = b;
                columns[next[b]++] = a;
            }
        }

        return new SpatialWeights(offsets, SortedOnce(offsets, columns), weights: null);
    }

    /// <summary>
    /// Binary weights to the k nearest other cells in a plane; of equally near ones those of lower place. Not symmetric.
    /// Fewer than k + 1 cells have all others.
    /// </summary>
    /// <param name="x">Eastings of the cells' points, metres in a plane.</param>
    /// <param name="y">Northings.</param>
    /// <param name="k">Neighbours of each, at least 1.</param>
    public static SpatialWeights Nearest(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var tree = PlanarTree.Build(x, y);
        int each = Math.Min(k, Math.Max(0, tree.Count - 1));
        ThrowIfTooMany((long)each * tree.Count);
        var offsets = new int[tree.Count + 1];
        var columns = new int[each * tree.Count];
        for (int i = 0; i < tree.Count; i++)
        {
            offsets[i + 1] = offsets[i] + each;
            var row = columns.AsSpan(offsets[i], each);
            tree.Nearest(i, row);
            row.Sort();
        }

        return new SpatialWeights(offsets, columns, weights: null);
    }

    /// <summary>Binary weights to all other cells at most <paramref name="metres"/> away in a plane.</summary>
    /// <param name="x">Eastings of the cells' points, metres in a plane.</param>
    /// <param name="y">Northings.</param>
    /// <param name="metres">The distance, itself included.</param>
    /// <param name="most">More neighbours than this in all are refused, before they fill the memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance makes more neighbours than that.</exception>
    public static SpatialWeights WithinDistance(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        double metres,
        int most = MostEntries
    )
    {
        if (!(metres >= 0 && double.IsFinite(metres)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(metres),
                "A distance is finite and not negative."
            );
        }

        var tree = PlanarTree.Build(x, y);
        var offsets = new int[tree.Count + 1];
        var columns = new List<int>(tree.Count * 4);
        var row = new List<int>();
        for (int i = 0; i < tree.Count; i++)
        {
            row.Clear();
            tree.Within(i, metres, row);
            row.Sort();
            ThrowIfTooMany((long)columns.Count + row.Count, most);
            columns.AddRange(row);
            offsets[i + 1] = columns.Count;
        }

        return new SpatialWeights(offsets, [.. columns], weights: null);
    }

    /// <summary>The same with each cell among its own neighbours with weight 1, as Gi* wants it.</summary>
    public SpatialWeights WithSelf()
    {
        var offsets = new int[_offsets.Length];
        var columns = new int[_columns.Length + Count];
        var weights = _weights is null ? null : new double[columns.Length];
        int n = 0;
        for (int i = 0; i < Count; i++)
        {
            bool placed = false;
            for (int e = _offsets[i]; e < _offsets[i + 1]; e++)
            {
                if (!placed && _columns[e] >= i)
                {
                    placed = true;
                    Add(i, 1);
                    if (_columns[e] == i)
                    {
                        continue;
                    }
                }

                Add(_columns[e], _weights?[e] ?? 1);
            }

            if (!placed)
            {
                Add(i, 1);
            }

            offsets[i + 1] = n;
        }

        return new SpatialWeights(offsets, columns[..n], weights?[..n]);

        void Add(int column, double weight)
        {
            columns[n] = column;
            if (weights is not null)
            {
                weights[n] = weight;
            }

            n++;
        }
    }

    /// <summary>The same with each row's weights divided by their sum. Empty rows stay empty.</summary>
    public SpatialWeights RowStandardised()
    {
        var weights = new double[_columns.Length];
        for (int i = 0; i < Count; i++)
        {
            double sum = 0;
            for (int e = _offsets[i]; e < _offsets[i + 1]; e++)
            {
                sum += _weights?[e] ?? 1;
            }

            for (int e = _offsets[i]; e < _offsets[i + 1]; e++)
            {
                weights[e] = (_weights?[e] ?? 1) / sum;
            }
        }

        return new SpatialWeights(_offsets, _columns, weights);
    }

    /// <summary>The same with only those neighbours that <paramref name="keep"/> accepts (of cell, neighbour).</summary>
    public SpatialWeights Where(Func<int, int, bool> keep)
    {
        var offsets = new int[_offsets.Length];
        var columns = new int[_columns.Length];
        var weights = _weights is null ? null : new double[_columns.Length];
        int n = 0;
        for (int i = 0; i < Count; i++)
        {
            for (int e = _offsets[i]; e < _offsets[i + 1]; e++)
            {
                if (keep(i, _columns[e]))
                {
                    if (weights is not null)
                    {
                        weights[n] = _weights![e];
                    }

                    columns[n++] = _columns[e];
                }
            }

            offsets[i + 1] = n;
        }

        return new SpatialWeights(offsets, columns[..n], weights?[..n]);
    }

    private static void Accumulate(int[] offsets)
    {
        long sum = 0;
        for (int i = 1; i < offsets.Length; i++)
        {
            sum += offsets[i];
            ThrowIfTooMany(sum);
            offsets[i] = (int)sum;
        }
    }

    private static void ThrowIfTooMany(long entries, int most = MostEntries)
    {
        if (entries > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(entries),
                $"The neighbourhoods are too wide: there would be more than {most} neighbours."
            );
        }
    }

    /// <summary>Sorts each row and takes repeated neighbours out; <paramref name="offsets"/> follows.</summary>
    private static int[] SortedOnce(int[] offsets, int[] columns)
    {
        int n = 0;
        int from = 0;
        for (int i = 0; i + 1 < offsets.Length; i++)
        {
            var row = columns.AsSpan(from..offsets[i + 1]);
            from = offsets[i + 1];
            row.Sort();
            int start = n;
            foreach (int column in row)
            {
                if (n == start || columns[n - 1] != column)
                {
                    columns[n++] = column;
                }
            }

            offsets[i + 1] = n;
        }

        return n == columns.Length ? columns : columns[..n];
    }
}
