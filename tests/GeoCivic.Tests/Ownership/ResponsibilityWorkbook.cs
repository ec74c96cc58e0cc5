using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GeoCivic.Tests.Ownership;

/// <summary>Writes a responsibility table as offices make it: titles, a header of two rows, merged cells.</summary>
internal sealed class ResponsibilityWorkbook
{
    private readonly SheetData _data = new();
    private readonly MergeCells _merges = new();
    private uint _row;

    /// <summary>The number of rows so far, which is the number of the last one.</summary>
    public int LastRow => (int)_row;

    /// <summary>Adds a row; null leaves the cell out, empty text writes a cell with nothing in it.</summary>
    public ResponsibilityWorkbook Row(params string?[] cells)
    {
        var row = new Row { RowIndex = ++_row };
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { } text)
            {
                row.AppendChild(
                    new Cell(
                        new InlineString(
                            new Text(text) { Space = SpaceProcessingModeValues.Preserve }
                        )
                    )
                    {
                        CellReference = $"{(char)('A' + i)}{_row}",
                        DataType = CellValues.InlineString,
                    }
                );
            }
        }
        _data.AppendChild(row);
        return this;
    }

    /// <summary>Merges a range such as <c>A1:E1</c>.</summary>
    public ResponsibilityWorkbook Merge(string range)
    {
        _merges.AppendChild(new MergeCell { Reference = range });
        return this;
    }

    /// <summary>The title and the header of the 2015 table.</summary>
    public ResponsibilityWorkbook Header() =>
        Row("附件")
            .Row("联合街道创建全国文明城市\n人文环境建设具体责任分解表")
            .Merge("A2:E2")
            .Row("任              务", null, null, "考核方法", "责任单位")
            .Merge("A3:C3")
            .Row("名称", "内容", "要求")
            .Merge("D3:D4")
            .Merge("E3:E4");

    /// <summary>Writes the workbook to a new temporary file and gives its path.</summary>
    public string Save()
    {
        var path = Path.Combine(
            Path.GetTempPath(),
            $"geocivic-responsibility-{Guid.NewGuid():N}.xlsx"
        );
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        sheet.Worksheet = new Worksheet(_data);
        if (_merges.HasChildren)
        {
            sheet.Worksheet.AppendChild(_merges);
        }
        workbook.Workbook = new Workbook(
            new Sheets(
                new Sheet
                {
                    Id = workbook.GetIdOfPart(sheet),
                    SheetId = 1,
                    Name = "责任分解表",
                }
            )
        );
        workbook.Workbook.Save();
        return path;
    }
}
