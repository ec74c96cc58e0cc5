using System.Globalization;

namespace GeoCivic.Imports.Reading;

/// <summary>The text of a cell's value, which the strict parsers then judge.</summary>
internal static class XlsxCell
{
    private static readonly DateTime FirstDay = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>
    /// Text as it is; numbers in invariant round-trip form; cells formatted as dates as ISO text, times of
    /// day as <c>hh:mm:ss</c>, durations with as many hours as they have.
    /// </summary>
    public static string? Text(object? value) =>
        value switch
        {
            null => null,
            string text => text.Length == 0 ? null : text,
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            DateTime date => Date(date),
            TimeSpan span => string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Floor(span.TotalHours):00}:{span.Minutes:00}:{span.Seconds:00}"
            ),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    private static string Date(DateTime date)
    {
        // A serial day is a fraction in binary: 14:05 comes out a few microseconds off.
        var second = date.Ticks % TimeSpan.TicksPerSecond;
        if (second is < TimeSpan.TicksPerMillisecond * 5 and > 0)
        {
            date = date.AddTicks(-second);
        }
        else if (second > TimeSpan.TicksPerSecond - TimeSpan.TicksPerMillisecond * 5)
        {
            date = date.AddTicks(TimeSpan.TicksPerSecond - second);
        }
        var format =
            date < FirstDay ? "HH:mm:ss"
            : date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss"
            : "yyyy-MM-ddTHH:mm:ss.fff";
        return date.ToString(format, CultureInfo.InvariantCulture);
    }
}
