namespace GeoCivic.Spatial.Statistics;

/// <summary>Where a cell lies in the Moran scatterplot, if that is not chance.</summary>
public enum MoranQuadrant
{
    /// <summary>The cell took no part.</summary>
    NoData,

    /// <summary>Nothing that chance would not do.</summary>
    None,

    /// <summary>High among high.</summary>
    HighHigh,

    /// <summary>Low among low.</summary>
    LowLow,

    /// <summary>High among low: stands out.</summary>
    HighLow,

    /// <summary>Low among high: stands out.</summary>
    LowHigh,
}

/// <summary>What local Moran's I says of each cell.</summary>
/// <param name="Moments">Number, mean and standard deviation of the values.</param>
/// <param name="I">Local Moran's I; NaN where a cell took no part.</param>
/// <param name="Lag">Mean deviation of the neighbours, in standard deviations.</param>
/// <param name="P">Two-sided pseudo-probability; NaN where a cell took no part.</param>
/// <param name="Q">Level of the false discovery rate (<see cref="BenjaminiHochberg"/>).</param>
/// <param name="Quadrants">Where each cell lies, whether or not it is chance.</param>
public sealed record LocalMoranResult(
    Moments Moments,
    double[] I,
    double[] Lag,
    double[] P,
    double[] Q,
    MoranQuadrant[] Quadrants
)
{
    /// <summary>The quadrant of a cell where q ≤ 0.05.</summary>
    public MoranQuadrant Class(int cell) =>
        Q[cell] <= 0.05 || Quadrants[cell] == MoranQuadrant.NoData
            ? Quadrants[cell]
            : MoranQuadrant.None;
}

/// <summary>Local Moran's I.</summary>
public static class LocalMoran
{
    /// <summary>The quadrant as programs write it: <c>HH LL HL LH none no_data</c>.</summary>
    public static string Word(this MoranQuadrant quadrant) =>
        quadrant switch
        {
            MoranQuadrant.HighHigh => "HH",
            MoranQuadrant.LowLow => "LL",
            MoranQuadrant.HighLow => "HL",
            MoranQuadrant.LowHigh => "LH",
            MoranQuadrant.NoData => "no_data",
            _ => "none",
        };

    /// <summary>
    /// Iᵢ = (zᵢ/m₂) Σⱼ wᵢⱼzⱼ with z the deviations from the mean, m₂ = Σ z²/n and row-standardised weights without the cell
    /// itself (Anselin, "Local indicators of spatial association – LISA", Geographical Analysis 27, 1995, 93–115, eq. 12).
    /// The pseudo-probability is that of his conditional permutation: the cell's value stays, its neighbours' are drawn from
    /// all other cells without replacement. Two-sided here, min(1, 2·(r + 1)/(M + 1)) with r the smaller of the numbers of
    /// draws at least and at most as large, so that 5 % of chance maps' cells, not 10 %, fall below 0.05.
    /// </summary>
    /// <remarks>
    /// Each cell draws from its own stream of numbers made from the seed and its place: the answer does not depend on how many
    /// threads there are.
    /// </remarks>
    /// <param name="values">The cells' values; NaN takes no part.</param>
    /// <param name="weights">Neighbours; made row-standard here, a cell itself is left out.</param>
    /// <param name="permutations">M, at least 1.</param>
    /// <param name="seed">The same seed makes the same answer.</param>
    /// <param name="threads">Most threads that work on it; −1 leaves it to the machine.</param>
    /// <param name="stop">Ends the work early.</param>
    public static LocalMoranResult Of(
        ReadOnlyMemory<double> values,
        SpatialWeights weights,
        int permutations,
        long seed,
        int threads = -1,
        CancellationToken stop = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        if (values.Length != weights.Count)
        {
            throw new ArgumentException("One value a cell.", nameof(values));
        }

        var moments = Moments.Of(values.Span);
        int count = weights.Count;
        var z = new double[count];
        var pool = new double[moments.N];
        var poolPlaces = new int[count];
        int n = 0;
        for (int i = 0; i < count; i++)
        {
            z[i] = (values.Span[i] - moments.Mean) / moments.Sd;
            if (!double.IsNaN(values.Span[i]))
            {
                poolPlaces[i] = n;
                pool[n++] = z[i];
            }
        }

        bool speaks = moments.Sd > 0;
        var standard = weights
            .Where((i, j) => i != j && !double.IsNaN(z[i]) && !double.IsNaN(z[j]))
            .RowStandardised();
        var result = new LocalMoranResult(
            moments,
            new double[count],
            new double[count],
            new double[count],
            new double[count],
            new MoranQuadrant[count]
        );
        Parallel.For(
            0,
            count,
            new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = threads },
            () => (double[])pool.Clone(),
            (i, _, draw) =>
            {
                var row = standard.Weights(i);
                if (!speaks || double.IsNaN(z[i]) || row.IsEmpty)
                {
                    result.I[i] = result.Lag[i] = result.P[i] = double.NaN;
                    return draw;
                }

                double lag = 0;
                var columns = standard.Neighbours(i);
                for (int e = 0; e < row.Length; e++)
                {
                    lag += row[e] * z[columns[e]];
                }

                result.Lag[i] = lag;
                result.I[i] = z[i] * lag;
                result.Quadrants[i] = Quadrant(z[i], lag);
                result.P[i] = Pseudo(draw, poolPlaces[i], row, lag, permutations, Stream(seed, i));
                return draw;
            },
            _ => { }
        );
        BenjaminiHochberg.Adjust(result.P, result.Q);
        return result;
    }

    private static MoranQuadrant Quadrant(double z, double lag) =>
        (z > 0, lag > 0) switch
        {
            (true, true) => MoranQuadrant.HighHigh,
            (false, false) => MoranQuadrant.LowLow,
            (true, false) => MoranQuadrant.HighLow,
            _ => MoranQuadrant.LowHigh,
        };

    /// <summary>
    /// Draws the neighbours' values again and again and compares the weighted sums. Given zᵢ, comparing sums is comparing I:
    /// a negative zᵢ only exchanges the two sides.
    /// </summary>
    private static double Pseudo(
        double[] draw,
        int self,
        ReadOnlySpan<double> row,
        double lag,
        int permutations,
        Numbers numbers
    )
    {
        int last = draw.Length - 1;
        // The cell itself goes to the end, where nothing is drawn.
        (draw[self], draw[last]) = (draw[last], draw[self]);
        // Sums of the same numbers in another order differ by roundings.
        double hair = 1e-12 * Math.Max(1, Math.Abs(lag));
        int above = 0;
        int below = 0;
        Span<int> taken = row.Length <= 128 ? stackalloc int[row.Length] : new int[row.Length];
        for (int m = 0; m < permutations; m++)
        {
            double sum = 0;
            for (int e = 0; e < row.Length; e++)
            {
                int at = e + numbers.Below(last - e);
                taken[e] = at;
                (draw[e], draw[at]) = (draw[at], draw[e]);
                sum += row[e] * draw[e];
            }

            // Back as it was: what one cell draws must not depend on which cells this thread had before.
            for (int e = row.Length - 1; e >= 0; e--)
            {
                (draw[e], draw[taken[e]]) = (draw[taken[e]], draw[e]);
            }

            above += sum >= lag - hair ? 1 : 0;
            below += sum <= lag + hair ? 1 : 0;
        }

        (draw[self], draw[last]) = (draw[last], draw[self]);
        return Math.Min(1, 2.0 * (Math.Min(above, below) + 1) / (permutations + 1));
    }

    private static Numbers Stream(long seed, int cell) =>
        new(((ulong)seed * 0xD1342543DE82EF95) ^ ((ulong)(uint)cell << 32 | (uint)cell));

    /// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, fast, and the same on every machine and version.</summary>
    private struct Numbers(ulong state)
    {
        private ulong _state = state;

        public int Below(int n)
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            // Lemire's multiplication in place of a division; the bias is below n/2^64.
            return (int)Math.BigMul(mixed, (ulong)n, out _);
        }
    }
}
