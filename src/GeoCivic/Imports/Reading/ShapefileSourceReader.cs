using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// A zipped ESRI shapefile: .shp and .dbf side by side, streamed. The .cpg or the table's own mark tells the encoding of
/// texts; the .prj is quoted, not believed, since shifted coordinates carry the same one.
/// </summary>
internal sealed partial class ShapefileSourceReader : ISourceReader
{
    private const int FileCode = 9994;

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly SourceLimits _limits;
    private readonly SourceColumns _columns = new();
    private readonly List<string> _notes = [];
    private readonly Stream _shapes;
    private readonly DbfTable _table;
    private readonly Encoding _encoding;
    private readonly long _length;
    private long _at;
    private byte[] _content = new byte[1024];
    private bool _started;

    /// <summary>Takes over the file.</summary>
    public ShapefileSourceReader(FileStream file, SourceOptions options)
    {
        _file = file;
        _limits = options.Limits ?? SourceLimits.Default;
        _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var shapes = Single(options.Layer);
        var table = Beside(shapes, ".dbf") ?? throw Missing(".dbf", "the attributes");
        CheckSize(shapes, table);
        CrsHint = Crs(shapes);
        _encoding = FindEncoding(shapes, table, options.Encoding);
        _table = DbfTable.Open(table.Open(), _limits);
        TableHeader.Take(
            [.. _table.Fields.Select(f => f.Name(_encoding))],
            _columns,
            _notes,
            _limits
        );
        _shapes = shapes.Open();
        _length = Math.Max(shapes.Length, 1);
        ReadHeader();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <inheritdoc/>
    public bool IsTable => false;

    /// <inheritdoc/>
    public bool NeedsCrs => true;

    /// <inheritdoc/>
    public string? CrsHint { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public double Progress => Math.Min(1, (double)_at / _length);

    /// <inheritdoc/>
    public IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException("A source is read once.");
        }

        _started = true;
        var row = new SourceRow(_columns);
        var records = 0;
        while (NextShape(out var length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            records++;
            if (!_table.Next(out var deleted))
            {
                throw Uneven(records);
            }

            if (deleted)
            {
                continue;
            }

            Fill(row, records, length);
            yield return row;
        }

        if (records != _table.Records)
        {
            throw Uneven(records);
        }

        if (records == 0)
        {
            throw TableHeader.NoRows();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _table.Dispose();
        _shapes.Dispose();
        _zip.Dispose();
        _file.Dispose();
    }

    private void Fill(SourceRow row, int record, int length)
    {
        row.Begin(record);
        for (var i = 0; i < _table.Fields.Count; i++)
        {
            var value = _table.Value(_table.Fields[i], _encoding, out var fault);
            if (fault is not null)
            {
                row.Refuse(fault);
            }
            else if (value?.Contains('\0', StringComparison.Ordinal) is true)
            {
                row.Refuse(StrictText.HoldsNul(_columns.Names[i], value));
            }

            row.Set(i, value);
        }

        row.Geometry = ShapeGeometry.Read(_content.AsSpan(0, length), _limits, out var unreadable);
        if (unreadable is not null)
        {
            row.Refuse(unreadable);
        }
    }

    private void ReadHeader()
    {
        Span<byte> header = stackalloc byte[100];
        Take(header);
        if (BinaryPrimitives.ReadInt32BigEndian(header) != FileCode)
        {
            throw Damaged(null);
        }

        var type = BinaryPrimitives.ReadInt32LittleEndian(header[32..]);
        if (!ShapeGeometry.IsKnown(type))
        {
            throw new SourceFileException(
                422,
                "unsupported-geometry",
                $"The shapefile holds shapes of type {type}; points, lines and areas are read."
            );
        }

        if (ShapeGeometry.HasMore(type))
        {
            _notes.Add("heights and measures of the shapes are left out");
        }
    }

    // Leaves the record's content in _content.
    private bool NextShape(out int length)
    {
        length = 0;
        Span<byte> header = stackalloc byte[8];
        var first = _shapes.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        _at += first;
        if (first == 0)
        {
            return false;
        }

        var words = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (first < header.Length || words < 0)
        {
            throw Damaged(null);
        }

        if (words > _limits.MaxFeatureBytes / 2)
        {
            throw new SourceFileException(
                413,
                "too-many-vertices",
                $"A shape has more than {_limits.MaxFeatureBytes} bytes. Simplify it and send the file again."
            );
        }

        length = words * 2;
        if (_content.Length < length)
        {
            _content = new byte[length];
        }

        Take(_content.AsSpan(0, length));
        return true;
    }

    private void Take(Span<byte> bytes)
    {
        try
        {
            _shapes.ReadExactly(bytes);
            _at += bytes.Length;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw Damaged(e);
        }
    }

    private ZipArchiveEntry Single(string? layer)
    {
        // The archiver of one system adds a folder of its own for every file.
        ZipArchiveEntry[] found =
        [
            .. _zip.Entries.Where(e =>
                IsNamed(e, ".shp") && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
            ),
        ];
        return found.Length == 0
            ? throw Missing(".shp", "the shapes")
            : found[
                LayerChoice.Of(
                    [.. found.Select(e => e.Name[..^4])],
                    layer,
                    "archive",
                    ", or send each in an archive of its own"
                )
            ];
    }

    private ZipArchiveEntry? Beside(ZipArchiveEntry shapes, string extension)
    {
        var stem = shapes.FullName[..^4];
        return _zip.Entries.FirstOrDefault(e =>
            IsNamed(e, extension)
            && e.FullName[..^4].Equals(stem, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static bool IsNamed(ZipArchiveEntry entry, string extension) =>
        entry.FullName.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private void CheckSize(params ZipArchiveEntry[] entries)
    {
        if (entries.Sum(e => e.Length) > _limits.MaxXlsxInflatedBytes)
        {
            throw new SourceFileException(
                413,
                "file-too-large",
                $"The archive unpacks to more than {_limits.MaxXlsxInflatedBytes} bytes."
            );
        }
    }

    private string? Crs(ZipArchiveEntry shapes)
    {
        var found = PrjName().Match(Short(Beside(shapes, ".prj")));
        return found.Success
            ? $"The .prj names '{RowFault.Shorten(found.Groups["name"].Value)}', which shifted coordinates carry as well."
            : null;
    }

    private Encoding FindEncoding(ZipArchiveEntry shapes, ZipArchiveEntry table, string? declared)
    {
        TextEncodings.Register();
        if (declared is not null)
        {
            return TextEncodings.ByName(declared);
        }

        var page = Short(Beside(shapes, ".cpg")).Trim();
        if (page.Length > 0)
        {
            return TextEncodings.ByName(page);
        }

        using var scan = DbfTable.Open(table.Open(), _limits);
        return scan.Language switch
        {
            // The language drivers of code pages 936 (GBK) and 950 (Big5).
            0x4D or 0x7A => TextEncodings.ByName("gbk"),
            0x4F or 0x78 => TextEncodings.ByName("big5"),
            _ => Proven(scan),
        };
    }

    // Nobody said: UTF-8 if every text reads so, else a refusal that says what to say.
    private static Encoding Proven(DbfTable scan)
    {
        var utf8 = TextEncodings.ByName("utf8");
        if (scan.Fields.All(f => Reads(utf8, f.RawName)))
        {
            var texts = scan.Fields.Where(f => f.Type is 'C').ToArray();
            var good = true;
            while (good && scan.Next(out _))
            {
                good = Array.TrueForAll(
                    texts,
                    f => Reads(utf8, scan.Bytes(f).TrimEnd((byte)0).ToArray())
                );
            }

            if (good)
            {
                return utf8;
            }
        }

        throw new SourceFileException(
            422,
            "encoding-unknown",
            "The shapefile has no .cpg and its texts are not UTF-8. Pass --encoding gb18030 (HTTP: encoding=) when it was made on a Chinese Windows, or export the layer with UTF-8.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["encoding"] = "gb18030" }
        );
    }

    private static bool Reads(Encoding encoding, byte[] bytes)
    {
        try
        {
            encoding.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // At most the first 4 KiB of a side file.
    private static string Short(ZipArchiveEntry? entry)
    {
        if (entry is null)
        {
            return "";
        }

        using var file = entry.Open();
        var bytes = new byte[4096];
        var n = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.Latin1.GetString(bytes, 0, n);
    }

    private static SourceFileException Missing(string extension, string what) =>
        new(
            422,
            "incomplete-shapefile",
            $"The archive has no {extension} with {what}. A shapefile is several files of one name: zip .shp, .dbf, .shx and .prj together."
        );

    private static SourceFileException Damaged(Exception? inner) =>
        new(
            422,
            "damaged-file",
            "The .shp of the archive is damaged or cut short. Export the layer again.",
            inner: inner
        );

    private SourceFileException Uneven(int shapes) =>
        new(
            422,
            "damaged-file",
            $"The .shp and the .dbf do not have as many records ({shapes} shapes seen, {_table.Records} rows). Export the layer again."
        );

    [GeneratedRegex(
        """^\s*(GEOGCS|PROJCS)\["(?<name>[^"]{1,200})""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex PrjName();
}
