using System.Globalization;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Numbers as <c>[+-]digits[.digits][e[+-]digits]</c> in ASCII and nothing else: what spreadsheets and
/// lenient parsers also take (<c>1,5</c>, full-width digits, NaN, hexadecimal) is refused, since a
/// coordinate misread is worse than one refused.
/// </summary>
public static class StrictNumber
{
    /// <summary>Reads a finite number; space around it is ignored.</summary>
    public static bool TryParse(string? text, out double value) => TryParse(text, out value, out _);

    /// <summary>Reads a finite number; space around it is ignored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number.</param>
    /// <param name="reason">Why it is refused, to follow the value's name ("is …").</param>
    public static bool TryParse(string? text, out double value, out string? reason)
    {
        value = 0;
        reason = null;
        var span = text.AsSpan().Trim();
        if (span.IsEmpty)
        {
            reason = "is empty";
            return false;
        }
        if (!IsNumber(span))
        {
            reason = Explain(span);
            return false;
        }
        if (
            !double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            || !double.IsFinite(parsed)
        )
        {
            reason = "is beyond the largest number";
            return false;
        }
        value = parsed;
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var at = text[0] is '+' or '-' ? 1 : 0;
        if (!Digits(text, ref at))
        {
            return false;
        }
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!Digits(text, ref at))
            {
                return false;
            }
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
            {
                at++;
            }
            if (!Digits(text, ref at))
            {
                return false;
            }
        }
        return at == text.Length;
    }

    private static bool Digits(ReadOnlySpan<char> text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at > from;
    }

    private static string Explain(ReadOnlySpan<char> text)
    {
        if (text.Contains(',') || text.Contains('，'))
        {
            return "holds a comma; the decimal sign is a point";
        }
        foreach (var c in text)
        {
            if (c is >= '\uFF01' and <= '\uFF5E')
            {
                return "is written in full-width characters; use ASCII digits";
            }
        }
        return text.IndexOfAny('°', '′', '″') >= 0
            ? "is in degrees and minutes; use decimal degrees"
            : "is not a number";
    }
}
