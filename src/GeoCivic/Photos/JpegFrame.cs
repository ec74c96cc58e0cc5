namespace GeoCivic.Photos;

/// <summary>What the headers of a JPEG have said so far: size, colours, tables.</summary>
internal sealed class JpegFrame
{
    // A camera writes one scan, a progressive encoder about ten; each costs a walk over all blocks.
    private const int MaxScans = 100;

    private readonly List<JpegComponent> _components = [];
    private readonly Dictionary<int, JpegHuffman> _tables = [];
    private bool _progressive;
    private int _restartInterval;
    private int _scans;
    private (int Across, int Down) _units;

    /// <summary>Pixels across; 0 before the frame header.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels down.</summary>
    public int Height { get; private set; }

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
        (Width, Height, _progressive) = (width, height, marker == 0xC2);
        for (var i = 0; i < count; i++)
        {
            var id = cursor.Byte();
            var sampling = cursor.Byte();
            var table = cursor.Byte();
            if (
                _components.Exists(c => c.Id == id)
                || sampling >> 4 is < 1 or > 4
                || (sampling & 15) is < 1 or > 4
                || table > 3
            )
            {
                throw PhotoRefusal.Damaged("The JPEG's frame header names a wrong component.");
            }

            _components.Add(new JpegComponent(id, sampling >> 4, sampling & 15));
        }

        Measure();
    }

    /// <summary>Reads DRI.</summary>
    public void ReadRestartInterval(ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        _restartInterval = cursor.UInt16();
        if (cursor.Left != 0)
        {
            throw PhotoRefusal.Damaged("The JPEG's restart interval is wrong.");
        }
    }

    /// <summary>Takes a Huffman table; the head tells its class and number.</summary>
    public void Define(byte head, ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols) =>
        _tables[head] = new JpegHuffman(counts, symbols);

    /// <summary>Reads the header of a scan, walks through its data and copies them.</summary>
    /// <param name="header">Payload of SOS.</param>
    /// <param name="data">From behind the header to the end of the file.</param>
    /// <param name="output">Gets the data.</param>
    /// <returns>The position in <paramref name="data"/> of the marker that follows.</returns>
    public int CopyScan(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data, MemoryStream output)
    {
        if (Width == 0 || ++_scans > MaxScans)
        {
            throw PhotoRefusal.Damaged("The JPEG has a scan without a frame, or too many scans.");
        }

        return ReadScan(header).Copy(data, _units, _restartInterval, output);
    }

    /// <summary>Every colour must have been in a scan.</summary>
    public void CheckComplete()
    {
        if (_components.Count == 0 || _components.Exists(c => !c.Scanned))
        {
            throw PhotoRefusal.Damaged("The JPEG lacks its picture, or one of its colours.");
        }
    }

    private void Measure()
    {
        var (most, tallest) = (_components.Max(c => c.Across), _components.Max(c => c.Down));
        _units = (Up(Width, 8 * most), Up(Height, 8 * tallest));
        foreach (var component in _components)
        {
            component.Columns = Up(Up(Width * component.Across, most), 8);
            component.Rows = Up(Up(Height * component.Down, tallest), 8);
            component.Stride = _units.Across * component.Across;
            if (_progressive)
            {
                component.Known = new ulong[component.Stride * _units.Down * component.Down];
            }
        }
    }

    private static int Up(int number, int unit) => (number + unit - 1) / unit;

    private JpegScan ReadScan(ReadOnlySpan<byte> header)
    {
        var cursor = new ByteCursor(header);
        var count = cursor.Byte();
        if (count is < 1 or > 4 || cursor.Left != (2 * count) + 3)
        {
            throw WrongScan();
        }

        var selected = new List<(JpegComponent Component, byte Tables)>();
        for (var i = 0; i < count; i++)
        {
            var id = cursor.Byte();
            var tables = cursor.Byte();
            var component = _components.Find(c => c.Id == id);
            if (component is null || selected.Exists(s => s.Component == component))
            {
                throw WrongScan();
            }

            selected.Add((component, tables));
        }

        var first = cursor.Byte();
        var last = cursor.Byte();
        var approximation = cursor.Byte();
        var wrong = _progressive
            ? first > last || last > 63 || (first == 0 && last != 0) || (first > 0 && count != 1)
            : first != 0 || last != 63 || approximation != 0;
        if (
            wrong
            || approximation >> 4 > 13
            || (approximation & 15) > 13
            || (count > 1 && selected.Sum(s => s.Component.Across * s.Component.Down) > 10)
        )
        {
            throw WrongScan();
        }

        var high = approximation >> 4;
        var parts = new List<(JpegComponent, JpegHuffman?, JpegHuffman?)>();
        foreach (var (component, tables) in selected)
        {
            parts.Add(
                (
                    component,
                    first == 0 && high == 0 ? Table(tables >> 4) : null,
                    last > 0 ? Table(0x10 | (tables & 15)) : null
                )
            );
            component.Scanned = true;
        }

        return new JpegScan(parts, _progressive, first, last, high);
    }

    private JpegHuffman Table(int head) =>
        _tables.GetValueOrDefault(head)
        ?? throw PhotoRefusal.Damaged("A JPEG scan names a Huffman table that is missing.");

    private static Http.ProblemException WrongScan() =>
        PhotoRefusal.Damaged("A JPEG scan header is wrong.");
}
