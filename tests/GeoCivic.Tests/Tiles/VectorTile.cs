using System.Buffers.Binary;
using System.Text;

namespace GeoCivic.Tests.Tiles;

/// <summary>A strict reader of Mapbox Vector Tiles 2.1, written from the specification to check what PostGIS makes.</summary>
internal static class VectorTile
{
    public sealed record Layer(string Name, long Extent, IReadOnlyList<Feature> Features);

    /// <param name="Type">0 unknown, 1 points, 2 lines, 3 polygons.</param>
    /// <param name="Parts">Lines, rings, or one part for each point.</param>
    public sealed record Feature(
        long Type,
        IReadOnlyList<IReadOnlyList<(long X, long Y)>> Parts,
        IReadOnlyDictionary<string, object> Properties
    )
    {
        public string Text(string name) => (string)Properties[name];
    }

    private sealed record RawFeature(
        long Type,
        IReadOnlyList<uint> Tags,
        IReadOnlyList<uint> Geometry
    );

    /// <exception cref="FormatException">The bytes are not a tile.</exception>
    public static IReadOnlyList<Layer> Decode(ReadOnlySpan<byte> bytes)
    {
        var layers = new List<Layer>();
        var message = new Message(bytes);
        while (message.Next())
        {
            if (message.Field == 3)
            {
                layers.Add(ReadLayer(message.Bytes()));
            }
            else
            {
                message.Skip();
            }
        }

        return layers;
    }

    private static Layer ReadLayer(ReadOnlySpan<byte> bytes)
    {
        string? name = null;
        ulong version = 0;
        ulong extent = 4096;
        List<string> keys = [];
        List<object> values = [];
        List<RawFeature> features = [];
        var message = new Message(bytes);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 15:
                    version = message.Varint();
                    break;
                case 1:
                    name = message.Text();
                    break;
                case 2:
                    features.Add(ReadFeature(message.Bytes()));
                    break;
                case 3:
                    keys.Add(message.Text());
                    break;
                case 4:
                    values.Add(ReadValue(message.Bytes()));
                    break;
                case 5:
                    extent = message.Varint();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        if (string.IsNullOrEmpty(name) || version is not (1 or 2))
        {
            throw new FormatException($"Layer '{name}' of version {version}.");
        }

        return new Layer(
            name,
            (long)extent,
            [
                .. features.Select(f => new Feature(
                    f.Type,
                    ReadGeometry(f),
                    ReadTags(f.Tags, keys, values)
                )),
            ]
        );
    }

    private static RawFeature ReadFeature(ReadOnlySpan<byte> bytes)
    {
        long type = 0;
        List<uint> tags = [];
        List<uint> geometry = [];
        var message = new Message(bytes);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 2:
                    message.Packed(tags);
                    break;
                case 3:
                    type = (long)message.Varint();
                    break;
                case 4:
                    message.Packed(geometry);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return new RawFeature(type, tags, geometry);
    }

    private static object ReadValue(ReadOnlySpan<byte> bytes)
    {
        object? value = null;
        var message = new Message(bytes);
        while (message.Next())
        {
            value = message.Field switch
            {
                1 => message.Text(),
                2 => (double)BinaryPrimitives.ReadSingleLittleEndian(message.Fixed(5, 4)),
                3 => BinaryPrimitives.ReadDoubleLittleEndian(message.Fixed(1, 8)),
                4 => (long)message.Varint(),
                5 => (long)message.Varint(),
                6 => ZigZag(message.Varint()),
                7 => message.Varint() != 0,
                _ => throw new FormatException($"A value of kind {message.Field}."),
            };
        }

        return value ?? throw new FormatException("A value without a value.");
    }

    private static Dictionary<string, object> ReadTags(
        IReadOnlyList<uint> tags,
        List<string> keys,
        List<object> values
    )
    {
        if (tags.Count % 2 != 0)
        {
            throw new FormatException("A key without a value.");
        }

        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0; i < tags.Count; i += 2)
        {
            if (tags[i] >= keys.Count || tags[i + 1] >= values.Count)
            {
                throw new FormatException("A tag points outside the keys or values.");
            }

            properties[keys[(int)tags[i]]] = values[(int)tags[i + 1]];
        }

        return properties;
    }

    private static List<IReadOnlyList<(long X, long Y)>> ReadGeometry(RawFeature feature)
    {
        var parts = new List<IReadOnlyList<(long X, long Y)>>();
        List<(long X, long Y)>? part = null;
        long x = 0;
        long y = 0;
        var numbers = feature.Geometry;
        for (var i = 0; i < numbers.Count; )
        {
            var command = numbers[i] & 7;
            var count = numbers[i] >> 3;
            i++;
            if (command == 7)
            {
                if (count != 1 || part is null || feature.Type is 1 or 2)
                {
                    throw new FormatException("A ClosePath where none may be.");
                }

                part.Add(part[0]);
                continue;
            }

            if (command is not (1 or 2) || (command == 2 && (part is null || feature.Type == 1)))
            {
                throw new FormatException($"Command {command} where none may be.");
            }

            // Before anything is made of the count, which may be half a billion.
            if (count == 0 || count * 2L > numbers.Count - i)
            {
                throw new FormatException(
                    $"{count} pairs announced, {numbers.Count - i} numbers left."
                );
            }

            for (var n = 0; n < count; n++, i += 2)
            {
                x += ZigZag(numbers[i]);
                y += ZigZag(numbers[i + 1]);
                if (command == 1)
                {
                    part = [];
                    parts.Add(part);
                }

                part!.Add((x, y));
            }
        }

        return parts;
    }

    private static long ZigZag(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

    /// <summary>The fields of a protobuf message, one after the other.</summary>
    private ref struct Message(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;
        private int wire;

        public int Field { get; private set; }

        public bool Next()
        {
            if (rest.IsEmpty)
            {
                return false;
            }

            var tag = Number();
            Field = (int)(tag >> 3);
            wire = (int)(tag & 7);
            return true;
        }

        public ulong Varint()
        {
            Expect(0);
            return Number();
        }

        public ReadOnlySpan<byte> Bytes()
        {
            Expect(2);
            return Take(Number());
        }

        public string Text() => new UTF8Encoding(false, true).GetString(Bytes());

        public ReadOnlySpan<byte> Fixed(int wireType, int length)
        {
            Expect(wireType);
            return Take((ulong)length);
        }

        public void Packed(List<uint> numbers)
        {
            var inner = new Message(Bytes());
            while (!inner.rest.IsEmpty)
            {
                numbers.Add((uint)inner.Number());
            }
        }

        public void Skip()
        {
            switch (wire)
            {
                case 0:
                    Number();
                    break;
                case 1:
                    Take(8);
                    break;
                case 2:
                    Bytes();
                    break;
                case 5:
                    Take(4);
                    break;
                default:
                    throw new FormatException($"Wire type {wire}.");
            }
        }

        private readonly void Expect(int wireType)
        {
            if (wire != wireType)
            {
                throw new FormatException($"Field {Field} has wire type {wire}, not {wireType}.");
            }
        }

        private ulong Number()
        {
            ulong number = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = Take(1)[0];
                number |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return number;
                }
            }

            throw new FormatException("A number of more than 64 bits.");
        }

        private ReadOnlySpan<byte> Take(ulong length)
        {
            if (length > (ulong)rest.Length)
            {
                throw new FormatException("The bytes end within a field.");
            }

            var taken = rest[..(int)length];
            rest = rest[(int)length..];
            return taken;
        }
    }
}
