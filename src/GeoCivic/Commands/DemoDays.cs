using GeoCivic.Database;
using GeoCivic.Issues;
using GeoCivic.Spatial.Calendar;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>The working days before the day on which the demo is loaded.</summary>
internal sealed class DemoDays
{
    // More than the longest script goes back.
    private const int Most = 15;
    private readonly DateTimeOffset _now;
    private readonly List<DateOnly> _days;

    private DemoDays(DateTimeOffset now, List<DateOnly> days)
    {
        _now = now;
        _days = days;
    }

    /// <summary>Reads them from the calendar; null when it does not know the weeks before and after.</summary>
    public static async Task<DemoDays?> ReadAsync(
        NpgsqlDataSource source,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var calendar = (await Calendars.LoadAsync(connection, cancellationToken)).Calendar;
        var today = DateOnly.FromDateTime(now.ToOffset(BeijingTime.Offset).DateTime);
        try
        {
            // The latest limits that stories set.
            calendar.AddWorkingDays(today, Most);
            var days = new List<DateOnly>();
            for (var day = today.AddDays(-1); days.Count < Most; day = day.AddDays(-1))
            {
                if (calendar.IsWorkingDay(day))
                {
                    days.Add(day);
                }
            }

            return new DemoDays(now, days);
        }
        catch (CalendarYearMissingException)
        {
            return null;
        }
    }

    /// <summary>The instant that a script means.</summary>
    public DateTimeOffset Instant(DemoTime time) =>
        time.WorkingDaysAgo == 0
            ? _now.AddMinutes(-time.MinutesAgo)
            : new DateTimeOffset(
                _days[time.WorkingDaysAgo - 1].ToDateTime(time.Time),
                BeijingTime.Offset
            );
}
