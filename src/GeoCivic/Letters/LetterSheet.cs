namespace GeoCivic.Letters;

/// <summary>What stands on a letter.</summary>
/// <param name="Title">Kind of letter, such as 问题通知函.</param>
/// <param name="Number">Number, or 草稿 while it has none.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="To">Addressee: a body or a title, never a person's name.</param>
/// <param name="Paragraphs">Its text.</param>
/// <param name="Facts">The table of the issue: what, and its value.</param>
/// <param name="CopyTo">Who gets a copy, or null.</param>
/// <param name="From">Who sends it.</param>
/// <param name="Date">Its day.</param>
internal sealed record LetterSheet(
    string Title,
    string Number,
    string Subject,
    string To,
    IReadOnlyList<string> Paragraphs,
    IReadOnlyList<(string Label, string Value)> Facts,
    string? CopyTo,
    string From,
    DateOnly Date
)
{
    /// <summary>The placeholders of one line that a template may hold in any paragraph, header or footer.</summary>
    public IReadOnlyDictionary<string, string> Lines =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = Title,
            ["number"] = Number,
            ["subject"] = Subject,
            ["to"] = To,
            ["from"] = From,
            ["date"] = ChineseDate.Day(Date),
            ["cc"] = CopyTo is null ? "" : $"抄送：{CopyTo}",
        };
}
