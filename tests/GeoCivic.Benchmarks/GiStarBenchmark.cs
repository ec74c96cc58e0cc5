using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Benchmarks;

/// <summary>
/// Gi* with probabilities and the false discovery rate, on boards of 10,000 to 1,000,000 cells with the king's moves as
/// neighbours, against the least that any such statistic has to do: one plain pass over the same weights, Σ w·x a cell.
/// </summary>
internal static class GiStarBenchmark
{
    private static readonly int[] Sides = [100, 316, 1000];

    internal static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync(
            "gi: Gi* with two-sided p and q (Benjamini-Hochberg) of every cell, one core"
        );
        await output.WriteLineAsync(
            $"{"cells", 10} {"weights", 11} {"one pass ms", 12} {"Gi*, p, q ms", 13} {"ns a cell", 10} {"ratio", 7} {"hot", 7}"
        );
        double first = 0;
        double last = 0;
        double worst = 0;
        foreach (int side in Sides)
        {
            var weights = Board(side).WithSelf();
            double[] values = Counts(new Random(side), side);
            double[] ones = new double[weights.Entries];
            Array.Fill(ones, 1);
            double[] sums = new double[values.Length];
            // The same work in each size, so that clocks and caches have settled.
            int repetitions = Math.Max(15, 3_000_000 / values.Length);
            Timing pass = Measure.Run(5, repetitions, () => Pass(weights, ones, values, sums));
            var (z, p, q) = (
                new double[values.Length],
                new double[values.Length],
                new double[values.Length]
            );
            Timing whole = Measure.Run(
                5,
                repetitions,
                () => GetisOrd.GiStar(values, weights, z, p, q)
            );
            double ratio = whole.Best / pass.Best;
            last = whole.Best.TotalNanoseconds / values.Length;
            first = first == 0 ? last : first;
            worst = Math.Max(worst, ratio);
            await output.WriteLineAsync(
                $"{values.Length, 10:N0} {weights.Entries, 11:N0} {pass.Best.TotalMilliseconds, 12:F2} {whole.Best.TotalMilliseconds, 13:F2} {last, 10:F1} {ratio, 7:F2} {q.Count(each => each <= 0.05), 7:N0}"
            );
        }

        await output.WriteLineAsync(
            $"ratio = how many plain passes over the weights it costs, best times: at most {worst:F2} (promised: 5); a cell of the largest costs {last / first:F2} times one of the smallest (linear: about 1)"
        );
    }

    private static void Pass(SpatialWeights weights, double[] ones, double[] values, double[] sums)
    {
        var offsets = weights.Offsets;
        var columns = weights.Columns;
        for (int i = 0; i < sums.Length; i++)
        {
            double sum = 0;
            for (int e = offsets[i]; e < offsets[i + 1]; e++)
            {
                sum += ones[e] * values[columns[e]];
            }

            sums[i] = sum;
        }
    }

    private static SpatialWeights Board(int side)
    {
        var pairs = new List<(int, int)>(side * side * 4);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int cell = (y * side) + x;
                if (x + 1 < side)
                {
                    pairs.Add((cell, cell + 1));
                }

                for (int dx = -1; dx <= 1 && y + 1 < side; dx++)
                {
                    if (x + dx >= 0 && x + dx < side)
                    {
                        pairs.Add((cell, cell + side + dx));
                    }
                }
            }
        }

        return SpatialWeights.FromPairs(side * side, pairs);
    }

    /// <summary>Events thrown by chance, eight a cell, and three times as many in some squares of 6 × 6.</summary>
    private static double[] Counts(Random random, int side)
    {
        var counts = new double[side * side];
        for (int e = 0; e < counts.Length * 8; e++)
        {
            counts[random.Next(counts.Length)]++;
        }

        for (int lump = 0; lump < counts.Length / 2000; lump++)
        {
            int x = random.Next(side - 6);
            int y = random.Next(side - 6);
            for (int e = 0; e < 36 * 16; e++)
            {
                counts[((y + random.Next(6)) * side) + x + random.Next(6)]++;
            }
        }

        return counts;
    }
}
