using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoCivic.Spatial.Tests.Geodesy;

public sealed class GeodesicNearestTests
{
    [Fact]
    public void No_place_of_an_edge_is_nearer_than_the_one_found()
    {
        var random = new Random(11);
        double worst = 0;
        for (int i = 0; i < 400; i++)
        {
            double lat = (random.NextDouble() * 140) - 70;
            var middle = new Coordinate((random.NextDouble() * 350) - 175, lat);
            double size = Math.Pow(10, 1 + (random.NextDouble() * 2.5));
            var shape = RandomShapes.Next(random, middle, size);
            double away = size * (0.5 + (4 * random.NextDouble()));
            var place = Geodesic.Destination(
                new LonLat(middle.X, middle.Y),
                random.NextDouble() * 360,
                away
            );
            var nearest = GeodesicShape.Of(shape).To(place);
            if (shape.Intersects(new Point(place.Lon, place.Lat)))
            {
                Assert.Equal(0, nearest.Metres);
                continue;
            }

            double reference = BruteForce(shape, place);
            worst = Math.Max(worst, Math.Abs(nearest.Metres - reference));
            Assert.Equal(nearest.Metres, Geodesic.Metres(nearest.On, place), 1e-9);
            // The place found lies on the shape.
            Assert.True(
                shape.Distance(new Point(nearest.On.Lon, nearest.On.Lat)) < 1e-12,
                $"{i}: not on the shape"
            );
        }

        Assert.True(worst < 0.001, $"{worst} m");
    }

    [Fact]
    public void Two_shapes_are_as_far_apart_as_their_densest_vertices()
    {
        var random = new Random(12);
        for (int i = 0; i < 120; i++)
        {
            var middle = new Coordinate(106.5, (random.NextDouble() * 120) - 60);
            var campus = RandomShapes.Next(random, middle, 150);
            var beside = Geodesic.Destination(
                new LonLat(middle.X, middle.Y),
                random.NextDouble() * 360,
                350 * random.NextDouble()
            );
            var venue = RandomShapes.Next(random, new Coordinate(beside.Lon, beside.Lat), 40);
            var nearest = GeodesicNearest.Between(campus, venue);
            var back = GeodesicNearest.Between(venue, campus);
            Assert.Equal(nearest.Metres, back.Metres, 1e-6);
            if (campus.Intersects(venue))
            {
                Assert.Equal(0, nearest.Metres);
                Assert.Equal(nearest.On, nearest.To);
                Assert.True(campus.Distance(new Point(nearest.On.Lon, nearest.On.Lat)) < 1e-12);
                continue;
            }

            double reference = double.PositiveInfinity;
            foreach (var edge in Edges(venue))
            {
                for (int k = 0; k <= 20; k++)
                {
                    var at = Between(edge.A, edge.B, k / 20.0);
                    reference = Math.Min(reference, GeodesicShape.Of(campus).To(at).Metres);
                }
            }

            // The nearest pair has a vertex at one end, which the sampling meets only when it is the venue's.
            Assert.True(nearest.Metres <= reference + 1e-6, $"{i}: {nearest.Metres} {reference}");
            Assert.True(nearest.Metres > reference - 2, $"{i}: {nearest.Metres} {reference}");
            Assert.Equal(nearest.Metres, Geodesic.Metres(nearest.On, nearest.To), 1e-9);
        }
    }

    [Theory]
    [InlineData("POINT (106.55 29.56)")]
    [InlineData("POINT (106.551 29.5605)")]
    [InlineData(
        "POLYGON ((106.5505 29.5605, 106.5506 29.5605, 106.5506 29.5606, 106.5505 29.5605))"
    )]
    [InlineData("POLYGON ((106.5 29.5, 106.6 29.5, 106.6 29.6, 106.5 29.6, 106.5 29.5))")]
    [InlineData("LINESTRING (106.549 29.5605, 106.552 29.5605)")]
    [InlineData(
        "POLYGON ((106.551 29.56, 106.552 29.56, 106.552 29.561, 106.551 29.561, 106.551 29.56))"
    )]
    public void Inside_touching_and_crossing_is_0(string wkt)
    {
        var campus = Read(
            "POLYGON ((106.55 29.56, 106.551 29.56, 106.551 29.561, 106.55 29.561, 106.55 29.56))"
        );
        Assert.Equal(0, GeodesicNearest.Between(campus, Read(wkt)).Metres);
        Assert.Equal(0, GeodesicNearest.Between(Read(wkt), campus).Metres);
    }

    [Fact]
    public void In_the_yard_that_a_campus_surrounds_one_is_outside_it()
    {
        var campus = Read(
            "POLYGON ((106.55 29.56, 106.56 29.56, 106.56 29.57, 106.55 29.57, 106.55 29.56), (106.554 29.564, 106.554 29.566, 106.556 29.566, 106.556 29.564, 106.554 29.564))"
        );
        var nearest = GeodesicNearest.Between(campus, Read("POINT (106.5545 29.565)"));
        Assert.Equal(106.554, nearest.On.Lon, 1e-12);
        Assert.Equal(
            Geodesic.Metres(new LonLat(106.554, 29.565), new LonLat(106.5545, 29.565)),
            nearest.Metres,
            1e-6
        );
    }

    [Fact]
    public void A_cap_finds_what_is_within_and_nothing_else()
    {
        var random = new Random(13);
        var middle = new Coordinate(106.55, 29.56);
        var campus = GeodesicShape.Of(RandomShapes.Star(random, middle, 200, hole: true));
        for (int i = 0; i < 5000; i++)
        {
            var place = Geodesic.Destination(
                new LonLat(middle.X, middle.Y),
                random.NextDouble() * 360,
                random.NextDouble() * 600
            );
            var free = campus.To(place);
            foreach (double cap in (double[])[0, 50, 200, free.Metres, free.Metres - 1e-6])
            {
                bool within = campus.TryWithin(place, cap, out var found);
                Assert.Equal(free.Metres <= cap, within);
                Assert.True(!within || found == free);
            }
        }
    }

    [Fact]
    public void Huge_outlines_are_measured_fast()
    {
        var random = new Random(14);
        var a = RandomCircle(random, new LonLat(106.5, 29.5), 50_000);
        var b = RandomCircle(random, new LonLat(106.6, 29.5), 50_000);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var nearest = GeodesicNearest.Between(a, b);
        // Without the boxes it would be 2.5 thousand million pairs of edges.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds < 20);
        Assert.InRange(nearest.Metres, 9_600 - 6_000, 9_700 - 5_400);
    }

    [Fact]
    public void Empty_and_broken_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GeodesicShape.Of(new Polygon(null)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            GeodesicShape.Of(new Point(double.NaN, 1))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => GeodesicShape.Of(new Point(29.5, 106.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            GeodesicShape.Of(new Point(1, 1)).To(new LonLat(double.PositiveInfinity, 0))
        );
    }

    private static Geometry Read(string wkt) => new WKTReader().Read(wkt);

    private static Polygon RandomCircle(Random random, LonLat middle, int vertices)
    {
        var ring = new Coordinate[vertices + 1];
        for (int i = 0; i < vertices; i++)
        {
            double radius = 2_900 + (100 * random.NextDouble());
            var place = Geodesic.Destination(middle, 360.0 * i / vertices, radius);
            ring[i] = new Coordinate(place.Lon, place.Lat);
        }

        ring[vertices] = ring[0].Copy();
        return new Polygon(new LinearRing(ring));
    }

    /// <summary>Every edge searched by itself: a coarse scan, then the golden section around its best.</summary>
    private static double BruteForce(Geometry shape, LonLat place)
    {
        double least = double.PositiveInfinity;
        foreach (var (a, b) in Edges(shape))
        {
            const int Steps = 40;
            double Metres(double t) => Geodesic.Metres(Between(a, b, t), place);
            int best = Enumerable.Range(0, Steps + 1).MinBy(k => Metres((double)k / Steps));
            double low = Math.Max(0, (best - 1.0) / Steps);
            double high = Math.Min(1, (best + 1.0) / Steps);
            for (int i = 0; i < 40; i++)
            {
                double left = high - ((high - low) * 0.618_034);
                double right = low + ((high - low) * 0.618_034);
                (low, high) = Metres(left) < Metres(right) ? (low, right) : (left, high);
            }

            least = Math.Min(least, Math.Min(Metres(low), Math.Min(Metres(0), Metres(1))));
        }

        return least;
    }

    private static LonLat Between(Coordinate a, Coordinate b, double t) =>
        new(a.X + (t * (b.X - a.X)), a.Y + (t * (b.Y - a.Y)));

    private static IEnumerable<(Coordinate A, Coordinate B)> Edges(Geometry shape)
    {
        for (int i = 0; i < shape.NumGeometries; i++)
        {
            var part = shape.GetGeometryN(i);
            IEnumerable<Geometry> lines = part is Polygon polygon
                ? [polygon.ExteriorRing, .. polygon.InteriorRings]
                : [part];
            foreach (var line in lines)
            {
                var at = line.Coordinates;
                for (int k = at.Length == 1 ? 0 : 1; k < at.Length; k++)
                {
                    yield return (at[Math.Max(0, k - 1)], at[k]);
                }
            }
        }
    }
}
