using System.Buffers;

namespace GeoCivic.Spatial.Statistics;

/// <summary>The false discovery rate.</summary>
public static class BenjaminiHochberg
{
    /// <summary>
    /// The q-value of each p-value: the smallest level of the false discovery rate at which its hypothesis is rejected,
    /// q₍ᵢ₎ = min over j ≥ i of m·p₍ⱼ₎/j, at most 1, with m the number of p-values that are not NaN. Rejecting where q ≤ α is
    /// the step-up procedure of Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal
    /// Statistical Society B 57 (1995) 289–300, eq. (1); it holds for independent tests and for positively dependent ones
    /// (Benjamini and Yekutieli, Annals of Statistics 29, 2001), as those of overlapping neighbourhoods are.
    /// </summary>
    /// <param name="p">Probabilities in 0–1; NaN where nothing was tested, which counts for nothing and stays NaN.</param>
    /// <returns>A new array, in the order of <paramref name="p"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside 0–1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var q = new double[p.Length];
        Adjust(p, q);
        return q;
    }

    /// <summary>The same into <paramref name="q"/>, which has the length of <paramref name="p"/>.</summary>
    /// <inheritdoc cref="Adjust(ReadOnlySpan{double})"/>
    public static void Adjust(ReadOnlySpan<double> p, Span<double> q)
    {
        if (q.Length != p.Length)
        {
            throw new ArgumentException("One q-value a p-value.", nameof(q));
        }

        int m = 0;
        foreach (double each in p)
        {
            if (each is >= 0 and <= 1)
            {
                m++;
            }
            else if (!double.IsNaN(each))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(p),
                    "A probability lies between 0 and 1."
                );
            }
        }

        double[] keys = ArrayPool<double>.Shared.Rent(m);
        int[] places = ArrayPool<int>.Shared.Rent(m);
        var sorted = keys.AsSpan(0, m);
        var of = places.AsSpan(0, m);
        ProportionSort.Sort(p, sorted, of);
        q.Fill(double.NaN);
        double least = 1;
        for (int rank = m; rank > 0; rank--)
        {
            // m / rank is at least 1; a rounding must not make q smaller than p.
            least = Math.Min(least, Math.Max(sorted[rank - 1], sorted[rank - 1] * m / rank));
            q[of[rank - 1]] = least;
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(places);
    }
}
