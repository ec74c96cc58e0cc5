using System.Text;
using CsvHelper;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Comma, semicolon or tab separated text with a header (RFC 4180 quoting), streamed: one record is in
/// memory at a time.
/// </summary>
internal sealed class CsvSourceReader : ISourceReader
{
    private readonly FileStream _file;
    private readonly CsvReader _csv;
    private readonly SourceLimits _limits;
    private readonly SourceColumns _columns = new();
    private readonly List<string> _notes = [];
    private readonly long _length;
    private CsvMalformedReason? _malformed;
    private bool _started;

    /// <summary>Takes over the file.</summary>
    public CsvSourceReader(FileStream file, SourceOptions options)
    {
        _file = file;
        _length = Math.Max(file.Length, 1);
        _limits = options.Limits ?? SourceLimits.Default;
        var (encoding, bom) = TextEncodings.Find(file, options.Encoding);
        file.Position = bom;
        _csv = CsvReader.Create(
            file,
            new CsvReaderOptions
            {
                // The header is read by hand: its names are checked, not matched.
                HasHeader = false,
                Encoding = encoding.CodePage == Encoding.UTF8.CodePage ? null : encoding,
                TrackLineNumbers = true,
                MaxRecordSize = checked(_limits.MaxFieldChars * 4),
                OnMalformedRecord = record => _malformed = record.Reason,
            }
        );
        ReadHeader();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <inheritdoc/>
    public bool IsTable => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public double Progress => Math.Min(1, (double)_file.Position / _length);

    /// <inheritdoc/>
    public IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException("A source is read once.");
        }
        _started = true;
        var row = new SourceRow(_columns);
        var any = false;
        while (Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(row);
            any = true;
            yield return row;
        }
        if (!any)
        {
            throw TableHeader.NoRows();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }

    private bool Next()
    {
        try
        {
            while (true)
            {
                _malformed = null;
                if (!_csv.Read())
                {
                    return false;
                }
                if (_malformed == CsvMalformedReason.UnterminatedQuote)
                {
                    // Everything after the quote has become one value: no row from here on can be trusted.
                    throw UnclosedQuote(_csv.LineNumber, null);
                }
                if (!IsBlank())
                {
                    return true;
                }
            }
        }
        catch (CsvFormatException e)
        {
            throw UnclosedQuote(e.LineNumber > 0 ? e.LineNumber : _csv.LineNumber, e);
        }
        catch (DecoderFallbackException e)
        {
            // Checked before; only a file that changes while it is read gets here.
            throw new SourceFileException(
                422,
                "encoding-unknown",
                $"The text after line {_csv.LineNumber} cannot be read in the encoding of the file.",
                inner: e
            );
        }
    }

    // Spreadsheets write a line of separators for a row that was emptied.
    private bool IsBlank()
    {
        for (var i = 0; i < _csv.FieldCount; i++)
        {
            if (!_csv.IsEmpty(i))
            {
                return false;
            }
        }
        return true;
    }

    private void ReadHeader()
    {
        if (!Next())
        {
            throw TableHeader.Empty();
        }
        var names = new string[_csv.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = _csv.GetString(i);
        }
        TableHeader.Take(names, _columns, _notes, _limits);
    }

    private void Fill(SourceRow row)
    {
        row.Begin(_csv.LineNumber);
        var fields = _csv.FieldCount;
        var known = _columns.Count;
        for (var i = 0; i < Math.Min(fields, known); i++)
        {
            var bytes = _csv.GetSpan(i);
            if (bytes.IsEmpty)
            {
                row.Set(i, null);
                continue;
            }
            if (bytes.Length > _limits.MaxFieldChars)
            {
                row.Refuse(TooLong(_columns.Names[i], _limits));
                row.Set(i, null);
                continue;
            }
            var text = _csv.GetString(i);
            if (bytes.Contains((byte)0))
            {
                row.Refuse(StrictText.HoldsNul(_columns.Names[i], text));
            }
            row.Set(i, FormulaText.Read(text));
        }
        if (_malformed == CsvMalformedReason.TextAfterClosingQuote)
        {
            row.Refuse(
                new RowFault(
                    "row",
                    "Text follows a closing quote; inside a quoted value a quote is written twice.",
                    true,
                    Raw()
                )
            );
        }
        if (fields > known && !OnlyBlanksFrom(known))
        {
            row.Refuse(
                new RowFault(
                    "row",
                    $"{fields} values for {known} columns; a value that contains the separator must be in quotes.",
                    true,
                    Raw()
                )
            );
        }
        else if (fields < known)
        {
            row.Refuse(
                new RowFault(
                    "row",
                    $"{fields} values for {known} columns; the first missing one is '{_columns.Names[fields]}'.",
                    true,
                    Raw()
                )
            );
        }
    }

    private bool OnlyBlanksFrom(int first)
    {
        for (var i = first; i < _csv.FieldCount; i++)
        {
            if (!_csv.IsEmpty(i))
            {
                return false;
            }
        }
        return true;
    }

    private string? Raw()
    {
        var raw = _csv.RawRecord;
        return RowFault.Shorten(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 400)]));
    }

    private static RowFault TooLong(string column, SourceLimits limits) =>
        new(column, $"The value is longer than {limits.MaxFieldChars} characters.", false);

    private SourceFileException UnclosedQuote(long line, Exception? inner) =>
        new(
            422,
            "unclosed-quote",
            $"The record that starts on line {line} opens a quote that is not closed, or is longer than {_limits.MaxFieldChars} characters. Close the quote and send the file again.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["line"] = line },
            inner
        );
}
