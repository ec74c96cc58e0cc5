using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class RateRatioTests
{
    [Fact]
    public void A_worked_example()
    {
        // By hand: ln((24/41)/(34/26)) = −0.8038; its standard error √(1/41 + 1/24 + 1/26 + 1/34) = 0.36597;
        // exp(−0.8038 ± 1.95996·0.36597) = 0.2185 … 0.9171.
        var effect = RateRatio.Of(new(41, 61), new(24, 61), new(26, 61), new(34, 61));
        Assert.Equal(0.44763, effect.Ratio, 1e-5);
        Assert.Equal(0.21848, effect.Low, 1e-4);
        Assert.Equal(0.91715, effect.High, 1e-4);
        Assert.Equal((EffectVerdict.Fell, false), (effect.Verdict, effect.Corrected));
    }

    [Fact]
    public void Days_are_the_exposure()
    {
        var same = RateRatio.Of(new(40, 60), new(20, 30), new(10, 60), new(5, 30));
        Assert.Equal(1, same.Ratio, 1e-12);
        Assert.Equal(EffectVerdict.NotShown, same.Verdict);
        var rose = RateRatio.Of(new(20, 60), new(60, 30), new(30, 60), new(15, 30));
        Assert.Equal(6, rose.Ratio, 1e-12);
        Assert.Equal(EffectVerdict.Rose, rose.Verdict);
    }

    [Fact]
    public void A_zero_is_corrected_and_said()
    {
        var effect = RateRatio.Of(new(30, 10), new(0, 10), new(30, 10), new(30, 10));
        Assert.True(effect.Corrected);
        Assert.Equal(0.5 / 30.5, effect.Ratio, 1e-12);
        Assert.Equal(EffectVerdict.Fell, effect.Verdict);
        // Nothing seen anywhere shows nothing.
        var nothing = RateRatio.Of(new(0, 10), new(0, 10), new(0, 10), new(0, 10));
        Assert.Equal((1.0, EffectVerdict.NotShown), (nothing.Ratio, nothing.Verdict));
        Assert.Throws<ArgumentException>(() =>
            RateRatio.Of(new(-1, 1), new(1, 1), new(1, 1), new(1, 1))
        );
        Assert.Throws<ArgumentException>(() =>
            RateRatio.Of(new(1, 0), new(1, 1), new(1, 1), new(1, 1))
        );
    }

    [Theory]
    [InlineData(40, 40, 40, 40, 1.0)]
    [InlineData(41, 12, 26, 30, 0.5)]
    [InlineData(6, 6, 6, 6, 1.0)]
    public void The_interval_covers_the_truth_as_often_as_it_says(
        double a,
        double b,
        double c,
        double d,
        double scale
    )
    {
        var random = new Random(7);
        const int Rounds = 20_000;
        double truth = b / a / (d * scale / c);
        int covered = 0;
        int wrong = 0;
        for (int i = 0; i < Rounds; i++)
        {
            var effect = RateRatio.Of(
                new(Poisson(random, a), 1),
                new(Poisson(random, b), 1),
                new(Poisson(random, c), 1),
                new(Poisson(random, d * scale), 1)
            );
            covered += effect.Low <= truth && truth <= effect.High ? 1 : 0;
            wrong += truth == 1 && effect.Verdict != EffectVerdict.NotShown ? 1 : 0;
        }

        // With few events the log-normal interval is a little too wide, never too narrow.
        Assert.InRange(covered / (double)Rounds, 0.945, 0.985);
        Assert.InRange(wrong / (double)Rounds, 0, 0.055);
    }

    // D. E. Knuth, The Art of Computer Programming 2, 3.4.1, algorithm Q.
    private static long Poisson(Random random, double mean)
    {
        double limit = Math.Exp(-mean);
        long k = -1;
        for (double product = 1; product > limit || k < 0; k++)
        {
            product *= random.NextDouble();
        }

        return k;
    }
}
