using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests.Geodesy;

public sealed class GeodesicZoneTests
{
    [Fact]
    public void Two_hundred_metres_are_two_hundred_all_around_and_not_174()
    {
        var school = new Point(106.5516, 29.563);
        var zone = GeodesicZone.Around(school, 200);
        foreach (var at in zone.Coordinates)
        {
            Assert.Equal(
                200,
                Geodesic.Metres(new LonLat(school.X, school.Y), new LonLat(at.X, at.Y)),
                0.1
            );
        }

        // What a buffer of 200 units in Web Mercator (EPSG:3857) covers, north and east: the wrong answer.
        double unit = 180 / (Math.PI * 6_378_137);
        double north =
            2
                * Math.Atan(
                    Math.Exp(Math.Asinh(Math.Tan(school.Y * Math.PI / 180)) + (200 / 6_378_137.0))
                )
                * 180
                / Math.PI
            - 90;
        Assert.Equal(
            174,
            Geodesic.Metres(
                new LonLat(school.X, school.Y),
                new LonLat(school.X + (200 * unit), school.Y)
            ),
            1.0
        );
        Assert.Equal(
            174,
            Geodesic.Metres(new LonLat(school.X, school.Y), new LonLat(school.X, north)),
            1.0
        );
    }

    [Theory]
    [InlineData(200, 150)]
    [InlineData(50, 80)]
    [InlineData(1000, 3000)]
    [InlineData(5000, 200)]
    public void Every_place_of_the_outline_is_that_far_from_the_shape(double metres, double size)
    {
        var random = new Random((int)metres);
        for (int i = 0; i < 12; i++)
        {
            var middle = new Coordinate(106.5, (random.NextDouble() * 130) - 65);
            var shape = RandomShapes.Next(random, middle, size);
            var campus = GeodesicShape.Of(shape);
            var zone = GeodesicZone.Around(shape, metres);
            Assert.True(zone.IsValid);
            Assert.True(zone.Covers(shape));
            double worst = 0;
            var outline = zone.Boundary;
            for (int part = 0; part < outline.NumGeometries; part++)
            {
                var line = outline.GetGeometryN(part).Coordinates;
                for (int k = 1; k < line.Length; k++)
                {
                    for (int share = 0; share < 4; share++)
                    {
                        var at = new LonLat(
                            line[k - 1].X + (share / 4.0 * (line[k].X - line[k - 1].X)),
                            line[k - 1].Y + (share / 4.0 * (line[k].Y - line[k - 1].Y))
                        );
                        worst = Math.Max(worst, Math.Abs(campus.To(at).Metres - metres));
                    }
                }
            }

            Assert.True(worst < 0.1, $"{i}: {worst} m");
        }
    }

    [Fact]
    public void Zones_that_overlap_dissolve_into_their_union()
    {
        var schools = new[] { 106.55, 106.553, 106.6 }.Select(lon => new Point(lon, 29.56));
        var zones = schools.Select(school => GeodesicZone.Around(school, 200)).ToArray();
        var union = GeodesicZone.Dissolve(zones);
        Assert.Equal(2, union.NumGeometries);
        Assert.True(union.IsValid);
        double overlap = zones[0].Intersection(zones[1]).Area;
        Assert.True(overlap > 0);
        Assert.Equal(zones.Sum(zone => zone.Area) - overlap, union.Area, 1e-12);
        Assert.True(((Polygon)union.GetGeometryN(0)).Shell.IsCCW);
        Assert.True(GeodesicZone.Dissolve([]).IsEmpty);
    }

    [Fact]
    public void A_width_that_is_no_width_is_refused()
    {
        foreach (double metres in (double[])[double.NaN, -5, 1e12, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                GeodesicZone.Around(new Point(106, 29), metres)
            );
        }

        Assert.True(GeodesicZone.Around(new Point(106, 29), 0) is Point);
    }

    [Fact]
    public void A_circle_has_the_area_of_a_circle()
    {
        // Independent of the distances: area in the plane's metres, on the other side of the transformation.
        var zone = GeodesicZone.Around(new Point(106.55, 60), 300);
        var frame = new MetreFrame(new LonLat(106.55, 60));
        var ring = zone.Coordinates.Select(c => frame.Forward(c.X, c.Y)).ToArray();
        double area = 0;
        for (int i = 1; i < ring.Length; i++)
        {
            area += (ring[i - 1].X * ring[i].Y) - (ring[i].X * ring[i - 1].Y);
        }

        Assert.Equal(Math.PI * 300 * 300, area / 2, Math.PI * 300 * 300 * 2e-4);
    }
}
