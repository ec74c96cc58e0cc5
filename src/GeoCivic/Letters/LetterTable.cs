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
            facts.Select(f =>
                DocxTable.Row([
                    Cell(f.Label, Widths[0], JustificationValues.Center),
                    Cell(f.Value, Widths[1], JustificationValues.Left),
                ])
            )
        );

    private static TableCell Cell(string text, int width, JustificationValues justification) =>
        DocxTable.Cell(
            width,
            text.ReplaceLineEndings("\n")
                .Split('\n')
                .Select(line =>
                    DocxTable.Content(
                        justification,
                        40,
                        new Run(
                            new RunProperties(
                                new FontSize { Val = Size },
                                new FontSizeComplexScript { Val = Size }
                            ),
                            DocxPaper.Words(line)
                        )
                    )
                )
        );
}
