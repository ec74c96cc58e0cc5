using GeoCivic.Database;
using GeoCivic.Spatial.Calendar;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>The working calendar as the database has it.</summary>
/// <param name="Calendar">The days.</param>
/// <param name="Revision">Grows with every change of any year; kept with each limit computed.</param>
public sealed record Calendars(WorkingCalendar Calendar, int Revision)
{
    /// <summary>Computes limits by this calendar.</summary>
    public DeadlineClock Clock { get; } = new(new WorkingClock(Calendar, WorkingHours.Default));

    /// <summary>Reads the calendar: some hundred rows.</summary>
    public static async Task<Calendars> LoadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Issues/calendar_rows.sql"),
            connection
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var years = new List<int>();
        var revision = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            years.Add(rows.GetInt32(0));
            revision += rows.GetInt32(1);
        }

        await rows.NextResultAsync(cancellationToken);
        var days = new List<CalendarDay>();
        while (await rows.ReadAsync(cancellationToken))
        {
            days.Add(
                new CalendarDay(
                    rows.GetFieldValue<DateOnly>(0),
                    rows.GetBoolean(1),
                    rows.GetString(2),
                    rows.GetString(3)
                )
            );
        }

        return new Calendars(new WorkingCalendar(years, days), revision);
    }
}
