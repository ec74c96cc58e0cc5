using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GeoCivic.Photos;

namespace GeoCivic.Tests.Photos;

/// <summary>Small real pictures, and the same with everything planted that must not stay in them.</summary>
internal static class PhotoSamples
{
    /// <summary>A word that stands in every planted piece of metadata.</summary>
    public const string Planted = "PLANTED-SECRET";

    public const string Html = "<script>alert('" + Planted + "')</script>";

    /// <summary>Files in <c>pictures</c>, made with an ordinary encoder.</summary>
    public static readonly string[] Jpegs =
    [
        "baseline.jpg",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
    ];

    public static readonly string[] Webps = ["lossy.webp", "lossless.webp", "alpha.webp"];

    public static byte[] Picture(string name) =>
        File.ReadAllBytes(
            Path.Combine(
                RepositoryFiles.Root,
                "tests",
                "GeoCivic.Tests",
                "Photos",
                "pictures",
                name
            )
        );

    /// <summary>Every kind of picture, by name.</summary>
    public static byte[] Clean(string name) =>
        name switch
        {
            "rgb.png" => Png(31, 17, 8, 2),
            "palette.png" => Png(
                20,
                20,
                4,
                3,
                chunks: [("PLTE", new byte[30]), ("tRNS", [0, 128])]
            ),
            "interlaced.png" => Png(13, 11, 16, 6, interlaced: true),
            _ => Picture(name),
        };

    public static byte[] WithMetadata(string name, byte[] exif) =>
        Path.GetExtension(name) switch
        {
            ".jpg" => PlantInJpeg(Clean(name), exif),
            ".png" => PlantInPng(Clean(name), exif),
            _ => PlantInWebp(Clean(name), exif),
        };

    public static byte[] PlantInJpeg(byte[] jpeg, byte[] exif)
    {
        byte[] icc = [.. "ICC_PROFILE\0"u8, 1, 1, .. Encoding.ASCII.GetBytes(Planted)];
        byte[] xmp = [.. Encoding.ASCII.GetBytes($"http://ns.adobe.com/xap/1.0/\0{Xmp}")];
        byte[] iptc =
        [
            .. "Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x14\x1C\x02\x05\0\x0E"u8,
            .. Encoding.ASCII.GetBytes(Planted),
        ];
        return
        [
            .. jpeg[..2],
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. exif]),
            .. Segment(0xE1, xmp),
            .. Segment(0xE2, icc),
            .. Segment(0xED, iptc),
            .. Segment(0xE7, Encoding.ASCII.GetBytes(Planted)),
            .. Segment(0xFE, Encoding.ASCII.GetBytes(Html)),
            .. jpeg[2..],
            .. Encoding.ASCII.GetBytes($"<html>{Html}</html>"),
            .. jpeg,
        ];
    }

    public static byte[] PlantInPng(byte[] png, byte[] exif)
    {
        const int AfterHeader = 8 + 25;
        return
        [
            .. png[..AfterHeader],
            .. Chunk("eXIf", exif),
            .. Chunk("tEXt", Encoding.ASCII.GetBytes($"Comment\0{Html}")),
            .. Chunk("iTXt", Encoding.ASCII.GetBytes($"XML:com.adobe.xmp\0\0\0\0\0{Xmp}")),
            .. Chunk("iCCP", [.. Encoding.ASCII.GetBytes($"{Planted}\0\0"), .. Zlib(new byte[9])]),
            .. Chunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]),
            .. Chunk("prVt", Encoding.ASCII.GetBytes(Planted)),
            .. png[AfterHeader..],
            .. Encoding.ASCII.GetBytes(Html),
        ];
    }

    public static byte[] PlantInWebp(byte[] webp, byte[] exif)
    {
        var cleaned = CleanPhoto.From(webp);
        var (right, bottom) = (cleaned.Width - 1, cleaned.Height - 1);
        var chunks = webp[12..].AsSpan();
        var alpha = chunks.StartsWith("VP8X"u8);
        byte[] header =
        [
            (byte)(alpha ? 0x3C : 0x2C),
            0,
            0,
            0,
            (byte)right,
            (byte)(right >> 8),
            0,
            (byte)bottom,
            (byte)(bottom >> 8),
            0,
        ];
        byte[] body =
        [
            .. RiffChunk("VP8X", header),
            .. RiffChunk("ICCP", Encoding.ASCII.GetBytes(Planted)),
            .. alpha ? chunks[18..] : chunks,
            .. RiffChunk("EXIF", exif),
            .. RiffChunk("XMP ", Encoding.ASCII.GetBytes(Xmp)),
            .. RiffChunk("JUNK", Encoding.ASCII.GetBytes(Planted)),
        ];
        return [.. Riff(body), .. Encoding.ASCII.GetBytes(Html)];
    }

    /// <summary>A JPEG segment.</summary>
    public static byte[] Segment(byte marker, byte[] payload) =>
        [0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2), .. payload];

    /// <summary>A PNG chunk with its checksum.</summary>
    public static byte[] Chunk(string name, byte[] payload)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. payload];
        return [.. BigEndian(payload.Length), .. named, .. BigEndian((int)Crc32.Of(named))];
    }

    /// <summary>A WebP chunk.</summary>
    public static byte[] RiffChunk(string name, byte[] payload)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, payload.Length);
        return
        [
            .. Encoding.ASCII.GetBytes(name),
            .. length,
            .. payload,
            .. new byte[payload.Length % 2],
        ];
    }

    public static byte[] Riff(byte[] body)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. body];
    }

    /// <summary>A PNG of this kind with a picture that changes from byte to byte.</summary>
    public static byte[] Png(
        int width,
        int height,
        int depth,
        int colourType,
        bool interlaced = false,
        (string Name, byte[] Payload)[]? chunks = null,
        byte[]? data = null
    )
    {
        byte[] header =
        [
            .. BigEndian(width),
            .. BigEndian(height),
            (byte)depth,
            (byte)colourType,
            0,
            0,
            (byte)(interlaced ? 1 : 0),
        ];
        var shape = new PngHeader(width, height, depth, colourType, interlaced);
        var packed = data ?? Zlib(PngRows(shape));
        return
        [
            .. PngRebuild.Signature,
            .. Chunk("IHDR", header),
            .. (chunks ?? []).SelectMany(c => Chunk(c.Name, c.Payload)),
            .. Chunk("IDAT", packed[..(packed.Length / 2)]),
            .. Chunk("IDAT", packed[(packed.Length / 2)..]),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>The filtered rows of a picture, as a PNG holds them before compression.</summary>
    public static byte[] PngRows(PngHeader header)
    {
        // The seven passes of Adam7 cover an 8 × 8 block in this order.
        int[][] passes = header.Interlaced
            ?
            [
                [0, 0, 8, 8],
                [4, 0, 8, 8],
                [0, 4, 4, 8],
                [2, 0, 4, 4],
                [0, 2, 2, 4],
                [1, 0, 2, 2],
                [0, 1, 1, 2],
            ]
            :
            [
                [0, 0, 1, 1],
            ];
        var rows = new List<byte>();
        foreach (var pass in passes)
        {
            var columns = Enumerable
                .Range(0, header.Width)
                .Count(x => x % pass[2] == pass[0] % pass[2] && x >= pass[0]);
            var lines = Enumerable
                .Range(0, header.Height)
                .Count(y => y % pass[3] == pass[1] % pass[3] && y >= pass[1]);
            for (var line = 0; columns > 0 && line < lines; line++)
            {
                rows.Add((byte)(line % 5));
                rows.AddRange(
                    Enumerable
                        .Range(0, (columns * header.BitsPerPixel + 7) / 8)
                        .Select(i => (byte)(i * 7 + line * 13))
                );
            }
        }

        return [.. rows];
    }

    public static byte[] Zlib(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }

    private static string Xmp =>
        $"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description exif:GPSLatitude='{Planted}'/></rdf:RDF></x:xmpmeta>";

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
