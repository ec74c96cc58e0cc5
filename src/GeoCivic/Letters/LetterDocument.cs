using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Exports;

namespace GeoCivic.Letters;

/// <summary>
/// Fills a template. Placeholders are <c>{{title}} {{number}} {{subject}} {{to}} {{from}} {{date}} {{cc}}</c> in any text, and
/// <c>{{body}}</c> and <c>{{table}}</c> as paragraphs of their own; without <c>{{table}}</c> the table follows the text.
/// </summary>
internal static partial class LetterDocument
{
    /// <summary>Placeholders without which a letter would lack what makes it one.</summary>
    public static readonly string[] Required = ["number", "to", "body", "date"];

    /// <summary>A letter from a template.</summary>
    /// <param name="template">A .docx.</param>
    /// <param name="sheet">What stands on it.</param>
    /// <exception cref="InvalidDataException">The template lacks a required placeholder.</exception>
    public static byte[] Write(byte[] template, LetterSheet sheet)
    {
        using var memory = new MemoryStream();
        memory.Write(template);
        memory.Position = 0;
        using (var document = WordprocessingDocument.Open(memory, isEditable: true))
        {
            var main =
                document.MainDocumentPart ?? throw new InvalidDataException("It has no text.");
            OpenXmlElement[] roots =
            [
                main.Document,
                .. main.HeaderParts.Select(p => p.Header),
                .. main.FooterParts.Select(p => p.Footer),
            ];
            var found = new HashSet<string>(StringComparer.Ordinal);
            Paragraph? lastOfBody = null;
            foreach (var paragraph in roots.SelectMany(r => r.Descendants<Paragraph>()).ToList())
            {
                Fill(paragraph, sheet, found, ref lastOfBody);
            }

            if (Required.Where(r => !found.Contains(r)).ToArray() is { Length: > 0 } missing)
            {
                throw new InvalidDataException(
                    $"It lacks {string.Join(", ", missing.Select(m => $"{{{{{m}}}}}"))}."
                );
            }

            if (!found.Contains("table"))
            {
                lastOfBody!
                    .InsertAfterSelf(LetterTable.Create(sheet.Facts))
                    .InsertAfterSelf(new Paragraph());
            }
        }

        return memory.ToArray();
    }

    private static void Fill(
        Paragraph paragraph,
        LetterSheet sheet,
        HashSet<string> found,
        ref Paragraph? lastOfBody
    )
    {
        // Word splits what was typed at once over runs; texts of a text box inside belong to its own paragraphs.
        var texts = paragraph
            .Descendants<Text>()
            .Where(t => t.Ancestors<Paragraph>().First() == paragraph)
            .ToList();
        var whole = string.Concat(texts.Select(t => t.Text));
        switch (whole.Trim())
        {
            case "{{body}}":
                found.Add("body");
                lastOfBody = Body(paragraph, texts[0], sheet.Paragraphs);
                return;
            case "{{table}}":
                found.Add("table");
                // The paragraph stays, empty, behind the table: Word wants one between tables and at the end of a cell.
                Replace(texts, 0, whole.Length, "");
                paragraph.InsertBeforeSelf(LetterTable.Create(sheet.Facts));
                return;
        }

        var lines = sheet.Lines;
        // A line of its own that says nothing is left out: an empty last one may need a page.
        if (
            Placeholder().Match(whole) is { Success: true } only
            && only.Value == whole.Trim()
            && lines.TryGetValue(only.Groups["name"].Value, out var said)
            && said.Length == 0
            && paragraph.Parent is DocumentFormat.OpenXml.Wordprocessing.Body
            && paragraph.ParagraphProperties?.SectionProperties is null
            // Word wants a paragraph behind a table.
            && paragraph.PreviousSibling() is not Table
        )
        {
            found.Add(only.Groups["name"].Value);
            paragraph.Remove();
            return;
        }

        // From the end, so that places before stay where they are and no value is searched again.
        foreach (var match in Placeholder().Matches(whole).Reverse())
        {
            var name = match.Groups["name"].Value;
            if (lines.TryGetValue(name, out var value))
            {
                found.Add(name);
                Replace(texts, match.Index, match.Length, DocxPaper.OneLine(value));
            }
        }
    }

    /// <summary>Paragraphs in the place and the format of the placeholder; the last of them.</summary>
    private static Paragraph Body(Paragraph place, Text text, IReadOnlyList<string> paragraphs)
    {
        var format = text.Ancestors<Run>().First().RunProperties;
        OpenXmlElement last = place;
        foreach (
            var line in paragraphs.SelectMany(p =>
                p.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries)
            )
        )
        {
            last = last.InsertAfterSelf(
                new Paragraph(
                    Copies(
                        place.ParagraphProperties,
                        new Run(Copies(format, DocxPaper.Words(line)))
                    )
                )
            );
        }

        if (last != place)
        {
            place.Remove();
        }

        return (Paragraph)last;
    }

    private static IEnumerable<OpenXmlElement> Copies(
        OpenXmlElement? format,
        OpenXmlElement content
    ) => format is null ? [content] : [format.CloneNode(deep: true), content];

    private static void Replace(List<Text> texts, int start, int length, string value)
    {
        var offset = 0;
        var end = start + length;
        foreach (var text in texts)
        {
            var (from, to) = (offset, offset + text.Text.Length);
            offset = to;
            if (to <= start || from >= end)
            {
                continue;
            }

            var before = text.Text[..Math.Max(0, start - from)];
            var after = text.Text[Math.Min(text.Text.Length, end - from)..];
            text.Text = before + (from <= start ? value : "") + after;
            text.Space = SpaceProcessingModeValues.Preserve;
        }
    }

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
