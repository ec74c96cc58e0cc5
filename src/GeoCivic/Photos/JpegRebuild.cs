namespace GeoCivic.Photos;

/// <summary>
/// Writes a JPEG anew: tables, frame and scans are taken over after checking, scans by reading every coefficient;
/// every application segment, comment and whatever lies between or behind the picture's data is left out. A marker that is not known to be harmless refuses the photo.
/// </summary>
/// <remarks>ITU-T T.81 annex B; the application segments of JFIF and Adobe that colour depends on are written new.</remarks>
internal static class JpegRebuild
{
    private const byte Soi = 0xD8;
    private const byte Eoi = 0xD9;
    private const byte Sos = 0xDA;

    /// <summary>Rebuilds one JPEG.</summary>
    /// <exception cref="Http.ProblemException">413 too many pixels; 422 damaged or not understood.</exception>
    public static RebuiltPhoto Rebuild(ReadOnlySpan<byte> content)
    {
        var cursor = new ByteCursor(content);
        cursor.Take(2);
        var body = new MemoryStream(content.Length);
        var state = new JpegFrame();
        byte[]? exif = null;
        byte? adobeTransform = null;
        var jfif = false;
        var marker = NextMarker(ref cursor);
        while (marker != Eoi)
        {
            var length = cursor.UInt16();
            var payload = cursor.Take(length - 2);
            switch (marker)
            {
                case 0xDB:
                    JpegSegments.CheckQuantization(payload);
                    Write(body, marker, payload);
                    break;
                case 0xC4:
                    JpegSegments.CheckHuffman(payload, state);
                    Write(body, marker, payload);
                    break;
                case 0xDD:
                    state.ReadRestartInterval(payload);
                    Write(body, marker, payload);
                    break;
                case 0xC0 or 0xC1 or 0xC2:
                    state.Read(marker, payload);
                    Write(body, marker, payload);
                    break;
                case Sos:
                    Write(body, marker, payload);
                    var rest = cursor.Between(cursor.At, cursor.At + cursor.Left);
                    cursor.Take(state.CopyScan(payload, rest, body));
                    break;
                case 0xE0:
                    jfif |= payload.StartsWith("JFIF\0"u8);
                    break;
                case 0xE1:
                    if (exif is null && payload.StartsWith("Exif\0\0"u8))
                    {
                        exif = payload[6..].ToArray();
                    }

                    break;
                case 0xEE:
                    // Byte 11 says how three or four components make a colour.
                    if (payload.Length >= 12 && payload.StartsWith("Adobe"u8) && payload[11] <= 2)
                    {
                        adobeTransform = payload[11];
                    }

                    break;
                case >= 0xE2 and <= 0xEF:
                case 0xFE:
                    break;
                default:
                    throw PhotoRefusal.Damaged(
                        $"The JPEG holds a segment FF{marker:X2} that is not understood."
                    );
            }

            marker = NextMarker(ref cursor);
        }

        state.CheckComplete();
        var output = new MemoryStream((int)body.Length + 40);
        output.Write([0xFF, Soi]);
        if (adobeTransform is { } transform)
        {
            Write(output, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        }
        else if (jfif)
        {
            // Version 1.1, aspect ratio 1:1, no thumbnail.
            Write(output, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        }

        body.WriteTo(output);
        output.Write([0xFF, Eoi]);
        return new RebuiltPhoto(output.ToArray(), state.Width, state.Height, exif);
    }

    private static void Write(MemoryStream output, byte marker, ReadOnlySpan<byte> payload)
    {
        var length = payload.Length + 2;
        output.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        output.Write(payload);
    }

    private static byte NextMarker(ref ByteCursor cursor)
    {
        if (cursor.Byte() != 0xFF)
        {
            throw PhotoRefusal.Damaged(
                $"The JPEG has something else than a segment at byte {cursor.At - 1}."
            );
        }

        byte code;
        do
        {
            code = cursor.Byte();
        } while (code == 0xFF);
        return code;
    }
}
