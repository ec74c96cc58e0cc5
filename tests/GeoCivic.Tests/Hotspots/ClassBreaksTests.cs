using GeoCivic.Hotspots;

namespace GeoCivic.Tests.Hotspots;

public sealed class ClassBreaksTests
{
    // By hand: of 1…10 at least a quarter are ≤ 3, a half ≤ 5, three quarters ≤ 8, all ≤ 10.
    [Fact]
    public void Quartiles_of_one_to_ten()
    {
        var values = Enumerable.Range(1, 10).Select(v => (double)v).Append(0).Append(0).ToList();
        var breaks = ClassBreaks.Quantiles(values, 4);
        Assert.Equal([3, 5, 8, 10], breaks);
        Assert.Equal(
            [new ValueClass(0, 3, 3), new(3, 5, 2), new(5, 8, 3), new(8, 10, 2)],
            ClassBreaks.Classes(values, breaks)
        );
    }

    [Fact]
    public void Equal_bounds_fall_together()
    {
        double[] values = [1, 1, 1, 1, 1, 1, 1, 9];
        Assert.Equal([1, 9], ClassBreaks.Quantiles(values, 7));
        Assert.Equal([new ValueClass(0, 1, 7), new(1, 9, 1)], ClassBreaks.Classes(values, [1, 9]));
    }

    [Fact]
    public void Without_values_above_zero_there_are_no_classes()
    {
        Assert.Empty(ClassBreaks.Quantiles([0, 0], 7));
        Assert.Empty(ClassBreaks.Quantiles([], 7));
    }

    [Fact]
    public void One_value_is_one_class() => Assert.Equal([4], ClassBreaks.Quantiles([4], 7));
}
