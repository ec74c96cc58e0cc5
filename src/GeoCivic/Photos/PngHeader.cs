using System.Buffers.Binary;

namespace GeoCivic.Photos;

/// <summary>The header of a PNG and what follows from it.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="BitDepth">Bits of one sample.</param>
/// <param name="ColourType">0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.</param>
/// <param name="Interlaced">In seven passes (Adam7).</param>
internal readonly record struct PngHeader(
    int Width,
    int Height,
    int BitDepth,
    int ColourType,
    bool Interlaced
)
{
    /// <summary>Bits of one pixel.</summary>
    public int BitsPerPixel =>
        BitDepth
        * ColourType switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

    /// <summary>Reads IHDR.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 13)
        {
            throw PhotoRefusal.Damaged("The PNG's header is wrong.");
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(payload);
        var height = BinaryPrimitives.ReadInt32BigEndian(payload[4..]);
        PhotoLimits.CheckPixels(width, height);
        var (depth, colour) = (payload[8], payload[9]);
        var known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known || payload[10] != 0 || payload[11] != 0 || payload[12] > 1)
        {
            throw PhotoRefusal.Damaged("The PNG's header names a kind of picture that is unknown.");
        }

        return new PngHeader(width, height, depth, colour, payload[12] == 1);
    }

    /// <summary>Refuses a kept chunk that is not exactly as long as the header demands.</summary>
    public void Check(string name, ReadOnlySpan<byte> payload)
    {
        var length = payload.Length;
        var right = name switch
        {
            "PLTE" => ColourType is 2 or 3 or 6
                && length is > 0 and <= 768
                && length % 3 == 0
                && (ColourType != 3 || length / 3 <= 1 << BitDepth),
            "tRNS" => ColourType switch
            {
                0 => length == 2,
                2 => length == 6,
                3 => length is > 0 and <= 256 && length <= 1 << BitDepth,
                _ => false,
            },
            "gAMA" => length == 4,
            "cHRM" => length == 32,
            "sRGB" => length == 1 && payload[0] <= 3,
            _ => false,
        };
        if (!right)
        {
            throw PhotoRefusal.Damaged($"The PNG's {name} is wrong.");
        }
    }
}
