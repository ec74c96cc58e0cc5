using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class NormalTests
{
    // From 0.0001 to 4 the values of keisan.casio.com (22 digits) that the tests of the Python package pyerf quote; 6 and 10
    // those that many libraries' tests quote from Maple (20 digits).
    [Theory]
    [InlineData(0.0001, 0.9998871620836665751305)]
    [InlineData(0.01, 0.9887165844441503830841)]
    [InlineData(0.05, 0.9436280222029833761687)]
    [InlineData(0.1, 0.8875370839817151077967)]
    [InlineData(0.3, 0.6713732405408725723611)]
    [InlineData(0.5, 0.4795001221869534623173)]
    [InlineData(0.7, 0.3221988061625815270244)]
    [InlineData(0.9, 0.203091787577167871481)]
    [InlineData(0.99, 0.1614919304446301964202)]
    [InlineData(1, 0.1572992070502851306588)]
    [InlineData(2, 0.004677734981047265837931)]
    [InlineData(3, 2.20904969985854413728E-5)]
    [InlineData(4, 1.541725790028001885216E-8)]
    [InlineData(-1, 1.842700792949714869341)]
    [InlineData(-4, 1.99999998458274209972)]
    [InlineData(6, 2.1519736712498913117E-17)]
    [InlineData(10, 2.0884875837625447570E-45)]
    public void Erfc_has_the_published_values(double x, double erfc) =>
        Assert.Equal(1, erfc / Normal.Erfc(x), 1e-12);

    // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), table 26.1.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(2, 0.977249868051821)]
    [InlineData(3, 0.998650101968370)]
    public void The_normal_distribution_has_the_published_values(double z, double probability)
    {
        Assert.Equal(probability, Normal.Cumulative(z), 1e-15);
        Assert.Equal(1 - probability, Normal.Cumulative(-z), 1e-15);
        Assert.Equal(2 * (1 - probability), Normal.TwoSided(-z), 2e-15);
    }

    [Theory]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(2.5758293035489004, 0.01)]
    [InlineData(1.6448536269514722, 0.10)]
    public void Two_sides_have_the_probability_everybody_knows(double z, double probability) =>
        Assert.Equal(probability, Normal.TwoSided(z), 1e-14);

    [Fact]
    public void The_pieces_meet_and_fall_without_a_step()
    {
        double before = Normal.Erfc(-6);
        for (double x = -6; x < 27; x += 1.0 / 1024)
        {
            double erfc = Normal.Erfc(x);
            Assert.True(erfc <= before * (1 + 1e-15), $"erfc rises at {x}");
            before = erfc;
        }

        foreach (double seam in (double[])[0.46875, 4])
        {
            double step =
                Normal.Erfc(Math.BitIncrement(seam)) / Normal.Erfc(Math.BitDecrement(seam));
            // Two steps of a double at 4 are themselves a relative change of 1.4e-14.
            Assert.Equal(1, step, 2e-14);
        }

        Assert.Equal(0, Normal.Erfc(double.PositiveInfinity));
        Assert.Equal(2, Normal.Erfc(double.NegativeInfinity));
        Assert.True(double.IsNaN(Normal.TwoSided(double.NaN)));
    }

    [Fact]
    public void Many_at_a_time_are_the_same_as_one_by_one()
    {
        double[] z = [.. Enumerable.Range(0, 4003).Select(i => (i - 2000) / 270.0)];
        z[7] = double.NaN;
        z[4000] = double.NegativeInfinity;
        var p = new double[z.Length];
        Normal.TwoSided(z, p);
        for (int i = 0; i < z.Length; i++)
        {
            double expected = Normal.TwoSided(z[i]);
            Assert.True(
                Math.Abs(p[i] - expected) <= 2e-14 * expected || double.IsNaN(expected),
                $"{z[i]}: {p[i]}, not {expected}"
            );
            Assert.Equal(double.IsNaN(expected), double.IsNaN(p[i]));
        }
    }
}
