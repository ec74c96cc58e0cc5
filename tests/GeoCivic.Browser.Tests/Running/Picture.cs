using System.IO.Compression;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>Pictures made here, so that no test depends on a file somebody took.</summary>
public static class Picture
{
    /// <summary>A PNG of one colour, as something to choose in a file dialog.</summary>
    /// <param name="name">File name.</param>
    /// <param name="red">Of the colour; different colours are different photos.</param>
    /// <param name="green">Of the colour.</param>
    /// <param name="blue">Of the colour.</param>
    public static FilePayload Of(string name, byte red, byte green, byte blue)
    {
        const int width = 320;
        const int height = 240;
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1a, 0x0a]);
        Chunk(
            png,
            "IHDR"u8,
            [0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 2, 0, 0, 0]
        );
        using (var packed = new MemoryStream())
        {
            using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (var y = 0; y < height; y++)
                {
                    zip.WriteByte(0);
                    for (var x = 0; x < width; x++)
                    {
                        zip.Write([red, green, (byte)(blue + (x % 16))]);
                    }
                }
            }

            Chunk(png, "IDAT"u8, packed.ToArray());
        }

        Chunk(png, "IEND"u8, []);
        return new FilePayload
        {
            Name = name,
            MimeType = "image/png",
            Buffer = png.ToArray(),
        };
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> kind, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(kind);
        png.Write(data);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            number,
            Crc([.. kind, .. data])
        );
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
