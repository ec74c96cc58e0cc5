namespace GeoCivic.Spatial.Calendar;

/// <summary>Time that runs only in the working hours of working days.</summary>
/// <param name="calendar">Which days are worked.</param>
/// <param name="hours">Which hours of them.</param>
public sealed class WorkingClock(WorkingCalendar calendar, WorkingHours hours)
{
    /// <summary>Which days are worked.</summary>
    public WorkingCalendar Calendar { get; } = calendar;

    /// <summary>Which hours of them.</summary>
    public WorkingHours Hours { get; } = hours;

    /// <summary>The day of an instant in Beijing.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(WorkingHours.BeijingOffset).DateTime);

    /// <summary>The instant at which a day begins in Beijing.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new(day.ToDateTime(TimeOnly.MinValue), WorkingHours.BeijingOffset);

    /// <summary>
    /// The first instant until which a given working time has passed since another. So 7 hours from 09:00 end at 18:00
    /// of the same day, not at 09:00 of the next; none at all end at once.
    /// </summary>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public DateTimeOffset AddWorkingTime(DateTimeOffset start, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        if (time == TimeSpan.Zero)
        {
            return start.ToOffset(WorkingHours.BeijingOffset);
        }

        for (var day = DayOf(start); ; day = day.AddDays(1))
        {
            foreach (var (from, until) in IntervalsOf(day))
            {
                var begin = from < start ? start : from;
                if (until - begin >= time)
                {
                    return (begin + time).ToOffset(WorkingHours.BeijingOffset);
                }

                if (until > begin)
                {
                    time -= until - begin;
                }
            }
        }
    }

    /// <summary>The deadline some working hours after an instant; see <see cref="AddWorkingTime"/>.</summary>
    public DateTimeOffset AddWorkingHours(DateTimeOffset start, double workingHours) =>
        AddWorkingTime(start, TimeSpan.FromHours(workingHours));

    /// <summary>The working time that passes between two instants.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The second instant is before the first.</exception>
    /// <exception cref="CalendarYearMissingException">A year between them is not known.</exception>
    public TimeSpan WorkingTimeBetween(DateTimeOffset start, DateTimeOffset end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        var (first, last) = (DayOf(start), DayOf(end));
        var time = Within(first);
        if (last == first)
        {
            return time;
        }

        // The whole days between are counted, not walked.
        return time
            + (Calendar.WorkingDaysBetween(first, last.AddDays(-1)) * Hours.PerDay)
            + Within(last);

        TimeSpan Within(DateOnly day)
        {
            var sum = TimeSpan.Zero;
            foreach (var (from, until) in IntervalsOf(day))
            {
                var (a, b) = (from < start ? start : from, until > end ? end : until);
                sum += b > a ? b - a : TimeSpan.Zero;
            }

            return sum;
        }
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> IntervalsOf(DateOnly day) =>
        Calendar.IsWorkingDay(day)
            ? Hours.Intervals.Select(i => (StartOf(day) + i.From, StartOf(day) + i.Until))
            : [];
}
