using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Issues;
using Npgsql;

namespace GeoCivic.Tests.Issues;

/// <summary>An issue from its discovery to its cancellation, over HTTP and with the database's own guards.</summary>
public sealed class IssueStoryTests(IssueStory story) : IClassFixture<IssueStory>
{
    private static string[] Allowed(JsonElement issue) =>
        [
            .. issue
                .GetProperty("allowed")
                .EnumerateArray()
                .Select(a => a.GetProperty("to").GetString()!),
        ];

    [Fact]
    public async Task From_report_to_cancellation_with_two_keys()
    {
        var before = await story.PhotoAsync("worker", "scene");
        var id = await story.ReportedAsync(
            ("description", "车辆占道"),
            ("photos", new[] { before })
        );
        var issue = await story.GetAsync(story.Worker, id);
        Assert.Equal("reported", issue.GetProperty("state").GetString());
        Assert.Equal("G1", issue.GetProperty("grid").GetString());
        Assert.True(issue.GetProperty("entered_same_day").GetBoolean());
        Assert.Equal("worker", issue.GetProperty("reported_by_name").GetString());
        Assert.Equal(JsonValueKind.String, issue.GetProperty("due_at").ValueKind);
        Assert.Empty(Allowed(issue));
        Assert.Equal(
            ["filed", "rejected", "merged"],
            Allowed(await story.GetAsync(story.Supervisor, id))
        );

        await story.StepAsync(story.Supervisor, id, new { to = "filed" });
        var sent = await story.StepAsync(
            story.Supervisor,
            id,
            new
            {
                to = "dispatched",
                body = "cg",
                cooperating = new[] { "wy" },
            }
        );
        Assert.Equal("城管科", sent.GetProperty("lead_body_name").GetString());
        var tasks = sent.GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(["lead", "cooperating"], tasks.Select(t => t.GetProperty("role").GetString()));
        Assert.All(tasks, t => Assert.Equal("reply", t.GetProperty("stage").GetString()));
        Assert.Contains(
            "2个工作日",
            tasks[0].GetProperty("due_explanation").GetProperty("zh").GetString(),
            StringComparison.Ordinal
        );

        await story.StepAsync(
            story.Worker,
            id,
            new { to = "replied", note = "好" },
            403,
            "forbidden"
        );
        await story.StepAsync(
            story.Cooperating,
            id,
            new { to = "replied", note = "好" },
            403,
            "forbidden"
        );
        var missing = await story.StepAsync(
            story.Lead,
            id,
            new { to = "replied" },
            422,
            "unacceptable"
        );
        Assert.Equal("note", missing.GetProperty("errors")[0].GetProperty("field").GetString());
        var replied = await story.StepAsync(
            story.Lead,
            id,
            new { to = "replied", note = "已安排" }
        );
        Assert.Equal(
            ("replied", "rectify"),
            (
                replied.GetProperty("tasks")[0].GetProperty("state").GetString(),
                replied.GetProperty("tasks")[0].GetProperty("stage").GetString()
            )
        );
        var after = await story.PhotoAsync("lead", "after");
        await story.StepAsync(story.Lead, id, new { to = "rectified", photos = new[] { after } });

        var seen = await story.PhotoAsync("verifier", "inspection");
        var open = await story.StepAsync(
            story.Verifier,
            id,
            new { to = "verified", photos = new[] { seen } },
            409,
            "open-tasks"
        );
        Assert.Equal(2, open.GetProperty("tasks")[0].GetInt32());
        await IssueStory.SendAsync(
            story.Lead,
            HttpMethod.Post,
            $"/api/issues/{id}/tasks/2/reply",
            new { id = Guid.NewGuid(), note = "替人答" },
            403,
            "forbidden"
        );
        await IssueStory.SendAsync(
            story.Cooperating,
            HttpMethod.Post,
            $"/api/issues/{id}/tasks/2/reply",
            new { id = Guid.NewGuid(), note = "已配合" },
            200
        );
        await story.StepAsync(story.Verifier, id, new { to = "verified" }, 422, "unacceptable");
        await story.StepAsync(story.Verifier, id, new { to = "verified", photos = new[] { seen } });
        var done = await story.StepAsync(story.Supervisor, id, new { to = "cancelled" });
        Assert.False(done.GetProperty("open").GetBoolean());
        Assert.Equal(JsonValueKind.String, done.GetProperty("closed_at").ValueKind);
        Assert.Equal(
            [
                "created",
                "transition",
                "transition",
                "transition",
                "transition",
                "task_reply",
                "transition",
                "transition",
            ],
            done.GetProperty("events")
                .EnumerateArray()
                .Select(e => e.GetProperty("kind").GetString())
        );
        Assert.Equal(3, done.GetProperty("photos").GetArrayLength());
        // A notice to each body, and a reply of each.
        Assert.Equal(
            ["notice", "notice", "reply", "reply"],
            done.GetProperty("letters")
                .EnumerateArray()
                .Select(l => l.GetProperty("kind").GetString())
        );
        await story.StepAsync(story.Supervisor, id, new { to = "reopened", note = "回潮" });
    }

    [Fact]
    public async Task Who_rectified_holds_one_key_only()
    {
        var id = await story.DispatchedAsync();
        // The lead's handler becomes a supervisor as well.
        await story.ExecuteAsync(
            """
            INSERT INTO grants (grant_id, account_id, role, street_code)
            SELECT gen_random_uuid(), account_id, 'supervisor', 'life' FROM accounts WHERE user_name = 'lead'
            """
        );
        try
        {
            await story.StepAsync(story.Lead, id, new { to = "replied", note = "好" });
            await story.StepAsync(
                story.Lead,
                id,
                new { to = "rectified", photos = new[] { await story.PhotoAsync("lead", "after") } }
            );
            var own = new
            {
                to = "verified",
                photos = new[] { await story.PhotoAsync("lead", "inspection") },
            };
            await story.StepAsync(story.Lead, id, own, 403, "forbidden");
            Assert.DoesNotContain("verified", Allowed(await story.GetAsync(story.Lead, id)));
            await story.StepAsync(
                story.Verifier,
                id,
                new
                {
                    to = "verified",
                    photos = new[] { await story.PhotoAsync("verifier", "inspection") },
                }
            );
            await story.StepAsync(story.Lead, id, new { to = "cancelled" }, 403, "forbidden");
        }
        finally
        {
            await story.ExecuteAsync(
                "DELETE FROM grants WHERE role = 'supervisor' AND account_id = (SELECT account_id FROM accounts WHERE user_name = 'lead')"
            );
        }

        // The database would not have it either.
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            story.ExecuteAsync($"UPDATE issues SET verified_by = rectified_by WHERE id = '{id}'")
        );
        Assert.Equal("ck_issues_two_keys", refused.ConstraintName);
        refused = await Assert.ThrowsAsync<PostgresException>(() =>
            story.ExecuteAsync(
                $"UPDATE issues SET state = 'cancelled', is_open = false, verified_by = NULL WHERE id = '{id}'"
            )
        );
        Assert.Equal("ck_issues_cancelled", refused.ConstraintName);
    }

    [Fact]
    public async Task Events_are_only_added_to_and_their_steps_are_those_of_the_state_machine()
    {
        var id = await story.ReportedAsync();
        foreach (
            var change in new[]
            {
                $"UPDATE issue_events SET note = 'x' WHERE issue_id = '{id}'",
                $"DELETE FROM issue_events WHERE issue_id = '{id}'",
                "TRUNCATE issue_events",
            }
        )
        {
            await Assert.ThrowsAsync<PostgresException>(() => story.ExecuteAsync(change));
        }

        var definition = await story.ScalarAsync<string>(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_issue_events_step'"
        );
        foreach (var from in IssueStates.All)
        {
            foreach (var to in IssueStates.All)
            {
                // The pair as the database itself judges it.
                var allowed = await story.ScalarAsync<bool>(
                    $"SELECT {definition["CHECK ".Length..].Replace("from_state", $"'{from.Code()}'", StringComparison.Ordinal).Replace("to_state", $"'{to.Code()}'", StringComparison.Ordinal)}"
                );
                Assert.Equal(IssueLife.Rules.Any(r => r.From == from && r.To == to), allowed);
            }
        }
    }

    [Fact]
    public async Task Twenty_parallel_sendings_of_one_report_make_one_issue()
    {
        var photo = await story.PhotoAsync("worker", "scene");
        var report = IssueStory.Report(("photos", new[] { photo }));
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    using var response = await story.Worker.PostAsJsonAsync("/api/issues", report);
                    return (int)response.StatusCode;
                })
        );
        Assert.Equal(1, answers.Count(s => s == 201));
        Assert.Equal(19, answers.Count(s => s == 200));
        Assert.Equal(
            (1L, 1L, 1L),
            (
                await story.ScalarAsync<long>(
                    $"SELECT count(*) FROM issues WHERE id = '{report["id"]}'"
                ),
                await story.ScalarAsync<long>(
                    $"SELECT count(*) FROM issue_events WHERE issue_id = '{report["id"]}'"
                ),
                await story.ScalarAsync<long>(
                    $"SELECT count(*) FROM issue_photos WHERE issue_id = '{report["id"]}'"
                )
            )
        );
        report["description"] = "另一个";
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            report,
            409,
            "id-in-use"
        );
    }

    [Fact]
    public async Task A_step_sent_twice_is_taken_once_and_an_old_one_is_refused()
    {
        var id = await story.ReportedAsync();
        var step = new { id = Guid.NewGuid(), to = "filed" };
        var first = await story.StepAsync(story.Supervisor, id, step);
        var second = await story.StepAsync(story.Supervisor, id, step);
        Assert.Equal(
            first.GetProperty("revision").GetInt32(),
            second.GetProperty("revision").GetInt32()
        );
        var refused = await story.StepAsync(
            story.Supervisor,
            id,
            new { to = "filed" },
            409,
            "transition-not-allowed"
        );
        Assert.Equal(
            ["rejected", "merged", "dispatched"],
            refused.GetProperty("allowed").EnumerateArray().Select(a => a.GetString()!)
        );
        await IssueStory.SendAsync(
            story.Supervisor,
            HttpMethod.Post,
            $"/api/issues/{id}/transitions",
            new
            {
                id = Guid.NewGuid(),
                to = "rejected",
                note = "重复",
            },
            412,
            "stale",
            "\"1\""
        );
    }

    [Fact]
    public async Task What_lies_in_another_grid_or_street_is_not_there()
    {
        var id = await story.ReportedAsync();
        await IssueStory.SendAsync(
            story.OtherWorker,
            HttpMethod.Get,
            $"/api/issues/{id}",
            null,
            404,
            "not-found"
        );
        using var stranger = await story.SignInAsAsync("stranger", Role.Supervisor, "else");
        await story.StepAsync(stranger, id, new { to = "filed" }, 404, "not-found");
        await IssueStory.SendAsync(
            story.OtherWorker,
            HttpMethod.Post,
            "/api/issues",
            IssueStory.Report(),
            404,
            "outside-coverage"
        );
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            IssueStory.Report(("lat", 45.0)),
            404,
            "outside-coverage"
        );
    }

    [Fact]
    public async Task A_covert_finding_is_hidden_until_its_notice_goes_out()
    {
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            IssueStory.Report(("covert", true)),
            403,
            "forbidden"
        );
        var report = IssueStory.Report(("covert", true), ("description", "暗访所见"));
        var id = (string)report["id"]!;
        await IssueStory.SendAsync(story.Supervisor, HttpMethod.Post, "/api/issues", report, 201);
        await IssueStory.SendAsync(
            story.Lead,
            HttpMethod.Get,
            $"/api/issues/{id}",
            null,
            404,
            "not-found"
        );
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Get,
            $"/api/issues/{id}",
            null,
            404,
            "not-found"
        );
        Assert.Equal(0, await MatchedAsync(story.Lead, "covert=true&q=暗访所见"));
        Assert.Equal(1, await MatchedAsync(story.Supervisor, "covert=true&q=暗访所见"));
        await story.StepAsync(story.Supervisor, id, new { to = "filed" });
        await story.StepAsync(story.Supervisor, id, new { to = "dispatched", body = "cg" });
        Assert.Equal(1, await MatchedAsync(story.Lead, "covert=true&q=暗访所见"));
        Assert.True((await story.GetAsync(story.Lead, id)).GetProperty("covert").GetBoolean());
    }

    [Fact]
    public async Task Fixing_on_the_spot_closes_at_once_and_needs_both_photos()
    {
        var before = await story.PhotoAsync("worker", "before");
        var report = IssueStory.Report(("fixed_on_spot", true), ("photos", new[] { before }));
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            report,
            422,
            "unacceptable"
        );
        report["photos"] = new[] { before, await story.PhotoAsync("worker", "after") };
        var fixed_ = await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            report,
            201
        );
        var issue = fixed_.GetProperty("properties");
        Assert.Equal("fixed_on_spot", issue.GetProperty("state").GetString());
        Assert.False(issue.GetProperty("open").GetBoolean());
        Assert.Empty(issue.GetProperty("tasks").EnumerateArray());
    }

    [Fact]
    public async Task Photos_of_others_and_photos_used_before_prove_nothing()
    {
        var id = await story.DispatchedAsync();
        await story.StepAsync(story.Lead, id, new { to = "replied", note = "好" });
        await story.StepAsync(
            story.Lead,
            id,
            new { to = "rectified", photos = new[] { await story.PhotoAsync("worker", "after") } },
            422,
            "unacceptable"
        );
        var after = await story.PhotoAsync("lead", "after");
        await story.StepAsync(story.Lead, id, new { to = "rectified", photos = new[] { after } });
        await story.StepAsync(story.Verifier, id, new { to = "returned", note = "未整改" });
        await story.StepAsync(story.Supervisor, id, new { to = "dispatched", body = "cg" });
        await story.StepAsync(story.Lead, id, new { to = "replied", note = "再来" });
        var again = await story.StepAsync(
            story.Lead,
            id,
            new { to = "rectified", photos = new[] { after } },
            422,
            "unacceptable"
        );
        Assert.Contains(
            "already",
            again.GetProperty("errors")[0].GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
        var issue = await story.GetAsync(story.Lead, id);
        Assert.Equal(
            ["returned", "replied"],
            issue
                .GetProperty("tasks")
                .EnumerateArray()
                .Select(t => t.GetProperty("state").GetString())
        );
    }

    [Fact]
    public async Task A_pause_keeps_what_was_left_and_an_extension_is_asked_for_and_granted()
    {
        var id = await story.DispatchedAsync(cooperating: true);
        await IssueStory.SendAsync(
            story.Lead,
            HttpMethod.Post,
            $"/api/issues/{id}/extension-requests",
            new
            {
                id = Guid.NewGuid(),
                days = 3,
                note = "材料未到",
            },
            200
        );
        var due = await DueAsync(id, 1);
        var extended = await story.StepAsync(
            story.Supervisor,
            id,
            new
            {
                to = "extended",
                days = 3,
                note = "同意",
            }
        );
        Assert.True(await DueAsync(id, 1) > due);
        Assert.Contains(
            "延期3个工作日",
            extended
                .GetProperty("tasks")[0]
                .GetProperty("due_explanation")
                .GetProperty("zh")
                .GetString(),
            StringComparison.Ordinal
        );
        var paused = await story.StepAsync(
            story.Supervisor,
            id,
            new { to = "suspended", note = "汛期" }
        );
        Assert.All(
            paused.GetProperty("tasks").EnumerateArray(),
            t => Assert.True(t.GetProperty("paused").GetBoolean())
        );
        Assert.Equal(JsonValueKind.Null, paused.GetProperty("due_at").ValueKind);
        due = await DueAsync(id, 1);
        var resumed = await story.StepAsync(story.Supervisor, id, new { to = "dispatched" });
        Assert.Equal("cg", resumed.GetProperty("lead_body").GetString());
        Assert.Equal(due, await DueAsync(id, 1));
        Assert.Equal(2, resumed.GetProperty("tasks").GetArrayLength());
        Assert.All(
            resumed.GetProperty("tasks").EnumerateArray(),
            t => Assert.Equal("open", t.GetProperty("state").GetString())
        );
    }

    [Fact]
    public async Task Overdue_is_what_is_due_before_now_and_still_runs()
    {
        var id = await story.DispatchedAsync();
        Assert.Equal(0, await MatchedAsync(story.Lead, $"overdue=true&q={await CodeAsync(id)}"));
        await story.ExecuteAsync(
            $"UPDATE issue_tasks SET due_at = now() - interval '1 day' WHERE issue_id = '{id}'"
        );
        Assert.True((await story.GetAsync(story.Lead, id)).GetProperty("overdue").GetBoolean());
        var query = $"q={await CodeAsync(id)}";
        Assert.Equal(1, await MatchedAsync(story.Lead, $"overdue=true&{query}"));
        Assert.Equal(1, await MatchedAsync(story.Lead, $"mine=true&body=cg&{query}"));
        Assert.Equal(0, await MatchedAsync(story.Cooperating, $"mine=true&{query}"));
        Assert.Equal(1, await MatchedAsync(story.Worker, $"mine=true&{query}"));
        using var counts = JsonDocument.Parse(
            await story.Lead.GetStringAsync($"/api/issues/counts?{query}")
        );
        var row = counts.RootElement.GetProperty("rows")[0];
        Assert.Equal(
            ("dispatched", "城管科", true, 1),
            (
                row.GetProperty("state").GetString(),
                row.GetProperty("body_name").GetString(),
                row.GetProperty("overdue").GetBoolean(),
                row.GetProperty("n").GetInt32()
            )
        );
    }

    [Fact]
    public async Task An_open_problem_of_the_same_kind_nearby_is_offered()
    {
        var id = await story.ReportedAsync(
            ("lon", 106.5011),
            ("lat", 29.5011),
            ("category", "abandoned_vehicle")
        );
        async Task<string?[]> NearAsync(HttpClient who, double lat, string more = "")
        {
            using var answer = JsonDocument.Parse(
                await who.GetStringAsync(
                    $"/api/issues/nearby?lon=106.5011&lat={lat}&category=abandoned_vehicle{more}"
                )
            );
            return
            [
                .. answer
                    .RootElement.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("id").GetString()),
            ];
        }

        // 11 m and 33 m away; the category's radius is 15 m.
        Assert.Contains(id, await NearAsync(story.Worker, 29.5012));
        Assert.DoesNotContain(id, await NearAsync(story.Worker, 29.5014));
        Assert.Contains(id, await NearAsync(story.Worker, 29.5014, "&radius=50"));
        Assert.Empty(await NearAsync(story.OtherWorker, 29.5012));
    }

    [Fact]
    public async Task A_report_is_corrected_by_who_made_it_until_it_is_filed()
    {
        var id = await story.ReportedAsync();
        var path = $"/api/issues/{id}";
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Patch,
            path,
            new { name = "西门" },
            428,
            "precondition-required"
        );
        await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Patch,
            path,
            new { name = "西门" },
            412,
            "stale",
            "\"9\""
        );
        var edited = await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Patch,
            path,
            new { name = "西门", category = "roaming_vendor" },
            200,
            ifMatch: "\"1\""
        );
        Assert.Equal(
            "roaming_vendor",
            edited.GetProperty("properties").GetProperty("category").GetString()
        );
        var moved = await IssueStory.SendAsync(
            story.Supervisor,
            HttpMethod.Patch,
            path,
            new { lon = 106.515, lat = 29.505 },
            200,
            ifMatch: "\"2\""
        );
        Assert.Equal("G2", moved.GetProperty("properties").GetProperty("grid").GetString());
        await IssueStory.SendAsync(
            story.Supervisor,
            HttpMethod.Patch,
            path,
            new { category = "none_such" },
            422,
            "unacceptable",
            "\"3\""
        );
    }

    [Fact]
    public async Task A_report_is_read_strictly()
    {
        async Task FaultAsync(int status, string field, params (string, object?)[] more)
        {
            var problem = await IssueStory.SendAsync(
                story.Worker,
                HttpMethod.Post,
                "/api/issues",
                IssueStory.Report(more),
                status,
                status == 400 ? "invalid-body" : "unacceptable"
            );
            Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
        }

        await FaultAsync(400, "id", ("id", "7"));
        await FaultAsync(400, "category", ("category", null));
        await FaultAsync(422, "category", ("category", "none_such"));
        await FaultAsync(400, "found_at", ("found_at", "2026-01-01T08:00:00"));
        await FaultAsync(
            422,
            "found_at",
            ("found_at", DateTimeOffset.UtcNow.AddDays(3).ToString("O"))
        );
        await FaultAsync(422, "lon", ("lon", 181));
        await FaultAsync(422, "point", ("point", "none"));
        await FaultAsync(
            422,
            "photos[0].sha256",
            ("photos", new[] { new { sha256 = new string('a', 64), kind = "scene" } })
        );
        await FaultAsync(400, "photo", ("photo", "x"));
        var ahead = await IssueStory.SendAsync(
            story.Worker,
            HttpMethod.Post,
            "/api/issues",
            IssueStory.Report(
                (
                    "found_at",
                    DateTimeOffset.UtcNow.AddMinutes(30).ToString("yyyy-MM-dd'T'HH:mm:sszzz")
                )
            ),
            201
        );
        Assert.True(ahead.GetProperty("properties").GetProperty("clock_ahead").GetBoolean());
    }

    [Fact]
    public async Task Merging_names_the_other_issue()
    {
        var (one, other) = (await story.ReportedAsync(), await story.ReportedAsync());
        await story.StepAsync(story.Supervisor, one, new { to = "merged" }, 422, "unacceptable");
        await story.StepAsync(
            story.Supervisor,
            one,
            new { to = "merged", merged_into = one },
            422,
            "unacceptable"
        );
        var merged = await story.StepAsync(
            story.Supervisor,
            one,
            new { to = "merged", merged_into = other }
        );
        Assert.Equal(other, merged.GetProperty("merged_into").GetString());
    }

    [Fact]
    public async Task Without_a_lead_named_the_duties_decide_and_two_leads_need_a_person()
    {
        var id = await story.ReportedAsync(("category", "site_dust"));
        await story.StepAsync(story.Supervisor, id, new { to = "filed" });
        var missing = await story.StepAsync(
            story.Supervisor,
            id,
            new { to = "dispatched" },
            422,
            "unacceptable"
        );
        Assert.Equal("body", missing.GetProperty("errors")[0].GetProperty("field").GetString());
        await story.StepAsync(
            story.Supervisor,
            id,
            new { to = "dispatched", body = "none" },
            422,
            "unacceptable"
        );
        await story.ExecuteAsync(
            """
            INSERT INTO duties (street_code, code, name, category, body_code, role, valid_from, valid_until)
            VALUES ('life', 'D1', '扬尘', 'site_dust', 'cg', 'lead', '2020-01-01', 'infinity'),
                   ('life', 'D2', '扬尘', 'site_dust', 'wy', 'cooperating', '2020-01-01', 'infinity')
            """
        );
        var sent = await story.StepAsync(story.Supervisor, id, new { to = "dispatched" });
        Assert.Equal(
            ["cg lead", "wy cooperating"],
            sent.GetProperty("tasks")
                .EnumerateArray()
                .Select(t =>
                    $"{t.GetProperty("body").GetString()} {t.GetProperty("role").GetString()}"
                )
        );
        await story.ExecuteAsync(
            """
            INSERT INTO duties (street_code, code, name, category, body_code, role, valid_from, valid_until)
            VALUES ('life', 'D3', '扬尘', 'site_dust', 'wy', 'lead', '2020-01-01', 'infinity')
            """
        );
        var tied = await story.ReportedAsync(("category", "site_dust"));
        await story.StepAsync(story.Supervisor, tied, new { to = "filed" });
        await story.StepAsync(
            story.Supervisor,
            tied,
            new { to = "dispatched" },
            422,
            "unacceptable"
        );
    }

    [Fact]
    public async Task Bodies_are_read_strictly_whatever_they_hold()
    {
        var id = Guid.NewGuid();
        async Task<HttpResponseMessage> PostAsync(string text, string type = "application/json") =>
            await story.Worker.PostAsync(
                "/api/issues",
                new StringContent(text, System.Text.Encoding.UTF8, type)
            );
        const string Start = "\"category\":\"illegal_parking\",\"lon\":106.505,\"lat\":29.505";
        foreach (
            var (status, text, type) in new[]
            {
                (415, "{}", "text/plain"),
                (400, "[]", "application/json"),
                (400, "{", "application/json"),
                (400, $"{{\"id\":\"{id}\",\"id\":\"{id}\",{Start}}}", "application/json"),
                (400, $"{{\"id\":\"{id}\",{Start},\"role\":\"admin\"}}", "application/json"),
                (
                    400,
                    $"{{\"id\":\"{id}\",{Start},\"description\":\"a\\u0000b\"}}",
                    "application/json"
                ),
                (
                    400,
                    $"{{\"id\":\"{id}\",{Start},\"description\":\"\\ud800\"}}",
                    "application/json"
                ),
                (400, $"{{\"id\":\"{id}\",{Start},\"photos\":{{}}}}", "application/json"),
                (
                    413,
                    $"{{\"id\":\"{id}\",{Start},\"description\":\"{new string('x', 1_100_000)}\"}}",
                    "application/json"
                ),
            }
        )
        {
            using var refused = await PostAsync(text, type);
            Assert.Equal(
                (status, text[..Math.Min(80, text.Length)]),
                ((int)refused.StatusCode, text[..Math.Min(80, text.Length)])
            );
        }

        // Markup is text, characters outside the basic plane stay, and composition is normalised.
        using var taken = await PostAsync(
            $"{{\"id\":\"{id}\",{Start},\"description\":\"<img onerror=x> 𠀀 e\u0301\"}}"
        );
        Assert.Equal(201, (int)taken.StatusCode);
        Assert.Equal(
            "<img onerror=x> 𠀀 \u00e9",
            (await story.GetAsync(story.Worker, id.ToString()))
                .GetProperty("description")
                .GetString()
        );
    }

    private async Task<DateTime> DueAsync(string id, int task) =>
        await story.ScalarAsync<DateTime>(
            $"SELECT due_at FROM issue_tasks WHERE issue_id = '{id}' AND task_no = {task}"
        );

    private Task<string> CodeAsync(string id) =>
        story.ScalarAsync<string>($"SELECT code FROM issues WHERE id = '{id}'");

    private static async Task<int> MatchedAsync(HttpClient who, string query)
    {
        using var answer = JsonDocument.Parse(
            await who.GetStringAsync($"/api/issues?street=life&{query}")
        );
        return answer.RootElement.GetProperty("numberMatched").GetInt32();
    }
}
