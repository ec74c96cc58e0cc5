using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GeoCivic.Spatial.Statistics;

/// <summary>The standard normal distribution.</summary>
/// <remarks>
/// The complementary error function by the rational Chebyshev approximations of W. J. Cody, "Rational Chebyshev
/// approximations for the error function", Mathematics of Computation 23 (1969) 631–637, with the coefficients of the
/// double-precision implementation in SPECFUN. Their own error is below 6e-19; what is left is the rounding of a
/// double, and the relative error is below 1e-14 wherever the result is a normal number.
/// </remarks>
public static class Normal
{
    private const double OneOverRootPi = 0.56418958354775628695;
    private const double Root2 = 1.41421356237309504880;

    // Beyond, erfc is smaller than the smallest normal double.
    private const double Vanishes = 26.543;

    /// <summary>
    /// The probability of a standard normal value at least as far from zero as <paramref name="z"/>, on either side:
    /// 2·(1 − Φ(|z|)) = erfc(|z|/√2). NaN for NaN.
    /// </summary>
    public static double TwoSided(double z) => Erfc(Math.Abs(z) / Root2);

    /// <summary>The same of many values, four at a time where the machine can; the last digits may differ.</summary>
    /// <param name="z">Deviates; NaN stays NaN.</param>
    /// <param name="p">Receives the probabilities; as long as <paramref name="z"/>.</param>
    public static void TwoSided(ReadOnlySpan<double> z, Span<double> p)
    {
        if (p.Length != z.Length)
        {
            throw new ArgumentException("One probability a deviate.", nameof(p));
        }

        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var from = MemoryMarshal.Cast<double, Vector256<double>>(z);
            var to = MemoryMarshal.Cast<double, Vector256<double>>(p);
            for (; i < from.Length; i++)
            {
                var x = Vector256.Abs(from[i]) / Vector256.Create(Root2);
                to[i] = Vector256.GreaterThanAny(x, Vector256.Create(4.0))
                    ? Vector256.Create(Erfc(x[0]), Erfc(x[1]), Erfc(x[2]), Erfc(x[3]))
                    : Erfc(x);
            }

            i *= Vector256<double>.Count;
        }

        for (; i < z.Length; i++)
        {
            p[i] = TwoSided(z[i]);
        }
    }

    /// <summary>Φ(z), the probability of a standard normal value of at most <paramref name="z"/>.</summary>
    public static double Cumulative(double z) => 0.5 * Erfc(-z / Root2);

    /// <summary>The complementary error function 1 − erf(x), accurate in its far tail too.</summary>
    public static double Erfc(double x)
    {
        double a = Math.Abs(x);
        if (a <= 0.46875)
        {
            return 1 - Erf(x);
        }

        double tail = a <= 4 ? Middle(a) : Far(a);
        return x < 0 ? 2 - tail : tail;
    }

    /// <summary>erfc of values from 0 to 4, both approximations at once: branches would cost more.</summary>
    private static Vector256<double> Erfc(Vector256<double> x)
    {
        var y = x * x;
        var near =
            Vector256<double>.One
            - (
                x
                * Horner(
                    y,
                    0.185777706184603153,
                    3.16112374387056560,
                    113.864154151050156,
                    377.485237685302021,
                    3209.37758913846947
                )
                / Horner(
                    y,
                    1,
                    23.6012909523441209,
                    244.024637934444173,
                    1282.61652607737228,
                    2844.23683343917062
                )
            );
        var cut = Vector256.Truncate(x * 16) / 16;
        var gauss = Vector256.Exp(-(cut * cut)) * Vector256.Exp(-(x - cut) * (x + cut));
        var middle =
            gauss
            * Horner(
                x,
                2.15311535474403846e-8,
                0.564188496988670089,
                8.88314979438837594,
                66.1191906371416295,
                298.635138197400131,
                881.952221241769090,
                1712.04761263407058,
                2051.07837782607147,
                1230.33935479799725
            )
            / Horner(
                x,
                1,
                15.7449261107098347,
                117.693950891312499,
                537.181101862009858,
                1621.38957456669019,
                3290.79923573345963,
                4362.61909014324716,
                3439.36767414372164,
                1230.33935480374942
            );
        return Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(x, Vector256.Create(0.46875)),
            near,
            middle
        );
    }

    private static Vector256<double> Horner(
        Vector256<double> x,
        params ReadOnlySpan<double> coefficients
    )
    {
        var sum = Vector256.Create(coefficients[0]);
        foreach (double coefficient in coefficients[1..])
        {
            sum = (sum * x) + Vector256.Create(coefficient);
        }

        return sum;
    }

    /// <summary>erf(x) for |x| ≤ 0.46875.</summary>
    private static double Erf(double x)
    {
        double y = x * x;
        double above =
            (
                (
                    ((((0.185777706184603153 * y) + 3.16112374387056560) * y) + 113.864154151050156)
                    * y
                ) + 377.485237685302021
            ) * y;
        double below =
            (((((y + 23.6012909523441209) * y) + 244.024637934444173) * y) + 1282.61652607737228)
            * y;
        return x * (above + 3209.37758913846947) / (below + 2844.23683343917062);
    }

    /// <summary>erfc(x) for 0.46875 &lt; x ≤ 4.</summary>
    private static double Middle(double x)
    {
        double above = 2.15311535474403846e-8 * x;
        above = (above + 0.564188496988670089) * x;
        above = (above + 8.88314979438837594) * x;
        above = (above + 66.1191906371416295) * x;
        above = (above + 298.635138197400131) * x;
        above = (above + 881.952221241769090) * x;
        above = (above + 1712.04761263407058) * x;
        above = (above + 2051.07837782607147) * x;
        double below = x;
        below = (below + 15.7449261107098347) * x;
        below = (below + 117.693950891312499) * x;
        below = (below + 537.181101862009858) * x;
        below = (below + 1621.38957456669019) * x;
        below = (below + 3290.79923573345963) * x;
        below = (below + 4362.61909014324716) * x;
        below = (below + 3439.36767414372164) * x;
        return Gauss(x) * (above + 1230.33935479799725) / (below + 1230.33935480374942);
    }

    /// <summary>erfc(x) for x &gt; 4, and NaN for NaN.</summary>
    private static double Far(double x)
    {
        if (x >= Vanishes)
        {
            return 0;
        }

        double y = 1 / (x * x);
        double above = 0.0163153871373020978 * y;
        above = (above + 0.305326634961232344) * y;
        above = (above + 0.360344899949804439) * y;
        above = (above + 0.125781726111229246) * y;
        above = (above + 0.0160837851487422766) * y;
        double below = y;
        below = (below + 2.56852019228982242) * y;
        below = (below + 1.87295284992346725) * y;
        below = (below + 0.527905102951428412) * y;
        below = (below + 0.0605183413124413191) * y;
        double part = y * (above + 0.000658749161529837803) / (below + 0.00233520497626869185);
        return Gauss(x) * (OneOverRootPi - part) / x;
    }

    /// <summary>
    /// exp(−x²) with the square split (Cody): the rounding of x² itself would be multiplied by the exponential. x is cut to
    /// sixteenths, whose square is exact.
    /// </summary>
    private static double Gauss(double x)
    {
        double cut = Math.Truncate(x * 16) / 16;
        return Math.Exp(-(cut * cut)) * Math.Exp(-(x - cut) * (x + cut));
    }
}
