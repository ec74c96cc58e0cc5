using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

/// <summary>Chessboards, chance, and slow weights.</summary>
internal static class Lattice
{
    /// <summary>The king's moves on a board of <paramref name="columns"/> × <paramref name="rows"/> cells.</summary>
    internal static SpatialWeights Queen(int columns, int rows)
    {
        var pairs = new List<(int, int)>();
        for (int i = 0; i < columns * rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (
                    Math.Abs((i % columns) - (j % columns)) <= 1
                    && Math.Abs((i / columns) - (j / columns)) <= 1
                )
                {
                    pairs.Add((i, j));
                }
            }
        }

        return SpatialWeights.FromPairs(columns * rows, pairs);
    }

    /// <summary>Events thrown onto cells, each as likely to be hit: complete spatial randomness.</summary>
    internal static double[] Thrown(Random random, int cells, int events)
    {
        var counts = new double[cells];
        for (int e = 0; e < events; e++)
        {
            counts[random.Next(cells)]++;
        }

        return counts;
    }

    /// <summary>The weights as a full matrix.</summary>
    internal static double[,] Dense(SpatialWeights weights)
    {
        var dense = new double[weights.Count, weights.Count];
        for (int i = 0; i < weights.Count; i++)
        {
            var row = weights.Weights(i);
            var columns = weights.Neighbours(i);
            for (int e = 0; e < columns.Length; e++)
            {
                dense[i, columns[e]] += row.IsEmpty ? 1 : row[e];
            }
        }

        return dense;
    }
}
