using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Database;
using GeoCivic.Photos;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Commands;

public sealed class DemoStoriesTests(ServiceFixture service)
    : IClassFixture<ServiceFixture>,
        IDisposable
{
    private const string Street = ServiceFixture.DemoStreet;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(
        "geocivic-test-stories-"
    );

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<int> PlayAsync()
    {
        await using var accounts = CommandAccounts.Over(
            Schema.CreateDataSource(service.ConnectionString)
        );
        await DemoAccounts.MakeAsync(accounts.Book, CancellationToken.None);
        using var stories = new DemoStories(
            accounts,
            new FilePhotoStore(folder.FullName, TimeProvider.System),
            Street,
            TimeProvider.System
        );
        return await stories.PlayAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stories_fill_board_inbox_letters_and_rates_with_what_the_operations_made()
    {
        await service.LoadDemoAsync();
        var imported = await service.ScalarAsync<long>("SELECT count(*) FROM issues");
        var played = await PlayAsync();
        Assert.Equal(DemoStory.Read().Count, played);
        Assert.Equal(
            imported + played,
            await service.ScalarAsync<long>("SELECT count(*) FROM issues")
        );

        // Every state of an issue's life is there to be seen.
        var states = await service.ScalarAsync<string[]>(
            "SELECT array_agg(DISTINCT state) FROM issues WHERE origin = 'app'"
        );
        Assert.Empty(
            new[]
            {
                "reported",
                "filed",
                "dispatched",
                "replied",
                "rectified",
                "verified",
                "cancelled",
                "returned",
                "extended",
                "suspended",
                "reopened",
                "rejected",
                "merged",
                "fixed_on_spot",
            }.Except(states)
        );
        // Nothing happens in the future, and every story in the order of its time.
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                """
                SELECT count(*) FROM (
                    SELECT recorded_at, lag(recorded_at) OVER (PARTITION BY issue_id ORDER BY seq) AS before FROM issue_events) e
                WHERE recorded_at > now() OR recorded_at < before
                """
            )
        );
        // Numbers have no gap.
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                """
                SELECT count(*) FROM letter_books b
                WHERE b.last <> (SELECT count(*) FROM letters l WHERE (l.street_code, l.kind, l.year) = (b.street_code, b.kind, b.year))
                """
            )
        );

        using var preview = await service.GetJsonAsync($"/api/reminders/preview?street={Street}");
        Assert.Contains(
            preview.RootElement.GetProperty("reminders").EnumerateArray(),
            r => r.GetProperty("level").GetInt32() == 1
        );
        using var drafts = await service.GetJsonAsync($"/api/letters?street={Street}&state=draft");
        var levels = drafts
            .RootElement.GetProperty("letters")
            .EnumerateArray()
            .Select(l => l.GetProperty("level").GetInt32())
            .ToList();
        Assert.Contains(1, levels);
        Assert.Contains(2, levels);
        using var rates = await service.GetJsonAsync($"/api/performance?street={Street}");
        var total = rates.RootElement.GetProperty("total");
        Assert.InRange(total.GetProperty("rate").GetDouble(), 0.1, 0.95);
        Assert.InRange(total.GetProperty("same_day_entry_rate").GetDouble(), 0.8, 0.99);
        using var overdue = await service.GetJsonAsync(
            $"/api/issues?street={Street}&overdue=true&state=dispatched"
        );
        Assert.True(overdue.RootElement.GetProperty("numberMatched").GetInt64() > 4);
        using var handler = await service.SignInAsAsync(
            "another-handler",
            Role.Handler,
            Street,
            body: "B09"
        );
        using var inbox = JsonDocument.Parse(
            await handler.GetStringAsync($"/api/issues?street={Street}&mine=true&open=true")
        );
        Assert.True(inbox.RootElement.GetProperty("numberMatched").GetInt64() > 4);
        // The covert finding is nobody's but the supervisors'.
        Assert.DoesNotContain(
            "暗访记录。",
            await handler.GetStringAsync($"/api/ledger?street={Street}&q=放学时段"),
            StringComparison.Ordinal
        );

        // The last Wednesdays' bulletins and last month's grading, numbered in their order, with something to say.
        Assert.Equal(
            DemoBulletins.Due(DateTimeOffset.UtcNow).Count(),
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM bulletins WHERE status = 'issued' AND issued_at < now()"
            )
        );
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                """
                SELECT count(*) FROM (
                    SELECT seq, row_number() OVER (PARTITION BY kind, year ORDER BY issued_at) AS place FROM bulletins) b
                WHERE seq <> place
                """
            )
        );
        Assert.True(
            await service.ScalarAsync<double>(
                "SELECT min(value) FROM bulletin_figures WHERE figure_key = 'found'"
            ) > 0
        );

        var events = await service.ScalarAsync<long>("SELECT count(*) FROM issue_events");
        Assert.Equal(played, await PlayAsync());
        Assert.Equal(events, await service.ScalarAsync<long>("SELECT count(*) FROM issue_events"));
    }

    [Fact]
    public void Every_story_has_a_script_and_every_script_a_story()
    {
        var stories = DemoStory.Read();
        Assert.Equal(
            DemoScripts.All.Keys.Order(StringComparer.Ordinal),
            stories.Select(s => s.Script).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(stories, s => Assert.NotEmpty(s.Description));
    }
}
