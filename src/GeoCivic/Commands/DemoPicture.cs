using System.Buffers.Binary;
using System.IO.Compression;
using GeoCivic.Photos;

namespace GeoCivic.Commands;

/// <summary>
/// Drawings that stand for the photos of the made-up street, since there is nothing there to photograph: a street, what
/// is wrong on it, and a mark for what the photo shows. PNG (ISO/IEC 15948) with a palette.
/// </summary>
internal static class DemoPicture
{
    private const int Width = 480;
    private const int Height = 360;

    // Sky, wall, pavement, road, kerb, heap, shade, mark of the scene, of the repair, of the inspection.
    private static readonly uint[] Palette =
    [
        0xC9DDEA,
        0xD8CBB8,
        0xB9B4AA,
        0x7C7F83,
        0xECE8DF,
        0xA4553B,
        0x5E4A3E,
        0xC0392B,
        0x2E8B57,
        0x2C6FA8,
    ];

    /// <summary>A drawing.</summary>
    /// <param name="kind"><c>scene before after inspection</c>.</param>
    /// <param name="variant">Places and sizes vary with it.</param>
    public static byte[] Draw(string kind, int variant)
    {
        var pixels = new byte[Width * Height];
        Fill(pixels, 0, 0, Width, 150, 0);
        Fill(pixels, 0, 90 + (variant * 17 % 40), Width, 130, 1);
        Fill(pixels, 0, 210, Width, 60, 2);
        Fill(pixels, 0, 266, Width, 8, 4);
        Fill(pixels, 0, 274, Width, Height - 274, 3);
        if (kind is "scene" or "before")
        {
            for (var i = 0; i < 3 + (variant % 3); i++)
            {
                var (x, size) = (
                    70 + (((variant * 53) + (i * 91)) % 320),
                    34 + (((variant * 7) + (i * 13)) % 30)
                );
                Fill(pixels, x, 262 - size, size, size, 5);
                Fill(pixels, x + (size / 3), 262 - (size / 2), size / 3, size / 3, 6);
            }
        }

        byte mark =
            kind == "inspection" ? (byte)9
            : kind == "after" ? (byte)8
            : (byte)7;
        Fill(pixels, 16, 16, 72, 24, mark);
        Fill(pixels, 24 + (variant % 5 * 10), 22, 12, 12, 4);
        return Png(pixels);
    }

    private static void Fill(byte[] pixels, int x, int y, int width, int height, byte colour)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            var from = Math.Clamp(x, 0, Width);
            pixels
                .AsSpan((row * Width) + from, Math.Clamp(x + width, 0, Width) - from)
                .Fill(colour);
        }
    }

    private static byte[] Png(byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        // 8 bits a pixel, palette.
        header[8] = 8;
        header[9] = 3;
        Chunk(file, "IHDR"u8, header);
        Chunk(
            file,
            "PLTE"u8,
            [.. Palette.SelectMany(c => (byte[])[(byte)(c >> 16), (byte)(c >> 8), (byte)c])]
        );
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var row = 0; row < Height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels, row * Width, Width);
            }
        }

        Chunk(file, "IDAT"u8, data.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] content = [.. type, .. data];
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(content));
        file.Write(number);
    }
}
