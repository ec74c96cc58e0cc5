namespace GeoCivic.Imports.Reading;

/// <summary>Days as <c>2026-03-05</c>, <c>2026/3/5</c> or <c>2026年3月5日</c>; year first always.</summary>
public static class StrictDate
{
    /// <summary>Reads a day; a time of midnight after it, as spreadsheets add, is ignored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="date">The day.</param>
    /// <param name="reason">Why it is refused, to follow the value's name.</param>
    public static bool TryParse(string? text, out DateOnly date, out string? reason)
    {
        var span = text.AsSpan().Trim();
        if (!TryTake(span, out date, out var used, out reason))
        {
            return false;
        }
        var rest = span[used..];
        if (rest.IsEmpty)
        {
            return true;
        }
        if (rest is " 0:00" or " 00:00" or " 0:00:00" or " 00:00:00" or "T00:00" or "T00:00:00")
        {
            return true;
        }
        reason = "is a date with something after it; a day such as 2026-03-05 is needed";
        return false;
    }

    /// <summary>Reads the day a text starts with.</summary>
    internal static bool TryTake(
        ReadOnlySpan<char> text,
        out DateOnly date,
        out int used,
        out string? reason
    )
    {
        date = default;
        used = 0;
        reason = null;
        if (text.IsEmpty)
        {
            reason = "is empty";
            return false;
        }
        var at = 0;
        if (
            !Number(text, ref at, 4, 4, out var year)
            || !Sign(text, ref at, out var sign)
            || !Number(text, ref at, 1, 2, out var month)
            || !Again(text, ref at, sign)
            || !Number(text, ref at, 1, 2, out var day)
            || (sign == '年' && !Is(text, ref at, '日'))
        )
        {
            reason = "is not a date such as 2026-03-05 or 2026/3/5";
            return false;
        }
        if (year is < 1900 or > 2199)
        {
            reason = $"is in the year {year}; 1900 to 2199 are taken";
            return false;
        }
        if (month is < 1 or > 12)
        {
            reason = $"has a month {month}";
            return false;
        }
        var days = DateTime.DaysInMonth(year, month);
        if (day < 1 || day > days)
        {
            reason = $"is not a day of the calendar: month {month} of {year} has {days} days";
            return false;
        }
        date = new DateOnly(year, month, day);
        used = at;
        return true;
    }

    internal static bool Number(
        ReadOnlySpan<char> text,
        ref int at,
        int least,
        int most,
        out int value
    )
    {
        value = 0;
        var from = at;
        while (at < text.Length && at - from < most && char.IsAsciiDigit(text[at]))
        {
            value = value * 10 + (text[at++] - '0');
        }
        return at - from >= least && !(at < text.Length && char.IsAsciiDigit(text[at]));
    }

    internal static bool Is(ReadOnlySpan<char> text, ref int at, char c)
    {
        if (at < text.Length && text[at] == c)
        {
            at++;
            return true;
        }
        return false;
    }

    private static bool Sign(ReadOnlySpan<char> text, ref int at, out char sign)
    {
        sign = at < text.Length ? text[at++] : '\0';
        return sign is '-' or '/' or '.' or '年';
    }

    private static bool Again(ReadOnlySpan<char> text, ref int at, char sign) =>
        Is(text, ref at, sign == '年' ? '月' : sign);
}
