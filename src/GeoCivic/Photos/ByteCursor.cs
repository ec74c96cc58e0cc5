using System.Buffers.Binary;

namespace GeoCivic.Photos;

/// <summary>Reads a file front to back; reading past its end refuses the photo as cut off.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;

    /// <summary>Bytes read so far.</summary>
    public int At { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Left => _content.Length - At;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw PhotoRefusal.Damaged(
                $"The photo is cut off: {count} bytes are missing or wrong at byte {At} of {_content.Length}."
            );
        }

        var taken = _content.Slice(At, count);
        At += count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint UInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>What lies between two positions already known to be inside.</summary>
    public readonly ReadOnlySpan<byte> Between(int from, int to) => _content[from..to];
}
