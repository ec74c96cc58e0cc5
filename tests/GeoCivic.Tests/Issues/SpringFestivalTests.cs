using GeoCivic.Accounts;
using GeoCivic.Issues;
using GeoCivic.Spatial.Calendar;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Issues;

/// <summary>Limits across the Spring Festival of 2024 (10 to 17 February free, Sunday 18 worked), kept in the database.</summary>
public sealed class SpringFestivalTests(IssueStory story) : IClassFixture<IssueStory>
{
    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse($"{text}+08:00");

    [Fact]
    public async Task Two_working_days_end_after_the_festival_and_a_pause_over_it_takes_nothing()
    {
        var id = Guid.Parse(await story.ReportedAsync());
        var clock = new Clock();
        var steps = new IssueSteps(story.Database, clock, []);
        var caller = (
            await story
                .Services.GetRequiredService<Callers>()
                .OfUserAsync("supervisor", CancellationToken.None)
        )!;
        async Task StepAsync(string at, IssueState to, string? body = null, string? note = null)
        {
            clock.Now = At(at);
            await steps.TakeAsync(
                id,
                new IssueStep(
                    Guid.NewGuid(),
                    to,
                    note,
                    body,
                    null,
                    [],
                    null,
                    null,
                    null,
                    new byte[32]
                ),
                caller,
                ifMatch: null,
                CancellationToken.None
            );
        }

        await StepAsync("2024-02-07T09:00", IssueState.Filed);
        await StepAsync("2024-02-08T10:00", IssueState.Dispatched, "cg");
        // The 9th and the 18th; five for the rectification: on to the 21st.
        Assert.Equal(
            (At("2024-02-19T00:00"), At("2024-02-22T00:00")),
            (await DueAsync(id, "reply"), await DueAsync(id, "rectify"))
        );
        Assert.Equal(
            "自2024-02-08 10:00起2个工作日，截至2024-02-18 24:00；跳过2024-02-10…02-17 春节；2024-02-18调休上班。",
            await story.ScalarAsync<string>(
                "SELECT due_explanation_zh FROM issue_tasks WHERE issue_id = @id",
                ("id", id)
            )
        );

        // One and four days are left on the 9th; they run again from the 19th.
        await StepAsync("2024-02-09T10:00", IssueState.Suspended, note: "春节停工");
        Assert.Equal(
            86_400L,
            await story.ScalarAsync<long>(
                "SELECT remaining_seconds FROM issue_tasks WHERE issue_id = @id",
                ("id", id)
            )
        );
        await StepAsync("2024-02-19T10:00", IssueState.Dispatched);
        Assert.Equal(
            (At("2024-02-21T00:00"), At("2024-02-24T00:00")),
            (await DueAsync(id, "reply"), await DueAsync(id, "rectify"))
        );

        // A limit missed before a pause stays missed.
        await StepAsync("2024-02-21T09:00", IssueState.Suspended, note: "再停");
        await StepAsync("2024-03-01T09:00", IssueState.Dispatched);
        Assert.Equal(At("2024-02-21T00:00"), await DueAsync(id, "reply"));
        Assert.True(await DueAsync(id, "rectify") > At("2024-03-01T09:00"));

        // No calendar reaches as far as this: refused with the year, and nothing is written.
        id = Guid.Parse(await story.ReportedAsync());
        await StepAsync("2024-02-07T09:00", IssueState.Filed);
        var missing = await Assert.ThrowsAsync<CalendarYearMissingException>(() =>
            StepAsync("2099-01-05T10:00", IssueState.Dispatched, "cg")
        );
        Assert.Equal(2099, missing.Year);
        Assert.Equal(
            ("filed", 0L),
            (
                await story.ScalarAsync<string>(
                    "SELECT state FROM issues WHERE id = @id",
                    ("id", id)
                ),
                await story.ScalarAsync<long>(
                    "SELECT count(*) FROM issue_tasks WHERE issue_id = @id",
                    ("id", id)
                )
            )
        );
    }

    private async Task<DateTimeOffset> DueAsync(Guid id, string stage) =>
        new DateTimeOffset(
            await story.ScalarAsync<DateTime>(
                $"SELECT due_at FROM task_deadlines WHERE issue_id = '{id}' AND stage = '{stage}'"
            ),
            TimeSpan.Zero
        ).ToOffset(TimeSpan.FromHours(8));
}
