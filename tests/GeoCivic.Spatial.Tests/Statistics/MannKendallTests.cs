using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class MannKendallTests
{
    [Fact]
    public void The_example_of_epa_qa_g9s()
    {
        // US EPA, Data Quality Assessment: Statistical Methods for Practitioners, QA/G-9S (EPA/240/B-06/003, 2006), p. 109:
        // S = 22, two tied groups of 4 and 2, Var(S) = 155.33, Z = 1.685.
        var test = MannKendall.Of([10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15]);
        Assert.Equal(22, test.S);
        Assert.Equal(155.33, test.Variance, 0.005);
        Assert.Equal(1.685, test.Z, 0.0005);
    }

    [Fact]
    public void The_example_of_wisconsin()
    {
        // Wisconsin Administrative Code, chapter NR 700 ff., worksheet "Mann-Kendall statistic", table A: S = −5.
        Assert.Equal(-5, MannKendall.Of([100, 50, 85, 75, 50]).S);
    }

    [Fact]
    public void The_example_of_hollander_wolfe_and_chicken()
    {
        // Nonparametric Statistical Methods, 3rd ed. (2014), example 9.1 (cloud seeding): C = −6; the ten slopes from −0.15
        // to 0.04 have the median −0.056.
        var test = MannKendall.Of([1.26, 1.27, 1.12, 1.16, 1.03]);
        Assert.Equal(-6, test.S);
        Assert.Equal(-0.05625, test.Slope, 1e-12);
        // n(n−1)(2n+5)/18 without ties.
        Assert.Equal(5 * 4 * 15 / 18.0, test.Variance, 1e-12);
        Assert.Equal(-0.6, test.Tau, 1e-12);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    // The two-sided tails of tables of the normal distribution.
    [InlineData(1.6448536269514722, 0.10)]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(2.5758293035489004, 0.01)]
    [InlineData(3.2905267314918945, 0.001)]
    [InlineData(4.891638475698672, 1e-6)]
    public void P_is_that_of_the_normal_distribution(double z, double p)
    {
        // A series without ties whose Z is nearest to z tells its own Z; the tail at that Z is compared through p's inverse.
        var near = MannKendallSeries.Nearest(z);
        double slope = Math.Exp(-z * z / 2) * 2 / Math.Sqrt(2 * Math.PI);
        Assert.Equal(
            p - (slope * (near.Z - z)),
            near.P,
            0.6 * z * slope * (near.Z - z) * (near.Z - z) + 1e-12
        );
    }

    [Fact]
    public void Variance_and_tail_are_those_of_all_orders()
    {
        // Without a trend every order is as likely: the variance of S over all 5,040 orders is the formula's, with ties too.
        double[] values = [1, 2, 2, 3, 3, 3, 7];
        var all = MannKendallSeries
            .Orders(values)
            .Select(o => (double)MannKendall.Of(o).S)
            .ToList();
        Assert.Equal(5040, all.Count);
        Assert.Equal(0, all.Sum(), 1e-9);
        Assert.Equal(all.Sum(s => s * s) / 5040, MannKendall.Of(values).Variance, 1e-9);
    }

    [Fact]
    public void A_constant_series_has_no_trend()
    {
        var test = MannKendall.Of([3, 3, 3, 3, 3, 3, 3, 3]);
        Assert.Equal((0L, 0d, 0d, 1d, 0d), (test.S, test.Variance, test.Z, test.P, test.Slope));
        Assert.True(double.IsNaN(test.Tau));
        Assert.Equal(0, test.Direction);
    }

    [Fact]
    public void A_trend_is_claimed_as_often_as_promised()
    {
        var random = new Random(20261122);
        const int Series = 20_000;
        int shown = 0;
        for (int i = 0; i < Series; i++)
        {
            // Counts with many ties, as weeks of one cell are.
            double[] weeks = [.. Enumerable.Range(0, 12).Select(_ => (double)random.Next(0, 4))];
            shown += MannKendall.Of(weeks).Direction == 0 ? 0 : 1;
        }

        // At most 5 %; the continuity correction makes it a little less.
        Assert.InRange(shown / (double)Series, 0.030, 0.053);
    }

    [Fact]
    public void A_rise_turned_round_is_a_fall()
    {
        double[] weeks = [0, 1, 0, 2, 1, 3, 2, 4, 5, 4, 6, 7];
        var up = MannKendall.Of(weeks);
        var down = MannKendall.Of([.. weeks.Reverse()]);
        Assert.Equal((1, -1), (up.Direction, down.Direction));
        Assert.Equal((up.S, up.Z, up.Tau, up.Slope), (-down.S, -down.Z, -down.Tau, -down.Slope));
        Assert.Throws<ArgumentException>(() => MannKendall.Of([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MannKendall.Of([1]));
    }
}

/// <summary>Series for tests.</summary>
internal static class MannKendallSeries
{
    /// <summary>Of 60 distinct values, the order whose Z is nearest to the one wanted: sorted, then neighbours swapped.</summary>
    internal static MannKendall Nearest(double z)
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        var best = MannKendall.Of(values);
        // Bubbling towards the reverse order lowers S by 2 a swap, so that every S of its parity comes.
        for (int end = values.Length - 1; end > 0; end--)
        {
            for (int i = 0; i < end; i++)
            {
                (values[i], values[i + 1]) = (values[i + 1], values[i]);
                var test = MannKendall.Of(values);
                if (Math.Abs(test.Z - z) < Math.Abs(best.Z - z))
                {
                    best = test;
                }

                if (test.Z < z - 0.1)
                {
                    return best;
                }
            }
        }

        return best;
    }

    internal static IEnumerable<double[]> Orders(double[] values)
    {
        if (values.Length == 1)
        {
            yield return values;
            yield break;
        }

        for (int i = 0; i < values.Length; i++)
        {
            foreach (var rest in Orders([.. values[..i], .. values[(i + 1)..]]))
            {
                yield return [values[i], .. rest];
            }
        }
    }
}
