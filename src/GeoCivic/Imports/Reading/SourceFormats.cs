using System.IO.Compression;
using System.Text;

namespace GeoCivic.Imports.Reading;

/// <summary>The formats that are read.</summary>
internal enum SourceFormat
{
    Csv,
    Xlsx,
    GeoJson,
    Shapefile,
    GeoPackage,
}

/// <summary>
/// Tells a file's format from its first bytes; the extension only speaks where they leave it open, and
/// when it contradicts them the refusal says what the file really is.
/// </summary>
internal static class SourceFormats
{
    private const string Offer = "Send GeoJSON, CSV, xlsx, a GeoPackage or a zipped shapefile.";

    /// <summary>The format of a file.</summary>
    /// <exception cref="SourceFileException">415 with what to do instead; 422 for an empty file.</exception>
    public static SourceFormat Find(FileStream file, string fileName)
    {
        Span<byte> start = stackalloc byte[512];
        file.Position = 0;
        var n = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        start = start[..n];
        if (start.IsEmpty)
        {
            throw TableHeader.Empty();
        }
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (start.StartsWith("PK"u8) && start.Length > 3 && start[2] is 3 or 5 or 7)
        {
            return Zip(file);
        }
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            throw Ole(file);
        }
        if (start.StartsWith("SQLite format 3\0"u8))
        {
            return SourceFormat.GeoPackage;
        }
        if (Binary(start) is { } kind)
        {
            throw Unsupported($"The file is {kind}. {Offer}");
        }
        if (extension is ".xlsx" or ".xlsm" or ".xls" or ".xlsb")
        {
            throw Unsupported(
                $"The name ends in {extension} but the content is not an Excel workbook. Open it in a spreadsheet and save it as .xlsx, or rename it to what it is. {Offer}"
            );
        }
        if (extension is ".gpkg")
        {
            throw Unsupported(
                $"The name ends in .gpkg but the content is not a GeoPackage; it may be encrypted or damaged. {Offer}"
            );
        }
        if (extension is ".shp" or ".dbf" or ".shx" or ".prj")
        {
            throw LooseShapefile();
        }
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        var first = text.IndexOfAnyExcept(" \t\r\n"u8);
        var c = first < 0 ? (byte)0 : text[first];
        if (c is (byte)'{' or (byte)'[')
        {
            return SourceFormat.GeoJson;
        }
        if (c == (byte)'<')
        {
            throw Unsupported(
                $"The file is XML or HTML (KML, GML or a saved web page, not a table). {Offer}"
            );
        }
        return extension is ".geojson" or ".json" ? SourceFormat.GeoJson : SourceFormat.Csv;
    }

    private static SourceFormat Zip(FileStream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var workbook = false;
            var shapes = false;
            foreach (var entry in zip.Entries)
            {
                var name = entry.FullName;
                if (IsUnsafe(name))
                {
                    throw new SourceFileException(
                        422,
                        "unsafe-archive",
                        $"The archive holds an entry that points outside of it: '{RowFault.Shorten(name)}'."
                    );
                }
                shapes |=
                    name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)
                    || name.EndsWith(".dbf", StringComparison.OrdinalIgnoreCase);
                workbook |= name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
            }
            if (shapes)
            {
                return SourceFormat.Shapefile;
            }
            if (zip.Entries.Any(e => e.Name.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase)))
            {
                throw Unsupported("The archive holds a GeoPackage. Unpack it and send the .gpkg.");
            }
            return workbook
                ? SourceFormat.Xlsx
                : throw Unsupported(
                    $"The file is a zip archive but neither an Excel workbook nor a shapefile. {Offer}"
                );
        }
        catch (InvalidDataException e)
        {
            throw new SourceFileException(
                422,
                "damaged-file",
                "The file starts like a zip archive or xlsx but is damaged or cut short. Send it again.",
                inner: e
            );
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static bool IsUnsafe(string name) =>
        name.StartsWith('/')
        || name.Contains(':', StringComparison.Ordinal)
        || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    // A compound file is an .xls workbook, or the envelope of an encrypted .xlsx.
    private static SourceFileException Ole(FileStream file)
    {
        var head = new byte[Math.Min(file.Length, 1 << 20)];
        file.Position = 0;
        file.ReadExactly(head);
        file.Position = 0;
        return head.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            ? new SourceFileException(
                415,
                "encrypted-file",
                "The workbook is protected by a password. Save a copy without the password and send that."
            )
            : Unsupported(
                "The file is an old Excel workbook (.xls), whatever its name says. Open it in a spreadsheet and save it as .xlsx."
            );
    }

    private static string? Binary(ReadOnlySpan<byte> start) =>
        start switch
        {
            [0x25, 0x50, 0x44, 0x46, ..] => "a PDF document",
            [0x89, 0x50, 0x4E, 0x47, ..] => "a PNG image",
            [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
            [0x1F, 0x8B, ..] => "compressed by gzip",
            [0x52, 0x61, 0x72, 0x21, ..] => "a RAR archive",
            [0x37, 0x7A, 0xBC, 0xAF, ..] => "a 7z archive",
            [0x00, 0x00, 0x27, 0x0A, ..] => throw LooseShapefile(),
            _ => null,
        };

    private static SourceFileException LooseShapefile() =>
        Unsupported(
            "This is one part of a shapefile. Zip the files of the layer together (.shp, .dbf, .shx, .prj, .cpg) and send the archive."
        );

    private static SourceFileException Unsupported(string detail) =>
        new(415, "unsupported-format", detail);
}
