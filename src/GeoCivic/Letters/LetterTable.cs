using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Exports;

namespace GeoCivic.Letters;

/// <summary>The table of the issue on a letter: a line for each fact, in the font of the street's letterhead.</summary>
internal static class LetterTable
{
    // 4号, 14 pt, in half points.
    private const string Size = "28";

    // Twentieths of a point; together the width between the margins of the plain template.
    private static readonly int[] Widths = [2000, 6845];

    /// <summary>The table.</summary>
    public static Table Create(IReadOnlyList<(string Label, string Value)> facts) =>
        DocxTable.Of(
            Widths,
            facts.Select(
                (f, i) =>
                    DocxTable.Row([
                        Cell(f.Label, 0, JustificationValues.Center, i == facts.Count - 1),
                        Cell(f.Value, 1, JustificationValues.Left, i == facts.Count - 1),
                    ])
            )
        );

    // The last row goes to the page of what follows: who signs does not stand there alone.
    private static TableCell Cell(
        string text,
        int column,
        JustificationValues justification,
        bool last
    ) =>
        DocxTable.Cell(
            Widths[column],
            text.ReplaceLineEndings("\n")
                .Split('\n')
                .Select(line => Line(line, justification, last))
        );

    private static Paragraph Line(string text, JustificationValues justification, bool last)
    {
        var line = DocxTable.Content(
            justification,
            40,
            new Run(
                new RunProperties(
                    new FontSize { Val = Size },
                    new FontSizeComplexScript { Val = Size }
                ),
                DocxPaper.Words(text)
            )
        );
        line.ParagraphProperties!.KeepNext = last ? new KeepNext() : null;
        return line;
    }
}
