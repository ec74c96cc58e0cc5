using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace GeoCivic.Letters;

/// <summary>The table of the issue on a letter: a line for each fact.</summary>
internal static class LetterTable
{
    // Twentieths of a point; together the width between the margins of the plain template.
    private const int LabelWidth = 2000;
    private const int ValueWidth = 6845;

    // 4号, 14 pt, in half points.
    private const string Size = "28";

    /// <summary>The table.</summary>
    public static Table Create(IReadOnlyList<(string Label, string Value)> facts)
    {
        var table = new Table(
            new TableProperties(
                new TableWidth
                {
                    Type = TableWidthUnitValues.Dxa,
                    Width = Text(LabelWidth + ValueWidth),
                },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 4 },
                    new LeftBorder { Val = BorderValues.Single, Size = 4 },
                    new BottomBorder { Val = BorderValues.Single, Size = 4 },
                    new RightBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }
                ),
                new TableLayout { Type = TableLayoutValues.Fixed }
            ),
            new TableGrid(
                new GridColumn { Width = Text(LabelWidth) },
                new GridColumn { Width = Text(ValueWidth) }
            )
        );
        foreach (var (label, value) in facts)
        {
            table.AppendChild(
                new TableRow(
                    new TableRowProperties(new CantSplit()),
                    Cell(label, LabelWidth, JustificationValues.Center),
                    Cell(value, ValueWidth, JustificationValues.Left)
                )
            );
        }

        return table;
    }

    private static TableCell Cell(string text, int width, JustificationValues justification) =>
        new([
            new TableCellProperties(
                new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(width) },
                new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }
            ),
            .. text.ReplaceLineEndings("\n")
                .Split('\n')
                .Select(line => new Paragraph(
                    new ParagraphProperties(
                        new SpacingBetweenLines { Before = "40", After = "40" },
                        new Justification { Val = justification }
                    ),
                    new Run(
                        new RunProperties(
                            new FontSize { Val = Size },
                            new FontSizeComplexScript { Val = Size }
                        ),
                        new Text(LetterDocument.OneLine(line))
                        {
                            Space = SpaceProcessingModeValues.Preserve,
                        }
                    )
                )),
        ]);

    private static string Text(int number) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
