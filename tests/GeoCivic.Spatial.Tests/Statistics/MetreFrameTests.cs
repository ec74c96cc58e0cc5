using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class MetreFrameTests
{
    [Fact]
    public void A_place_survives_the_way_there_and_back()
    {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            var centre = new LonLat(
                (random.NextDouble() * 358) - 179,
                (random.NextDouble() * 160) - 80
            );
            var frame = new MetreFrame(centre);
            double lon = centre.Lon + ((random.NextDouble() - 0.5) * 0.6);
            double lat = centre.Lat + ((random.NextDouble() - 0.5) * 0.6);
            var (x, y) = frame.Forward(lon, lat);
            var back = frame.Inverse(x, y);
            // 1e-9 degree is a tenth of a millimetre.
            Assert.Equal(lon, back.Lon, 1e-9);
            Assert.Equal(lat, back.Lat, 1e-9);
        }
    }

    [Fact]
    public void The_meridian_is_as_long_as_it_is()
    {
        // From the equator to the pole: 10,001,965.729 m on WGS-84 (EPSG Guidance Note 7-2; Karney 2011, section 2).
        var (x, y) = new MetreFrame(new LonLat(0, 0)).Forward(0, 90);
        Assert.Equal(0, x, 1e-6);
        Assert.Equal(10_001_965.7293, y, 1e-3);
    }

    [Fact]
    public void Half_a_degree_of_utm_is_the_frame_times_its_scale()
    {
        // UTM is the same projection with scale 0.9996 and false easting 500,000: EPSG:32648 around 105° E.
        var (x, y) = new MetreFrame(new LonLat(105, 0)).Forward(106.5516, 29.563);
        // PROJ: echo 29.563 106.5516 | cs2cs EPSG:4326 EPSG:32648 says 650309.0301 3271368.1113.
        Assert.Equal(650_309.0301, 500_000 + (0.9996 * x), 0.0001);
        Assert.Equal(3_271_368.1113, 0.9996 * y, 0.0001);
    }
}
