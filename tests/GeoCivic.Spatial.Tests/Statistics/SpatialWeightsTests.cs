using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class SpatialWeightsTests
{
    [Fact]
    public void Pairs_count_both_ways_and_once_and_islands_stay()
    {
        var weights = SpatialWeights.FromPairs(5, [(3, 0), (0, 3), (1, 3), (2, 2), (0, 1), (3, 0)]);
        Assert.Equal([1, 3], weights.Neighbours(0).ToArray());
        Assert.Equal([0, 3], weights.Neighbours(1).ToArray());
        Assert.Empty(weights.Neighbours(2).ToArray());
        Assert.Equal([0, 1], weights.Neighbours(3).ToArray());
        Assert.Empty(weights.Neighbours(4).ToArray());
        Assert.Equal((5, 6, true), (weights.Count, weights.Entries, weights.IsBinary));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpatialWeights.FromPairs(5, [(0, 5)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpatialWeights.FromPairs(5, [(-1, 2)]));
    }

    [Fact]
    public void Self_row_standard_and_a_choice_leave_the_rest_as_it_was()
    {
        var weights = SpatialWeights.FromPairs(4, [(0, 1), (0, 2), (1, 2)]);
        var self = weights.WithSelf();
        Assert.Equal([0, 1, 2], self.Neighbours(1).ToArray());
        Assert.Equal([3], self.Neighbours(3).ToArray());
        Assert.Equal(self.Columns.ToArray(), self.WithSelf().Columns.ToArray());
        var standard = self.RowStandardised();
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], standard.Weights(2).ToArray());
        Assert.Empty(weights.RowStandardised().Weights(3).ToArray());
        // With weights of its own, a cell joins its row with weight 1.
        Assert.Equal([1, 0.5, 0.5], weights.RowStandardised().WithSelf().Weights(0).ToArray());
        var without = self.Where((i, j) => i != j && !(i == 0 && j == 2));
        Assert.Equal([1], without.Neighbours(0).ToArray());
        Assert.Equal([0, 1], without.Neighbours(2).ToArray());
        Assert.Equal([0.5, 0.5], without.RowStandardised().Weights(2).ToArray());
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 4, false)]
    [InlineData(3, 9, false)]
    [InlineData(4, 4, true)]
    [InlineData(5, 13, true)]
    [InlineData(6, 150, true)]
    public void The_nearest_are_those_of_the_plain_loop(int seed, int k, bool ties)
    {
        var (x, y) = Points(seed, ties);
        var weights = SpatialWeights.Nearest(x, y, k);
        for (int i = 0; i < x.Length; i++)
        {
            int[] expected =
            [
                .. Enumerable
                    .Range(0, x.Length)
                    .Where(j => j != i)
                    .OrderBy(j => ((x[j] - x[i]) * (x[j] - x[i])) + ((y[j] - y[i]) * (y[j] - y[i])))
                    .ThenBy(j => j)
                    .Take(k)
                    .Order(),
            ];
            Assert.Equal(expected, weights.Neighbours(i).ToArray());
        }
    }

    [Theory]
    [InlineData(11, 0, true)]
    [InlineData(12, 1, true)]
    [InlineData(13, 2.5, true)]
    [InlineData(14, 1.7, false)]
    public void The_band_is_that_of_the_plain_loop(int seed, double metres, bool ties)
    {
        var (x, y) = Points(seed, ties);
        var weights = SpatialWeights.WithinDistance(x, y, metres);
        for (int i = 0; i < x.Length; i++)
        {
            int[] expected =
            [
                .. Enumerable
                    .Range(0, x.Length)
                    .Where(j =>
                        j != i
                        && Math.Sqrt(
                            ((x[j] - x[i]) * (x[j] - x[i])) + ((y[j] - y[i]) * (y[j] - y[i]))
                        ) <= metres
                    ),
            ];
            Assert.Equal(expected, weights.Neighbours(i).ToArray());
        }
    }

    [Fact]
    public void Few_points_and_none_and_one_spot()
    {
        Assert.Equal(0, SpatialWeights.Nearest([], [], 3).Count);
        Assert.Empty(SpatialWeights.Nearest([1], [1], 3).Neighbours(0).ToArray());
        Assert.Equal([1], SpatialWeights.Nearest([1, 2], [1, 5], 3).Neighbours(0).ToArray());
        Assert.Throws<ArgumentException>(() => SpatialWeights.Nearest([1, double.NaN], [1, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpatialWeights.Nearest([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SpatialWeights.WithinDistance([1], [1], double.NaN)
        );
        // 50,000 points at one spot: the lowest places, and no square of the number of comparisons.
        var x = new double[50_000];
        var weights = SpatialWeights.Nearest(x, x, 3);
        Assert.Equal([1, 2, 3], weights.Neighbours(0).ToArray());
        Assert.Equal([0, 1, 2], weights.Neighbours(49_999).ToArray());
    }

    private static (double[] X, double[] Y) Points(int seed, bool ties)
    {
        var random = new Random(seed);
        double Ordinate() => ties ? random.Next(12) : random.NextDouble() * 12;
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => Ordinate())];
        double[] y = [.. Enumerable.Range(0, 400).Select(_ => Ordinate())];
        return (x, y);
    }
}
