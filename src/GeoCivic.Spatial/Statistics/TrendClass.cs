namespace GeoCivic.Spatial.Statistics;

/// <summary>How a cell has fared over some weeks.</summary>
public enum TrendClass
{
    /// <summary>Never hot.</summary>
    None,

    /// <summary>Hot lately, never before.</summary>
    New,

    /// <summary>Hot in a third of the weeks or more, still hot lately, and rising.</summary>
    Intensifying,

    /// <summary>Hot in a third of the weeks or more, still hot lately, neither rising nor falling.</summary>
    Persistent,

    /// <summary>Hot in a third of the weeks or more, still hot lately, but falling.</summary>
    Diminishing,

    /// <summary>Hot now and then, in less than a third of the weeks.</summary>
    Sporadic,

    /// <summary>Hot in a third of the earlier weeks or more, and not any more.</summary>
    Historical,
}

/// <summary>
/// Names what the weeks show. This table is the definition; its rows exclude each other and leave nothing out. Of n weeks,
/// <em>lately</em> is the last quarter (n/4 rounded up: 3 of 12), <em>before</em> the others. A week is hot where its Gi*
/// is positive with q ≤ 0.10 among the cells of that week; <em>rising</em> and <em>falling</em> is a Mann–Kendall trend of
/// the weekly Gi* with two-sided p ≤ 0.05.
/// <code>
/// class         hot lately  hot before           hot in all          trend
/// none          no          no                   0                   any
/// new           yes         no                   any                 any
/// historical    no          ≥ 1/3 of before      any                 any
/// sporadic      no          some, &lt; 1/3 of before  any                 any
/// sporadic      yes         yes                  &lt; 1/3 of n          any
/// intensifying  yes         yes                  ≥ 1/3 of n          rising
/// diminishing   yes         yes                  ≥ 1/3 of n          falling
/// persistent    yes         yes                  ≥ 1/3 of n          neither
/// </code>
/// The names follow the emerging hot spots that desktop GIS made common; the definitions are our own, since weekly counts
/// of a street are too small for classes that ask for nine hot weeks in ten.
/// </summary>
public static class TrendClasses
{
    /// <summary>How many of the last weeks are <em>lately</em>.</summary>
    public static int Lately(int weeks) => (weeks + 3) / 4;

    /// <summary>The class of a cell.</summary>
    /// <param name="hot">Whether the cell was hot, week by week, oldest first; at least one week.</param>
    /// <param name="direction">1 rising, −1 falling, 0 neither: <see cref="MannKendall.Direction"/>.</param>
    public static TrendClass Of(ReadOnlySpan<bool> hot, int direction)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hot.Length, nameof(hot));
        int split = hot.Length - Lately(hot.Length);
        int before = hot[..split].Count(true);
        int lately = hot[split..].Count(true);
        // Thirds are compared in whole numbers: a third of 12 is 4 exactly.
        return (lately > 0, before > 0) switch
        {
            (false, false) => TrendClass.None,
            (true, false) => TrendClass.New,
            (false, true) => 3 * before >= split ? TrendClass.Historical : TrendClass.Sporadic,
            _ when 3 * (before + lately) < hot.Length => TrendClass.Sporadic,
            _ => direction switch
            {
                > 0 => TrendClass.Intensifying,
                < 0 => TrendClass.Diminishing,
                _ => TrendClass.Persistent,
            },
        };
    }

    /// <summary>The class as calls tell it.</summary>
    public static string Code(this TrendClass trend) =>
        trend switch
        {
            TrendClass.None => "none",
            TrendClass.New => "new",
            TrendClass.Intensifying => "intensifying",
            TrendClass.Persistent => "persistent",
            TrendClass.Diminishing => "diminishing",
            TrendClass.Sporadic => "sporadic",
            TrendClass.Historical => "historical",
            _ => throw new ArgumentOutOfRangeException(nameof(trend), trend, "is no class"),
        };
}
