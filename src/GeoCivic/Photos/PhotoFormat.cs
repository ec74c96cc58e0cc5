namespace GeoCivic.Photos;

/// <summary>The formats in which photos are kept.</summary>
public enum PhotoFormat
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG (W3C PNG, ISO/IEC 15948).</summary>
    Png,

    /// <summary>WebP without animation (RFC 9649).</summary>
    Webp,
}

/// <summary>Tells formats apart by their first bytes; names and declared types are never asked.</summary>
public static class PhotoFormats
{
    // An ISO base media file names its brand and those it is compatible with; any of these makes it HEIF or AVIF.
    private static readonly string[] HeifBrands =
    [
        "heic",
        "heix",
        "heim",
        "heis",
        "hevc",
        "hevx",
        "hevm",
        "hevs",
        "mif1",
        "mif2",
        "msf1",
        "avif",
        "avis",
        "avio",
    ];

    /// <summary>Media type as in <c>Content-Type</c>.</summary>
    public static string MediaType(this PhotoFormat format) =>
        format switch
        {
            PhotoFormat.Jpeg => "image/jpeg",
            PhotoFormat.Png => "image/png",
            PhotoFormat.Webp => "image/webp",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };

    /// <summary>The format of a file.</summary>
    /// <param name="content">The file, or at least its first 64 bytes.</param>
    /// <exception cref="Http.ProblemException">415 when it is another one; 422 when there is nothing to tell by.</exception>
    public static PhotoFormat Detect(ReadOnlySpan<byte> content)
    {
        if (content.Length < 12)
        {
            throw PhotoRefusal.Damaged("The file ends before it tells its format.");
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return PhotoFormat.Jpeg;
        }

        if (content.StartsWith(PngRebuild.Signature))
        {
            return PhotoFormat.Png;
        }

        if (content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8))
        {
            return PhotoFormat.Webp;
        }

        throw IsHeif(content) ? PhotoRefusal.Heic() : PhotoRefusal.Format(NameOf(content));
    }

    private static bool IsHeif(ReadOnlySpan<byte> content)
    {
        if (!content[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        // Major brand, version, then compatible brands; the box itself is short in every real file.
        for (var at = 8; at + 4 <= Math.Min(content.Length, 64); at += 4)
        {
            var brand = System.Text.Encoding.Latin1.GetString(content.Slice(at, 4));
            if (HeifBrands.Contains(brand, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, 64)];
        return start switch
        {
            _ when start.StartsWith("GIF8"u8) => "GIF",
            _ when start.StartsWith("BM"u8) => "BMP",
            _ when start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) => "TIFF",
            _ when start.StartsWith("%PDF"u8) => "PDF",
            _ when start.IndexOf("<svg"u8) >= 0 || start.IndexOf("<?xml"u8) >= 0 => "SVG",
            _ when start[4..].StartsWith("ftyp"u8) => "video",
            _ => "unknown",
        };
    }
}
