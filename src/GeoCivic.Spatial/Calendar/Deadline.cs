namespace GeoCivic.Spatial.Calendar;

/// <summary>A time limit, computed once and kept.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="DueAt">What happens before this instant is in time. A limit in days has 00:00 of the day after its last.</param>
/// <param name="Explanation">How it came about.</param>
public sealed record Deadline(DeadlineUnit Unit, DateTimeOffset DueAt, BilingualText Explanation)
{
    /// <summary>The last day of the limit, Beijing time.</summary>
    public DateOnly LastDay => WorkingClock.DayOf(Unit.IsDays() ? DueAt.AddTicks(-1) : DueAt);

    /// <summary>Whether it is missed at an instant.</summary>
    public bool IsMissedAt(DateTimeOffset instant) => instant >= DueAt;
}

/// <summary>A sentence in Chinese and English.</summary>
public sealed record BilingualText(string Zh, string En);

/// <summary>Computes time limits, and carries them over pauses and extensions.</summary>
/// <param name="clock">The working time.</param>
public sealed class DeadlineClock(WorkingClock clock)
{
    private readonly DeadlineText _text = new(clock);

    /// <summary>The limit that starts at an instant.</summary>
    /// <param name="start">When it starts.</param>
    /// <param name="amount">How many units, at least 1.</param>
    /// <param name="unit">The unit.</param>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public Deadline Start(DateTimeOffset start, int amount, DeadlineUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        var due = Due(
            start,
            unit,
            unit.IsDays() ? TimeSpan.FromDays(amount) : TimeSpan.FromHours(amount)
        );
        return new(unit, due, _text.Started(start, amount, unit, due));
    }

    /// <summary>
    /// What is left of a limit at an instant: working time, calendar time, or whole days after that day (one day is
    /// 24 hours of the answer). Null when the limit is missed already: a pause does not mend that.
    /// </summary>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public TimeSpan? Remaining(Deadline deadline, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        if (deadline.IsMissedAt(at))
        {
            return null;
        }

        var today = WorkingClock.DayOf(at);
        return deadline.Unit switch
        {
            DeadlineUnit.WorkingHour => clock.WorkingTimeBetween(at, deadline.DueAt),
            DeadlineUnit.UrgentWorkingHour => deadline.DueAt - at,
            DeadlineUnit.WorkingDay => TimeSpan.FromDays(
                clock.Calendar.WorkingDaysBetween(today, deadline.LastDay)
            ),
            _ => TimeSpan.FromDays(deadline.LastDay.DayNumber - today.DayNumber),
        };
    }

    /// <summary>
    /// The limit after a pause: what was left when it was paused runs again from the resumption. Of a limit in days the
    /// day of the pause counts as used and the day of the resumption does not, so pausing and resuming on one day
    /// changes nothing, and a limit paused on its last day ends on the day of the resumption.
    /// </summary>
    /// <param name="paused">The limit as it was.</param>
    /// <param name="remaining">What <see cref="Remaining"/> said at the pause; null leaves the limit as it was.</param>
    /// <param name="at">The resumption.</param>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public Deadline Resume(Deadline paused, TimeSpan? remaining, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(paused);
        if (remaining is not { } left)
        {
            return paused;
        }

        var due = Due(at, paused.Unit, left);
        return new(paused.Unit, due, _text.Resumed(at, left, paused.Unit, due));
    }

    /// <summary>
    /// The limit after an extension (延期) of some working days, counted from its last day, whatever its unit; a limit
    /// that was missed long ago may so stay missed.
    /// </summary>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public Deadline Extend(Deadline deadline, int workingDays)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workingDays);
        var last = clock.Calendar.AddWorkingDays(deadline.LastDay, workingDays);
        return new(
            // In days from here on: an extension speaks of days, and a later pause must carry days.
            DeadlineUnit.WorkingDay,
            WorkingClock.StartOf(last.AddDays(1)),
            _text.Extended(deadline, workingDays, last)
        );
    }

    private DateTimeOffset Due(DateTimeOffset start, DeadlineUnit unit, TimeSpan amount)
    {
        var day = WorkingClock.DayOf(start);
        return unit switch
        {
            DeadlineUnit.WorkingHour => clock.AddWorkingTime(start, amount),
            DeadlineUnit.UrgentWorkingHour => (start + amount).ToOffset(WorkingHours.BeijingOffset),
            DeadlineUnit.WorkingDay => WorkingClock.StartOf(
                clock.Calendar.AddWorkingDays(day, (int)amount.TotalDays).AddDays(1)
            ),
            _ => WorkingClock.StartOf(day.AddDays((int)amount.TotalDays + 1)),
        };
    }
}
