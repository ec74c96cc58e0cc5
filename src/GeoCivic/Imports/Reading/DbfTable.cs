using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GeoCivic.Imports.Reading;

/// <summary>The attribute table of a shapefile (dBASE III and the field types GIS programs add), read once from front to end.</summary>
internal sealed class DbfTable : IDisposable
{
    private const int HeaderBytes = 32;
    private const byte Deleted = 0x2A;

    private readonly Stream _file;
    private readonly List<DbfField> _fields;
    private readonly byte[] _record;
    private int _read;

    private DbfTable(
        Stream file,
        List<DbfField> fields,
        int records,
        int recordBytes,
        byte language
    )
    {
        _file = file;
        _fields = fields;
        Records = records;
        Language = language;
        _record = new byte[recordBytes];
    }

    /// <summary>Records it says it has, deleted ones too.</summary>
    internal int Records { get; }

    /// <summary>The language driver, which stands for a code page; 0 when the writer said nothing.</summary>
    internal byte Language { get; }

    /// <summary>Its fields in file order.</summary>
    internal IReadOnlyList<DbfField> Fields => _fields;

    /// <summary>Reads the header.</summary>
    /// <exception cref="SourceFileException">422: not a table of this kind, or damaged.</exception>
    internal static DbfTable Open(Stream file, SourceLimits limits)
    {
        try
        {
            var header = new byte[HeaderBytes];
            file.ReadExactly(header);
            var records = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
            var headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
            var recordBytes = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10));
            if (records < 0 || headerBytes <= HeaderBytes || recordBytes == 0)
            {
                throw Damaged(null);
            }

            var rest = new byte[headerBytes - HeaderBytes];
            file.ReadExactly(rest);
            var fields = new List<DbfField>();
            var at = 1;
            for (var i = 0; i + HeaderBytes <= rest.Length && rest[i] != 0x0D; i += HeaderBytes)
            {
                var field = DbfField.Read(rest.AsSpan(i, HeaderBytes), at);
                at += field.Length;
                fields.Add(field);
            }

            if (fields.Count > limits.MaxColumns)
            {
                throw TableHeader.TooManyColumns(fields.Count, limits);
            }

            return fields.Count == 0 || at > recordBytes
                ? throw Damaged(null)
                : new DbfTable(file, fields, records, recordBytes, header[29]);
        }
        catch (EndOfStreamException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Goes to the next record.</summary>
    /// <param name="deleted">The record is marked as deleted.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="SourceFileException">422: it ends before it says it does.</exception>
    internal bool Next(out bool deleted)
    {
        deleted = false;
        if (_read == Records)
        {
            return false;
        }

        try
        {
            _file.ReadExactly(_record);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw Damaged(e);
        }

        _read++;
        deleted = _record[0] == Deleted;
        return true;
    }

    /// <summary>The bytes of a field of the record.</summary>
    internal ReadOnlySpan<byte> Bytes(DbfField field) => _record.AsSpan(field.At, field.Length);

    /// <summary>A value of the record as text, null when empty.</summary>
    /// <param name="field">Which.</param>
    /// <param name="encoding">Of texts; throws on bytes that mean nothing.</param>
    /// <param name="fault">What is wrong.</param>
    internal string? Value(DbfField field, Encoding encoding, out RowFault? fault)
    {
        fault = null;
        var bytes = Bytes(field);
        switch (field.Type)
        {
            case 'I' when field.Length == 4:
                return BinaryPrimitives
                    .ReadInt32LittleEndian(bytes)
                    .ToString(CultureInfo.InvariantCulture);
            case 'O' when field.Length == 8:
                return BinaryPrimitives
                    .ReadDoubleLittleEndian(bytes)
                    .ToString("R", CultureInfo.InvariantCulture);
        }

        // Padded with spaces, by some writers with zeros.
        var text = bytes.TrimEnd((byte)0).Trim((byte)' ');
        if (text.IsEmpty)
        {
            return null;
        }

        var name = field.Name(encoding);
        switch (field.Type)
        {
            // GDAL and QGIS write a number that is not there so; other writers one that did not fit.
            case 'N' or 'F' when text.IndexOfAnyExcept((byte)'*') < 0:
                return null;
            case 'D'
                when text.Length == 8 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0:
                var date = Encoding.ASCII.GetString(text);
                return date == "00000000" ? null : $"{date[..4]}-{date[4..6]}-{date[6..]}";
            case 'L' when text is [(byte)'?']:
                return null;
        }

        try
        {
            return encoding.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            fault = new RowFault(
                name,
                $"The text cannot be read as {encoding.WebName}; the column may have cut a character in two.",
                true
            );
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SourceFileException Damaged(Exception? inner) =>
        new(
            422,
            "damaged-file",
            "The .dbf of the shapefile is damaged or cut short. Export the layer again.",
            inner: inner
        );
}

/// <summary>A field of a dBASE table.</summary>
/// <param name="RawName">Its name as bytes: at most ten, which a Chinese name fills with five characters.</param>
/// <param name="Type">C text, N and F numbers, D date, L yes or no, I and O binary numbers.</param>
/// <param name="At">Where it begins in a record.</param>
/// <param name="Length">Bytes.</param>
internal sealed record DbfField(byte[] RawName, char Type, int At, int Length)
{
    /// <summary>Reads a descriptor of 32 bytes.</summary>
    internal static DbfField Read(ReadOnlySpan<byte> descriptor, int at)
    {
        var name = descriptor[..11];
        var end = name.IndexOf((byte)0);
        return new DbfField(
            (end < 0 ? name : name[..end]).Trim((byte)' ').ToArray(),
            (char)descriptor[11],
            at,
            descriptor[16]
        );
    }

    /// <summary>The name; what cannot be read of it shows as the replacement character.</summary>
    internal string Name(Encoding encoding) =>
        Encoding
            .GetEncoding(
                encoding.CodePage,
                EncoderFallback.ReplacementFallback,
                DecoderFallback.ReplacementFallback
            )
            .GetString(RawName);
}
