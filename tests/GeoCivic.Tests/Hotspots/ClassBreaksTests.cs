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

    // By hand: zero is a class of its own; three of ninety are thirty wide, and the middle one may be empty.
    [Fact]
    public void Equal_intervals_keep_empty_classes()
    {
        double[] values = [0, 1, 20, 90];
        Assert.Equal([30, 60, 90], ClassBreaks.EqualIntervals(values, 3));
        Assert.Equal(
            [new ValueClass(0, 30, 2), new(30, 60, 0), new(60, 90, 1)],
            ClassBreaks.Classes(values, [30, 60, 90])
        );
        Assert.Empty(ClassBreaks.EqualIntervals([0, 0], 3));
        Assert.Empty(ClassBreaks.EqualIntervals([], 3));
    }

    [Fact]
    public void Natural_breaks_leave_out_zero() =>
        Assert.Equal([2, 31], ClassBreaks.Natural([0, 0, 1, 2, 30, 31], 2));
}
