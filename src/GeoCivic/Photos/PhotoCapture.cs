using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Spatial;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.IO;

namespace GeoCivic.Photos;

/// <summary>What a camera wrote about a photo, read before it is removed from the file. It is the device's claim, not a proof.</summary>
/// <param name="TakenAt">When it was taken; null when unknown.</param>
/// <param name="OffsetAssumed">The camera named no offset from UTC, so Beijing time was assumed.</param>
/// <param name="Place">Where, WGS-84 as EXIF prescribes; null when unknown.</param>
/// <param name="Orientation">EXIF orientation 1 to 8: how the stored picture must be turned to be upright; 1 when unknown.</param>
public sealed record PhotoCapture(
    DateTimeOffset? TakenAt,
    bool OffsetAssumed,
    LonLat? Place,
    int Orientation
)
{
    // EXIF 2.31 OffsetTimeOriginal; the library has no name for it.
    private const int TagOffsetTimeOriginal = 0x9011;

    private static readonly string[] OffsetFormats = ["hh\\:mm", "\\+hh\\:mm", "\\-hh\\:mm"];

    /// <summary>A photo that says nothing.</summary>
    public static PhotoCapture Unknown { get; } = new(null, false, null, 1);

    /// <summary>Reads an EXIF block. What cannot be read is unknown: a photo is not refused for it, since it is removed anyway.</summary>
    /// <param name="exif">The TIFF structure inside, or null.</param>
    public static PhotoCapture Read(byte[]? exif)
    {
        if (exif is null || exif.Length > PhotoLimits.MaxExifBytes)
        {
            return Unknown;
        }

        try
        {
            var directories = new ExifReader().Extract(new ByteArrayReader(exif));
            var (takenAt, assumed) = ReadTime(directories.OfType<ExifSubIfdDirectory>());
            return new PhotoCapture(
                takenAt,
                assumed,
                ReadPlace(directories.OfType<GpsDirectory>()),
                ReadOrientation(directories.OfType<ExifIfd0Directory>())
            );
        }
#pragma warning disable CA1031 // A reader of hostile bytes may fail in any way; every way means the same here.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return Unknown;
        }
    }

    private static (DateTimeOffset?, bool) ReadTime(IEnumerable<ExifSubIfdDirectory> directories)
    {
        foreach (var directory in directories)
        {
            if (
                !DateTime.TryParseExact(
                    directory.GetString(ExifDirectoryBase.TagDateTimeOriginal)?.Trim('\0', ' '),
                    "yyyy:MM:dd HH:mm:ss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var local
                )
                || local.Year < 1990
                || local.Year > 9998
            )
            {
                continue;
            }

            var offset = ReadOffset(directory.GetString(TagOffsetTimeOriginal)?.Trim('\0', ' '));
            return (new DateTimeOffset(local, offset ?? BeijingTime.Offset), offset is null);
        }

        return (null, false);
    }

    private static TimeSpan? ReadOffset(string? text) =>
        text is { Length: 6 }
        && text[0] is '+' or '-'
        && TimeSpan.TryParseExact(
            text,
            OffsetFormats,
            CultureInfo.InvariantCulture,
            text[0] == '-' ? TimeSpanStyles.AssumeNegative : TimeSpanStyles.None,
            out var offset
        )
        && offset.Duration() <= TimeSpan.FromHours(14)
            ? offset
            : null;

    private static LonLat? ReadPlace(IEnumerable<GpsDirectory> directories)
    {
        foreach (var directory in directories)
        {
            // Cameras without a fix write 0/0 or nothing; comparisons are written so that NaN fails too.
            if (
                directory.GetGeoLocation() is { } place
                && place.Longitude is >= -180 and <= 180
                && place.Latitude is >= -90 and <= 90
                && (place.Longitude != 0 || place.Latitude != 0)
            )
            {
                return new LonLat(Math.Round(place.Longitude, 7), Math.Round(place.Latitude, 7));
            }
        }

        return null;
    }

    private static int ReadOrientation(IEnumerable<ExifIfd0Directory> directories)
    {
        foreach (var directory in directories)
        {
            if (
                directory.TryGetInt32(ExifDirectoryBase.TagOrientation, out var orientation)
                && orientation is >= 1 and <= 8
            )
            {
                return orientation;
            }
        }

        return 1;
    }
}
