using System.Buffers.Binary;

namespace GeoCivic.Photos;

/// <summary>
/// Writes a WebP anew: the picture and its transparency are kept after checking; EXIF, XMP, profiles, unknown
/// chunks and whatever follows the end are left out. Animations are refused.
/// </summary>
/// <remarks>RFC 9649.</remarks>
internal static class WebpRebuild
{
    /// <summary>Rebuilds one WebP.</summary>
    /// <exception cref="Http.ProblemException">413 too many pixels; 415 an animation; 422 damaged or not understood.</exception>
    public static RebuiltPhoto Rebuild(ReadOnlySpan<byte> content)
    {
        var riff = new ByteCursor(content);
        riff.Take(4);
        var size = riff.UInt32LittleEndian();
        if (size % 2 != 0 || size > int.MaxValue)
        {
            throw PhotoRefusal.Damaged("The WebP's size is wrong.");
        }

        var cursor = new ByteCursor(riff.Take((int)size));
        cursor.Take(4);
        (int Width, int Height)? canvas = null;
        (int Width, int Height)? picture = null;
        ReadOnlySpan<byte> image = default;
        ReadOnlySpan<byte> alpha = default;
        var lossless = false;
        byte[]? exif = null;
        for (var first = true; cursor.Left > 0; first = false)
        {
            var name = System.Text.Encoding.Latin1.GetString(cursor.Take(4));
            var length = cursor.UInt32LittleEndian();
            var payload = cursor.Take(length > int.MaxValue ? -1 : (int)length);
            cursor.Take((int)(length & 1));
            if (first && name is not ("VP8 " or "VP8L" or "VP8X"))
            {
                throw PhotoRefusal.Damaged("The WebP does not begin with its picture or header.");
            }

            switch (name)
            {
                case "VP8X":
                    canvas = first
                        ? ReadCanvas(payload)
                        : throw PhotoRefusal.Damaged("The WebP's header is out of place.");
                    break;
                case "ANIM" or "ANMF":
                    throw PhotoRefusal.Animated();
                case "VP8 " or "VP8L":
                    if (picture is not null)
                    {
                        throw PhotoRefusal.Damaged("The WebP holds two pictures.");
                    }

                    lossless = name == "VP8L";
                    picture = lossless ? ReadLossless(payload) : ReadLossy(payload);
                    image = payload;
                    break;
                case "ALPH":
                    if (canvas is null || picture is not null || !alpha.IsEmpty)
                    {
                        throw PhotoRefusal.Damaged("The WebP's transparency is out of place.");
                    }

                    alpha = payload;
                    break;
                case "EXIF":
                    if (exif is null && payload.Length <= PhotoLimits.MaxExifBytes)
                    {
                        exif = (
                            payload.StartsWith("Exif\0\0"u8) ? payload[6..] : payload
                        ).ToArray();
                    }

                    break;
                default:
                    break;
            }
        }

        if (picture is not { } shown || (canvas is { } declared && declared != shown))
        {
            throw PhotoRefusal.Damaged("The WebP lacks its picture, or declares another size.");
        }

        if (!alpha.IsEmpty)
        {
            CheckAlpha(alpha, lossless, shown);
        }

        return new RebuiltPhoto(
            Write(image, alpha, lossless, shown),
            shown.Width,
            shown.Height,
            exif
        );
    }

    private static (int Width, int Height) ReadCanvas(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 10)
        {
            throw PhotoRefusal.Damaged("The WebP's header is wrong.");
        }

        if ((payload[0] & 0x02) != 0)
        {
            throw PhotoRefusal.Animated();
        }

        var width = 1 + (payload[4] | (payload[5] << 8) | (payload[6] << 16));
        var height = 1 + (payload[7] | (payload[8] << 8) | (payload[9] << 16));
        PhotoLimits.CheckPixels(width, height);
        return (width, height);
    }

    // RFC 6386 section 9.1: three bytes of flags and the first partition's size, a start code, two 14-bit sizes.
    private static (int Width, int Height) ReadLossy(ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        var head = cursor.Take(3);
        var flags = head[0] | (head[1] << 8) | (head[2] << 16);
        var code = cursor.Take(3);
        if (
            (flags & 1) != 0
            || ((flags >> 1) & 7) > 3
            || ((flags >> 4) & 1) == 0
            || !code.SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
        )
        {
            throw PhotoRefusal.Damaged("The WebP's picture does not begin as it should.");
        }

        var width = BinaryPrimitives.ReadUInt16LittleEndian(cursor.Take(2)) & 0x3FFF;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(cursor.Take(2)) & 0x3FFF;
        PhotoLimits.CheckPixels(width, height);
        cursor.Take(flags >> 5);
        if (cursor.Left == 0)
        {
            throw PhotoRefusal.Damaged("The WebP's picture is cut off.");
        }

        return (width, height);
    }

    private static (int Width, int Height) ReadLossless(ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        var signature = cursor.Byte();
        var bits = cursor.UInt32LittleEndian();
        if (signature != 0x2F || bits >> 29 != 0 || cursor.Left == 0)
        {
            throw PhotoRefusal.Damaged("The WebP's picture does not begin as it should.");
        }

        var width = (int)(bits & 0x3FFF) + 1;
        var height = (int)((bits >> 14) & 0x3FFF) + 1;
        PhotoLimits.CheckPixels(width, height);
        return (width, height);
    }

    private static void CheckAlpha(
        ReadOnlySpan<byte> alpha,
        bool lossless,
        (int Width, int Height) size
    )
    {
        var compression = alpha[0] & 3;
        if (
            lossless
            || alpha[0] >> 6 != 0
            || ((alpha[0] >> 4) & 3) > 1
            || compression > 1
            || (compression == 0 && alpha.Length - 1 != size.Width * size.Height)
        )
        {
            throw PhotoRefusal.Damaged("The WebP's transparency is wrong.");
        }
    }

    private static byte[] Write(
        ReadOnlySpan<byte> image,
        ReadOnlySpan<byte> alpha,
        bool lossless,
        (int Width, int Height) size
    )
    {
        var output = new MemoryStream(image.Length + alpha.Length + 64);
        output.Write("RIFF\0\0\0\0WEBP"u8);
        if (!alpha.IsEmpty)
        {
            // Only the flag that says there is transparency.
            var (right, bottom) = (size.Width - 1, size.Height - 1);
            WriteChunk(
                output,
                "VP8X"u8,
                [
                    0x10,
                    0,
                    0,
                    0,
                    (byte)right,
                    (byte)(right >> 8),
                    (byte)(right >> 16),
                    (byte)bottom,
                    (byte)(bottom >> 8),
                    (byte)(bottom >> 16),
                ]
            );
            WriteChunk(output, "ALPH"u8, alpha);
        }

        WriteChunk(output, lossless ? "VP8L"u8 : "VP8 "u8, image);
        var bytes = output.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static void WriteChunk(
        MemoryStream output,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> payload
    )
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, payload.Length);
        output.Write(name);
        output.Write(length);
        output.Write(payload);
        if (payload.Length % 2 != 0)
        {
            output.WriteByte(0);
        }
    }
}
