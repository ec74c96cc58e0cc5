using System.Globalization;
using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Hotspots;

/// <summary>Statistics in plain Chinese and English.</summary>
internal static class HotspotWords
{
    /// <summary>How the map was made, in two or three sentences.</summary>
    public static (string Zh, string En) Method(HotspotQuestion question)
    {
        var (zh, en) = Neighbours(question.Rule);
        return question.LocalMoran
            ? (
                $"局部莫兰指数（Anselin 1995）：看每个单元与相邻单元的数值是否同高、同低或相反；把其他单元的数值随机调换 {question.Permutations} 次得到双侧概率，再按 Benjamini–Hochberg 控制误报率，q ≤ 0.05 才算。{zh}",
                $"Local Moran's I (Anselin 1995): whether each cell and its neighbours are high together, low together, or opposed; the values of the other cells are exchanged by chance {question.Permutations} times for a two-sided probability, then the false discovery rate is held by Benjamini–Hochberg, and q ≤ 0.05 counts. {en}"
            )
            : (
                $"Getis–Ord Gi*：把每个单元连同相邻单元的合计与全部单元的平均水平相比；z 的双侧正态概率再按 Benjamini–Hochberg 控制误报率，q ≤ 0.01、0.05、0.10 分别为 99%、95%、90%。{zh}",
                $"Getis–Ord Gi*: each cell together with its neighbours is compared with the average of all cells; the two-sided normal probability of z goes through Benjamini–Hochberg, which holds the false discovery rate: q ≤ 0.01, 0.05, 0.10 are 99, 95, 90 %. {en}"
            );
    }

    /// <summary>A number as people write it: no more digits than say something.</summary>
    public static string Number(double value)
    {
        var digits =
            value == Math.Floor(value) ? 0
            : Math.Abs(value) >= 100 ? 0
            : Math.Abs(value) >= 1 ? 1
            : 2;
        return Math.Round(value, digits).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>How likely something is: one in so many.</summary>
    public static (string Zh, string En) Chance(double p)
    {
        if (p < 0.0001)
        {
            return ("不到万分之一", "less than 1 in 10,000");
        }

        if (p >= 0.1)
        {
            var tens = Math.Round(p * 10) / 10;
            return tens >= 1
                ? ("几乎肯定会有", "nearly certain")
                : (
                    $"约{(p * 100).ToString("F0", CultureInfo.InvariantCulture)}%",
                    $"about {(p * 100).ToString("F0", CultureInfo.InvariantCulture)} in 100"
                );
        }

        var (of, zh) =
            p >= 0.01 ? (100, "百")
            : p >= 0.001 ? (1_000, "千")
            : (10_000, "万");
        var n = Math.Max(1, Math.Round(p * of)).ToString(CultureInfo.InvariantCulture);
        return (
            $"约{zh}分之{n}",
            $"about {n} in {of.ToString("N0", CultureInfo.InvariantCulture)}"
        );
    }

    /// <summary>What a probability is, or that it is smaller than can be written shortly.</summary>
    public static string Is(string name, double value) =>
        value < 0.0001
            ? $"{name} < 0.0001"
            : $"{name} = {value.ToString("0.####", CultureInfo.InvariantCulture)}";

    /// <summary>What a class means.</summary>
    public static (string Zh, string En) Class(HotSpot spot) =>
        spot switch
        {
            HotSpot.Hot99 => ("热点（99%）", "hot (99 %)"),
            HotSpot.Hot95 => ("热点（95%）", "hot (95 %)"),
            HotSpot.Hot90 => ("热点（90%）", "hot (90 %)"),
            HotSpot.Cold99 => ("冷点（99%）", "cold (99 %)"),
            HotSpot.Cold95 => ("冷点（95%）", "cold (95 %)"),
            HotSpot.Cold90 => ("冷点（90%）", "cold (90 %)"),
            _ => ("既非热点也非冷点", "neither hot nor cold"),
        };

    /// <summary>What a quadrant means.</summary>
    public static (string Zh, string En) Class(MoranQuadrant quadrant) =>
        quadrant switch
        {
            MoranQuadrant.HighHigh => ("高值成片（HH）", "high among high (HH)"),
            MoranQuadrant.LowLow => ("低值成片（LL）", "low among low (LL)"),
            MoranQuadrant.HighLow => ("低值中的高值（HL）", "high among low (HL)"),
            MoranQuadrant.LowHigh => ("高值中的低值（LH）", "low among high (LH)"),
            _ => ("不突出", "nothing that stands out"),
        };

    /// <summary>What a measure counts: the unit of one, and how the value is called.</summary>
    public static (string Zh, string En) Measure(DensityMeasure measure) =>
        measure switch
        {
            DensityMeasure.PerKm2 => ("每平方公里", "a square kilometre"),
            DensityMeasure.PerPoint => ("每个点位", "an evaluation point"),
            DensityMeasure.PerVisit => ("每次走访", "a visit"),
            _ => ("", ""),
        };

    /// <summary>A shift.</summary>
    public static (string Zh, string En) Shift(string shift) =>
        shift switch
        {
            "night" => ("夜间", "at night"),
            "school_peak" => ("上放学高峰", "at school peak hours"),
            _ => ("日间", "by day"),
        };

    private static (string Zh, string En) Neighbours(NeighbourRule rule)
    {
        var (zh, en) = rule.Weights switch
        {
            "knn" => ($"最近的 {rule.K} 个单元", $"The {rule.K} nearest cells"),
            "distance" => (
                $"{Number(rule.DistanceMetres)} 米以内的单元",
                $"Cells within {Number(rule.DistanceMetres)} m"
            ),
            _ => ("边界相接（共边或共角）的单元", "Cells that share a border or a corner"),
        };
        return rule.AcrossRiver
            ? ($"{zh}算相邻，隔河也算。", $"{en} are neighbours, across a river too.")
            : ($"{zh}算相邻，隔河的不算。", $"{en} are neighbours, but not across a river.");
    }
}
