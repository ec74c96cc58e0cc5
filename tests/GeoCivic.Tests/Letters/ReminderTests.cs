using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.Letters;
using GeoCivic.Tests.Http;
using Microsoft.Extensions.Configuration;

namespace GeoCivic.Tests.Letters;

public sealed class ReminderTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    // 2026: Spring Festival 15–23 February, worked Saturdays 14 and 28 February.
    private static DateTimeOffset Day(int month, int day, int hour = 9) =>
        new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    private Reminders Of(TimeProvider clock) =>
        new(service.Database, clock, new ConfigurationBuilder().Build());

    private Task<Guid> LetterAsync(string street, int level) =>
        service.ScalarAsync<Guid>(
            "SELECT letter_id FROM letters WHERE street_code = @street AND level = @level",
            ("street", street),
            ("level", level)
        );

    [Fact]
    public async Task Over_the_Spring_Festival_only_working_days_count_until_the_next_level()
    {
        var street = await LetterStreet.CreateAsync(service, "festival");
        // Dispatched on Wednesday the 11th: two working days end with Friday the 13th.
        var issue = await street.DispatchedAsync("F-1", Day(2, 11), Day(2, 14, 0));
        var caller = street.Supervisor();
        var clock = new SetClock(Day(2, 13, 23));
        var reminders = Of(clock);
        Task<IReadOnlyList<ReminderDue>> DueAsync() =>
            reminders.DueAsync("festival", caller, day: null, CancellationToken.None);

        Assert.Empty(await DueAsync());
        clock.Now = Day(2, 14);
        var first = Assert.Single(await DueAsync());
        // The Saturday is worked.
        Assert.Equal(
            (issue, 1, 1, "festival主要领导"),
            (first.Issue, first.Level, first.DaysOverdue, first.Addressee)
        );
        Assert.Equal(
            (1, 1),
            await reminders.DraftAsync("festival", caller, CancellationToken.None)
        );
        // Drafted once, and previewed no more; a draft has no number and does not escalate.
        Assert.Equal(
            (0, 0),
            await reminders.DraftAsync("festival", caller, CancellationToken.None)
        );
        clock.Now = Day(3, 2);
        Assert.Empty(await DueAsync());
        clock.Now = Day(2, 14, 10);
        await reminders.ConfirmAsync(
            await LetterAsync("festival", 1),
            caller,
            CancellationToken.None
        );
        Assert.Equal(
            "festival提函〔2026〕1号",
            await service.ScalarAsync<string>(
                "SELECT number FROM letters WHERE street_code = 'festival' AND level = 1"
            )
        );

        // Two working days after the 14th are the 24th and the 25th; nine days of festival do not count.
        clock.Now = Day(2, 23);
        Assert.Empty(await DueAsync());
        clock.Now = Day(2, 25, 23);
        Assert.Empty(await DueAsync());
        clock.Now = Day(2, 26);
        var second = Assert.Single(await DueAsync());
        Assert.Equal((2, 4, "分管市领导"), (second.Level, second.DaysOverdue, second.Addressee));
        // What a day will bring can be asked before.
        clock.Now = Day(2, 20);
        Assert.Equal(
            2,
            Assert
                .Single(
                    await reminders.DueAsync(
                        "festival",
                        caller,
                        new DateOnly(2026, 2, 26),
                        CancellationToken.None
                    )
                )
                .Level
        );
        clock.Now = Day(2, 26);
        Assert.Equal(
            (1, 1),
            await reminders.DraftAsync("festival", caller, CancellationToken.None)
        );
        Assert.Contains(
            "festival提函〔2026〕1号",
            await service.ScalarAsync<string>(
                "SELECT array_to_string(paragraphs, ' ') FROM letters WHERE street_code = 'festival' AND level = 2"
            ),
            StringComparison.Ordinal
        );
        await reminders.ConfirmAsync(
            await LetterAsync("festival", 2),
            caller,
            CancellationToken.None
        );
        clock.Now = Day(3, 20);
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task Drafting_in_parallel_drafts_each_once()
    {
        var street = await LetterStreet.CreateAsync(service, "parallel");
        for (var i = 0; i < 5; i++)
        {
            await street.DispatchedAsync($"i{i}", Day(3, 2), Day(3, 5, 0));
        }

        var reminders = Of(new SetClock(Day(3, 6)));
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    reminders.DraftAsync("parallel", street.Supervisor(), CancellationToken.None)
                )
        );
        Assert.Equal(5, results.Sum(r => r.Drafted));
        Assert.Equal(
            5,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM letters WHERE street_code = 'parallel'"
            )
        );
    }

    [Fact]
    public async Task A_draft_does_not_go_out_when_the_body_complied_and_is_discarded_for_good()
    {
        var street = await LetterStreet.CreateAsync(service, "complied");
        var issue = await street.DispatchedAsync("C-1", Day(3, 2), Day(3, 5, 0));
        var caller = street.Supervisor();
        var reminders = Of(new SetClock(Day(3, 6)));
        await reminders.DraftAsync("complied", caller, CancellationToken.None);
        await service.ExecuteAsync(
            "UPDATE issue_tasks SET state = 'done', done_at = now() WHERE issue_id = @id",
            ("id", issue)
        );
        var id = await LetterAsync("complied", 1);
        var fault = await Assert.ThrowsAsync<ProblemException>(() =>
            reminders.ConfirmAsync(id, caller, CancellationToken.None)
        );
        Assert.Equal("letter-outdated", fault.Kind.Code);
        await reminders.VoidAsync(id, caller, CancellationToken.None);
        await reminders.VoidAsync(id, caller, CancellationToken.None);
        fault = await Assert.ThrowsAsync<ProblemException>(() =>
            reminders.ConfirmAsync(id, caller, CancellationToken.None)
        );
        Assert.Equal("letter-void", fault.Kind.Code);
        await service.ExecuteAsync(
            "UPDATE issue_tasks SET state = 'open', done_at = NULL WHERE issue_id = @id",
            ("id", issue)
        );
        Assert.Empty(await reminders.DueAsync("complied", caller, null, CancellationToken.None));
        // No number was taken.
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM letter_books WHERE street_code = 'complied'"
            )
        );
    }

    [Fact]
    public async Task Over_the_API_a_supervisor_previews_drafts_and_confirms_and_others_do_not()
    {
        var street = await LetterStreet.CreateAsync(service, "api");
        var now = DateTimeOffset.UtcNow;
        await street.DispatchedAsync("P-1", now.AddDays(-9), now.AddDays(-5));
        using var supervisor = await service.SignInAsAsync(
            "api-supervisor",
            Role.Supervisor,
            "api"
        );
        using var preview = JsonDocument.Parse(
            await supervisor.GetStringAsync("/api/reminders/preview?street=api")
        );
        var due = preview.RootElement.GetProperty("reminders").EnumerateArray().Single();
        Assert.Equal("P-1", due.GetProperty("issue_code").GetString());
        Assert.Equal("城管中队", due.GetProperty("body_name").GetString());
        Assert.EndsWith("+08:00", due.GetProperty("due_at").GetString(), StringComparison.Ordinal);

        foreach (
            var (name, role) in ((string, Role)[])
                [
                    ("api-worker", Role.Worker),
                    ("api-handler", Role.Worker),
                    ("api-auditor", Role.Auditor),
                ]
        )
        {
            using var other = await service.SignInAsAsync(name, role, "api");
            using var refused = await other.PostAsync("/api/reminders?street=api", null);
            await ServiceFixture.ProblemAsync(refused, 403, "forbidden", name);
        }

        using var drafted = await supervisor.PostAsync("/api/reminders?street=api", null);
        Assert.Equal(
            1,
            (await drafted.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("drafted")
                .GetInt32()
        );
        // A draft is nothing yet: who cannot confirm it does not see it.
        var id = await LetterAsync("api", 1);
        using var worker = await service.SignInAsAsync("api-worker-2", Role.Worker, "api");
        using var hidden = await worker.GetAsync($"/api/letters/{id}");
        await ServiceFixture.ProblemAsync(hidden, 404, "not-found", "a draft");

        // A supervisor of another community does not confirm it, nor even see it.
        using var beside = await service.SignInAsAsync("api-beside", Role.Supervisor, "api", "B");
        using var nothing = await beside.PostAsync($"/api/letters/{id}/confirm", null);
        await ServiceFixture.ProblemAsync(nothing, 404, "not-found", "another community");

        using var confirmed = await supervisor.PostAsync($"/api/letters/{id}/confirm", null);
        var letter = await confirmed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("issued", letter.GetProperty("state").GetString());
        Assert.EndsWith(
            "〕1号",
            letter.GetProperty("number").GetString(),
            StringComparison.Ordinal
        );
        using var again = await supervisor.PostAsync($"/api/letters/{id}/confirm", null);
        Assert.Equal(
            letter.GetProperty("number").GetString(),
            (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()
        );
        (await worker.GetAsync($"/api/letters/{id}")).EnsureSuccessStatusCode();
        using var discarded = await supervisor.PostAsync($"/api/letters/{id}/void", null);
        Assert.Equal(
            "void",
            (await discarded.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("state")
                .GetString()
        );
    }

    [Theory]
    [InlineData("/api/reminders/preview", 400, "invalid-parameter")]
    [InlineData("/api/reminders/preview?street=nowhere", 404, "street-unknown")]
    [InlineData("/api/reminders/preview?street=nowhere&on=2026-02-30", 400, "invalid-parameter")]
    [InlineData("/api/letters?kind=love", 400, "invalid-parameter")]
    [InlineData("/api/letters?issue=1", 400, "invalid-parameter")]
    [InlineData("/api/letters?cursor=AAAA", 400, "invalid-parameter")]
    [InlineData("/api/performance?street=nowhere", 404, "street-unknown")]
    public async Task What_cannot_be_answered_is_a_problem(string path, int status, string code) =>
        await service.GetProblemAsync(path, status, code);
}
