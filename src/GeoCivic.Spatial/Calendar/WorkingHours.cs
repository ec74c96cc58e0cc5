namespace GeoCivic.Spatial.Calendar;

/// <summary>The hours of a working day in Beijing time (UTC+8 all year), as intervals in order, not touching.</summary>
public sealed class WorkingHours
{
    /// <summary>Beijing time's offset from UTC.</summary>
    public static readonly TimeSpan BeijingOffset = TimeSpan.FromHours(8);

    /// <summary>09:00–12:00 and 14:00–18:00: seven hours a day.</summary>
    public static readonly WorkingHours Default = new([
        (TimeSpan.FromHours(9), TimeSpan.FromHours(12)),
        (TimeSpan.FromHours(14), TimeSpan.FromHours(18)),
    ]);

    /// <summary>Checks and keeps the intervals.</summary>
    /// <param name="intervals">From and until, as time since midnight, at most 24 hours.</param>
    /// <exception cref="ArgumentException">There is none, or they are empty, overlap or lie outside the day.</exception>
    public WorkingHours(IEnumerable<(TimeSpan From, TimeSpan Until)> intervals)
    {
        Intervals = [.. intervals];
        var end = TimeSpan.FromTicks(-1);
        foreach (var (from, until) in Intervals)
        {
            if (from <= end || until <= from || until > TimeSpan.FromDays(1))
            {
                throw new ArgumentException(
                    "Working hours are intervals inside one day, in order, and do not touch.",
                    nameof(intervals)
                );
            }

            end = until;
            PerDay += until - from;
        }

        if (PerDay == TimeSpan.Zero)
        {
            throw new ArgumentException("A working day has working hours.", nameof(intervals));
        }
    }

    /// <summary>From and until of each interval, as time since midnight.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan Until)> Intervals { get; }

    /// <summary>Working time of a whole day.</summary>
    public TimeSpan PerDay { get; }

    /// <summary>As text, 09:00–12:00、14:00–18:00.</summary>
    public override string ToString() =>
        string.Join(
            '、',
            Intervals.Select(i =>
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{(int)i.From.TotalHours:00}:{i.From.Minutes:00}–{(int)i.Until.TotalHours:00}:{i.Until.Minutes:00}"
                )
            )
        );
}
