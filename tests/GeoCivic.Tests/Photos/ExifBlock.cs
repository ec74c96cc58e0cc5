using System.Buffers.Binary;
using System.Text;

namespace GeoCivic.Tests.Photos;

/// <summary>Writes an EXIF block (little-endian TIFF) as a camera would.</summary>
internal sealed record ExifBlock
{
    public string? Taken { get; init; } = "2026:03:01 08:15:30";

    public string? Offset { get; init; }

    public int Orientation { get; init; } = 6;

    public (double Lon, double Lat)? Place { get; init; } = (114.2581234, 30.6123456);

    /// <summary>Denominator of the GPS fractions; 0 makes them no numbers.</summary>
    public uint Denominator { get; init; } = 1_000_000;

    private static readonly Encoding Ascii = Encoding.ASCII;

    public byte[] ToBytes()
    {
        var main = new List<(ushort Tag, ushort Type, byte[] Value)>
        {
            (0x010F, 2, Text(PhotoSamples.Planted)),
            (0x0112, 3, [(byte)Orientation, (byte)(Orientation >> 8)]),
            (0x013B, 2, Text(PhotoSamples.Planted)),
        };
        var exif = new List<(ushort, ushort, byte[])>();
        if (Taken is not null)
        {
            exif.Add((0x9003, 2, Text(Taken)));
        }

        if (Offset is not null)
        {
            exif.Add((0x9011, 2, Text(Offset)));
        }

        var gps = new List<(ushort, ushort, byte[])>();
        if (Place is { } place)
        {
            gps.Add((1, 2, Text(place.Lat < 0 ? "S" : "N")));
            gps.Add((2, 5, Degrees(Math.Abs(place.Lat))));
            gps.Add((3, 2, Text(place.Lon < 0 ? "W" : "E")));
            gps.Add((4, 5, Degrees(Math.Abs(place.Lon))));
        }

        // The directories follow each other, so each size must be known before the pointers to the next are written.
        var exifAt = 8 + Directory(Pointers(main, 0, 0), 8).Length;
        var exifBytes = Directory(exif, exifAt);
        var gpsAt = exifAt + exifBytes.Length;
        return
        [
            .. "II*\0"u8,
            8,
            0,
            0,
            0,
            .. Directory(Pointers(main, exifAt, gpsAt), 8),
            .. exifBytes,
            .. Directory(gps, gpsAt),
        ];
    }

    private static List<(ushort, ushort, byte[])> Pointers(
        List<(ushort, ushort, byte[])> main,
        int exifAt,
        int gpsAt
    ) => [.. main, (0x8769, 4, Number((uint)exifAt)), (0x8825, 4, Number((uint)gpsAt))];

    private byte[] Degrees(double value)
    {
        var whole = (uint)value;
        var minutes = (uint)((value - whole) * 60);
        var seconds = ((value - whole) * 60 - minutes) * 60;
        return
        [
            .. Number(whole),
            .. Number(1),
            .. Number(minutes),
            .. Number(1),
            .. Number((uint)Math.Round(seconds * 1_000_000)),
            .. Number(Denominator),
        ];
    }

    private static byte[] Directory(List<(ushort Tag, ushort Type, byte[] Value)> entries, int at)
    {
        var table = new List<byte>([(byte)entries.Count, 0]);
        var values = new List<byte>();
        var valuesAt = at + 2 + entries.Count * 12 + 4;
        foreach (var (tag, type, value) in entries)
        {
            var unit = type switch
            {
                3 => 2,
                4 => 4,
                5 => 8,
                _ => 1,
            };
            table.AddRange([(byte)tag, (byte)(tag >> 8), (byte)type, 0]);
            table.AddRange(Number((uint)(value.Length / unit)));
            if (value.Length <= 4)
            {
                table.AddRange([.. value, .. new byte[4 - value.Length]]);
            }
            else
            {
                table.AddRange(Number((uint)(valuesAt + values.Count)));
                values.AddRange(value);
            }
        }

        table.AddRange(Number(0));
        return [.. table, .. values];
    }

    private static byte[] Text(string text) => [.. Ascii.GetBytes(text), 0];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
