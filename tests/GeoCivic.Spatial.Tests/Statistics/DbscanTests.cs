using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class DbscanTests
{
    /// <summary>The definitions as they stand: all distances, chains of core points, border points by the stated rule.</summary>
    private static (int[] Labels, bool[] Core) Slow(
        double[] x,
        double[] y,
        double eps,
        int minPoints
    )
    {
        int n = x.Length;
        bool Near(int i, int j) =>
            ((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j])) <= eps * eps;
        bool[] core =
        [
            .. Enumerable
                .Range(0, n)
                .Select(i => Enumerable.Range(0, n).Count(j => Near(i, j)) >= minPoints),
        ];
        int[] labels = [.. Enumerable.Repeat(-1, n)];
        int clusters = 0;
        for (int seed = 0; seed < n; seed++)
        {
            if (!core[seed] || labels[seed] >= 0)
            {
                continue;
            }

            var open = new Queue<int>([seed]);
            labels[seed] = clusters;
            while (open.TryDequeue(out int i))
            {
                foreach (
                    int j in Enumerable
                        .Range(0, n)
                        .Where(j => core[j] && labels[j] < 0 && Near(i, j))
                )
                {
                    labels[j] = clusters;
                    open.Enqueue(j);
                }
            }

            clusters++;
        }

        for (int i = 0; i < n; i++)
        {
            if (!core[i])
            {
                labels[i] = Enumerable
                    .Range(0, n)
                    .Where(j => core[j] && Near(i, j))
                    .OrderBy(j => ((x[i] - x[j]) * (x[i] - x[j])) + ((y[i] - y[j]) * (y[i] - y[j])))
                    .ThenBy(j => j)
                    .Select(j => labels[j])
                    .FirstOrDefault(-1);
            }
        }

        int[] order =
        [
            .. Enumerable
                .Range(0, clusters)
                .OrderByDescending(c => labels.Count(l => l == c))
                .ThenBy(c => Array.IndexOf(labels, c)),
        ];
        return ([.. labels.Select(l => l < 0 ? -1 : Array.IndexOf(order, l))], core);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_finds_what_the_definitions_say(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            int n = random.Next(1, 160);
            // Whole metres bring many equal places, equal distances and distances of exactly eps.
            bool whole = round % 2 == 0;
            double At() => whole ? random.Next(0, 40) : random.NextDouble() * 40;
            double[] x = [.. Enumerable.Range(0, n).Select(_ => At())];
            double[] y = [.. Enumerable.Range(0, n).Select(_ => At())];
            double eps = whole ? random.Next(1, 9) : 0.3 + (random.NextDouble() * 8);
            int minPoints = random.Next(1, 9);
            var (labels, core) = Slow(x, y, eps, minPoints);
            var found = Dbscan.Of(x, y, eps, minPoints);
            Assert.Equal(core, found.Core);
            Assert.Equal(labels, found.Labels);
            Assert.Equal(labels.Count(l => l < 0), found.NoiseCount);
            Assert.Equal(
                Enumerable.Range(0, found.Sizes.Count).Select(c => labels.Count(l => l == c)),
                found.Sizes
            );
        }
    }

    [Fact]
    public void The_order_of_the_points_changes_numbers_of_equal_clusters_only()
    {
        var random = new Random(11);
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() * 300)];
        double[] y = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() * 300)];
        int[] order = [.. Enumerable.Range(0, 400)];
        random.Shuffle(order);
        var straight = Dbscan.Of(x, y, 12, 4);
        var shuffled = Dbscan.Of([.. order.Select(i => x[i])], [.. order.Select(i => y[i])], 12, 4);
        Assert.Equal(straight.Sizes, shuffled.Sizes);
        Assert.InRange(straight.Sizes.Count, 3, 60);
        // The same points are together, whatever their number.
        var pairs = order
            .Select((point, i) => (straight.Labels[point], shuffled.Labels[i]))
            .Distinct();
        Assert.Equal(straight.Sizes.Count + 1, pairs.Count());
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Empty(Dbscan.Of([], [], 1, 1).Labels);
        Assert.Throws<ArgumentException>(() => Dbscan.Of([1], [], 1, 1));
        Assert.Throws<ArgumentException>(() => Dbscan.Of([double.NaN], [1], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dbscan.Of([1], [1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dbscan.Of([1], [1], double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dbscan.Of([1], [1], 1, 0));
        Assert.Throws<ArgumentException>(() => Dbscan.Of([0, 1e12], [0, 0], 1, 1));
    }
}
