using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace GeoCivic.Letters;

/// <summary>
/// The letterhead of streets that brought none: A4 with the margins and type sizes that GB/T 9704-2012 gives official
/// documents (title 2号, text 3号 on lines of 28 pt), no red head and no seal.
/// </summary>
internal static class PlainTemplate
{
    // Half points: 2号 is 22 pt, 3号 16 pt, 4号 14 pt.
    private const string TitleSize = "44";
    private const string TextSize = "32";
    private const string NoteSize = "28";

    // Twentieths of a point; 1 mm is 56.69.
    private const int PageWidth = 11906;
    private const int PageHeight = 16838;
    private static readonly Lazy<byte[]> LazyBytes = new(Build);

    /// <summary>The document.</summary>
    public static byte[] Bytes => LazyBytes.Value;

    private static byte[] Build()
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
            var styles = main.AddNewPart<StyleDefinitionsPart>();
            styles.Styles = new Styles(
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
            var footer = main.AddNewPart<FooterPart>();
            footer.Footer = new Footer(
                new Paragraph(
                    Centred(),
                    Line("— ", NoteSize),
                    new SimpleField(Line("1", NoteSize)) { Instruction = " PAGE " },
                    Line(" —", NoteSize)
                )
            );
            main.Document = new Document(
                new Body(
                    new Paragraph(Centred(after: "120"), Line("{{title}}", TitleSize, "黑体")),
                    new Paragraph(Centred(after: "240"), Line("{{number}}", TextSize)),
                    new Paragraph(Centred(after: "240"), Line("{{subject}}", TextSize, "楷体")),
                    new Paragraph(Spaced(), Line("{{to}}：", TextSize)),
                    new Paragraph(
                        new ParagraphProperties(
                            Lines(),
                            // Two characters of whatever size the text has.
                            new Indentation { FirstLineChars = 200, FirstLine = "640" },
                            new Justification { Val = JustificationValues.Both }
                        ),
                        Line("{{body}}", TextSize)
                    ),
                    new Paragraph(Spaced(), Line("{{table}}", NoteSize)),
                    new Paragraph(Right(), Line("{{from}}", TextSize)),
                    new Paragraph(Right(), Line("{{date}}", TextSize)),
                    new Paragraph(Spaced(), Line("{{cc}}", NoteSize)),
                    new SectionProperties(
                        new FooterReference
                        {
                            Type = HeaderFooterValues.Default,
                            Id = main.GetIdOfPart(footer),
                        },
                        new PageSize { Width = PageWidth, Height = PageHeight },
                        new PageMargin
                        {
                            Top = 2098,
                            Bottom = 1984,
                            Left = 1587,
                            Right = 1474,
                            Header = 851,
                            Footer = 992,
                            Gutter = 0,
                        }
                    )
                )
            );
        }

        return memory.ToArray();
    }

    private static Run Line(string text, string size, string font = "仿宋") =>
        new(
            new RunProperties(
                Fonts(font),
                new FontSize { Val = size },
                new FontSizeComplexScript { Val = size }
            ),
            new Text(text) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static RunFonts Fonts(string font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font,
        };

    private static SpacingBetweenLines Lines() =>
        new() { Line = "560", LineRule = LineSpacingRuleValues.AtLeast };

    private static ParagraphProperties Spaced() => new(Lines());

    private static ParagraphProperties Centred(string after = "0") =>
        new(
            new SpacingBetweenLines { After = after },
            new Justification { Val = JustificationValues.Center }
        );

    private static ParagraphProperties Right() =>
        new(
            new KeepNext(),
            Lines(),
            new Indentation { RightChars = 200, Right = "640" },
            new Justification { Val = JustificationValues.Right }
        );
}
