namespace GeoCivic.Spatial.Statistics;

/// <summary>What a test says about a cell.</summary>
public enum HotSpot
{
    /// <summary>The cell took no part: it has no value, or no neighbour that has one.</summary>
    NoData,

    /// <summary>Nothing that chance would not do.</summary>
    None,

    /// <summary>Hot at a false discovery rate of 10 %.</summary>
    Hot90,

    /// <summary>Hot at 5 %.</summary>
    Hot95,

    /// <summary>Hot at 1 %.</summary>
    Hot99,

    /// <summary>Cold at 10 %.</summary>
    Cold90,

    /// <summary>Cold at 5 %.</summary>
    Cold95,

    /// <summary>Cold at 1 %.</summary>
    Cold99,
}

/// <summary>Classes of hot and cold cells.</summary>
public static class HotSpots
{
    private static readonly string[] Words =
    [
        "no_data",
        "none",
        "hot_90",
        "hot_95",
        "hot_99",
        "cold_90",
        "cold_95",
        "cold_99",
    ];

    /// <summary>All classes as programs write them, by the number of the class.</summary>
    public static IReadOnlyList<string> AllWords => Words;

    /// <summary>The class as programs write it: <c>hot_99</c>.</summary>
    public static string Word(this HotSpot spot) => Words[(int)spot];

    /// <summary>
    /// The class from the sign of z and from q, the level of the false discovery rate at which the cell is found
    /// (<see cref="BenjaminiHochberg"/>): 99 % where q ≤ 0.01, 95 % where q ≤ 0.05, 90 % where q ≤ 0.10.
    /// </summary>
    public static HotSpot Classify(double z, double q)
    {
        if (double.IsNaN(z) || double.IsNaN(q))
        {
            return HotSpot.NoData;
        }

        int level = q switch
        {
            <= 0.01 => 2,
            <= 0.05 => 1,
            <= 0.10 => 0,
            _ => -1,
        };
        return level < 0 ? HotSpot.None
            : z > 0 ? HotSpot.Hot90 + level
            : HotSpot.Cold90 + level;
    }
}
