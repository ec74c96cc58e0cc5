using ExcelDataReader;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// One sheet of an .xlsx workbook as a grid of texts in which every cell of a merged range holds the value of
/// the range. For tables laid out for people, whose header a reader must find for itself; those with one header
/// row are read by <see cref="SourceFile"/>.
/// </summary>
public sealed class XlsxGrid
{
    /// <summary>The most rows of a sheet that are read; such tables are made by hand.</summary>
    public const int MaxRows = 20_000;

    /// <summary>The most columns of a sheet that are read.</summary>
    public const int MaxColumns = 200;

    /// <summary>The longest text of a cell, in UTF-16 code units.</summary>
    public const int MaxCellChars = 8_000;

    private XlsxGrid(
        string sheet,
        IReadOnlyList<IReadOnlyList<string?>> rows,
        IReadOnlyList<GridFault> faults,
        string? mergeNote
    )
    {
        Sheet = sheet;
        Rows = rows;
        Faults = faults;
        MergeNote = mergeNote;
    }

    /// <summary>The sheet's name.</summary>
    public string Sheet { get; }

    /// <summary>
    /// The rows from the sheet's first, also the empty ones; all of one length. Texts are NFC, without outer
    /// space, line ends are LF, and null stands for an empty cell.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; }

    /// <summary>Cells that hold an error or a text that is not taken; they are null in <see cref="Rows"/>.</summary>
    public IReadOnlyList<GridFault> Faults { get; }

    /// <summary>Which merged ranges were expanded; null when there was none.</summary>
    public string? MergeNote { get; }

    /// <summary>Reads the visible sheets that hold anything, in the workbook's order.</summary>
    /// <param name="path">The file on local disk.</param>
    /// <param name="fileName">The name its sender gave it; never used as a path.</param>
    /// <param name="limits">Bounds on what is accepted; null = the defaults.</param>
    /// <exception cref="SourceFileException">400 XML with a document type; 413 too large; 415 not an .xlsx; 422 damaged or empty.</exception>
    public static IReadOnlyList<XlsxGrid> ReadAll(
        string path,
        string fileName,
        SourceLimits? limits = null
    )
    {
        using var file = File.OpenRead(path);
        if (SourceFormats.Find(file, fileName) != SourceFormat.Xlsx)
        {
            throw new SourceFileException(
                415,
                "unsupported-format",
                "The file is not an .xlsx workbook. Save the table as .xlsx and send that."
            );
        }
        file.Position = 0;
        var package = XlsxPackage.Check(file, limits ?? SourceLimits.Default);
        TextEncodings.Register();
        return XlsxSourceReader.Guard(() =>
        {
            using var excel = ExcelReaderFactory.CreateOpenXmlReader(
                file,
                new ExcelReaderConfiguration { LeaveOpen = true }
            );
            var grids = new List<XlsxGrid>();
            do
            {
                if (
                    excel.VisibleState is not ("hidden" or "veryhidden" or "veryHidden")
                    && Read(excel, package.ErrorsOf(excel.Name)) is { } grid
                )
                {
                    grids.Add(grid);
                }
            } while (excel.NextResult());
            return grids.Count > 0 ? grids : throw TableHeader.Empty();
        });
    }

    private static XlsxGrid? Read(IExcelDataReader excel, XlsxErrors errors)
    {
        if (excel.FieldCount > MaxColumns)
        {
            throw new SourceFileException(
                413,
                "too-many-columns",
                $"The sheet '{excel.Name}' has {excel.FieldCount} columns; at most {MaxColumns} are read."
            );
        }
        var merges = new XlsxMerges(excel.MergeCells);
        var rows = new List<IReadOnlyList<string?>>();
        var faults = new List<GridFault>();
        var filled = false;
        while (excel.Read())
        {
            if (rows.Count == MaxRows)
            {
                throw new SourceFileException(
                    413,
                    "too-many-rows",
                    $"The sheet '{excel.Name}' has more than {MaxRows} rows."
                );
            }
            var row = rows.Count;
            faults.AddRange(errors.At(row).Select(e => new GridFault(row, e.Column, e.Error)));
            var values = new object?[excel.FieldCount];
            for (var i = 0; i < values.Length; i++)
            {
                if (
                    StrictText.TryClean(
                        XlsxCell.Text(excel.GetValue(i)),
                        MaxCellChars,
                        out var text,
                        out var reason,
                        lines: true
                    )
                )
                {
                    values[i] = text;
                    filled |= text is not null;
                }
                else
                {
                    faults.Add(new GridFault(row, i, reason!));
                }
            }
            merges.Expand(row, values);
            rows.Add([.. values.Select(v => (string?)v)]);
        }
        return filled ? new XlsxGrid(excel.Name, rows, faults, merges.Note()) : null;
    }
}

/// <summary>A cell that is not taken.</summary>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Reason">The error it shows, or what is wrong with its text.</param>
public sealed record GridFault(int Row, int Column, string Reason);
