using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class NaturalBreaksTests
{
    // By hand: 1–3, 10–12 and 50 lie apart.
    [Fact]
    public void Clusters_apart_are_the_classes() =>
        Assert.Equal([3, 12, 50], NaturalBreaks.Bounds([11, 2, 50, 1, 10, 3, 12, 2], 3));

    [Fact]
    public void No_partition_has_a_smaller_sum_of_squares()
    {
        var random = new Random(1958);
        for (var round = 0; round < 400; round++)
        {
            var n = random.Next(1, 13);
            // Whole numbers with ties, and others of any size.
            var values = Enumerable
                .Range(0, n)
                .Select(_ =>
                    round % 2 == 0
                        ? random.Next(1, 12)
                        : Math.Exp(random.NextDouble() * 20) + (round % 3 == 0 ? 1e7 : 0)
                )
                .ToArray();
            var classes = random.Next(1, 6);
            var bounds = NaturalBreaks.Bounds(values, classes);
            Assert.Equal(Math.Min(classes, values.Distinct().Count()), bounds.Count);
            Assert.Equal(values.Max(), bounds[^1]);
            Assert.Equal(bounds.Order().Distinct(), bounds);
            var least = Least([.. values.Distinct().Order()], values, bounds.Count);
            Assert.Equal(least, SumOfSquares(values, bounds), 1e-9 * Math.Max(1, least));
            // The order in which values come does not matter.
            random.Shuffle(values);
            Assert.Equal(bounds, NaturalBreaks.Bounds(values, classes));
        }
    }

    [Fact]
    public void Many_distinct_values_are_divided_the_same_way_each_time_and_nearly_as_well()
    {
        var random = new Random(1977);
        // Four heaps, some hundred thousand distinct values.
        double[] heaps = [10, 40, 100, 400];
        var values = Enumerable
            .Range(0, 2 * NaturalBreaks.MostExact)
            .Select(i => heaps[i % 4] + random.NextDouble())
            .ToArray();
        Assert.True(values.Distinct().Count() > NaturalBreaks.MostExact);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var bounds = NaturalBreaks.Bounds(values, 4);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.Equal(heaps.Select(h => values.Where(v => v >= h && v < h + 1).Max()), bounds);
        Assert.Equal(bounds, NaturalBreaks.Bounds(values.Reverse(), 4));
    }

    [Fact]
    public void Nothing_has_no_classes() => Assert.Empty(NaturalBreaks.Bounds([], 5));

    private static double Least(double[] distinct, double[] values, int classes)
    {
        // Every choice of upper bounds among the distinct values but the greatest.
        var least = double.PositiveInfinity;
        for (var mask = 0; mask < 1 << (distinct.Length - 1); mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) == classes - 1)
            {
                double[] bounds =
                [
                    .. distinct.Take(distinct.Length - 1).Where((_, i) => (mask >> i & 1) == 1),
                    distinct[^1],
                ];
                least = Math.Min(least, SumOfSquares(values, bounds));
            }
        }

        return least;
    }

    private static double SumOfSquares(double[] values, IReadOnlyList<double> bounds)
    {
        var (sum, from) = (0d, double.NegativeInfinity);
        foreach (var to in bounds)
        {
            var low = from;
            var own = values.Where(v => v > low && v <= to).ToArray();
            var mean = own.Average();
            sum += own.Sum(v => (v - mean) * (v - mean));
            from = to;
        }

        return sum;
    }
}
