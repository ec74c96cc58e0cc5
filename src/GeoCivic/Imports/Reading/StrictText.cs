namespace GeoCivic.Imports.Reading;

/// <summary>Text as it is stored: Unicode NFC, without outer space, without control characters.</summary>
public static class StrictText
{
    /// <summary>Cleans a value.</summary>
    /// <param name="value">The text of the file.</param>
    /// <param name="maxChars">The longest accepted result, in UTF-16 code units.</param>
    /// <param name="text">The cleaned text; null when only space was there.</param>
    /// <param name="reason">Why it is refused.</param>
    /// <param name="lines">Whether line ends and tabs may stay, as in a description; line ends become LF.</param>
    /// <returns>False when the value is refused.</returns>
    public static bool TryClean(
        string? value,
        int maxChars,
        out string? text,
        out string? reason,
        bool lines = false
    )
    {
        text = null;
        reason = null;
        if (value is null)
        {
            return true;
        }
        var trimmed = value.Trim();
        if (trimmed.Length == 0)
        {
            return true;
        }
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            if (char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t'))
            {
                reason =
                    c == '\0' ? "holds a NUL character"
                    : c is '\n' or '\r' ? "holds a line break"
                    : $"holds the control character U+{(int)c:X4}";
                return false;
            }
            if (char.IsSurrogate(c))
            {
                if (!(i + 1 < trimmed.Length && char.IsSurrogatePair(c, trimmed[i + 1])))
                {
                    reason = "holds half of a surrogate pair, which is not a character";
                    return false;
                }
                i++;
            }
        }
        var clean = Nfc.Normalise(trimmed);
        if (lines)
        {
            clean = clean.ReplaceLineEndings("\n");
        }
        if (clean.Length > maxChars)
        {
            reason = $"is longer than {maxChars} characters";
            return false;
        }
        text = clean;
        return true;
    }

    internal static RowFault HoldsNul(string field, string value) =>
        new(
            field,
            "The value holds a NUL character, which no text may hold.",
            true,
            RowFault.Shorten(value)
        );
}
