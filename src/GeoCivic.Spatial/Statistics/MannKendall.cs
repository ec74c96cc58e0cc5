namespace GeoCivic.Spatial.Statistics;

/// <summary>A test for a monotonic trend in a series at equal steps.</summary>
/// <param name="S">Later values above earlier ones less later values below earlier ones.</param>
/// <param name="Variance">Variance of S without a trend, ties taken into account.</param>
/// <param name="Z">S with continuity correction in standard deviations; 0 when all values are equal.</param>
/// <param name="P">Two-sided, by the normal approximation, which Kendall recommends from eight values on.</param>
/// <param name="Tau">Kendall's tau-b, or NaN when all values are equal.</param>
/// <param name="Slope">Sen's slope: the median of the slopes between all pairs, in units of the values per step.</param>
/// <remarks>
/// H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945); M. G. Kendall, Rank Correlation Methods, 4th
/// ed. (1975), chapter 4 (variance with ties, continuity); R. O. Gilbert, Statistical Methods for Environmental Pollution
/// Monitoring (1987), 16.4.2: Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5))/18, Z = (S − sgn S)/√Var S. Slope: P. K. Sen, J. Amer.
/// Statist. Assoc. 63 (1968). Tau-b: S/√(D·n(n−1)/2) with D = n(n−1)/2 − Σ t(t−1)/2. Values that depend on the ones before
/// make p too small; that is not corrected for.
/// </remarks>
public sealed record MannKendall(
    long S,
    double Variance,
    double Z,
    double P,
    double Tau,
    double Slope
)
{
    /// <summary>The level at which a trend counts as shown.</summary>
    public const double Level = 0.05;

    /// <summary>1 or −1 when a rise or a fall is shown at <see cref="Level"/>; else 0.</summary>
    public int Direction => P <= Level ? Math.Sign(S) : 0;

    /// <summary>Tests a series.</summary>
    /// <param name="values">At least two finite values, in order of time.</param>
    /// <exception cref="ArgumentException">Too few values, or one that is not finite.</exception>
    public static MannKendall Of(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2, nameof(values));
        var slopes = new double[n * (n - 1) / 2];
        long s = 0;
        int pair = 0;
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i} is not finite.", nameof(values));
            }

            for (int j = i + 1; j < n; j++)
            {
                s += values[j].CompareTo(values[i]);
                slopes[pair++] = (values[j] - values[i]) / (j - i);
            }
        }

        var (tiedPairs, correction) = Ties(values);
        double variance = (((double)n * (n - 1) * ((2 * n) + 5)) - correction) / 18;
        double z = s == 0 ? 0 : (s - Math.Sign(s)) / Math.Sqrt(variance);
        double pairs = slopes.Length;
        return new MannKendall(
            s,
            variance,
            z,
            Normal.TwoSided(z),
            s / Math.Sqrt(pairs * (pairs - tiedPairs)),
            Median(slopes)
        );
    }

    private static (double Pairs, double Correction) Ties(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double pairs = 0;
        double correction = 0;
        for (int from = 0; from < sorted.Length; )
        {
            int to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            double t = to - from;
            pairs += t * (t - 1) / 2;
            correction += t * (t - 1) * ((2 * t) + 5);
            from = to;
        }

        return (pairs, correction);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
