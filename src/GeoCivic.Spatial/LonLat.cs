namespace GeoCivic.Spatial;

/// <summary>A place in degrees, longitude first.</summary>
/// <param name="Lon">Longitude, degrees.</param>
/// <param name="Lat">Latitude, degrees.</param>
public readonly record struct LonLat(double Lon, double Lat);

/// <summary>The range check shared by the datum shifts.</summary>
internal static class Degrees
{
    /// <summary>Throws unless both ordinates are finite and on the globe.</summary>
    internal static void ThrowIfOutOfRange(double lon, double lat)
    {
        // Written so that NaN fails too.
        if (!(lon >= -180 && lon <= 180))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lon),
                lon,
                "Longitude must be a number from -180 to 180 degrees."
            );
        }

        if (!(lat >= -90 && lat <= 90))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lat),
                lat,
                "Latitude must be a number from -90 to 90 degrees."
            );
        }
    }
}
