namespace GeoCivic.Spatial.Tests;

/// <summary>Short distances on the ground, good to a percent: enough to judge shifts.</summary>
internal static class Ground
{
    private const double MetresPerDegree = 111_320;

    internal static double Metres(LonLat a, LonLat b)
    {
        double east = (a.Lon - b.Lon) * Math.Cos(a.Lat * Math.PI / 180) * MetresPerDegree;
        double north = (a.Lat - b.Lat) * MetresPerDegree;
        return Math.Sqrt((east * east) + (north * north));
    }
}
