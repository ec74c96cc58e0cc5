namespace GeoCivic.Spatial;

/// <summary>
/// WGS-84 to GCJ-02 and back. The official algorithm is not published; the forward formula is the public
/// reconstruction that map libraries share (Krasovsky 1940 ellipsoid, polynomial plus sine terms), which agrees with
/// commercial map data to about a metre. The offset is 100 to 700 m inside China.
/// </summary>
/// <remarks>
/// Outside the usual coarse box (72.004–137.8347° E, 0.8293–55.8271° N) the forward shift is the identity, so it jumps
/// at the edge of the box. There a GCJ-02 position can have two origins, one shifted from inside and one unshifted from
/// outside, or none. <see cref="ToWgs84"/> prefers the inside one, so every position inside the box survives the round
/// trip, and continues the formula over the edge where there is none. The edge runs at least 80 km from Chinese land.
/// </remarks>
public static class Gcj02
{
    private const double WestEdge = 72.004;
    private const double EastEdge = 137.8347;
    private const double SouthEdge = 0.8293;
    private const double NorthEdge = 55.8271;

    private const double SemiMajorAxis = 6_378_245.0;
    private const double EccentricitySquared = 0.006_693_421_622_965_943_23;

    // The shift changes by less than 1 % of the distance moved, so each step gains two digits or more.
    private const int MaxSteps = 30;
    private const double Converged = 1e-13;

    /// <summary>The GCJ-02 position of a WGS-84 one.</summary>
    /// <param name="lon">WGS-84 longitude, degrees.</param>
    /// <param name="lat">WGS-84 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat FromWgs84(double lon, double lat)
    {
        Degrees.ThrowIfOutOfRange(lon, lat);
        if (!InShiftedBox(lon, lat))
        {
            return new LonLat(lon, lat);
        }

        LonLat shift = Shift(lon, lat);
        return new LonLat(lon + shift.Lon, lat + shift.Lat);
    }

    /// <summary>
    /// The WGS-84 position of a GCJ-02 one: the exact inverse of <see cref="FromWgs84"/> by fixed-point iteration, to
    /// better than 1e-12 degree (0.1 µm), not the one-step approximation, which is off by metres.
    /// </summary>
    /// <param name="lon">GCJ-02 longitude, degrees.</param>
    /// <param name="lat">GCJ-02 latitude, degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static LonLat ToWgs84(double lon, double lat)
    {
        Degrees.ThrowIfOutOfRange(lon, lat);
        const double FarthestShift = 0.1;
        bool near =
            lon > WestEdge - FarthestShift
            && lon < EastEdge + FarthestShift
            && lat > SouthEdge - FarthestShift
            && lat < NorthEdge + FarthestShift;
        if (!near)
        {
            return new LonLat(lon, lat);
        }

        double wgsLon = lon;
        double wgsLat = lat;
        for (int step = 0; step < MaxSteps; step++)
        {
            LonLat shift = Shift(wgsLon, wgsLat);
            double nextLon = lon - shift.Lon;
            double nextLat = lat - shift.Lat;
            bool done =
                Math.Abs(nextLon - wgsLon) < Converged && Math.Abs(nextLat - wgsLat) < Converged;
            wgsLon = nextLon;
            wgsLat = nextLat;
            if (done)
            {
                break;
            }
        }

        return InShiftedBox(wgsLon, wgsLat) || InShiftedBox(lon, lat)
            ? new LonLat(wgsLon, wgsLat)
            : new LonLat(lon, lat);
    }

    /// <summary>True where the forward shift applies.</summary>
    /// <param name="lon">WGS-84 longitude, degrees.</param>
    /// <param name="lat">WGS-84 latitude, degrees.</param>
    public static bool InShiftedBox(double lon, double lat) =>
        lon >= WestEdge && lon <= EastEdge && lat >= SouthEdge && lat <= NorthEdge;

    private static LonLat Shift(double lon, double lat)
    {
        double x = lon - 105;
        double y = lat - 35;
        double rootX = Math.Sqrt(Math.Abs(x));
        double common =
            ((20 * Math.Sin(6 * x * Math.PI)) + (20 * Math.Sin(2 * x * Math.PI))) * 2 / 3;

        double north =
            -100
            + (2 * x)
            + (3 * y)
            + (0.2 * y * y)
            + (0.1 * x * y)
            + (0.2 * rootX)
            + common
            + (((20 * Math.Sin(y * Math.PI)) + (40 * Math.Sin(y / 3 * Math.PI))) * 2 / 3)
            + (((160 * Math.Sin(y / 12 * Math.PI)) + (320 * Math.Sin(y * Math.PI / 30))) * 2 / 3);
        double east =
            300
            + x
            + (2 * y)
            + (0.1 * x * x)
            + (0.1 * x * y)
            + (0.1 * rootX)
            + common
            + (((20 * Math.Sin(x * Math.PI)) + (40 * Math.Sin(x / 3 * Math.PI))) * 2 / 3)
            + (((150 * Math.Sin(x / 12 * Math.PI)) + (300 * Math.Sin(x / 30 * Math.PI))) * 2 / 3);

        // Metres north and east to degrees, by the radii of curvature at this latitude.
        double phi = lat * Math.PI / 180;
        double sinPhi = Math.Sin(phi);
        double w = 1 - (EccentricitySquared * sinPhi * sinPhi);
        double rootW = Math.Sqrt(w);
        double meridianRadius = SemiMajorAxis * (1 - EccentricitySquared) / (w * rootW);
        double parallelRadius = SemiMajorAxis / rootW * Math.Cos(phi);
        return new LonLat(
            east * 180 / (parallelRadius * Math.PI),
            north * 180 / (meridianRadius * Math.PI)
        );
    }
}
