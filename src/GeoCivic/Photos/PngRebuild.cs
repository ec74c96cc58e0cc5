using System.Buffers.Binary;

namespace GeoCivic.Photos;

/// <summary>
/// Writes a PNG anew: picture, palette, transparency, gamma and primaries are kept after checking, every other
/// optional chunk (text, EXIF, profiles, animation) and whatever follows the end is left out. The picture data are
/// inflated once to prove their size.
/// </summary>
/// <remarks>W3C PNG specification, third edition.</remarks>
internal static class PngRebuild
{
    /// <summary>The first eight bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Rebuilds one PNG.</summary>
    /// <exception cref="Http.ProblemException">413 too many pixels; 422 damaged or not understood.</exception>
    public static RebuiltPhoto Rebuild(byte[] content)
    {
        var cursor = new ByteCursor(content);
        cursor.Take(Signature.Length);
        var output = new MemoryStream(content.Length);
        output.Write(Signature);
        PngHeader? header = null;
        byte[]? exif = null;
        var met = new HashSet<string>(StringComparer.Ordinal);
        var data = new List<ReadOnlyMemory<byte>>();
        var dataEnded = false;
        while (true)
        {
            var (name, payload, from) = ReadChunk(ref cursor);
            if (header is null != name is "IHDR")
            {
                throw PhotoRefusal.Damaged("The PNG does not begin with one header.");
            }

            if (name != "IDAT")
            {
                dataEnded |= data.Count > 0;
            }
            else if (dataEnded)
            {
                throw PhotoRefusal.Damaged("The PNG's picture data are not in one piece.");
            }

            switch (name)
            {
                case "IHDR":
                    header = PngHeader.Read(payload);
                    break;
                case "IDAT":
                    data.Add(content.AsMemory(from, payload.Length));
                    break;
                case "PLTE" or "tRNS" or "gAMA" or "cHRM" or "sRGB":
                    if (!met.Add(name) || data.Count > 0)
                    {
                        throw PhotoRefusal.Damaged($"The PNG's {name} is twice or out of place.");
                    }

                    header!.Value.Check(name, payload);
                    break;
                case "IEND":
                    Finish(header!.Value, met, data, payload);
                    Write(output, name, payload);
                    return new RebuiltPhoto(
                        output.ToArray(),
                        header.Value.Width,
                        header.Value.Height,
                        exif
                    );
                case "eXIf":
                    if (payload.Length <= PhotoLimits.MaxExifBytes)
                    {
                        exif ??= payload.ToArray();
                    }

                    continue;
                default:
                    // A capital first letter means that the picture cannot be shown without the chunk.
                    if (char.IsAsciiLetterUpper(name[0]))
                    {
                        throw PhotoRefusal.Damaged(
                            $"The PNG holds a chunk {name} that is not understood."
                        );
                    }

                    continue;
            }

            Write(output, name, payload);
        }
    }

    private static (string Name, byte[] Payload, int From) ReadChunk(ref ByteCursor cursor)
    {
        var length = cursor.UInt32();
        var start = cursor.At;
        var type = cursor.Take(4);
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw PhotoRefusal.Damaged("The PNG has a chunk without a name.");
            }
        }

        var payload = cursor.Take(length > int.MaxValue ? -1 : (int)length);
        var crc = cursor.UInt32();
        if (Crc32.Of(cursor.Between(start, cursor.At - 4)) != crc)
        {
            throw PhotoRefusal.Damaged(
                $"The PNG's chunk at byte {start - 4} has a wrong checksum."
            );
        }

        return (System.Text.Encoding.ASCII.GetString(type), payload.ToArray(), start + 4);
    }

    private static void Finish(
        PngHeader header,
        HashSet<string> met,
        List<ReadOnlyMemory<byte>> data,
        ReadOnlySpan<byte> end
    )
    {
        if (end.Length != 0 || data.Count == 0 || (header.ColourType == 3 && !met.Contains("PLTE")))
        {
            throw PhotoRefusal.Damaged("The PNG lacks its picture or its palette.");
        }

        PngPixels.Check(header, data);
    }

    private static void Write(MemoryStream output, string name, ReadOnlySpan<byte> payload)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, payload.Length);
        output.Write(number);
        var from = (int)output.Position;
        output.Write(System.Text.Encoding.ASCII.GetBytes(name));
        output.Write(payload);
        var crc = Crc32.Of(output.GetBuffer().AsSpan(from, (int)output.Position - from));
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        output.Write(number);
    }
}
