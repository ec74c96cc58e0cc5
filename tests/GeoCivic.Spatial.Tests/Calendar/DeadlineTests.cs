using FsCheck;
using FsCheck.Fluent;
using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Spatial.Tests.Calendar;

public sealed class DeadlineTests
{
    private static readonly WorkingClock Clock = new(Calendars.Ours, WorkingHours.Default);
    private static readonly DeadlineClock Limits = new(Clock);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse($"{text}+08:00");

    private static Gen<DateTimeOffset> Instants { get; } =
        Gen.Choose(0, 3 * 366 * 24 * 60).Select(m => At("2022-01-03T00:00").AddMinutes(m));

    /// <summary>Working minutes of a span, minute by minute.</summary>
    private static int Walk(DateTimeOffset from, DateTimeOffset until)
    {
        var minutes = 0;
        for (var t = from; t < until; t = t.AddMinutes(1))
        {
            var local = t.ToOffset(TimeSpan.FromHours(8));
            minutes +=
                Calendars.IsWorked(DateOnly.FromDateTime(local.DateTime))
                && local.Hour is (>= 9 and < 12) or (>= 14 and < 18)
                    ? 1
                    : 0;
        }

        return minutes;
    }

    [Fact]
    public void Working_time_equals_walking_minute_by_minute() =>
        Prop.ForAll(
                Instants.ToArbitrary(),
                Gen.Choose(0, 20 * 24 * 60).ToArbitrary(),
                (start, length) =>
                    Clock.WorkingTimeBetween(start, start.AddMinutes(length)).TotalMinutes
                    == Walk(start, start.AddMinutes(length))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Adding_working_time_ends_at_the_first_instant_at_which_it_has_passed() =>
        Prop.ForAll(
                Instants.ToArbitrary(),
                Gen.Choose(1, 100 * 60).ToArbitrary(),
                (start, minutes) =>
                {
                    var end = Clock.AddWorkingTime(start, TimeSpan.FromMinutes(minutes));
                    return Clock.WorkingTimeBetween(start, end).TotalMinutes == minutes
                        && Clock.WorkingTimeBetween(start, end.AddMinutes(-1)).TotalMinutes
                            == minutes - 1;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("2024-02-09T17:30", 1, "2024-02-18T09:30")]
    [InlineData("2024-02-09T11:00", 7, "2024-02-18T11:00")]
    [InlineData("2024-05-06T09:00", 7, "2024-05-06T18:00")]
    [InlineData("2024-05-06T12:30", 1, "2024-05-06T15:00")]
    [InlineData("2024-05-04T03:00", 2, "2024-05-06T11:00")]
    [InlineData("2024-05-10T18:00", 2, "2024-05-11T11:00")]
    public void Working_hours_across_nights_and_holidays(string from, double hours, string due) =>
        Assert.Equal(At(due), Clock.AddWorkingHours(At(from), hours));

    [Theory]
    [InlineData("working_day", 2, "2024-02-20T00:00")]
    [InlineData("working_hour", 2, "2024-02-18T10:30")]
    [InlineData("urgent_working_hour", 2, "2024-02-09T19:30")]
    [InlineData("urgent_working_day", 2, "2024-02-12T00:00")]
    public void The_four_units_from_the_eve_of_the_Spring_Festival(
        string code,
        int amount,
        string due
    )
    {
        Assert.True(DeadlineUnits.TryParse(code, out var unit));
        Assert.Equal(code, unit.Code());
        var deadline = Limits.Start(At("2024-02-09T17:30"), amount, unit);
        Assert.Equal(At(due), deadline.DueAt);
        Assert.False(deadline.IsMissedAt(At(due).AddTicks(-1)));
        Assert.True(deadline.IsMissedAt(At(due)));
    }

    [Fact]
    public void A_deadline_says_what_was_skipped_and_what_was_worked()
    {
        var labour = Limits.Start(At("2024-04-30T16:05"), 7, DeadlineUnit.WorkingDay);
        Assert.Equal(At("2024-05-13T00:00").AddDays(1), labour.DueAt);
        Assert.Equal(new DateOnly(2024, 5, 13), labour.LastDay);
        Assert.Equal(
            "自2024-04-30 16:05起7个工作日，截至2024-05-13 24:00；跳过2024-05-01…05-05 劳动节、2024-05-12 周末；2024-05-11调休上班。",
            labour.Explanation.Zh
        );
        Assert.Equal(
            "7 working days from 2024-04-30 16:05, due by 2024-05-13 24:00; skipped 2024-05-01…05-05 Labour Day, 2024-05-12 weekend; worked to make up for a holiday: 2024-05-11.",
            labour.Explanation.En
        );

        var hours = Limits.Start(At("2024-09-30T17:00"), 2, DeadlineUnit.WorkingHour);
        Assert.Equal(
            "自2024-09-30 17:00起2个工作时，截至2024-10-08 10:00（工作时间09:00–12:00、14:00–18:00）；跳过2024-10-01…10-07 国庆节。",
            hours.Explanation.Zh
        );
        Assert.Contains(
            "runs through nights",
            Limits.Start(At("2024-09-30T17:00"), 1, DeadlineUnit.UrgentWorkingDay).Explanation.En,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "及周末",
            Limits.Start(At("2025-08-20T08:00"), 60, DeadlineUnit.WorkingDay).Explanation.Zh,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_was_left_at_the_pause_runs_again_at_the_resumption() =>
        Prop.ForAll(
                (
                    from start in Instants
                    from unit in Gen.Elements(Enum.GetValues<DeadlineUnit>())
                    from amount in Gen.Choose(1, 20)
                    from before in Gen.Choose(0, 40 * 24 * 60)
                    from pause in Gen.Choose(0, 60 * 24 * 60)
                    select (start, unit, amount, before, pause)
                ).ToArbitrary(),
                x =>
                {
                    var deadline = Limits.Start(x.start, x.amount, x.unit);
                    var pausedAt = x.start.AddMinutes(x.before);
                    var resumedAt = pausedAt.AddMinutes(x.pause);
                    var left = Limits.Remaining(deadline, pausedAt);
                    var resumed = Limits.Resume(deadline, left, resumedAt);
                    if (left is null)
                    {
                        return deadline.IsMissedAt(pausedAt) && resumed == deadline;
                    }

                    // The same is left as before, a pause of no length changes nothing that was to come, and time is
                    // never taken away.
                    return Limits.Remaining(resumed, resumedAt) == left
                        && resumed.DueAt >= deadline.DueAt
                        && (
                            x.pause > 0
                            || Clock.Calendar.WorkingDaysBetween(deadline.LastDay, resumed.LastDay)
                                == 0
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    // Two working days from Thursday, suspended on Friday with one left, resumed after the festival.
    [InlineData("2024-02-08T10:00", "2024-02-09T10:00", "2024-02-19T10:00", "2024-02-21T00:00")]
    [InlineData("2024-02-08T10:00", "2024-02-18T10:00", "2024-02-24T10:00", "2024-02-25T00:00")]
    public void A_pause_over_the_Spring_Festival(
        string start,
        string paused,
        string resumed,
        string due
    )
    {
        var deadline = Limits.Start(At(start), 2, DeadlineUnit.WorkingDay);
        var left = Limits.Remaining(deadline, At(paused));
        Assert.Equal(At(due), Limits.Resume(deadline, left, At(resumed)).DueAt);
    }

    [Fact]
    public void An_extension_counts_working_days_from_the_last_day()
    {
        var deadline = Limits.Start(At("2024-04-26T10:00"), 2, DeadlineUnit.WorkingDay);
        // Sunday 28 April is worked, Monday is the second day.
        Assert.Equal(new DateOnly(2024, 4, 29), deadline.LastDay);
        var extended = Limits.Extend(deadline, 2);
        Assert.Equal(new DateOnly(2024, 5, 6), extended.LastDay);
        Assert.Contains("延期2个工作日", extended.Explanation.Zh, StringComparison.Ordinal);
        Assert.Contains("劳动节", extended.Explanation.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Working_hours_can_be_set_and_wrong_ones_are_refused()
    {
        var summer = new WorkingClock(
            Calendars.Ours,
            new WorkingHours([(TimeSpan.FromHours(8.5), TimeSpan.FromHours(24))])
        );
        Assert.Equal(At("2024-05-07T09:30"), summer.AddWorkingHours(At("2024-05-06T23:00"), 2));
        Assert.Throws<ArgumentException>(() => new WorkingHours([]));
        Assert.Throws<ArgumentException>(() =>
            new WorkingHours([
                (TimeSpan.FromHours(9), TimeSpan.FromHours(12)),
                (TimeSpan.FromHours(11), TimeSpan.FromHours(13)),
            ])
        );
        Assert.Throws<ArgumentException>(() =>
            new WorkingHours([(TimeSpan.FromHours(20), TimeSpan.FromHours(25))])
        );
    }
}
