using System.Buffers;

namespace GeoCivic.Spatial.Statistics;

/// <summary>Number, mean and standard deviation of the values that took part.</summary>
/// <param name="N">Cells with a value.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Sd">Their standard deviation with division by n.</param>
public readonly record struct Moments(int N, double Mean, double Sd)
{
    /// <summary>The moments of the values that are not NaN.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        int n = 0;
        double sum = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                n++;
                sum += value;
            }
        }

        double mean = sum / n;
        double squares = 0;
        foreach (double value in values)
        {
            double from = value - mean;
            squares += double.IsNaN(from) ? 0 : from * from;
        }

        return new Moments(n, mean, Math.Sqrt(squares / n));
    }
}

/// <summary>What Gi* says of each cell.</summary>
/// <param name="Moments">Number, mean and standard deviation of the values.</param>
/// <param name="Z">Gi* as a standard normal deviate; NaN where a cell took no part.</param>
/// <param name="P">Two-sided probability under chance; NaN where a cell took no part.</param>
/// <param name="Q">Level of the false discovery rate (<see cref="BenjaminiHochberg"/>).</param>
public sealed record GiStarResult(Moments Moments, double[] Z, double[] P, double[] Q)
{
    /// <summary>The class of a cell.</summary>
    public HotSpot Class(int cell) => HotSpots.Classify(Z[cell], Q[cell]);
}

/// <summary>The local statistic Gi* of Getis and Ord.</summary>
public static class GetisOrd
{
    /// <summary>
    /// Gi* of every cell with its two-sided normal probability and its level of the false discovery rate.
    /// </summary>
    /// <inheritdoc cref="GiStar(ReadOnlySpan{double}, SpatialWeights, Span{double})"/>
    public static GiStarResult GiStar(ReadOnlySpan<double> values, SpatialWeights weights)
    {
        var (z, p, q) = (
            new double[values.Length],
            new double[values.Length],
            new double[values.Length]
        );
        return new GiStarResult(GiStar(values, weights, z, p, q), z, p, q);
    }

    /// <summary>The same into arrays that are there.</summary>
    /// <param name="values">The cells' values; NaN takes no part.</param>
    /// <param name="weights">Weights that include the cell itself.</param>
    /// <param name="z">Receives the deviates.</param>
    /// <param name="p">Receives the probabilities.</param>
    /// <param name="q">Receives the levels of the false discovery rate.</param>
    public static Moments GiStar(
        ReadOnlySpan<double> values,
        SpatialWeights weights,
        Span<double> z,
        Span<double> p,
        Span<double> q
    )
    {
        var moments = GiStar(values, weights, z);
        Normal.TwoSided(z, p);
        BenjaminiHochberg.Adjust(p, q);
        return moments;
    }

    /// <summary>
    /// Gi* of every cell as a standard normal deviate:
    /// (Σⱼ wᵢⱼxⱼ − x̄ Σⱼ wᵢⱼ) / (s √[(n Σⱼ wᵢⱼ² − (Σⱼ wᵢⱼ)²) / (n − 1)]), where the sums include the cell itself and
    /// s² = Σⱼ xⱼ²/n − x̄². Getis and Ord, "The analysis of spatial association by use of distance statistics",
    /// Geographical Analysis 24 (1992) 189–206; Ord and Getis, "Local spatial autocorrelation statistics: distributional
    /// issues and an application", Geographical Analysis 27 (1995) 286–306; as printed in Getis and Ord, "Local spatial
    /// statistics: an overview" (1996), eq. 14.2. Takes time in proportion to the number of weights.
    /// </summary>
    /// <param name="values">
    /// The cells' values. A cell with NaN takes no part: it counts neither in the mean nor among anybody's neighbours.
    /// </param>
    /// <param name="weights">
    /// Weights that include the cell itself (<see cref="SpatialWeights.WithSelf"/>). A cell whose only neighbour with a value
    /// is itself gets NaN: of an island there is no neighbourhood to speak of. So does one that neighbours all others.
    /// </param>
    /// <param name="z">Receives the deviates; NaN throughout where all values are the same.</param>
    /// <returns>The moments of the values.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Moments GiStar(
        ReadOnlySpan<double> values,
        SpatialWeights weights,
        Span<double> z
    )
    {
        if (values.Length != weights.Count || z.Length != weights.Count)
        {
            throw new ArgumentException("One value and one result a cell.", nameof(values));
        }

        var moments = Moments.Of(values);
        if (!(moments.Sd > 0) || moments.N < 2)
        {
            z.Fill(double.NaN);
            return moments;
        }

        // Deviations from the mean, so that large values do not eat the digits of the difference.
        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        var from = rented.AsSpan(0, values.Length);
        double scale = 1 / moments.Sd;
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = (values[i] - moments.Mean) * scale;
        }

        if (weights.IsBinary && moments.N == values.Length)
        {
            OfAll(from, weights, z);
        }
        else
        {
            OfThoseWithValue(from, moments.N, weights, z);
        }

        ArrayPool<double>.Shared.Return(rented);
        return moments;
    }

    /// <summary>Binary weights and no gaps, as nearly every map has: the spread depends on the number of neighbours alone.</summary>
    private static void OfAll(ReadOnlySpan<double> from, SpatialWeights weights, Span<double> z)
    {
        Span<double> known = stackalloc double[32];
        for (int sum = 0; sum < known.Length; sum++)
        {
            known[sum] = Spread(sum, from.Length);
        }

        var columns = weights.Columns;
        var offsets = weights.Offsets;
        int e = 0;
        for (int i = 0; i < z.Length; i++)
        {
            int end = offsets[i + 1];
            int sum = end - e;
            double deviation = 0;
            for (; e < end; e++)
            {
                deviation += from[columns[e]];
            }

            z[i] = deviation * (sum < known.Length ? known[sum] : Spread(sum, from.Length));
        }
    }

    /// <summary>1 / √[(n·w − w²) / (n − 1)]; NaN where nothing is said.</summary>
    private static double Spread(int w, double n) =>
        w < 2 || w >= n ? double.NaN : 1 / Math.Sqrt(w * (n - w) / (n - 1));

    private static void OfThoseWithValue(
        ReadOnlySpan<double> from,
        double n,
        SpatialWeights weights,
        Span<double> z
    )
    {
        for (int i = 0; i < z.Length; i++)
        {
            var columns = weights.Neighbours(i);
            var row = weights.Weights(i);
            double deviation = 0;
            double sum = 0;
            double squares = 0;
            int others = 0;
            for (int e = 0; e < columns.Length; e++)
            {
                double value = from[columns[e]];
                if (!double.IsNaN(value))
                {
                    double weight = row.IsEmpty ? 1 : row[e];
                    deviation += weight * value;
                    sum += weight;
                    squares += weight * weight;
                    others += columns[e] == i ? 0 : 1;
                }
            }

            double spread = (n * squares) - (sum * sum);
            // Of weights that are no whole numbers, what should be zero is a rounding error.
            z[i] =
                others == 0 || double.IsNaN(from[i]) || spread <= n * squares * 1e-12
                    ? double.NaN
                    : deviation / Math.Sqrt(spread / (n - 1));
        }
    }
}
