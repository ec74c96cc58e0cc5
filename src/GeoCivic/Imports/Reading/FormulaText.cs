namespace GeoCivic.Imports.Reading;

/// <summary>
/// Text in a CSV file that a spreadsheet would take for a formula (CWE-1236). Written, it gets an apostrophe in front, which
/// spreadsheets show as text; read, one apostrophe is taken away again, so that a file comes back as it went.
/// </summary>
public static class FormulaText
{
    /// <summary>The text as it may stand in a file.</summary>
    public static string Write(string text) => IsFormula(text) ? $"'{text}" : text;

    /// <summary>The text that was meant.</summary>
    public static string Read(string text) =>
        text.Length > 1 && text[0] == '\'' && IsFormula(text) ? text[1..] : text;

    // Also behind apostrophes, so that one that belongs to the text is told from one that was added.
    private static bool IsFormula(string text)
    {
        var rest = text.AsSpan().TrimStart('\'');
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}
