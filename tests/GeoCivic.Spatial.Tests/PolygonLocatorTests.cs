using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoCivic.Spatial.Tests;

public sealed class PolygonLocatorTests
{
    private static readonly WKTReader s_wkt = new();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 5)]
    [InlineData(3, 40, 40)]
    [InlineData(4, 200, 3)]
    public void Irregular_tilings_agree_with_the_plain_loop(int seed, int columns, int rows)
    {
        var random = new Random(seed);
        AssertAgrees(random, Plans.Tiling(random, columns, rows), 20_000);
    }

    [Theory]
    [InlineData(11, 60, 0)]
    [InlineData(12, 60, 3)]
    [InlineData(13, 400, 2)]
    public void Overlapping_polygons_with_holes_agree_with_the_plain_loop(
        int seed,
        int vertices,
        int holes
    )
    {
        var random = new Random(seed);
        var polygons = new List<Geometry>();
        for (int i = 0; i < 60; i++)
        {
            polygons.Add(
                Plans.Blob(
                    random,
                    random.NextDouble(),
                    random.NextDouble(),
                    0.02 + (0.3 * random.NextDouble()),
                    vertices,
                    holes
                )
            );
        }

        AssertAgrees(random, polygons, 20_000);
    }

    [Theory]
    [InlineData(14, 50)]
    [InlineData(15, 1_000)]
    public void A_mixture_of_all_kinds_agrees_with_the_plain_loop(int seed, int count)
    {
        var random = new Random(seed);
        AssertAgrees(random, Plans.Mixture(random, count), 10_000);
    }

    [Fact]
    public void Multipolygons_agree_with_the_plain_loop()
    {
        var random = new Random(21);
        var polygons = new List<Geometry>();
        for (int i = 0; i < 40; i++)
        {
            polygons.Add(
                Plans.Multi(
                    Plans.Blob(random, i % 7, i / 7, 0.4, 12, i % 3),
                    Plans.Blob(random, (i % 7) + 0.8, i / 7, 0.3, 50),
                    Plans.Blob(random, i % 7, (i / 7) + 0.9, 0.5, 5, 1)
                )
            );
        }

        AssertAgrees(random, polygons, 20_000);
    }

    [Fact]
    public void Nested_and_repeated_polygons_agree_with_the_plain_loop()
    {
        var random = new Random(31);
        var polygons = new List<Geometry>();
        for (int i = 0; i < 30; i++)
        {
            Polygon blob = Plans.Blob(random, 0, 0, 1.0 / (30 - i), 30);
            polygons.Add(blob);
            polygons.Add(blob);
        }

        AssertAgrees(random, polygons, 10_000);
        polygons.Reverse();
        AssertAgrees(random, polygons, 10_000);
    }

    [Fact]
    public void A_dense_district_far_from_a_stray_polygon_agrees_and_stays_quick()
    {
        var random = new Random(41);
        List<Geometry> polygons = Plans.Tiling(random, 60, 60, size: 0.01);
        polygons.Add(Plans.Blob(random, -77, 38.9, 0.1, 40));
        List<(double X, double Y)> points = Plans.Points(
            random,
            polygons.GetRange(0, 3600),
            10_000
        );
        points.AddRange(Plans.Points(random, polygons, 2_000));
        AssertAgrees(polygons, points);
    }

    [Fact]
    public void A_fan_of_polygons_around_one_vertex_agrees_with_the_plain_loop()
    {
        var random = new Random(51);
        var polygons = new List<Geometry>();
        for (int i = 0; i < 50; i++)
        {
            double a = 2 * Math.PI * i / 50;
            double b = 2 * Math.PI * (i + 1) / 50;
            polygons.Add(
                s_wkt.Read(
                    $"POLYGON((0 0,{Math.Cos(a):R} {Math.Sin(a):R},{Math.Cos(b):R} {Math.Sin(b):R},0 0))"
                )
            );
        }

        List<(double X, double Y)> points = Plans.Points(random, polygons, 5_000);
        for (int i = 0; i < 5_000; i++)
        {
            double scale = Math.Pow(10, -random.Next(16));
            points.Add(((random.NextDouble() - 0.5) * scale, (random.NextDouble() - 0.5) * scale));
        }

        AssertAgrees(polygons, points);
    }

    [Fact]
    public void Large_real_polygons_agree_with_the_plain_loop()
    {
        string path = RepositoryFiles.Shared(
            "data",
            "us-dc-civic",
            "advisory-neighborhood-commission-2013.geojson"
        );
        List<Geometry> polygons = GeoJsonPolygons.Read(path);
        Assert.True(polygons.Count > 30);
        AssertAgrees(new Random(61), polygons, 4_000);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(4, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(2, 2, -1)]
    [InlineData(4, 2, 0)]
    [InlineData(6, 2, 1)]
    [InlineData(8.0000001, 2, -1)]
    [InlineData(-1e-300, 2, -1)]
    public void Shared_edges_vertices_and_hole_rings_belong_to_the_lowest_index(
        double x,
        double y,
        int expected
    )
    {
        PolygonLocator locator = PolygonLocator.Build([
            s_wkt.Read("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))"),
            s_wkt.Read("POLYGON((4 0,8 0,8 4,4 4,4 0))"),
        ]);
        Assert.Equal(expected, locator.Locate(x, y));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    [InlineData(double.MaxValue, -double.MaxValue)]
    public void A_point_that_is_no_place_is_nowhere(double x, double y)
    {
        PolygonLocator locator = PolygonLocator.Build([
            s_wkt.Read("POLYGON((0 0,4 0,4 4,0 4,0 0))"),
        ]);
        Assert.Equal(-1, locator.Locate(x, y));
        Assert.Empty(locator.LocateAll(x, y));
    }

    [Fact]
    public void Without_polygons_or_with_empty_ones_nothing_covers_anything()
    {
        PolygonLocator none = PolygonLocator.Build([]);
        PolygonLocator empty = PolygonLocator.Build([Polygon.Empty, MultiPolygon.Empty]);
        int[] results = [7, 7];
        none.Locate([0, 1], [0, 1], results);
        Assert.Equal([-1, -1], results);
        Assert.Equal(-1, none.Locate(0, 0));
        Assert.Equal(-1, empty.Locate(0, 0));
        Assert.Equal(0, empty.CountCovering(0, 0));
        Assert.Equal(2, empty.Count);
    }

    [Theory]
    // No width, no height, neither; doubles side by side; the same at a large offset.
    [InlineData("POLYGON((5 0,5 1,5 2,5 0))", 5, 1.5, 0)]
    [InlineData("POLYGON((0 7,1 7,2 7,0 7))", 1.5, 7, 0)]
    [InlineData("POLYGON((0 7,1 7,2 7,0 7))", 1.5, 7.1, -1)]
    [InlineData("POLYGON((3 3,3 3,3 3,3 3))", 3, 3, -1)]
    [InlineData(
        "POLYGON((106.5 29.5,106.50000000000001 29.5,106.50000000000001 29.500000000000004,106.5 29.5))",
        106.5,
        29.5,
        0
    )]
    public void Degenerate_extents_are_answered(string wkt, double x, double y, int expected)
    {
        Geometry[] polygons = [s_wkt.Read(wkt)];
        Assert.Equal(expected, PolygonLocator.Build(polygons).Locate(x, y));
        Assert.Equal(expected, BruteForce.Locate(polygons, x, y));
    }

    [Fact]
    public void Other_geometries_and_broken_coordinates_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PolygonLocator.Build([s_wkt.Read("POINT(1 1)")]));
        Assert.Throws<ArgumentException>(() => PolygonLocator.Build([null!]));
        foreach (double wrong in new[] { double.NaN, double.PositiveInfinity, 2e9, -1e300 })
        {
            var ring = new Coordinate[] { new(0, 0), new(1, wrong), new(1, 1), new(0, 0) };
            Geometry broken = new Polygon(new LinearRing(ring));
            Assert.Throws<ArgumentException>(() => PolygonLocator.Build([broken]));
        }
    }

    [Fact]
    public void Many_points_are_located_like_single_ones_and_lengths_must_match()
    {
        var random = new Random(71);
        List<Geometry> polygons = Plans.Tiling(random, 10, 10);
        PolygonLocator locator = PolygonLocator.Build(polygons);
        List<(double X, double Y)> points = Plans.Points(random, polygons, 1000);
        points.Add((double.NaN, 29.5));
        points.Add((106.5, double.NegativeInfinity));
        double[] xs = [.. points.Select(p => p.X)];
        double[] ys = [.. points.Select(p => p.Y)];
        int[] result = new int[xs.Length];
        locator.Locate(xs, ys, result);
        Assert.Equal(points.Select(p => locator.Locate(p.X, p.Y)), result);
        Assert.Throws<ArgumentException>(() => locator.Locate(xs, ys, new int[1]));
    }

    [Fact]
    public void All_covering_polygons_are_listed_in_order()
    {
        var random = new Random(81);
        var polygons = new List<Geometry>();
        for (int i = 0; i < 50; i++)
        {
            polygons.Add(
                Plans.Blob(random, random.NextDouble(), random.NextDouble(), 0.3, 30, i % 2)
            );
        }

        PolygonLocator locator = PolygonLocator.Build(polygons);
        int several = 0;
        foreach ((double x, double y) in Plans.Points(random, polygons, 2_000))
        {
            int[] expected = [.. BruteForce.LocateAll(polygons, x, y)];
            Assert.Equal(expected, locator.LocateAll(x, y));
            Assert.Equal(expected.Length, locator.CountCovering(x, y));
            several += expected.Length > 1 ? 1 : 0;
        }

        Assert.True(several > 100);
    }

    [Fact]
    public void Changing_a_polygon_afterwards_changes_nothing()
    {
        Geometry polygon = s_wkt.Read("POLYGON((0 0,4 0,4 4,0 4,0 0))");
        PolygonLocator locator = PolygonLocator.Build([polygon]);
        polygon.Apply(new Shift());
        Assert.Equal(0, locator.Locate(1, 1));
    }

    [Fact]
    public void Threads_may_ask_at_the_same_time()
    {
        var random = new Random(91);
        List<Geometry> polygons = Plans.Tiling(random, 30, 30);
        PolygonLocator locator = PolygonLocator.Build(polygons);
        List<(double X, double Y)> points = Plans.Points(random, polygons, 5_000);
        int[] expected = [.. points.Select(p => BruteForce.Locate(polygons, p.X, p.Y))];
        Parallel.For(
            0,
            16,
            _ =>
            {
                for (int i = 0; i < points.Count; i++)
                {
                    (double x, double y) = points[i];
                    Assert.Equal(expected[i], locator.Locate(x, y));
                    if (i % 50 == 0)
                    {
                        Assert.Equal(
                            expected[i],
                            locator.LocateAll(x, y).DefaultIfEmpty(-1).First()
                        );
                    }
                }
            }
        );
    }

    [Fact]
    public void Many_polygons_upon_each_other_need_neither_much_time_nor_memory()
    {
        var random = new Random(101);
        Polygon blob = Plans.Blob(random, 106.5, 29.5, 0.01, 40);
        Geometry[] polygons = [.. Enumerable.Repeat(blob, 3_000)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        PolygonLocator locator = PolygonLocator.Build(polygons);
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, locator.Locate(106.5, 29.5));
        Assert.InRange(used, 0, 400_000_000);
    }

    private static void AssertAgrees(Random random, List<Geometry> polygons, int points) =>
        AssertAgrees(polygons, Plans.Points(random, polygons, points));

    private static void AssertAgrees(List<Geometry> polygons, List<(double X, double Y)> points)
    {
        PolygonLocator locator = PolygonLocator.Build(polygons);
        int inside = 0;
        foreach ((double x, double y) in points)
        {
            int expected = BruteForce.Locate(polygons, x, y);
            int actual = locator.Locate(x, y);
            if (expected != actual)
            {
                Assert.Fail($"({x:R}, {y:R}): expected {expected}, got {actual}.");
            }

            inside += expected >= 0 ? 1 : 0;
        }

        Assert.True(inside > points.Count / 5);
    }

    private sealed class Shift : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i) => seq.SetX(i, seq.GetX(i) + 100);
    }
}
