using GeoCivic.Spatial.Geodesy;

namespace GeoCivic.Spatial.Tests.Geodesy;

public sealed class GeodesicTests
{
    [Fact]
    public void Published_lines_are_as_long_as_published()
    {
        // GeographicLib, GeodSolve(1): JFK to LHR.
        Assert.Equal(
            5_551_759.400,
            Geodesic.Metres(new LonLat(-73.8, 40.6), new LonLat(-0.5, 51.6)),
            1e-3
        );
        // Karney, Algorithms for geodesics (2013), the short line of table 3.
        var (a, b) = (new LonLat(0, -30.12345), new LonLat(0.00005, -30.12344));
        Assert.Equal(4.944_208, Geodesic.Metres(a, b), 1e-6);
        Assert.Equal(77.043_533, Geodesic.AzimuthDegrees(a, b), 1e-5);
        // ICSM, GDA technical manual: Flinders Peak to Buninyong (GRS-80, whose flattening is the same to 1e-11).
        var flinders = new LonLat(144.424_867_889, -37.951_033_419);
        var buninyong = new LonLat(143.926_495_530, -37.652_821_139);
        Assert.Equal(54_972.271, Geodesic.Metres(flinders, buninyong), 1e-3);
        Assert.Equal(306.868_15, Geodesic.AzimuthDegrees(flinders, buninyong), 1e-4);
    }

    [Fact]
    public void The_direct_problem_has_the_published_end()
    {
        // Karney (2013), table 2: 10,000 km from 40° N in direction 30°.
        var end = Geodesic.Destination(new LonLat(0, 40), 30, 10_000_000);
        Assert.Equal(41.793_310_205, end.Lat, 1e-8);
        Assert.Equal(137.844_900_044, end.Lon, 1e-8);
    }

    [Fact]
    public void A_degree_of_the_equator_and_the_meridian_are_as_long_as_they_are()
    {
        Assert.Equal(
            6_378_137 * Math.PI / 180,
            Geodesic.Metres(new LonLat(179.5, 0), new LonLat(-179.5, 0)),
            1e-6
        );
        Assert.Equal(10_001_965.729, Geodesic.Metres(new LonLat(0, 0), new LonLat(0, 90)), 1e-3);
        Assert.Equal(0, Geodesic.Metres(new LonLat(7, 90), new LonLat(50, 90)), 1e-6);
    }

    [Fact]
    public void There_and_back_within_a_thousand_kilometres()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            var from = new LonLat(
                (random.NextDouble() * 360) - 180,
                (random.NextDouble() * 178) - 89
            );
            double azimuth = random.NextDouble() * 360;
            double metres = Math.Pow(10, (random.NextDouble() * 7) - 1);
            var to = Geodesic.Destination(from, azimuth, metres);
            Assert.Equal(metres, Geodesic.Metres(from, to), 1e-5 + (metres * 1e-10));
            Assert.Equal(metres, Geodesic.Metres(to, from), 1e-5 + (metres * 1e-10));
            var again = Geodesic.Destination(from, Geodesic.AzimuthDegrees(from, to), metres);
            Assert.Equal(0, Geodesic.Metres(to, again), 1e-4);
        }
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(181, 0)]
    [InlineData(29.5, 106.5)]
    public void Places_off_the_globe_are_refused(double lon, double lat)
    {
        var off = new LonLat(lon, lat);
        Assert.Throws<ArgumentOutOfRangeException>(() => Geodesic.Metres(off, new LonLat(0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Geodesic.AzimuthDegrees(new LonLat(0, 0), off)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Geodesic.Destination(off, 0, 1));
    }

    [Fact]
    public void Nearly_antipodal_places_are_refused_rather_than_answered_wrongly()
    {
        Assert.Throws<ArgumentException>(() =>
            Geodesic.Metres(new LonLat(0, 0), new LonLat(179.9, 0.1))
        );
    }
}
