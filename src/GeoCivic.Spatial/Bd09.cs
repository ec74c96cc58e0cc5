namespace GeoCivic.Spatial;

/// <summary>
/// GCJ-02 to BD-09 and back, by the public formula: a polar shift of 0.0065° east and 0.006° north with a small ripple.
/// It is applied everywhere, as map libraries do; positions near ±180° may come out slightly beyond.
/// </summary>
public static class Bd09
{
    private const double EastShift = 0.0065;
    private const double NorthShift = 0.006;
    private const double Ripple = Math.PI * 3000 / 180;
    private const int MaxSteps = 30;
    private const double Converged = 1e-13;

    /// <summary>The BD-09 position of a GCJ-02 one.</summary>
    /// <param name="lon">GCJ-02 longitude, degrees.</param>
    /// <param name="lat">GCJ-02 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat FromGcj02(double lon, double lat)
    {
        Degrees.ThrowIfOutOfRange(lon, lat);
        return Forward(lon, lat);
    }

    /// <summary>
    /// The GCJ-02 position of a BD-09 one: the exact inverse of <see cref="FromGcj02"/> by fixed-point iteration, to
    /// better than 1e-12 degree.
    /// </summary>
    /// <param name="lon">BD-09 longitude, degrees.</param>
    /// <param name="lat">BD-09 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat ToGcj02(double lon, double lat)
    {
        Degrees.ThrowIfOutOfRange(lon, lat);
        double gcjLon = lon - EastShift;
        double gcjLat = lat - NorthShift;
        for (int step = 0; step < MaxSteps; step++)
        {
            LonLat there = Forward(gcjLon, gcjLat);
            double errorLon = there.Lon - lon;
            double errorLat = there.Lat - lat;
            gcjLon -= errorLon;
            gcjLat -= errorLat;
            if (Math.Abs(errorLon) < Converged && Math.Abs(errorLat) < Converged)
            {
                break;
            }
        }

        return new LonLat(gcjLon, gcjLat);
    }

    /// <summary>The WGS-84 position of a BD-09 one.</summary>
    /// <param name="lon">BD-09 longitude, degrees.</param>
    /// <param name="lat">BD-09 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat ToWgs84(double lon, double lat)
    {
        LonLat gcj = ToGcj02(lon, lat);
        return Gcj02.ToWgs84(Math.Clamp(gcj.Lon, -180, 180), Math.Clamp(gcj.Lat, -90, 90));
    }

    /// <summary>The BD-09 position of a WGS-84 one.</summary>
    /// <param name="lon">WGS-84 longitude, degrees.</param>
    /// <param name="lat">WGS-84 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat FromWgs84(double lon, double lat)
    {
        LonLat gcj = Gcj02.FromWgs84(lon, lat);
        return Forward(gcj.Lon, gcj.Lat);
    }

    private static LonLat Forward(double lon, double lat)
    {
        double radius = Math.Sqrt((lon * lon) + (lat * lat)) + (0.00002 * Math.Sin(lat * Ripple));
        double angle = Math.Atan2(lat, lon) + (0.000003 * Math.Cos(lon * Ripple));
        return new LonLat(
            (radius * Math.Cos(angle)) + EastShift,
            (radius * Math.Sin(angle)) + NorthShift
        );
    }
}
