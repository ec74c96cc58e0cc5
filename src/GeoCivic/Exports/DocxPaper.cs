using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace GeoCivic.Exports;

/// <summary>Margins of an upright A4 page, in twentieths of a point; 1 mm is 56.69.</summary>
/// <param name="Top">Above the text.</param>
/// <param name="Bottom">Below the text.</param>
/// <param name="Left">At the left.</param>
/// <param name="Right">At the right.</param>
/// <param name="Footer">From the edge of the page to its number.</param>
internal sealed record DocxMargins(uint Top, uint Bottom, uint Left, uint Right, uint Footer = 851);

/// <summary>
/// The type sizes and margins of a document, and the paragraphs and tables in them. Chinese stands in 黑体, 楷体 and 仿宋, as
/// official documents have it (GB/T 9704-2012), the rest in Times New Roman. Text may hold anything: what XML cannot hold
/// is left out.
/// </summary>
/// <param name="title">Size of the title, in half points: 2号 is 44, 小二 36, 3号 32, 4号 28, 小四 24, 五号 21, 小五 18.</param>
/// <param name="heading">Size of headings.</param>
/// <param name="text">Size of text.</param>
/// <param name="table">Size of tables, notes and page numbers.</param>
/// <param name="margins">Margins of the page.</param>
internal sealed class DocxPaper(int title, int heading, int text, int table, DocxMargins margins)
{
    /// <summary>The media type of a document.</summary>
    public const string MediaType =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const int PageWidth = 11906;
    private const int PageHeight = 16838;

    /// <summary>Between the margins, in twentieths of a point.</summary>
    public int Width => PageWidth - (int)margins.Left - (int)margins.Right;

    /// <summary>A document with the number of the page below each.</summary>
    /// <param name="body">What stands in it; parts such as pictures are added to what is given.</param>
    public byte[] Write(Func<MainDocumentPart, IEnumerable<OpenXmlElement>> body)
    {
        using var memory = new MemoryStream();
        using (
            var document = WordprocessingDocument.Create(
                memory,
                WordprocessingDocumentType.Document
            )
        )
        {
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(PageNumber());
            main.Document = new Document(new Body([.. body(main), Page(main.GetIdOfPart(footer))]));
        }

        return memory.ToArray();
    }

    /// <summary>The title. One that is too long for a line is broken before what it says in brackets, not inside a word.</summary>
    public Paragraph Title(string line)
    {
        var bracket = line.LastIndexOf('（');
        // Chinese characters are as wide as they are high: half points, and twentieths between the margins.
        return bracket <= 0 || line.Length * title * 10 <= Width
            ? new(Centred(120), Line(line, title, "黑体"))
            : new(
                Centred(120),
                Line(line[..bracket], title, "黑体"),
                new Run(new Break()),
                Line(line[bracket..], title, "黑体")
            );
    }

    /// <summary>A line in the middle.</summary>
    public Paragraph Middle(string line) => new(Centred(120), Line(line, text, "楷体"));

    /// <summary>A heading, on the page of what follows.</summary>
    public Paragraph Heading(string line) =>
        new(
            new ParagraphProperties(
                new KeepNext(),
                new SpacingBetweenLines { Before = "160", After = "80" }
            ),
            Line(line, heading, "黑体")
        );

    /// <summary>A paragraph that begins at the margin.</summary>
    public Paragraph Text(string line) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "20", After = "40" }),
            Line(line, text)
        );

    /// <summary>Paragraphs whose first line is indented by two characters, one for each line that is not empty.</summary>
    public IEnumerable<Paragraph> Prose(string lines)
    {
        Paragraph[] paragraphs =
        [
            .. lines
                .ReplaceLineEndings("\n")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => new Paragraph(Indented(text * 15), Line(line, text))),
        ];
        if (paragraphs.Length > 0)
        {
            // What follows, a table perhaps, does not touch the last line.
            paragraphs[^1].ParagraphProperties!.SpacingBetweenLines!.After = "80";
        }

        return paragraphs;
    }

    /// <summary>A note, in the size of tables.</summary>
    public Paragraph Note(string line) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "60", After = "60" }),
            Line(line, table)
        );

    /// <summary>A line at the right, for who signs and when, on the page of what follows.</summary>
    public Paragraph Right(string line) =>
        new(AtRight(new SpacingBetweenLines { Before = "120" }), Line(line, text));

    /// <summary>A table as wide as the page, whose header is repeated on every page.</summary>
    /// <param name="headers">Header of each column.</param>
    /// <param name="shares">Width of each column, in any unit.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="texts">Columns that hold text and stand at the left, the others stand at the right; null: all.</param>
    public Table Table(
        string[] headers,
        int[] shares,
        IEnumerable<string[]> rows,
        int[]? texts = null
    )
    {
        var sum = shares.Sum();
        int[] widths = [.. shares.Select(s => Width * s / sum)];
        return DocxTable.Of(
            widths,
            [
                DocxTable.Row(
                    headers.Select(
                        (h, i) =>
                            Cell(widths[i], JustificationValues.Center, Line(h, table, "黑体"))
                    ),
                    header: true
                ),
                .. rows.Select(row =>
                    DocxTable.Row(
                        row.Select(
                            (cell, i) =>
                                Cell(
                                    widths[i],
                                    texts?.Contains(i) == false
                                        ? JustificationValues.Right
                                        : JustificationValues.Left,
                                    Line(cell, table)
                                )
                        )
                    )
                ),
            ]
        );
    }

    /// <summary>A piece of text.</summary>
    /// <param name="words">What it says; one line.</param>
    /// <param name="size">Half points.</param>
    /// <param name="font">The Chinese font.</param>
    public static Run Line(string words, int size, string font = "仿宋") =>
        new(
            new RunProperties(
                Fonts(font),
                new FontSize { Val = Number(size) },
                new FontSizeComplexScript { Val = Number(size) }
            ),
            Words(words)
        );

    /// <summary>Text of one line that XML can hold, as it is.</summary>
    public static Text Words(string words) =>
        new(OneLine(words)) { Space = SpaceProcessingModeValues.Preserve };

    /// <summary>Text of one line that XML can hold.</summary>
    public static string OneLine(string words) =>
        XmlText.Clean(words.ReplaceLineEndings(" ").Replace('\t', ' '));

    /// <summary>In the middle.</summary>
    /// <param name="after">Space below, in twentieths of a point.</param>
    public static ParagraphProperties Centred(int after = 0) =>
        new(
            new SpacingBetweenLines { After = Number(after) },
            new Justification { Val = JustificationValues.Center }
        );

    /// <summary>A first line indented by two characters, of whatever size the text has, and both margins straight.</summary>
    /// <param name="lines">Least distance of lines, in twentieths of a point.</param>
    public static ParagraphProperties Indented(int lines) =>
        new(
            Apart(lines),
            new Indentation { FirstLineChars = 200, FirstLine = "640" },
            new Justification { Val = JustificationValues.Both }
        );

    /// <summary>At the right, two characters from the margin, on the page of what follows.</summary>
    public static ParagraphProperties AtRight(SpacingBetweenLines spacing) =>
        new(
            new KeepNext(),
            spacing,
            new Indentation { RightChars = 200, Right = "640" },
            new Justification { Val = JustificationValues.Right }
        );

    /// <summary>Lines at least so far apart, in twentieths of a point.</summary>
    public static SpacingBetweenLines Apart(int lines) =>
        new() { Line = Number(lines), LineRule = LineSpacingRuleValues.AtLeast };

    /// <summary>A number as the format writes it.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static TableCell Cell(int width, JustificationValues justification, Run content) =>
        DocxTable.Cell(width, [DocxTable.Content(justification, 20, content)]);

    private Paragraph PageNumber() =>
        new(
            Centred(),
            Line("— ", table),
            new SimpleField(Line("1", table)) { Instruction = " PAGE " },
            Line(" —", table)
        );

    private SectionProperties Page(string footer) =>
        new(
            new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
            new PageSize { Width = PageWidth, Height = PageHeight },
            new PageMargin
            {
                Top = (int)margins.Top,
                Bottom = (int)margins.Bottom,
                Left = margins.Left,
                Right = margins.Right,
                Header = 851,
                Footer = margins.Footer,
                Gutter = 0,
            }
        );

    // What text looks like where nothing else is said.
    private Styles Styles() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        Fonts("仿宋"),
                        new FontSize { Val = Number(text) },
                        new FontSizeComplexScript { Val = Number(text) },
                        new Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault()
            )
        );

    private static RunFonts Fonts(string font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font,
        };
}
