using System.Text.Json;
using GeoCivic.Database;

namespace GeoCivic.Tests.Issues;

/// <summary>The calendar and the rules of limits as administrators change them.</summary>
public sealed class CalendarTests(IssueStory story) : IClassFixture<IssueStory>
{
    private static Task<JsonElement> SendAsync(
        HttpClient who,
        HttpMethod method,
        string path,
        object? body,
        int status,
        string? code = null
    ) => IssueStory.SendAsync(who, method, path, body, status, code);

    [Fact]
    public async Task The_reference_years_are_there_and_one_can_be_entered_and_corrected()
    {
        var known = await SendAsync(
            story.Worker,
            HttpMethod.Get,
            "/api/calendar?year=2024",
            null,
            200
        );
        Assert.True(known.GetProperty("known").GetBoolean());
        Assert.Equal(36, known.GetProperty("days").GetArrayLength());
        var unknown = await SendAsync(
            story.Worker,
            HttpMethod.Get,
            "/api/calendar?year=2031",
            null,
            200
        );
        Assert.False(unknown.GetProperty("known").GetBoolean());

        var notice = new
        {
            notice = "试用通知",
            days = new[]
            {
                new
                {
                    date = "2031-01-01",
                    is_working = false,
                    name = "元旦",
                },
                new
                {
                    date = "2031-01-04",
                    is_working = true,
                    name = "元旦",
                },
            },
        };
        await SendAsync(
            story.Worker,
            HttpMethod.Put,
            "/api/calendar/2031",
            notice,
            403,
            "forbidden"
        );
        var entered = await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/calendar/2031",
            notice,
            200
        );
        Assert.Equal(1, entered.GetProperty("revision").GetInt32());
        var corrected = await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/calendar/2031",
            notice,
            200
        );
        Assert.Equal(2, corrected.GetProperty("revision").GetInt32());
        await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/calendar/2031",
            new
            {
                notice = "x",
                days = new[]
                {
                    new
                    {
                        date = "2030-01-01",
                        is_working = false,
                        name = "元旦",
                    },
                },
            },
            422,
            "unacceptable"
        );
        await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/calendar/2031",
            new { notice = "x", days = new[] { new { date = "2031-01-01", name = "元旦" } } },
            400,
            "invalid-body"
        );
    }

    [Fact]
    public async Task What_an_administrator_corrected_is_not_undone_by_the_reference_file()
    {
        var days = new[]
        {
            new
            {
                date = "2023-01-01",
                is_working = false,
                name = "元旦",
            },
        };
        await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/calendar/2023",
            new { notice = "更正", days },
            200
        );
        await ReferenceData.LoadAsync(story.Database, AppPaths.Data, CancellationToken.None);
        var kept = await SendAsync(
            story.Worker,
            HttpMethod.Get,
            "/api/calendar?year=2023",
            null,
            200
        );
        Assert.Equal(
            ("更正", 2, 1),
            (
                kept.GetProperty("notice").GetString(),
                kept.GetProperty("revision").GetInt32(),
                kept.GetProperty("days").GetArrayLength()
            )
        );
        // A year that nobody touched stays at its revision, however often the file is loaded.
        var other = await SendAsync(
            story.Worker,
            HttpMethod.Get,
            "/api/calendar?year=2022",
            null,
            200
        );
        Assert.Equal(1, other.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task A_limit_stands_when_the_calendar_changes_and_says_so()
    {
        var id = await story.DispatchedAsync();
        var before = (await story.GetAsync(story.Lead, id)).GetProperty("tasks")[0];
        Assert.False(before.GetProperty("calendar_changed").GetBoolean());
        await story.ExecuteAsync(
            "UPDATE calendar_years SET revision = revision + 1 WHERE year = 2026"
        );
        var after = (await story.GetAsync(story.Lead, id)).GetProperty("tasks")[0];
        Assert.True(after.GetProperty("calendar_changed").GetBoolean());
        Assert.Equal(
            before.GetProperty("due_at").GetString(),
            after.GetProperty("due_at").GetString()
        );
    }

    [Fact]
    public async Task A_street_sets_limits_of_its_own_and_the_general_ones_stand_behind_them()
    {
        var rules = new
        {
            rules = new object[]
            {
                new
                {
                    category = "facility_damage",
                    stage = "reply",
                    unit = "urgent_working_hour",
                    amount = 3,
                },
                new
                {
                    stage = "rectify",
                    unit = "working_hour",
                    amount = 10,
                },
            },
        };
        await SendAsync(
            story.Supervisor,
            HttpMethod.Put,
            "/api/clock-rules?street=life",
            rules,
            403,
            "forbidden"
        );
        await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/clock-rules?street=else",
            rules,
            404,
            "street-unknown"
        );
        var put = await SendAsync(
            story.Admin,
            HttpMethod.Put,
            "/api/clock-rules?street=life",
            rules,
            200
        );
        Assert.Equal(
            2,
            put.GetProperty("rules")
                .EnumerateArray()
                .Count(r => r.GetProperty("street").GetString() == "life")
        );
        try
        {
            var id = await story.ReportedAsync(("category", "facility_damage"));
            await story.StepAsync(story.Supervisor, id, new { to = "filed" });
            var sent = await story.StepAsync(
                story.Supervisor,
                id,
                new { to = "dispatched", body = "cg" }
            );
            var task = sent.GetProperty("tasks")[0];
            Assert.Equal(
                ("urgent_working_hour", 3),
                (
                    task.GetProperty("due_unit").GetString(),
                    task.GetProperty("due_amount").GetInt32()
                )
            );
            Assert.Equal(
                TimeSpan.FromHours(3),
                DateTimeOffset.Parse(task.GetProperty("due_at").GetString()!)
                    - DateTimeOffset.Parse(task.GetProperty("dispatched_at").GetString()!)
            );
            var replied = await story.StepAsync(
                story.Lead,
                id,
                new { to = "replied", note = "好" }
            );
            Assert.Equal(
                "working_hour",
                replied.GetProperty("tasks")[0].GetProperty("due_unit").GetString()
            );
        }
        finally
        {
            await SendAsync(
                story.Admin,
                HttpMethod.Put,
                "/api/clock-rules?street=life",
                new { rules = Array.Empty<object>() },
                200
            );
        }
    }

    [Fact]
    public async Task Without_the_years_calendar_a_dispatch_is_refused_and_a_report_is_taken()
    {
        var id = await story.ReportedAsync();
        await story.StepAsync(story.Supervisor, id, new { to = "filed" });
        var year = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).Year;
        await story.ExecuteAsync(
            "CREATE TABLE kept_years AS SELECT * FROM calendar_years; CREATE TABLE kept_days AS SELECT day, is_working, name, notice FROM calendar_days; DELETE FROM calendar_days; DELETE FROM calendar_years"
        );
        try
        {
            var refused = await story.StepAsync(
                story.Supervisor,
                id,
                new { to = "dispatched", body = "cg" },
                409,
                "calendar-missing"
            );
            Assert.Equal(year, refused.GetProperty("year").GetInt32());
            var taken = await story.ReportedAsync();
            var issue = await story.GetAsync(story.Supervisor, taken);
            Assert.Contains(
                "缺少",
                issue.GetProperty("file_due_explanation").GetProperty("zh").GetString(),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await story.ExecuteAsync(
                "INSERT INTO calendar_years SELECT * FROM kept_years; INSERT INTO calendar_days (day, is_working, name, notice) SELECT * FROM kept_days; DROP TABLE kept_years, kept_days"
            );
        }
    }
}
