using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Letters;

namespace GeoCivic.Bulletins;

/// <summary>Paragraphs and tables with the type sizes that GB/T 9704-2012 gives official documents.</summary>
internal static class DocumentParts
{
    // Half points: 2号 is 22 pt, 3号 16 pt; tables take 小四, 12 pt, so that ten columns fit an upright A4.
    private const string TitleSize = "44";
    private const string TextSize = "32";
    private const string TableSize = "21";

    // Twentieths of a point between the margins of the page.
    private const int Width = 9070;

    /// <summary>The title.</summary>
    public static Paragraph Title(string text) =>
        new(Centred("120"), Line(text, TitleSize, "黑体"));

    /// <summary>A line in the middle.</summary>
    public static Paragraph Middle(string text) =>
        new(Centred("120"), Line(text, TextSize, "楷体"));

    /// <summary>A heading.</summary>
    public static Paragraph Heading(string text) =>
        new(
            new ParagraphProperties(
                new KeepNext(),
                new SpacingBetweenLines { Before = "160", After = "80" }
            ),
            Line(text, TextSize, "黑体")
        );

    /// <summary>A paragraph of text; several lines make several paragraphs.</summary>
    public static IEnumerable<Paragraph> Text(string text) =>
        text.ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new Paragraph(
                new ParagraphProperties(
                    new SpacingBetweenLines
                    {
                        Line = "480",
                        LineRule = LineSpacingRuleValues.AtLeast,
                    },
                    new Indentation { FirstLineChars = 200, FirstLine = "640" },
                    new Justification { Val = JustificationValues.Both }
                ),
                Line(line, TextSize)
            ));

    /// <summary>A note under a table.</summary>
    public static Paragraph Note(string text) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "60", After = "60" }),
            Line(text, TableSize)
        );

    /// <summary>A line at the right, for who signs and when.</summary>
    public static Paragraph Right(string text) =>
        new(
            new ParagraphProperties(
                new KeepNext(),
                new SpacingBetweenLines { Before = "120" },
                new Indentation { RightChars = 200, Right = "640" },
                new Justification { Val = JustificationValues.Right }
            ),
            Line(text, TextSize)
        );

    /// <summary>A table whose header is repeated on every page.</summary>
    /// <param name="headers">Header of each column.</param>
    /// <param name="shares">Width of each column, in any unit.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="texts">Columns that hold text and stand at the left; the others stand at the right.</param>
    public static Table Table(
        string[] headers,
        int[] shares,
        IEnumerable<string[]> rows,
        int[] texts
    )
    {
        var sum = shares.Sum();
        int[] widths = [.. shares.Select(s => Width * s / sum)];
        var table = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Number(widths.Sum()) },
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
                    new TableCellLeftMargin { Width = 60, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = 60, Type = TableWidthValues.Dxa }
                )
            ),
            new TableGrid(widths.Select(w => new GridColumn { Width = Number(w) }))
        );
        table.AppendChild(
            new TableRow([
                new TableRowProperties(new CantSplit(), new TableHeader()),
                .. headers.Select((h, i) => Cell(h, widths[i], JustificationValues.Center, "黑体")),
            ])
        );
        foreach (var row in rows)
        {
            table.AppendChild(
                new TableRow([
                    new TableRowProperties(new CantSplit()),
                    .. row.Select(
                        (text, i) =>
                            Cell(
                                text,
                                widths[i],
                                texts.Contains(i)
                                    ? JustificationValues.Left
                                    : JustificationValues.Right,
                                "仿宋"
                            )
                    ),
                ])
            );
        }

        return table;
    }

    /// <summary>The number of the page.</summary>
    public static Paragraph PageNumber() =>
        new(
            Centred("0"),
            Line("— ", TableSize),
            new SimpleField(Line("1", TableSize)) { Instruction = " PAGE " },
            Line(" —", TableSize)
        );

    /// <summary>What text looks like where nothing else is said.</summary>
    public static Styles Styles() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        Fonts("仿宋"),
                        new FontSize { Val = TextSize },
                        new FontSizeComplexScript { Val = TextSize },
                        new Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault()
            )
        );

    private static TableCell Cell(
        string text,
        int width,
        JustificationValues justification,
        string font
    ) =>
        new(
            new TableCellProperties(
                new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Number(width) },
                new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }
            ),
            new Paragraph(
                new ParagraphProperties(
                    new SpacingBetweenLines { Before = "20", After = "20" },
                    new Justification { Val = justification }
                ),
                Line(text, TableSize, font)
            )
        );

    private static Run Line(string text, string size, string font = "仿宋") =>
        new(
            new RunProperties(
                Fonts(font),
                new FontSize { Val = size },
                new FontSizeComplexScript { Val = size }
            ),
            new Text(LetterDocument.OneLine(text)) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static RunFonts Fonts(string font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font,
        };

    private static ParagraphProperties Centred(string after) =>
        new(
            new SpacingBetweenLines { After = after },
            new Justification { Val = JustificationValues.Center }
        );

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
