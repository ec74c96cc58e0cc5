using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Issues;

namespace GeoCivic.Tests.Letters;

public sealed class LedgerPastTests(IssueStory story) : IClassFixture<IssueStory>
{
    private async Task<Dictionary<string, JsonElement>> LedgerAsync(
        string query,
        HttpClient? who = null
    )
    {
        var answer = await (who ?? story.Supervisor).GetFromJsonAsync<JsonElement>(
            $"/api/ledger?street={IssueStory.Street}&{query}"
        );
        return answer
            .GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(r => r.GetProperty("id").GetString()!, r => r);
    }

    private static async Task<string> InstantAsync()
    {
        // Two events must not share the instant that stands between them.
        await Task.Delay(30);
        var now = DateTimeOffset.UtcNow;
        await Task.Delay(30);
        return $"as_of={now:yyyy-MM-ddTHH:mm:ss.ffffff}Z";
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    [Fact]
    public async Task The_ledger_is_what_it_was_at_every_instant_of_an_issue_s_life()
    {
        var before = await InstantAsync();
        var id = await story.ReportedAsync();
        var reported = await InstantAsync();
        await story.StepAsync(story.Supervisor, id, new { to = "filed" });
        await story.StepAsync(story.Supervisor, id, new { to = "dispatched", body = "cg" });
        var dispatched = await InstantAsync();
        await story.StepAsync(story.Lead, id, new { to = "replied", note = "已办" });
        var replied = await InstantAsync();
        await story.StepAsync(
            story.Lead,
            id,
            new { to = "rectified", photos = new[] { await story.PhotoAsync("lead", "after") } }
        );
        await story.StepAsync(
            story.Verifier,
            id,
            new
            {
                to = "verified",
                photos = new[] { await story.PhotoAsync("verifier", "inspection") },
            }
        );
        await story.StepAsync(story.Verifier, id, new { to = "cancelled" });
        var cancelled = await InstantAsync();
        await story.StepAsync(story.Supervisor, id, new { to = "reopened", note = "反弹" });

        Assert.DoesNotContain(id, (await LedgerAsync(before)).Keys);
        var row = (await LedgerAsync(reported))[id];
        Assert.Equal("reported", Text(row, "state"));
        Assert.Null(Text(row, "lead_body"));
        Assert.Null(Text(row, "notice_number"));
        var fileDue = Text(row, "due_at");
        Assert.NotNull(fileDue);

        row = (await LedgerAsync(dispatched))[id];
        Assert.Equal(("dispatched", "cg"), (Text(row, "state"), Text(row, "lead_body")));
        Assert.EndsWith("号", Text(row, "notice_number"), StringComparison.Ordinal);
        Assert.Null(Text(row, "reply_number"));
        Assert.Null(Text(row, "replied_at"));
        Assert.NotNull(Text(row, "due_at"));
        Assert.NotEqual(fileDue, Text(row, "due_at"));
        var replyDue = Text(row, "due_at");

        row = (await LedgerAsync(replied))[id];
        Assert.Equal("replied", Text(row, "state"));
        Assert.EndsWith("号", Text(row, "reply_number"), StringComparison.Ordinal);
        // The limit of the rectification runs now.
        Assert.NotEqual(replyDue, Text(row, "due_at"));
        Assert.Null(Text(row, "closed_at"));

        row = (await LedgerAsync(cancelled))[id];
        Assert.Equal("cancelled", Text(row, "state"));
        Assert.False(row.GetProperty("open").GetBoolean());
        Assert.NotNull(Text(row, "closed_at"));
        Assert.NotNull(Text(row, "verified_at"));
        Assert.Equal("cg", Text(row, "lead_body"));

        row = (await LedgerAsync("open=true"))[id];
        Assert.Equal("reopened", Text(row, "state"));
        Assert.Null(Text(row, "closed_at"));

        // Filters look at the states of that instant.
        Assert.Contains(id, (await LedgerAsync($"{dispatched}&state=dispatched&body=cg")).Keys);
        Assert.DoesNotContain(id, (await LedgerAsync($"{replied}&state=dispatched")).Keys);
        Assert.DoesNotContain(id, (await LedgerAsync($"{reported}&body=cg")).Keys);
        Assert.Contains(id, (await LedgerAsync($"{cancelled}&open=false")).Keys);
        Assert.Contains(id, (await LedgerAsync($"{dispatched}&overdue=false")).Keys);
        Assert.DoesNotContain(id, (await LedgerAsync($"{dispatched}&overdue=true")).Keys);
    }

    [Fact]
    public async Task The_ledger_agrees_with_the_list_at_each_step()
    {
        var id = await story.DispatchedAsync(cooperating: true);
        foreach (
            var query in (string[])
                ["", "state=dispatched", "body=cg", "overdue=false", "overdue=true", "mine=true"]
        )
        {
            foreach (var who in (HttpClient[])[story.Supervisor, story.Lead, story.Cooperating])
            {
                var list = await who.GetFromJsonAsync<JsonElement>(
                    $"/api/issues?street={IssueStory.Street}&limit=5000&{query}"
                );
                var listed = list.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("properties"))
                    .ToDictionary(p => p.GetProperty("id").GetString()!, p => p);
                var ledger = await LedgerAsync(query, who);
                Assert.Equal(listed.Keys.Order(), ledger.Keys.Order());
                foreach (var (key, row) in ledger)
                {
                    Assert.Equal(Text(listed[key], "state"), Text(row, "state"));
                    Assert.Equal(Text(listed[key], "due_at"), Text(row, "due_at"));
                    Assert.Equal(
                        listed[key].GetProperty("overdue").GetBoolean(),
                        row.GetProperty("overdue").GetBoolean()
                    );
                }
            }
        }

        var cooperating = (await LedgerAsync("mine=true", story.Cooperating))[id];
        Assert.Equal("物业", Text(cooperating, "cooperating"));
        Assert.Equal("城管科", Text(cooperating, "lead_body_name"));
    }

    [Fact]
    public async Task What_was_found_covertly_is_in_nobody_s_ledger_but_a_supervisor_s()
    {
        var report = IssueStory.Report(("covert", true));
        await IssueStory.SendAsync(story.Supervisor, HttpMethod.Post, "/api/issues", report, 201);
        var id = (string)report["id"]!;
        var now = await InstantAsync();
        foreach (var query in (string[])["", now])
        {
            Assert.Contains(id, (await LedgerAsync(query)).Keys);
            Assert.DoesNotContain(id, (await LedgerAsync(query, story.Lead)).Keys);
            Assert.DoesNotContain(id, (await LedgerAsync(query, story.Worker)).Keys);
        }
    }

    [Fact]
    public async Task Twenty_dispatches_at_once_get_numbers_without_a_gap()
    {
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var id = await story.ReportedAsync();
            await story.StepAsync(story.Supervisor, id, new { to = "filed" });
            ids.Add(id);
        }

        var last = await story.ScalarAsync<int>(
            "SELECT coalesce(max(last), 0) FROM letter_books WHERE street_code = 'life' AND kind = 'notice'"
        );
        await Task.WhenAll(
            ids.Select(id =>
                story.StepAsync(story.Supervisor, id, new { to = "dispatched", body = "cg" })
            )
        );
        Assert.Equal(
            Enumerable.Range(last + 1, 20),
            await story.ScalarAsync<int[]>(
                "SELECT array_agg(seq ORDER BY seq) FROM letters WHERE kind = 'notice' AND issue_id = ANY (@ids)",
                ("ids", ids.Select(Guid.Parse).ToArray())
            )
        );
    }
}
