using FsCheck;
using FsCheck.Fluent;
using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Spatial.Tests.Calendar;

public sealed class WorkingCalendarTests
{
    private static DateOnly Day(string text) => DateOnly.Parse(text);

    private static Gen<DateOnly> Days(string first, string last) =>
        Gen.Choose(Day(first).DayNumber, Day(last).DayNumber).Select(DateOnly.FromDayNumber);

    [Fact]
    public void Every_day_of_the_table_is_as_in_an_independent_transcription()
    {
        Assert.Equal([2020, 2021, 2022, 2023, 2024, 2025, 2026], Calendars.Ours.Years);
        Assert.True(Calendars.Listed.Count > 250);
        Assert.Equal(
            Calendars.Days().Where(Calendars.IsWorked),
            Calendars.Days().Where(Calendars.Ours.IsWorkingDay)
        );
        // A day the table calls worked is one that the bare week would call free.
        Assert.DoesNotContain(
            Calendars.Days(),
            d =>
                Calendars.Ours.Exception(d) is { IsWorking: true }
                && d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        );
    }

    [Fact]
    public void Adding_working_days_equals_walking_day_by_day() =>
        Prop.ForAll(
                Days("2020-01-01", "2025-06-30").ToArbitrary(),
                Gen.Choose(0, 300).ToArbitrary(),
                (start, count) =>
                {
                    var walked = start;
                    for (var left = count; left > 0; )
                    {
                        walked = walked.AddDays(1);
                        left -= Calendars.IsWorked(walked) ? 1 : 0;
                    }

                    return Calendars.Ours.AddWorkingDays(start, count) == walked;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Counting_working_days_equals_walking_and_undoes_adding() =>
        Prop.ForAll(
                Days("2020-01-01", "2026-12-31").ToArbitrary(),
                Days("2020-01-01", "2026-12-31").ToArbitrary(),
                (a, b) =>
                {
                    var (from, to) = a <= b ? (a, b) : (b, a);
                    var count = Calendars.Ours.WorkingDaysBetween(from, to);
                    var walked = 0;
                    for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
                    {
                        walked += Calendars.IsWorked(day) ? 1 : 0;
                    }

                    return count == walked
                        && Calendars.Ours.AddWorkingDays(from, count) <= to
                        && (
                            !Calendars.IsWorked(to)
                            || from == to
                            || Calendars.Ours.AddWorkingDays(from, count) == to
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    // Spring Festival 2024: 4 February worked, 10 to 17 free, Sunday 18 worked.
    [InlineData("2024-02-08", 2, "2024-02-18")]
    [InlineData("2024-02-09", 1, "2024-02-18")]
    [InlineData("2024-02-09", 2, "2024-02-19")]
    [InlineData("2024-02-02", 2, "2024-02-05")]
    // 2020: the holiday was prolonged to 2 February; Saturday 1 February, to be worked at first, was free.
    [InlineData("2020-01-23", 1, "2020-02-03")]
    [InlineData("2020-01-17", 1, "2020-01-19")]
    // 2025 and 2026.
    [InlineData("2025-01-24", 3, "2025-02-05")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    // Labour Day with a Saturday worked after it; National Day; the turn of the year.
    [InlineData("2024-04-30", 2, "2024-05-07")]
    [InlineData("2024-05-10", 1, "2024-05-11")]
    [InlineData("2026-09-30", 2, "2026-10-09")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2022-12-30", 2, "2023-01-04")]
    [InlineData("2024-05-04", 0, "2024-05-04")]
    public void Known_cases(string from, int count, string due) =>
        Assert.Equal(Day(due), Calendars.Ours.AddWorkingDays(Day(from), count));

    [Theory]
    [InlineData("2026-12-31", 1, 2027)]
    [InlineData("2026-12-31", int.MaxValue, 2027)]
    [InlineData("2019-12-31", 1, 2019)]
    [InlineData("2027-06-01", 0, 2027)]
    [InlineData("9999-12-31", 5, 9999)]
    public void A_year_that_is_not_known_is_named_and_never_guessed(
        string from,
        int count,
        int missing
    ) =>
        Assert.Equal(
            missing,
            Assert
                .Throws<CalendarYearMissingException>(() =>
                    Calendars.Ours.AddWorkingDays(Day(from), count)
                )
                .Year
        );

    [Fact]
    public void A_missing_year_between_two_known_ones_is_missed()
    {
        var gap = new WorkingCalendar([2024, 2026], []);
        Assert.Equal(
            2025,
            Assert
                .Throws<CalendarYearMissingException>(() =>
                    gap.AddWorkingDays(Day("2024-12-30"), 2)
                )
                .Year
        );
        Assert.Throws<CalendarYearMissingException>(() => gap.IsWorkingDay(Day("2025-03-03")));
        Assert.Throws<CalendarYearMissingException>(() =>
            gap.WorkingDaysBetween(Day("2024-12-30"), Day("2026-01-05"))
        );
        Assert.Equal(Day("2026-01-05"), gap.AddWorkingDays(Day("2026-01-02"), 1));
        Assert.Throws<CalendarYearMissingException>(() =>
            new WorkingCalendar([], []).IsWorkingDay(Day("2024-01-02"))
        );
    }

    [Theory]
    [InlineData("", "starts with")]
    [InlineData("date,is_working,name,notice\n2024-1-1,false,元旦,x\n", "Line 2")]
    [InlineData("date,is_working,name,notice\n2024-01-01,no,元旦,x\n", "Line 2")]
    [InlineData("date,is_working,name,notice\n2024-01-01,false,元旦\n", "Line 2")]
    public void A_table_that_is_not_one_is_refused_by_line(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert
                .Throws<FormatException>(() => CalendarTable.Read(new StringReader(text)))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_day_named_twice_and_differently_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new WorkingCalendar(
                [2024],
                [
                    new CalendarDay(Day("2024-01-01"), false, "元旦", ""),
                    new CalendarDay(Day("2024-01-01"), true, "元旦", ""),
                ]
            )
        );
}
