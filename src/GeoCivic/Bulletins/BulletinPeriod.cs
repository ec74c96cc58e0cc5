namespace GeoCivic.Bulletins;

/// <summary>The days a bulletin speaks of (Beijing days), and those it compares them with.</summary>
/// <param name="On">The day it is due, the day after <paramref name="To"/>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="PreviousFrom">First day of the period before, which ends the day before <paramref name="From"/>.</param>
internal sealed record BulletinPeriod(
    DateOnly On,
    DateOnly From,
    DateOnly To,
    DateOnly PreviousFrom
)
{
    /// <summary>Wednesday, as 每周三 asks; ISO 8601 numbers, 1 is Monday.</summary>
    public const int StandardWeekday = 3;

    /// <summary>The period of the bulletin due on a day; null when none of the kind is due that day.</summary>
    /// <param name="kind">A kind.</param>
    /// <param name="on">The day.</param>
    /// <param name="weekday">Day of the week of weekly ones, 1 is Monday.</param>
    public static BulletinPeriod? DueOn(string kind, DateOnly on, int weekday) =>
        kind switch
        {
            BulletinKind.Weekly when IsoWeekday(on) == weekday => Of(
                on,
                on.AddDays(-7),
                on.AddDays(-14)
            ),
            // The first half ends with the 15th, the second with the month.
            BulletinKind.HalfMonthly when on.Day == 16 => Of(
                on,
                on.AddDays(-15),
                on.AddDays(-15).AddMonths(-1).AddDays(15)
            ),
            BulletinKind.HalfMonthly when on.Day == 1 => Of(
                on,
                on.AddMonths(-1).AddDays(15),
                on.AddMonths(-1)
            ),
            BulletinKind.Monthly when on.Day == 1 => Of(on, on.AddMonths(-1), on.AddMonths(-2)),
            _ => null,
        };

    /// <summary>The last bulletin of a kind that was due by a day.</summary>
    public static BulletinPeriod Last(string kind, DateOnly day, int weekday)
    {
        for (var on = day; ; on = on.AddDays(-1))
        {
            if (DueOn(kind, on, weekday) is { } period)
            {
                return period;
            }
        }
    }

    /// <summary>The next bulletin of a kind that is due after a day.</summary>
    public static BulletinPeriod Next(string kind, DateOnly day, int weekday)
    {
        for (var on = day.AddDays(1); ; on = on.AddDays(1))
        {
            if (DueOn(kind, on, weekday) is { } period)
            {
                return period;
            }
        }
    }

    private static BulletinPeriod Of(DateOnly on, DateOnly from, DateOnly previous) =>
        new(on, from, on.AddDays(-1), previous);

    private static int IsoWeekday(DateOnly day) =>
        day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
}
