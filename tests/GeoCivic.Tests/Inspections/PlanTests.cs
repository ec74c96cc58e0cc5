using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Database;
using static GeoCivic.Tests.Inspections.InspectedStreet;

namespace GeoCivic.Tests.Inspections;

/// <summary>Plans of checks: which runs follow from them, what counts for them, and whose they are.</summary>
public sealed class PlanTests(InspectedStreet street) : IClassFixture<InspectedStreet>
{
    private static DateOnly Today => BeijingTime.Today(TimeProvider.System);

    private static object Plan(
        Guid id,
        string name,
        string cadence = "daily",
        string[]? shifts = null,
        string[]? communities = null,
        string[]? points = null,
        int share = 100,
        bool workingDays = false
    ) =>
        new
        {
            id,
            street = Home,
            name,
            cadence,
            type = "special",
            shifts = shifts ?? ["day"],
            communities = communities ?? [],
            points = points ?? [],
            share,
            working_days = workingDays,
        };

    /// <summary>A plan that has been in force for long: what a clock cannot be put back for over HTTP.</summary>
    private async Task<Guid> OldAsync(
        string name,
        string cadence,
        string starts,
        string[]? shifts = null,
        int share = 100,
        bool workingDays = false,
        string[]? points = null
    )
    {
        var id = Guid.NewGuid();
        await SendAsync(
            street.Supervisor,
            "/api/plans",
            Plan(id, name, cadence, shifts, points: points, share: share, workingDays: workingDays),
            HttpStatusCode.Created
        );
        await street.ExecuteAsync(
            "UPDATE plan_versions SET valid_from = @d::date, starts = @d::date, counts_from = @d::date WHERE plan_id = @p",
            ("d", starts),
            ("p", id)
        );
        await street.ExecuteAsync("UPDATE points SET added_at = '2020-01-01T00:00:00+08:00'");
        return id;
    }

    private async Task VisitAsync(
        string point,
        string at,
        string shift = "day",
        string result = "ok",
        bool covert = false
    ) =>
        await street.ExecuteAsync(
            """
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, covert)
            SELECT @s, gen_random_uuid(), @p, account_id, @a::timestamptz, @a::timestamptz, @a::timestamptz, @h, @r, @c FROM accounts LIMIT 1
            """,
            ("s", Home),
            ("p", point),
            ("a", at),
            ("h", shift),
            ("r", result),
            ("c", covert)
        );

    private static async Task<
        Dictionary<string, (string Last, string Status, string Counts)>
    > RunsAsync(HttpClient client, Guid plan, string from, string to) =>
        (await GetAsync(client, $"/api/plans/runs?street={Home}&from={from}&to={to}"))
            .GetProperty("runs")
            .EnumerateArray()
            .Where(r => r.GetProperty("plan").GetGuid() == plan)
            .ToDictionary(
                r => r.GetProperty("first").GetString()!,
                r =>
                    (
                        r.GetProperty("last").GetString()!,
                        r.GetProperty("status").GetString()!,
                        string.Join(
                            ' ',
                            r.GetProperty("shifts")
                                .EnumerateArray()
                                .Select(s =>
                                    $"{s.GetProperty("shift").GetString()}:{s.GetProperty("seen").GetInt64()}/{s.GetProperty("required").GetInt64()}"
                                )
                        )
                    ),
                StringComparer.Ordinal
            );

    [Fact]
    public async Task A_visit_counts_for_the_Beijing_day_the_shift_and_those_who_may_know_of_it()
    {
        var plan = await OldAsync("日督导", "daily", "2025-03-01", ["day", "night"], share: 50);
        // Half past midnight in Beijing is the evening before in UTC.
        await VisitAsync("PA1", "2025-03-03T00:30:00+08:00", "night");
        await VisitAsync("PB1", "2025-03-03T21:00:00+08:00", "night");
        await VisitAsync("PA1", "2025-03-03T09:00:00+08:00");
        await VisitAsync("PA1", "2025-03-03T10:00:00+08:00");
        await VisitAsync("PA2", "2025-03-03T09:30:00+08:00", result: "unreachable");
        await VisitAsync("PB2", "2025-03-03T11:00:00+08:00", covert: true);
        var supervised = await RunsAsync(street.Supervisor, plan, "2025-03-02", "2025-03-04");
        Assert.Equal(3, supervised.Count);
        Assert.Equal(("2025-03-03", "done", "day:2/2 night:2/2"), supervised["2025-03-03"]);
        Assert.Equal(("2025-03-02", "missed", "day:0/2 night:0/2"), supervised["2025-03-02"]);
        // The covert visit is no visit for who may not know of it, and so the run was missed.
        var handled = await RunsAsync(street.Handler, plan, "2025-03-03", "2025-03-03");
        Assert.Equal(("2025-03-03", "missed", "day:1/2 night:2/2"), handled["2025-03-03"]);
        // A worker's runs are over the worker's own points.
        var worked = await RunsAsync(street.Worker, plan, "2025-03-03", "2025-03-03");
        Assert.Equal(("2025-03-03", "done", "day:1/1 night:1/1"), worked["2025-03-03"]);
        Assert.DoesNotContain(
            (
                await GetAsync(
                    street.Supervisor,
                    $"/api/plans/runs?street={Home}&from=2025-03-03&to=2025-03-03&status=missed"
                )
            )
                .GetProperty("runs")
                .EnumerateArray(),
            r => r.GetProperty("plan").GetGuid() == plan
        );

        var points = await GetAsync(
            street.Supervisor,
            $"/api/plans/{plan}/run?first=2025-03-03&seen=false"
        );
        Assert.Equal(
            ["PA2:day night", "PB1:day", "PB2:night"],
            points
                .GetProperty("features")
                .EnumerateArray()
                .Select(f => f.GetProperty("properties"))
                .Select(p =>
                    $"{p.GetProperty("code").GetString()}:{string.Join(' ', p.GetProperty("missing").EnumerateArray().Select(m => m.GetString()))}"
                )
                .Order(StringComparer.Ordinal)
        );
        await GetAsync(
            street.Supervisor,
            $"/api/plans/{plan}/run?first=2025-02-27",
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_quarters_with_their_month_and_both_with_the_plan()
    {
        var weekly = await OldAsync("周督查", "weekly", "2025-03-05", points: ["PA1", "PA2"]);
        await VisitAsync("PA1", "2025-03-16T23:59:00+08:00");
        await VisitAsync("PA2", "2025-03-10T00:00:00+08:00");
        var weeks = await RunsAsync(street.Supervisor, weekly, "2025-03-01", "2025-03-17");
        // 2025-03-05 is a Wednesday: its week is cut to the plan.
        Assert.Equal(("2025-03-09", "missed", "day:0/2"), weeks["2025-03-05"]);
        Assert.Equal(("2025-03-16", "done", "day:2/2"), weeks["2025-03-10"]);
        Assert.Equal(3, weeks.Count);

        var quarterly = await OldAsync("季度测评", "quarterly", "2025-01-01", points: ["PB1"]);
        await VisitAsync("PB1", "2025-07-01T00:30:00+08:00");
        var quarters = await RunsAsync(street.Supervisor, quarterly, "2025-06-30", "2025-07-01");
        Assert.Equal(("2025-06-30", "missed", "day:0/1"), quarters["2025-04-01"]);
        Assert.Equal(("2025-09-30", "done", "day:1/1"), quarters["2025-07-01"]);

        // Now and to come.
        var month = await OldAsync("月检", "monthly", "2025-01-01", points: ["PB2"]);
        await street.ExecuteAsync(
            "DELETE FROM visits WHERE point_code = 'PB2' AND visited_at > now() - INTERVAL '40 days'"
        );
        var first = new DateOnly(Today.Year, Today.Month, 1);
        var months = await RunsAsync(
            street.Supervisor,
            month,
            $"{first:yyyy-MM-dd}",
            $"{first.AddMonths(1):yyyy-MM-dd}"
        );
        Assert.Equal("running", months[$"{first:yyyy-MM-dd}"].Status);
        Assert.Equal("upcoming", months[$"{first.AddMonths(1):yyyy-MM-dd}"].Status);
    }

    [Fact]
    public async Task Working_days_follow_the_calendar_and_a_year_without_one_is_told()
    {
        var plan = await OldAsync(
            "工作日检查",
            "daily",
            "2025-01-01",
            workingDays: true,
            points: ["PA1"]
        );
        // Spring Festival of 2025: 28 January to 4 February off, Sunday 26 January and Saturday 8 February worked.
        var runs = await RunsAsync(street.Supervisor, plan, "2025-01-25", "2025-02-09");
        Assert.Equal(
            ["2025-01-26", "2025-01-27", "2025-02-05", "2025-02-06", "2025-02-07", "2025-02-08"],
            runs.Keys.Order(StringComparer.Ordinal)
        );
        var far = await GetAsync(
            street.Supervisor,
            $"/api/plans/runs?street={Home}&from=2190-01-01&to=2190-01-10"
        );
        Assert.Equal(
            [2190],
            far.GetProperty("calendar_missing").EnumerateArray().Select(y => y.GetInt32())
        );
        Assert.DoesNotContain(
            far.GetProperty("runs").EnumerateArray(),
            r => r.GetProperty("plan").GetGuid() == plan
        );
    }

    [Fact]
    public async Task A_past_run_is_judged_by_the_plan_in_force_on_its_first_day()
    {
        var before = Today.AddDays(-20);
        var plan = await OldAsync("改动", "daily", $"{before:yyyy-MM-dd}", points: ["PA1", "PA2"]);
        var yesterday = $"{Today.AddDays(-1):yyyy-MM-dd}";
        await VisitAsync("PA1", $"{yesterday}T09:00:00+08:00");
        Assert.Equal(
            "day:1/2",
            (await RunsAsync(street.Supervisor, plan, yesterday, yesterday))[yesterday].Counts
        );
        await PatchAsync(plan, "\"1\"", new { share = 50, shifts = (string[])["day", "night"] });
        Assert.Equal(
            ("missed", "day:1/2"),
            (await RunsAsync(street.Supervisor, plan, yesterday, yesterday))[yesterday] is var was
                ? (was.Status, was.Counts)
                : default
        );
        var today = $"{Today:yyyy-MM-dd}";
        Assert.EndsWith(
            "night:0/1",
            (await RunsAsync(street.Supervisor, plan, today, today))[today].Counts,
            StringComparison.Ordinal
        );

        // Another cadence begins its own runs today; those before stay as they were.
        await PatchAsync(plan, "\"2\"", new { cadence = "weekly" });
        var runs = await RunsAsync(street.Supervisor, plan, yesterday, today);
        Assert.Equal((yesterday, "day:1/2"), (runs[yesterday].Last, runs[yesterday].Counts));
        var sunday = Today.AddDays(((int)DayOfWeek.Sunday + 7 - (int)Today.DayOfWeek) % 7);
        Assert.Equal($"{sunday:yyyy-MM-dd}", runs[today].Last);
        Assert.Equal(2, runs.Count);

        // Ended early: what was under way is not judged, what was over stays.
        await PatchAsync(plan, "\"3\"", new { cadence = "monthly", ends = today });
        await street.ExecuteAsync(
            "UPDATE plan_versions SET cadence = 'monthly' WHERE plan_id = @p AND valid_until < 'infinity'",
            ("p", plan)
        );
        Assert.DoesNotContain(
            await RunsAsync(street.Supervisor, plan, yesterday, today),
            r => string.CompareOrdinal(r.Value.Last, today) > 0
        );

        using var stale = await SendPatchAsync(
            street.Supervisor,
            plan,
            "\"1\"",
            new { share = 60 }
        );
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var missing = await SendPatchAsync(street.Supervisor, plan, null, new { share = 60 });
        Assert.Equal((HttpStatusCode)428, missing.StatusCode);
    }

    [Fact]
    public async Task Whoever_keeps_a_plan_holds_what_it_names()
    {
        using var local = await street.SignInAsAsync(
            "supervisor-b",
            GeoCivic.Accounts.Role.Supervisor,
            Home,
            "B"
        );
        var id = Guid.NewGuid();
        await SendAsync(local, "/api/plans", Plan(id, "全街"), HttpStatusCode.Forbidden);
        await SendAsync(
            local,
            "/api/plans",
            Plan(id, "A", communities: ["A"]),
            HttpStatusCode.UnprocessableEntity
        );
        await SendAsync(
            local,
            "/api/plans",
            Plan(id, "A", points: ["PA1"]),
            HttpStatusCode.UnprocessableEntity
        );
        var own = Plan(id, "B区", communities: ["B"]);
        var made = await SendAsync(local, "/api/plans", own, HttpStatusCode.Created);
        Assert.Equal(2, made.GetProperty("point_count").GetInt32());
        await SendAsync(local, "/api/plans", own, HttpStatusCode.OK);
        await SendAsync(
            local,
            "/api/plans",
            Plan(id, "other", communities: ["B"]),
            HttpStatusCode.Conflict
        );
        await SendAsync(
            street.Stranger,
            "/api/plans",
            Plan(Guid.NewGuid(), "x"),
            HttpStatusCode.NotFound
        );

        // A plan of the whole street is not changed by who holds a part of it, and its points of others are not named.
        var whole = Guid.NewGuid();
        await SendAsync(
            street.Supervisor,
            "/api/plans",
            Plan(whole, "点名", points: ["PA1", "PB1"]),
            HttpStatusCode.Created
        );
        using var refused = await SendPatchAsync(local, whole, "\"1\"", new { share = 1 });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var listed = (await GetAsync(local, $"/api/plans?street={Home}"))
            .GetProperty("plans")
            .EnumerateArray()
            .Single(p => p.GetProperty("id").GetGuid() == whole);
        Assert.Equal(
            ["PB1"],
            listed.GetProperty("points").EnumerateArray().Select(p => p.GetString())
        );

        foreach (
            var (bad, field) in new (object, string)[]
            {
                (
                    new
                    {
                        id = Guid.NewGuid(),
                        street = Home,
                        name = "x",
                        cadence = "hourly",
                    },
                    "cadence"
                ),
                (
                    new
                    {
                        id = Guid.NewGuid(),
                        street = Home,
                        name = "x",
                        cadence = "daily",
                        share = 0,
                    },
                    "share"
                ),
                (
                    new
                    {
                        id = Guid.NewGuid(),
                        street = Home,
                        name = "x",
                        cadence = "daily",
                        starts = "2020-01-01",
                    },
                    "starts"
                ),
                (
                    new
                    {
                        id = Guid.NewGuid(),
                        street = Home,
                        name = "x",
                        cadence = "daily",
                        shifts = (string[])["day", "day"],
                    },
                    "shifts"
                ),
                (
                    new
                    {
                        id = Guid.NewGuid(),
                        street = Home,
                        name = "x",
                        cadence = "daily",
                        point_types = (string[])["none"],
                    },
                    "point_types"
                ),
            }
        )
        {
            using var response = await street.Supervisor.PostAsJsonAsync("/api/plans", bad);
            Assert.True((int)response.StatusCode is 400 or 422, field);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
        }
    }

    private async Task PatchAsync(Guid plan, string match, object body)
    {
        using var response = await SendPatchAsync(street.Supervisor, plan, match, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> SendPatchAsync(
        HttpClient client,
        Guid plan,
        string? match,
        object body
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/plans/{plan}")
        {
            Content = JsonContent.Create(body),
        };
        if (match is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        }

        return await client.SendAsync(request);
    }
}
