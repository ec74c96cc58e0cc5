using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// The first visible sheet of an .xlsx workbook that holds anything: its first row is the header (a title
/// above it is passed over), merged cells are expanded, dates are ISO text.
/// </summary>
internal sealed class XlsxSourceReader : ISourceReader
{
    private const int MaxTitles = 5;

    private readonly FileStream _file;
    private readonly SourceLimits _limits;
    private readonly XlsxPackage _package;
    private readonly IExcelDataReader _excel;
    private readonly SourceColumns _columns = new();
    private readonly List<string> _notes = [];
    private XlsxMerges _merges = new(null);
    private XlsxErrors _errors = XlsxErrors.None;
    private object?[] _values = [];
    private object?[]? _ahead;
    private int _row = -1;
    private int _own;
    private int _aheadRow;
    private int _rows = 1;
    private bool _started;

    /// <summary>Takes over the file.</summary>
    public XlsxSourceReader(FileStream file, SourceOptions options)
    {
        _file = file;
        _limits = options.Limits ?? SourceLimits.Default;
        _package = XlsxPackage.Check(file, _limits);
        TextEncodings.Register();
        _excel = Guard(() =>
            ExcelReaderFactory.CreateOpenXmlReader(
                file,
                new ExcelReaderConfiguration { LeaveOpen = true }
            )
        );
        if (_package.From1904)
        {
            _notes.Add("1904 date system");
        }
        Guard(() =>
        {
            FindSheet();
            ReadHeader();
            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <inheritdoc/>
    public bool IsTable => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _merges.Note() is { } note ? [.. _notes, note] : _notes;

    /// <inheritdoc/>
    public double Progress => Math.Clamp((double)(_row + 1) / _rows, 0, 1);

    /// <inheritdoc/>
    public IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException("A source is read once.");
        }
        _started = true;
        var row = new SourceRow(_columns);
        var count = 0;
        while (Guard(Next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++count > _limits.MaxXlsxRows)
            {
                throw XlsxPackage.TooManyRows(_limits);
            }
            Fill(row);
            yield return row;
        }
        if (count == 0)
        {
            throw TableHeader.NoRows();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _excel.Dispose();
        _file.Dispose();
    }

    private void FindSheet()
    {
        do
        {
            var hidden = _excel.VisibleState is "hidden" or "veryhidden" or "veryHidden";
            if (hidden)
            {
                continue;
            }
            _row = -1;
            _rows = Math.Max(_excel.RowCount, 1);
            _merges = new XlsxMerges(_excel.MergeCells);
            _errors = _package.ErrorsOf(_excel.Name);
            if (Next())
            {
                _ahead = _values;
                _aheadRow = _row;
                if (_excel.ResultsCount > 1)
                {
                    _notes.Add(
                        $"sheet '{_excel.Name}' read, {_excel.ResultsCount - 1} other{(_excel.ResultsCount == 2 ? "" : "s")} not"
                    );
                }
                return;
            }
        } while (_excel.NextResult());
        throw TableHeader.Empty();
    }

    private void ReadHeader()
    {
        Next();
        for (var titles = 0; titles < MaxTitles && _own == 1; titles++)
        {
            // One text alone above a wider row is the table's title; above another text alone it is the header of one column.
            var (above, aboveRow) = (_values, _row);
            var more = Next();
            if (!more || _own == 1)
            {
                (_ahead, _aheadRow) = more ? (_values, _row) : (null, 0);
                (_values, _row) = (above, aboveRow);
                break;
            }
            _merges.ForgetAbove(_row);
            _notes.Add(
                $"row {aboveRow + 1} taken as a title: {RowFault.Shorten(XlsxCell.Text(Array.Find(above, v => v is not null)))}"
            );
        }
        var width = Array.FindLastIndex(_values, v => v is not null) + 1;
        TableHeader.Take(
            [.. _values[..width].Select(v => XlsxCell.Text(v) ?? "")],
            _columns,
            _notes,
            _limits
        );
    }

    /// <summary>Advances to the next row that holds anything of its own.</summary>
    private bool Next()
    {
        if (_ahead is { } ahead)
        {
            (_values, _row, _ahead) = (ahead, _aheadRow, null);
            return true;
        }
        while (_excel.Read())
        {
            _row = _excel.Depth;
            // Past the header only its columns are looked at.
            var width =
                _columns.Count > 0
                    ? Math.Min(_columns.Count, _excel.FieldCount)
                    : _excel.FieldCount;
            var values = new object?[width];
            _own = 0;
            for (var i = 0; i < width; i++)
            {
                values[i] =
                    _excel.GetValue(i) is var value && value is string { Length: 0 } ? null : value;
                _own += values[i] is null ? 0 : 1;
            }
            _merges.Expand(_row, values);
            if (_own > 0)
            {
                _values = values;
                return true;
            }
        }
        return false;
    }

    private void Fill(SourceRow row)
    {
        row.Begin(_row + 1);
        foreach (var (column, error) in _errors.At(_row))
        {
            if (column < _columns.Count)
            {
                row.Refuse(
                    new RowFault(
                        _columns.Names[column],
                        $"The cell holds the error {error}.",
                        false,
                        error
                    )
                );
            }
        }
        for (var i = 0; i < _columns.Count; i++)
        {
            var text = i < _values.Length ? XlsxCell.Text(_values[i]) : null;
            if (text is not null)
            {
                if (text.Length > _limits.MaxFieldChars)
                {
                    row.Refuse(
                        new RowFault(
                            _columns.Names[i],
                            $"The value is longer than {_limits.MaxFieldChars} characters.",
                            false
                        )
                    );
                    text = null;
                }
                else if (text.Contains('\0', StringComparison.Ordinal))
                {
                    row.Refuse(StrictText.HoldsNul(_columns.Names[i], text));
                }
            }
            row.Set(i, text);
        }
    }

    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e
                    is ExcelReaderException
                        or InvalidDataException
                        or System.Xml.XmlException
                        or FormatException
                        or OverflowException
                        or ArgumentException
                        or InvalidOperationException
                        or NullReferenceException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
            )
        {
            // The package was checked to be well-formed XML; what the reader still trips over is what that XML says.
            throw XlsxPackage.Damaged(e);
        }
    }
}
