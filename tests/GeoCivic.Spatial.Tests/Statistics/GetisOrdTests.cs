using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class GetisOrdTests
{
    // The 16 × 16 cells of 30 m, rows from y = 0, of Getis and Ord, "Local spatial statistics: an overview" (1996), from the
    // R package spData (dataset getisord, CC0 1.0).
    private static readonly double[] s_cells =
    [
        .. """
            40 41 42 43 49 54 47 44 42 44 43 46 52 56 56 61
            40 42 41 40 43 49 46 42 42 43 43 49 59 62 53 62
            43 42 40 42 42 42 41 42 42 43 42 53 66 61 51 62
            44 41 39 42 44 43 42 42 42 43 43 49 56 53 53 61
            42 43 44 43 42 41 42 44 43 43 44 47 58 59 55 61
            52 59 61 56 41 40 43 44 46 48 50 52 68 69 60 61
            62 62 86 85 55 59 64 72 75 70 70 62 66 61 55 57
            65 62 68 72 102 94 90 83 74 81 96 69 52 50 51 54
            62 59 55 61 99 97 93 80 65 87 107 80 59 60 67 66
            62 55 56 56 80 90 99 88 64 91 112 94 76 91 100 85
            63 57 58 58 77 92 82 71 59 90 105 92 79 98 110 83
            59 58 60 64 88 99 82 81 71 80 89 89 89 102 104 75
            55 54 53 61 82 102 88 93 96 94 110 114 109 103 92 68
            55 55 56 60 91 95 86 98 115 105 110 107 101 89 85 68
            62 63 64 59 85 88 95 106 110 99 89 82 79 84 97 79
            55 56 54 58 65 75 82 77 74 74 69 61 62 71 73 63
            """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(
            double.Parse
        ),
    ];

    // Value at the 120th cell, (210, 210), within 30 m: 1.45078 by eq. 14.2 of Getis and Ord (1996), p. 263, and 1.447943 as
    // the same paper gives it on p. 267, with division by n − 1 in the variance; both printed so in the reference manual of
    // the R package spdep, localG.
    [Fact]
    public void Getis_and_Ord_s_own_example_comes_out_as_printed()
    {
        double[] x = [.. Enumerable.Range(0, 256).Select(i => 30.0 * (i % 16))];
        double[] y = [.. Enumerable.Range(0, 256).Select(i => 30.0 * (i / 16))];
        var weights = SpatialWeights.WithinDistance(x, y, 30).WithSelf();
        Assert.Equal(5, weights.Neighbours(119).Length);
        var result = GetisOrd.GiStar(s_cells, weights);
        Assert.Equal(1.45078, Math.Round(result.Z[119], 5));
        Assert.Equal(1.447943, Math.Round(result.Z[119] * Math.Sqrt(255.0 / 256), 6));
    }

    // The example that PySAL esda prints in the documentation of G_Local (star=True, transform='B').
    [Fact]
    public void PySal_s_example_comes_out_as_printed()
    {
        var weights = SpatialWeights
            .WithinDistance([10, 20, 40, 15, 30, 30], [10, 10, 10, 20, 20, 30], 15)
            .WithSelf();
        double[] z = GetisOrd.GiStar([2, 3, 3.2, 5, 8, 7], weights).Z;
        Assert.Equal(
            [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331],
            z.Select(each => Math.Round(each, 8))
        );
    }

    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(2, false, 0.2)]
    [InlineData(3, true, 0)]
    [InlineData(4, true, 0.3)]
    public void Random_maps_agree_with_the_full_matrix(int seed, bool weighted, double gaps)
    {
        var random = new Random(seed);
        for (int run = 0; run < 25; run++)
        {
            int n = 10 + random.Next(80);
            var pairs = Enumerable
                .Range(0, n * 2)
                .Select(_ => (random.Next(n), random.Next(n)))
                .ToList();
            var weights = SpatialWeights.FromPairs(n, pairs).WithSelf();
            weights = weighted ? weights.RowStandardised() : weights;
            double[] values =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(_ =>
                        random.NextDouble() < gaps ? double.NaN : 1e4 + (random.NextDouble() * 50)
                    ),
            ];
            AssertAgree(values, weights);
        }
    }

    [Fact]
    public void What_cannot_be_said_is_not_said()
    {
        var weights = SpatialWeights.FromPairs(5, [(0, 1), (1, 2), (2, 3)]).WithSelf();
        // The island and the cell whose only neighbour has no value.
        var some = GetisOrd.GiStar([1, 2, double.NaN, 3, 9], weights);
        Assert.Equal((4, 3.75), (some.Moments.N, some.Moments.Mean));
        Assert.Equal(
            [HotSpot.None, HotSpot.None, HotSpot.NoData, HotSpot.NoData, HotSpot.NoData],
            Enumerable.Range(0, 5).Select(some.Class)
        );
        Assert.All(
            (double[][])[some.Z, some.P, some.Q],
            each => Assert.Equal([false, false, true, true, true], each.Select(double.IsNaN))
        );
        // All the same, a single one, none, and a cell that neighbours everybody.
        Assert.All(GetisOrd.GiStar([7, 7, 7, 7, 7], weights).Z, z => Assert.True(double.IsNaN(z)));
        Assert.All(
            GetisOrd.GiStar([1, double.NaN, double.NaN, double.NaN, double.NaN], weights).Z,
            z => Assert.True(double.IsNaN(z))
        );
        Assert.Empty(GetisOrd.GiStar([], SpatialWeights.FromPairs(0, [])).Z);
        var star = SpatialWeights.FromPairs(3, [(0, 1), (0, 2)]).WithSelf();
        Assert.Equal([true, false, false], GetisOrd.GiStar([1, 2, 4], star).Z.Select(double.IsNaN));
        Assert.Throws<ArgumentException>(() => GetisOrd.GiStar([1, 2], weights));
    }

    [Fact]
    public void Too_few_says_what_is_missing()
    {
        var enough = Enumerable.Range(0, 30).Select(i => (double)i).ToArray();
        Assert.Null(TooFew.Check(enough, events: 30));
        Assert.Null(TooFew.Check(enough));
        Assert.Equal(new TooFew(TooFewReason.Cells, 29, 30), TooFew.Check(enough[1..]));
        enough[4] = double.NaN;
        Assert.Equal(new TooFew(TooFewReason.Cells, 29, 30), TooFew.Check(enough));
        enough[4] = 4;
        Assert.Equal(new TooFew(TooFewReason.Events, 29, 30), TooFew.Check(enough, events: 29));
        Assert.Equal("constant", TooFew.Check(new double[30], events: null)!.Word);
    }

    [Theory]
    [InlineData(3, 0.01, HotSpot.Hot99)]
    [InlineData(3, 0.0100001, HotSpot.Hot95)]
    [InlineData(0.1, 0.1, HotSpot.Hot90)]
    [InlineData(3, 0.11, HotSpot.None)]
    [InlineData(-3, 0, HotSpot.Cold99)]
    [InlineData(-3, 0.05, HotSpot.Cold95)]
    [InlineData(-3, 0.0500001, HotSpot.Cold90)]
    [InlineData(double.NaN, 0.01, HotSpot.NoData)]
    public void Classes_follow_z_and_q(double z, double q, HotSpot expected)
    {
        Assert.Equal(expected, HotSpots.Classify(z, q));
        Assert.Contains(expected.Word(), HotSpots.AllWords);
    }

    private static void AssertAgree(double[] values, SpatialWeights weights)
    {
        double[,] w = Lattice.Dense(weights);
        var known = Enumerable
            .Range(0, values.Length)
            .Where(i => !double.IsNaN(values[i]))
            .ToList();
        double n = known.Count;
        double mean = known.Sum(j => values[j]) / n;
        double sd = Math.Sqrt(known.Sum(j => (values[j] - mean) * (values[j] - mean)) / n);
        var result = GetisOrd.GiStar(values, weights);
        Assert.Equal(mean, result.Moments.Mean, 1e-9);
        Assert.Equal(sd, result.Moments.Sd, 1e-9);
        for (int i = 0; i < values.Length; i++)
        {
            double sum = known.Sum(j => w[i, j]);
            double squares = known.Sum(j => w[i, j] * w[i, j]);
            bool alone = known.Count(j => j != i && w[i, j] != 0) == 0;
            if (alone || double.IsNaN(values[i]))
            {
                Assert.True(double.IsNaN(result.Z[i]));
                continue;
            }

            double expected =
                (known.Sum(j => w[i, j] * values[j]) - (mean * sum))
                / (sd * Math.Sqrt(((n * squares) - (sum * sum)) / (n - 1)));
            Assert.Equal(expected, result.Z[i], 1e-9);
            Assert.Equal(Normal.TwoSided(expected), result.P[i], 1e-9);
        }
    }
}
