namespace GeoCivic.Photos;

/// <summary>What the frame header of a JPEG says, and which of its tables and components were met.</summary>
internal sealed class JpegFrame
{
    private readonly List<byte> _components = [];
    private readonly HashSet<byte> _scanned = [];
    private readonly HashSet<byte> _tables = [];

    /// <summary>Pixels across; 0 before the frame header.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    public int Height { get; private set; }

    /// <summary>Coded in several scans of rising fidelity.</summary>
    public bool Progressive { get; private set; }

    /// <summary>Coding units between restart markers; 0: there are none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Reads SOF0, SOF1 or SOF2.</summary>
    public void Read(byte marker, ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        var precision = cursor.Byte();
        var height = cursor.UInt16();
        var width = cursor.UInt16();
        var count = cursor.Byte();
        if (Width != 0 || precision != 8 || count is not (1 or 3 or 4) || cursor.Left != 3 * count)
        {
            throw PhotoRefusal.Damaged(
                "The JPEG's frame header is wrong, or of a kind that is not shown."
            );
        }

        PhotoLimits.CheckPixels(width, height);
        (Width, Height, Progressive) = (width, height, marker == 0xC2);
        for (var i = 0; i < count; i++)
        {
            var id = cursor.Byte();
            var sampling = cursor.Byte();
            var table = cursor.Byte();
            if (
                _components.Contains(id)
                || sampling >> 4 is < 1 or > 4
                || (sampling & 15) is < 1 or > 4
                || table > 3
            )
            {
                throw PhotoRefusal.Damaged("The JPEG's frame header names a wrong component.");
            }

            _components.Add(id);
        }
    }

    /// <summary>Reads DRI.</summary>
    public void ReadRestartInterval(ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        RestartInterval = cursor.UInt16();
        if (cursor.Left != 0)
        {
            throw PhotoRefusal.Damaged("The JPEG's restart interval is wrong.");
        }
    }

    /// <summary>Notes a Huffman table.</summary>
    public void Define(byte head, ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _ = counts;
        _ = symbols;
        _tables.Add(head);
    }

    /// <summary>Checks the header of a scan.</summary>
    public void CheckScan(ReadOnlySpan<byte> payload)
    {
        if (Width == 0)
        {
            throw PhotoRefusal.Damaged("The JPEG has a scan before its frame header.");
        }

        var cursor = new ByteCursor(payload);
        var count = cursor.Byte();
        if (count is < 1 or > 4 || cursor.Left != 2 * count + 3)
        {
            throw PhotoRefusal.Damaged("A JPEG scan header is wrong.");
        }

        Span<byte> tables = stackalloc byte[count];
        for (var i = 0; i < count; i++)
        {
            var id = cursor.Byte();
            tables[i] = cursor.Byte();
            if (!_components.Contains(id))
            {
                throw PhotoRefusal.Damaged("A JPEG scan names an unknown component.");
            }

            _scanned.Add(id);
        }

        var first = cursor.Byte();
        var last = cursor.Byte();
        var approximation = cursor.Byte();
        var wrong = Progressive
            ? first > last || last > 63 || (first == 0 && last != 0) || (first > 0 && count != 1)
            : first != 0 || last != 63 || approximation != 0;
        if (wrong || approximation >> 4 > 13 || (approximation & 15) > 13)
        {
            throw PhotoRefusal.Damaged("A JPEG scan header is wrong.");
        }

        foreach (var pair in tables)
        {
            var dcNeeded = first == 0 && approximation >> 4 == 0;
            if (
                (dcNeeded && !_tables.Contains((byte)(pair >> 4)))
                || (last > 0 && !_tables.Contains((byte)(0x10 | (pair & 15))))
            )
            {
                throw PhotoRefusal.Damaged("A JPEG scan names a Huffman table that is missing.");
            }
        }
    }

    /// <summary>Every component must have been in a scan.</summary>
    public void CheckComplete()
    {
        if (_components.Exists(c => !_scanned.Contains(c)))
        {
            throw PhotoRefusal.Damaged("The JPEG lacks one of its colours.");
        }
    }
}
