using System.Globalization;

namespace GeoCivic.Spatial.Calendar;

/// <summary>The text form of a working calendar: <c>date,is_working,name,notice</c>, one line an exceptional day.</summary>
public static class CalendarTable
{
    private const string Header = "date,is_working,name,notice";

    /// <summary>
    /// Reads the days. A year counts as known when its 1 January is listed: New Year's Day is a holiday by law, and a
    /// notice may also list a last day of December of the year before, which does not make that year known.
    /// </summary>
    /// <exception cref="FormatException">A line is not as it should be; the message names it.</exception>
    public static WorkingCalendar Read(TextReader text)
    {
        List<CalendarDay> days = [.. ReadDays(text)];
        return new WorkingCalendar(YearsOf(days), days);
    }

    /// <summary>The years known by a list of days: those whose 1 January is in it.</summary>
    public static IEnumerable<int> YearsOf(IEnumerable<CalendarDay> days) =>
        days.Where(d => d.Date is { Month: 1, Day: 1 }).Select(d => d.Date.Year);

    /// <summary>Reads the days one by one, in the order of the lines.</summary>
    /// <exception cref="FormatException">A line is not as it should be; the message names it.</exception>
    public static IEnumerable<CalendarDay> ReadDays(TextReader text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read();

        IEnumerable<CalendarDay> Read()
        {
            if (text.ReadLine() != Header)
            {
                throw new FormatException($"A calendar starts with the line {Header}.");
            }

            var line = 1;
            while (text.ReadLine() is { } row)
            {
                line++;
                var cells = row.Split(',');
                if (
                    cells.Length != 4
                    || !TryReadDay(cells[0], out var date)
                    || cells[1] is not ("true" or "false")
                    || cells[2].Length == 0
                )
                {
                    throw new FormatException(
                        $"Line {line} of the calendar is not date,true|false,name,notice: {row}"
                    );
                }

                yield return new CalendarDay(date, cells[1] == "true", cells[2], cells[3]);
            }
        }
    }

    /// <summary>Reads a day as yyyy-MM-dd; nothing else, for 01/02/2024 means two days.</summary>
    public static bool TryReadDay(ReadOnlySpan<char> text, out DateOnly day) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out day
        );
}
