using System.Globalization;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Instants as <c>2026-03-05 14:05[:30[.5]][+08:00|Z]</c>, the day as in <see cref="StrictDate"/>, with a
/// space or <c>T</c> between. Without an offset the time is Beijing's (UTC+8); a day alone is its midnight.
/// </summary>
public static class StrictTimestamp
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>Reads an instant; the result keeps the offset it was written with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The instant.</param>
    /// <param name="reason">Why it is refused, to follow the value's name.</param>
    public static bool TryParse(string? text, out DateTimeOffset value, out string? reason)
    {
        value = default;
        var span = text.AsSpan().Trim();
        if (!StrictDate.TryTake(span, out var date, out var at, out reason))
        {
            return false;
        }
        var time = TimeSpan.Zero;
        var offset = Beijing;
        if (at < span.Length)
        {
            if (span[at] is not (' ' or 'T'))
            {
                reason = "is not a time such as 2026-03-05 14:05 or 2026-03-05T14:05:00+08:00";
                return false;
            }
            at++;
            if (
                !TryTime(span, ref at, out time, out reason)
                || !TryOffset(span, ref at, ref offset, out reason)
            )
            {
                return false;
            }
        }
        value = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue) + time, offset);
        return true;
    }

    private static bool TryTime(
        ReadOnlySpan<char> text,
        ref int at,
        out TimeSpan time,
        out string? reason
    )
    {
        time = default;
        reason = "is not a time such as 2026-03-05 14:05 or 2026-03-05T14:05:00+08:00";
        var second = 0;
        var fraction = 0d;
        if (
            !StrictDate.Number(text, ref at, 1, 2, out var hour)
            || !StrictDate.Is(text, ref at, ':')
            || !StrictDate.Number(text, ref at, 2, 2, out var minute)
        )
        {
            return false;
        }
        if (StrictDate.Is(text, ref at, ':'))
        {
            if (!StrictDate.Number(text, ref at, 2, 2, out second))
            {
                return false;
            }
            if (at < text.Length && text[at] == '.')
            {
                var from = at++;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                {
                    at++;
                }
                if (at - from is < 2 or > 10)
                {
                    return false;
                }
                fraction = double.Parse(
                    text[from..at],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture
                );
            }
        }
        if (hour > 23 || minute > 59 || second > 59)
        {
            reason =
                hour == 24
                    ? "has the hour 24, which no day has; write 00:00 of the next day"
                    : "has a time beyond 23:59:59";
            return false;
        }
        time =
            new TimeSpan(hour, minute, second)
            + TimeSpan.FromTicks((long)Math.Round(fraction * TimeSpan.TicksPerSecond));
        reason = null;
        return true;
    }

    private static bool TryOffset(
        ReadOnlySpan<char> text,
        ref int at,
        ref TimeSpan offset,
        out string? reason
    )
    {
        reason = null;
        if (at == text.Length)
        {
            return true;
        }
        if (text[at] == 'Z' && at == text.Length - 1)
        {
            offset = TimeSpan.Zero;
            return true;
        }
        reason = "has an offset that is not Z or like +08:00";
        var sign = text[at++];
        if (sign is not ('+' or '-') || !StrictDate.Number(text, ref at, 2, 4, out var hours))
        {
            return false;
        }
        var minutes = 0;
        if (hours > 99)
        {
            // +0800, the basic form.
            minutes = hours % 100;
            hours /= 100;
        }
        else if (
            StrictDate.Is(text, ref at, ':') && !StrictDate.Number(text, ref at, 2, 2, out minutes)
        )
        {
            return false;
        }
        if (at != text.Length || hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
        {
            return false;
        }
        offset = new TimeSpan(hours, minutes, 0) * (sign == '-' ? -1 : 1);
        reason = null;
        return true;
    }
}
