using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GeoCivic.Imports.Reading;

/// <summary>The stable external id of a record: 1 to 64 visible characters, NFC, without outer space.</summary>
public static partial class StrictCode
{
    /// <summary>The longest code, in UTF-16 code units.</summary>
    public const int MaxChars = 64;

    /// <summary>Reads a code; space around it is cut off.</summary>
    /// <param name="text">The text.</param>
    /// <param name="code">The code.</param>
    /// <param name="reason">Why it is refused, to follow the value's name.</param>
    public static bool TryParse(string? text, out string code, out string? reason)
    {
        code = "";
        if (!StrictText.TryClean(text, MaxChars, out var clean, out reason))
        {
            return false;
        }
        if (clean is null)
        {
            reason = "is empty";
            return false;
        }
        if (Scientific().IsMatch(clean))
        {
            reason =
                "is a number that a spreadsheet has turned into scientific notation, which loses digits; format the column as text and type the code again";
            return false;
        }
        foreach (var rune in clean.EnumerateRunes())
        {
            if (
                Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
            {
                reason = $"holds the invisible character U+{rune.Value:X4}";
                return false;
            }
        }
        code = clean;
        return true;
    }

    // With the plus sign that spreadsheets write: 5E03 alone is a fair code.
    [GeneratedRegex(
        @"^[+-]?[0-9]+(\.[0-9]+)?[eE]\+[0-9]+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Scientific();
}
