using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class LocalMoranTests
{
    // The files desmith.txt and desmith.gal of PySAL's examples.
    private static readonly double[] s_desmith =
    [
        2.24,
        3.10,
        4.55,
        -5.15,
        -4.39,
        0.46,
        5.54,
        9.02,
        -2.09,
        -3.06,
    ];

    private static readonly SpatialWeights s_neighbours = SpatialWeights.FromPairs(
        10,
        [
            (0, 1),
            (0, 3),
            (1, 4),
            (2, 3),
            (2, 6),
            (3, 4),
            (3, 7),
            (4, 5),
            (4, 8),
            (5, 9),
            (6, 7),
            (7, 8),
            (8, 9),
        ]
    );

    // The values that PySAL printed for this example in the documentation of Moran_Local. It divides by Σz²/(n − 1) where
    // Anselin's eq. 12 divides by Σz²/n.
    [Fact]
    public void PySal_s_example_comes_out_as_printed()
    {
        var result = LocalMoran.Of(s_desmith, s_neighbours, permutations: 99, seed: 1);
        Assert.Equal(
            [
                -0.11409277,
                -0.19940543,
                -0.13351408,
                -0.51770383,
                0.48095009,
                0.12208113,
                1.19148298,
                -0.58144305,
                0.07101383,
                0.34314301,
            ],
            result.I.Select(i => Math.Round(i * 9 / 10, 8))
        );
        // 1 HH, 2 LH, 3 LL, 4 HL
        Assert.Equal(
            "HL HL HL LH LL LL HH HL LL LL",
            string.Join(' ', result.Quadrants.Select(q => q.Word()))
        );
    }

    [Fact]
    public void The_pseudo_probability_is_that_of_all_possible_draws()
    {
        const int Permutations = 20_000;
        var result = LocalMoran.Of(s_desmith, s_neighbours, Permutations, seed: 7);
        double mean = s_desmith.Average();
        double[] z = [.. s_desmith.Select(v => v - mean)];
        for (int i = 0; i < 10; i++)
        {
            double[] others = [.. z.Where((_, j) => j != i)];
            int[] neighbours = s_neighbours.Neighbours(i).ToArray();
            double observed = neighbours.Sum(j => z[j]);
            double[] sums = [.. Sums(others, neighbours.Length)];
            double above = sums.Count(s => s >= observed - 1e-9) / (double)sums.Length;
            double below = sums.Count(s => s <= observed + 1e-9) / (double)sums.Length;
            double exact = Math.Min(1, 2 * Math.Min(above, below));
            // Five standard errors of a share, doubled as p is.
            double error = 2 * 5 * Math.Sqrt(0.25 / Permutations);
            Assert.Equal(exact, result.P[i], error);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.25)]
    public void Random_maps_agree_with_the_full_matrix(int seed, double gaps)
    {
        var random = new Random(seed);
        for (int run = 0; run < 20; run++)
        {
            int n = 8 + random.Next(60);
            var pairs = Enumerable
                .Range(0, n * 2)
                .Select(_ => (random.Next(n), random.Next(n)))
                .ToList();
            var weights = SpatialWeights.FromPairs(n, pairs);
            double[] values =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(_ => random.NextDouble() < gaps ? double.NaN : random.NextDouble()),
            ];
            var result = LocalMoran.Of(values, weights, permutations: 9, seed);
            double[,] w = Lattice.Dense(weights);
            int[] known = [.. Enumerable.Range(0, n).Where(i => !double.IsNaN(values[i]))];
            double mean = known.Average(i => values[i]);
            double m2 = known.Average(i => Math.Pow(values[i] - mean, 2));
            for (int i = 0; i < n; i++)
            {
                double sum = known.Sum(j => w[i, j]);
                if (double.IsNaN(values[i]) || sum == 0)
                {
                    Assert.True(double.IsNaN(result.I[i]) && double.IsNaN(result.P[i]));
                    Assert.Equal(MoranQuadrant.NoData, result.Class(i));
                    continue;
                }

                double lag = known.Sum(j => w[i, j] * (values[j] - mean)) / sum;
                Assert.Equal((values[i] - mean) / m2 * lag, result.I[i], 1e-9);
                Assert.InRange(result.P[i], 2.0 / 10, 1);
            }
        }
    }

    [Fact]
    public void The_same_seed_answers_the_same_with_any_number_of_threads()
    {
        double[] values = Lattice.Thrown(new Random(3), 400, 900);
        var weights = Lattice.Queen(20, 20);
        var one = LocalMoran.Of(values, weights, 199, seed: 42, threads: 1);
        foreach (int threads in (int[])[2, 7, -1])
        {
            Assert.Equal(one.P, LocalMoran.Of(values, weights, 199, 42, threads).P);
        }

        Assert.NotEqual(one.P, LocalMoran.Of(values, weights, 199, seed: 43).P);
    }

    [Fact]
    public void A_lump_is_high_among_high_and_what_stands_out_is_seen()
    {
        double[] values = Lattice.Thrown(new Random(5), 400, 2000);
        int[] lump = [.. Enumerable.Range(0, 16).Select(i => (20 * (4 + (i / 4))) + 4 + (i % 4))];
        foreach (int cell in lump)
        {
            values[cell] += 30;
        }

        // One low cell in the middle of the lump.
        values[lump[5]] = 0;
        var result = LocalMoran.Of(values, Lattice.Queen(20, 20), 999, seed: 1);
        Assert.Equal(MoranQuadrant.LowHigh, result.Class(lump[5]));
        Assert.Equal(MoranQuadrant.HighHigh, result.Class(lump[6]));
        Assert.Equal(MoranQuadrant.None, result.Class(399));
        Assert.All(
            LocalMoran.Of(new double[9], Lattice.Queen(3, 3), 9, 1).P,
            p => Assert.True(double.IsNaN(p))
        );
    }

    private static IEnumerable<double> Sums(double[] of, int take, int from = 0)
    {
        if (take == 0)
        {
            yield return 0;
            yield break;
        }

        for (int i = from; i <= of.Length - take; i++)
        {
            foreach (double rest in Sums(of, take - 1, i + 1))
            {
                yield return of[i] + rest;
            }
        }
    }
}
