namespace GeoCivic.Spatial.Statistics;

/// <summary>Events counted over some days.</summary>
/// <param name="Count">Events.</param>
/// <param name="Days">Days over which they were counted; the exposure.</param>
public readonly record struct Exposed(long Count, double Days);

/// <summary>What a comparison shows.</summary>
public enum EffectVerdict
{
    /// <summary>The interval contains 1: neither a fall nor a rise is shown.</summary>
    NotShown,

    /// <summary>The whole interval lies below 1.</summary>
    Fell,

    /// <summary>The whole interval lies above 1.</summary>
    Rose,
}

/// <summary>
/// The effect of a campaign as a ratio of ratios: the rate during over the rate before where it ran, divided by the same
/// where it did not.
/// </summary>
/// <param name="Ratio">Below 1: events fell against the controls.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Corrected">Whether a count was zero, so that 0.5 was added to all four.</param>
/// <param name="Verdict">What the interval shows.</param>
/// <remarks>
/// Counts are taken as independent and Poisson: the logarithm of the ratio of two rates has the variance 1/a + 1/b (K. J.
/// Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed. 2008, chapter 14), and the difference of two
/// independent logarithms the sum of theirs (D. G. Altman, J. M. Bland, Interaction revisited, BMJ 326 (2003) 219); the
/// interval is log-normal. With a zero among the counts, 0.5 is added to all four (J. B. S. Haldane, Ann. Hum. Genet. 20
/// (1956); F. J. Anscombe, Biometrika 43 (1956)). Counts that vary more than Poisson's make the true interval wider.
/// </remarks>
public sealed record RateRatio(
    double Ratio,
    double Low,
    double High,
    bool Corrected,
    EffectVerdict Verdict
)
{
    /// <summary>The confidence of the interval.</summary>
    public const double Confidence = 0.95;

    // The 97.5 % point of the normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>Compares.</summary>
    /// <param name="treatedBefore">Where the campaign ran, before it.</param>
    /// <param name="treatedDuring">Where it ran, during it.</param>
    /// <param name="controlBefore">Where it did not run, before it.</param>
    /// <param name="controlDuring">Where it did not run, during it.</param>
    /// <exception cref="ArgumentException">A negative count, or days that are not above 0.</exception>
    public static RateRatio Of(
        Exposed treatedBefore,
        Exposed treatedDuring,
        Exposed controlBefore,
        Exposed controlDuring
    )
    {
        Exposed[] all = [treatedBefore, treatedDuring, controlBefore, controlDuring];
        Array.ForEach(all, Check);
        bool corrected = Array.Exists(all, one => one.Count == 0);
        double[] counts = [.. all.Select(one => one.Count + (corrected ? 0.5 : 0))];
        double Rate(int i) => counts[i] / all[i].Days;
        double log = Math.Log(Rate(1) / Rate(0)) - Math.Log(Rate(3) / Rate(2));
        double width = Quantile * Math.Sqrt(counts.Sum(c => 1 / c));
        var (low, high) = (Math.Exp(log - width), Math.Exp(log + width));
        return new RateRatio(
            Math.Exp(log),
            low,
            high,
            corrected,
            high < 1 ? EffectVerdict.Fell
                : low > 1 ? EffectVerdict.Rose
                : EffectVerdict.NotShown
        );
    }

    private static void Check(Exposed exposed)
    {
        if (!(exposed.Count >= 0 && exposed.Days > 0 && double.IsFinite(exposed.Days)))
        {
            throw new ArgumentException(
                "A count is negative or its days are not above 0.",
                nameof(exposed)
            );
        }
    }
}
