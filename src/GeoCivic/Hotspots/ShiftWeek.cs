using System.Globalization;
using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>A stretch of the day on some weekdays.</summary>
/// <param name="Weekdays">1 Monday to 7 Sunday.</param>
/// <param name="From">Beginning, <c>07:00</c>.</param>
/// <param name="To">End, not included.</param>
internal sealed record ShiftStretch(IReadOnlyList<int> Weekdays, string From, string To);

/// <summary>
/// How the shifts divide a week, asked of <c>shift_at</c> itself in steps of five minutes, so that the rule stands in one
/// place.
/// </summary>
internal sealed class ShiftWeek
{
    private const int Steps = 24 * 12;
    private readonly string[,] _shifts = new string[7, Steps];

    public static async Task<ShiftWeek> ReadAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        var week = new ShiftWeek();
        await using var command = source.CreateCommand(Sql.Load("Hotspots/shift_week.sql"));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            week._shifts[rows.GetInt32(0) - 1, rows.GetInt32(2) / 5] = rows.GetString(1);
        }

        return week;
    }

    /// <summary>The share of the hours of some days, first to last, that a shift covers.</summary>
    public double Share(string shift, DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber + 1;
        var covered = 0d;
        for (var weekday = 0; weekday < 7; weekday++)
        {
            // DayNumber 0, 1 January of year 1, was a Monday.
            var offset = (((weekday - first.DayNumber) % 7) + 7) % 7;
            var times = offset < days ? ((days - 1 - offset) / 7) + 1 : 0;
            covered += times * Enumerable.Range(0, Steps).Count(s => _shifts[weekday, s] == shift);
        }

        return covered / (days * (double)Steps);
    }

    /// <summary>When a shift runs.</summary>
    public IReadOnlyList<ShiftStretch> Stretches(string shift)
    {
        var found = new List<(int Weekday, int From, int To)>();
        for (var weekday = 0; weekday < 7; weekday++)
        {
            for (var step = 0; step < Steps; step++)
            {
                if (_shifts[weekday, step] != shift)
                {
                    continue;
                }

                if (found.Count > 0 && found[^1] is var (d, from, to) && d == weekday && to == step)
                {
                    found[^1] = (weekday, from, step + 1);
                }
                else
                {
                    found.Add((weekday, step, step + 1));
                }
            }
        }

        return
        [
            .. found
                .GroupBy(f => (f.From, f.To))
                .OrderBy(g => g.Key)
                .Select(g => new ShiftStretch(
                    [.. g.Select(f => f.Weekday + 1)],
                    Clock(g.Key.From),
                    Clock(g.Key.To)
                )),
        ];
    }

    private static string Clock(int step) =>
        string.Create(CultureInfo.InvariantCulture, $"{step / 12:00}:{step % 12 * 5:00}");
}
