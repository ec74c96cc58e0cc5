using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class BenjaminiHochbergTests
{
    // The fifteen p-values of the example in Benjamini and Hochberg (1995), section 4.1.
    private static readonly double[] s_thrombolysis =
    [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0000,
    ];

    [Fact]
    public void The_paper_s_example_rejects_the_four_that_the_paper_rejects()
    {
        double[] q = BenjaminiHochberg.Adjust(s_thrombolysis);
        Assert.Equal(4, q.Count(each => each <= 0.05));
        Assert.All(q[..4], each => Assert.InRange(each, 0, 0.05));
        // The paper compares p(4) = 0.0095 with 4/15 · 0.05 = 0.013.
        Assert.Equal(0.0095 * 15 / 4, q[3], 1e-15);
    }

    // The example that the stdlib.io documentation of padjust prints for its method bh.
    [Fact]
    public void Values_that_a_library_prints_are_met()
    {
        double[] q = BenjaminiHochberg.Adjust([0.008, 0.03, 0.123, 0.6, 0.2]);
        Assert.Equal([0.04, 0.075, 0.205, 0.6, 0.25], q.Select(each => Math.Round(each, 3)));
        Assert.All(
            BenjaminiHochberg.Adjust([0.319, 0.201, 0.4, 0.374, 0.113]),
            each => Assert.Equal(0.4, each, 1e-15)
        );
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 7, 3)]
    [InlineData(3, 60, 1)]
    [InlineData(4, 400, 6)]
    [InlineData(5, 600, 40)]
    public void Any_values_have_the_q_of_the_definition(int seed, int count, double power)
    {
        var random = new Random(seed);
        double[] p = [.. Enumerable.Range(0, count).Select(_ => Drawn(random, power))];
        double[] q = BenjaminiHochberg.Adjust(p);
        double[] known = [.. p.Where(each => !double.IsNaN(each))];
        // By the definition: the least level at which the procedure rejects a hypothesis. Only levels at which some p
        // reaches its line come into question.
        var levels = known
            .Select(pj => pj * known.Length / known.Count(each => each <= pj))
            .Distinct()
            .Select(level => (level, Largest: LargestRejected(known, level)))
            .ToList();
        for (int i = 0; i < count; i++)
        {
            if (double.IsNaN(p[i]))
            {
                Assert.True(double.IsNaN(q[i]));
                continue;
            }

            double least = levels
                .Where(l => l.Largest >= p[i])
                .Select(l => l.level)
                .DefaultIfEmpty(1)
                .Min();
            Assert.Equal(Math.Min(1, least), q[i], 1e-12);
        }
    }

    [Fact]
    public void Lumps_of_tiny_and_equal_values_are_sorted_too()
    {
        var random = new Random(77);
        double[] p =
        [
            .. Enumerable
                .Range(0, 6_000)
                .Select(i =>
                    i % 3 == 0 ? Math.Exp(-700 * random.NextDouble())
                    : i % 3 == 1 ? 0.25
                    : random.NextDouble()
                ),
        ];
        double[] q = BenjaminiHochberg.Adjust(p);
        double[] expected = new double[p.Length];
        int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i])];
        double least = 1;
        for (int rank = p.Length; rank > 0; rank--)
        {
            least = Math.Min(
                least,
                Math.Max(p[order[rank - 1]], p[order[rank - 1]] * p.Length / rank)
            );
            expected[order[rank - 1]] = least;
        }

        Assert.Equal(expected, q);
    }

    [Fact]
    public void Nothing_is_nothing_and_what_is_no_probability_is_refused()
    {
        Assert.Empty(BenjaminiHochberg.Adjust([]));
        Assert.All(
            BenjaminiHochberg.Adjust([double.NaN, double.NaN]),
            q => Assert.True(double.IsNaN(q))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjust([0.5, 1.01]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BenjaminiHochberg.Adjust([-1e-9]));
    }

    private static double Drawn(Random random, double power) =>
        random.Next(10) switch
        {
            0 => double.NaN,
            1 => 0.02,
            2 => 1,
            _ => Math.Pow(random.NextDouble(), power),
        };

    /// <summary>The largest p that the step-up procedure at a level rejects.</summary>
    private static double LargestRejected(double[] p, double level)
    {
        double[] sorted = [.. p.Order()];
        double largest = double.NegativeInfinity;
        for (int i = 1; i <= sorted.Length; i++)
        {
            // A hair, since the level itself was computed from one of the lines.
            if (sorted[i - 1] <= level * i / sorted.Length * (1 + 1e-12))
            {
                largest = sorted[i - 1];
            }
        }

        return largest;
    }
}
