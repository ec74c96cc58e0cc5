using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class TrendClassTests
{
    private static bool[] Weeks(string text) => [.. text.Select(c => c == 'x')];

    // Twelve weeks: nine before, three lately.
    [Theory]
    [InlineData("............", 0, TrendClass.None)]
    [InlineData("............", 1, TrendClass.None)]
    [InlineData("...........x", 0, TrendClass.New)]
    [InlineData(".........xxx", 1, TrendClass.New)]
    [InlineData(".........x..", -1, TrendClass.New)]
    [InlineData("xxx.........", -1, TrendClass.Historical)]
    [InlineData("xxxxxxxxx...", 0, TrendClass.Historical)]
    [InlineData("xx..........", 0, TrendClass.Sporadic)]
    [InlineData("........x...", 0, TrendClass.Sporadic)]
    [InlineData("x..........x", 1, TrendClass.Sporadic)]
    [InlineData("xx........x.", 0, TrendClass.Sporadic)]
    [InlineData("......xx.xxx", 1, TrendClass.Intensifying)]
    [InlineData("......xx.xxx", 0, TrendClass.Persistent)]
    [InlineData("xxxxxxxx..x.", -1, TrendClass.Diminishing)]
    [InlineData("xxxxxxxxxxxx", 0, TrendClass.Persistent)]
    [InlineData("x", 0, TrendClass.New)]
    [InlineData("xx", 0, TrendClass.Persistent)]
    [InlineData("x.", 0, TrendClass.Historical)]
    public void The_table(string weeks, int direction, TrendClass expected) =>
        Assert.Equal(expected, TrendClasses.Of(Weeks(weeks), direction));

    /// <summary>The rows of the table, written out once more.</summary>
    private static TrendClass[] Rows(bool[] hot, int direction)
    {
        int lately = (int)Math.Ceiling(hot.Length / 4.0);
        int a = hot.SkipLast(lately).Count(h => h);
        int b = hot.TakeLast(lately).Count(h => h);
        double before = hot.Length - lately;
        var rows = new List<TrendClass>();
        void When(bool condition, TrendClass trend)
        {
            if (condition)
            {
                rows.Add(trend);
            }
        }

        bool often = a + b >= hot.Length / 3.0 - 1e-9;
        When(a == 0 && b == 0, TrendClass.None);
        When(a == 0 && b > 0, TrendClass.New);
        When(b == 0 && a > 0 && a >= before / 3 - 1e-9, TrendClass.Historical);
        When(b == 0 && a > 0 && a < before / 3 - 1e-9, TrendClass.Sporadic);
        When(a > 0 && b > 0 && !often, TrendClass.Sporadic);
        When(a > 0 && b > 0 && often && direction > 0, TrendClass.Intensifying);
        When(a > 0 && b > 0 && often && direction < 0, TrendClass.Diminishing);
        When(a > 0 && b > 0 && often && direction == 0, TrendClass.Persistent);
        return [.. rows];
    }

    [Fact]
    public void Every_input_has_exactly_one_class()
    {
        var met = new HashSet<TrendClass>();
        for (int n = 1; n <= 14; n++)
        {
            for (int bits = 0; bits < 1 << n; bits++)
            {
                bool[] hot = [.. Enumerable.Range(0, n).Select(w => (bits >> w & 1) == 1)];
                foreach (int direction in (int[])[-1, 0, 1])
                {
                    var row = Assert.Single(Rows(hot, direction));
                    var found = TrendClasses.Of(hot, direction);
                    Assert.Equal(row, found);
                    met.Add(found);
                }
            }
        }

        Assert.Equal(Enum.GetValues<TrendClass>().Length, met.Count);
    }

    [Fact]
    public void Each_class_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<TrendClass>().Select(t => t.Code()).ToList();
        Assert.Equal(
            ["none", "new", "intensifying", "persistent", "diminishing", "sporadic", "historical"],
            codes
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => TrendClasses.Of([], 0));
    }
}
