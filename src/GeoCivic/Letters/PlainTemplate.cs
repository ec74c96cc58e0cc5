using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Exports;
using static GeoCivic.Exports.DocxPaper;

namespace GeoCivic.Letters;

/// <summary>
/// The letterhead of streets that brought none: A4 with the margins and type sizes that GB/T 9704-2012 gives official
/// documents (title 2号, text 3号 on lines of 28 pt), no red head and no seal.
/// </summary>
internal static class PlainTemplate
{
    // Half points: 2号 is 22 pt, 3号 16 pt, 4号 14 pt.
    private const int TitleSize = 44;
    private const int TextSize = 32;
    private const int NoteSize = 28;

    // 28 pt, in twentieths.
    private const int Lines = 560;

    private static readonly DocxPaper Paper = new(
        TitleSize,
        TextSize,
        TextSize,
        NoteSize,
        new DocxMargins(2098, 1984, 1587, 1474, 992)
    );
    private static readonly Lazy<byte[]> LazyBytes = new(Build);

    /// <summary>The document.</summary>
    public static byte[] Bytes => LazyBytes.Value;

    private static byte[] Build() =>
        Paper.Write(_ =>
            [
                Paper.Title("{{title}}"),
                new Paragraph(Centred(240), Line("{{number}}", TextSize)),
                new Paragraph(Centred(240), Line("{{subject}}", TextSize, "楷体")),
                new Paragraph(Spaced(), Line("{{to}}：", TextSize)),
                new Paragraph(Indented(Lines), Line("{{body}}", TextSize)),
                // What is left of the place of the table holds its last row and who signs together.
                new Paragraph(
                    new ParagraphProperties(
                        new KeepNext(),
                        new SpacingBetweenLines
                        {
                            Line = "120",
                            LineRule = LineSpacingRuleValues.Exact,
                        }
                    ),
                    Line("{{table}}", NoteSize)
                ),
                new Paragraph(AtRight(Apart(Lines)), Line("{{from}}", TextSize)),
                new Paragraph(AtRight(Apart(Lines)), Line("{{date}}", TextSize)),
                new Paragraph(Spaced(), Line("{{cc}}", NoteSize)),
            ]
        );

    private static ParagraphProperties Spaced() => new(Apart(Lines));
}
