using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>Boxes in degrees that hold all ground within some metres: a little wider than need be, never narrower.</summary>
public static class GeodesicBox
{
    // The shortest degree of latitude has 110,574 m (at the equator), one of longitude at least 111,319 m · cos φ.
    private const double LeastPerLat = 110_500;
    private const double LeastPerLon = 111_300;

    /// <summary>The box around a box; near a pole it goes around the globe.</summary>
    /// <param name="box">WGS-84 degrees.</param>
    /// <param name="metres">How far, at least 0.</param>
    public static Envelope Around(Envelope box, double metres)
    {
        ArgumentNullException.ThrowIfNull(box);
        double north = metres / LeastPerLat;
        double lat = Math.Max(Math.Abs(box.MinY), Math.Abs(box.MaxY)) + north;
        double east =
            lat < 89.9
                ? Math.Min(360, metres / (LeastPerLon * Math.Cos(lat * Math.PI / 180)))
                : 360;
        return new Envelope(
            box.MinX - east,
            box.MaxX + east,
            Math.Max(-90, box.MinY - north),
            Math.Min(90, box.MaxY + north)
        );
    }

    /// <summary>The box around a place.</summary>
    /// <param name="place">WGS-84 degrees.</param>
    /// <param name="metres">How far, at least 0.</param>
    public static Envelope Around(LonLat place, double metres) =>
        Around(new Envelope(place.Lon, place.Lon, place.Lat, place.Lat), metres);
}
