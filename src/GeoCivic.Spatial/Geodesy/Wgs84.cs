namespace GeoCivic.Spatial.Geodesy;

/// <summary>The ellipsoid of WGS-84 (NGA.STND.0036, 2014, table 3.1), and what lengths a degree has on it.</summary>
internal static class Wgs84
{
    internal const double SemiMajorAxis = 6_378_137;
    internal const double Flattening = 1 / 298.257223563;
    internal const double SemiMinorAxis = SemiMajorAxis * (1 - Flattening);
    internal const double EccentricitySquared = Flattening * (2 - Flattening);
    internal const double RadiansPerDegree = Math.PI / 180;

    /// <summary>Metres of one degree of longitude and of latitude at a latitude in degrees.</summary>
    /// <remarks>
    /// The radii of curvature in the prime vertical and in the meridian: Bomford, Geodesy, 4th ed. (1980), equations
    /// A.45 and A.53.
    /// </remarks>
    internal static (double Lon, double Lat) MetresPerDegree(double lat)
    {
        var (sin, cos) = Math.SinCos(lat * RadiansPerDegree);
        double w2 = 1 - (EccentricitySquared * sin * sin);
        double primeVertical = SemiMajorAxis / Math.Sqrt(w2);
        double meridian = primeVertical * (1 - EccentricitySquared) / w2;
        return (primeVertical * cos * RadiansPerDegree, meridian * RadiansPerDegree);
    }
}
