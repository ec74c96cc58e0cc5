using DocumentFormat.OpenXml.Wordprocessing;

namespace GeoCivic.Exports;

/// <summary>Tables of documents: single lines around all cells, widths as given, no row torn by the end of a page.</summary>
internal static class DocxTable
{
    // Between a line and the text of a cell, in twentieths of a point.
    private const short Inset = 60;

    /// <summary>The table.</summary>
    /// <param name="widths">Width of each column, in twentieths of a point.</param>
    /// <param name="rows">Its rows.</param>
    public static Table Of(int[] widths, IEnumerable<TableRow> rows) =>
        new([
            new TableProperties(
                new TableWidth
                {
                    Type = TableWidthUnitValues.Dxa,
                    Width = DocxPaper.Number(widths.Sum()),
                },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 4 },
                    new LeftBorder { Val = BorderValues.Single, Size = 4 },
                    new BottomBorder { Val = BorderValues.Single, Size = 4 },
                    new RightBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }
                ),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = Inset, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = Inset, Type = TableWidthValues.Dxa }
                )
            ),
            new TableGrid(widths.Select(w => new GridColumn { Width = DocxPaper.Number(w) })),
            .. rows,
        ]);

    /// <summary>A row; a header is repeated on every page.</summary>
    public static TableRow Row(IEnumerable<TableCell> cells, bool header = false) =>
        new([
            header
                ? new TableRowProperties(new CantSplit(), new TableHeader())
                : new TableRowProperties(new CantSplit()),
            .. cells,
        ]);

    /// <summary>A cell.</summary>
    public static TableCell Cell(int width, IEnumerable<Paragraph> content) =>
        new([
            new TableCellProperties(
                new TableCellWidth
                {
                    Type = TableWidthUnitValues.Dxa,
                    Width = DocxPaper.Number(width),
                },
                new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }
            ),
            .. content,
        ]);

    /// <summary>A paragraph of a cell.</summary>
    /// <param name="justification">Left, middle or right.</param>
    /// <param name="space">Above and below, in twentieths of a point.</param>
    /// <param name="content">What it says.</param>
    public static Paragraph Content(JustificationValues justification, int space, Run content) =>
        new(
            new ParagraphProperties(
                new SpacingBetweenLines
                {
                    Before = DocxPaper.Number(space),
                    After = DocxPaper.Number(space),
                },
                new Justification { Val = justification }
            ),
            content
        );
}
