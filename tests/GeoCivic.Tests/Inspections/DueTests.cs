using System.Net;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using static GeoCivic.Tests.Inspections.InspectedStreet;

namespace GeoCivic.Tests.Inspections;

/// <summary>What is due follows from the frequency of the type, the shift and the street's duty list; whose it is from who holds the grid.</summary>
public sealed class DueTests(InspectedStreet street) : IClassFixture<InspectedStreet>
{
    private static DateOnly Today => BeijingTime.Today(TimeProvider.System);

    private static async Task<JsonElement> PointAsync(HttpClient client, string code) =>
        (await GetAsync(client, $"/api/points/{code}?street={Home}")).GetProperty("properties");

    [Fact]
    public async Task What_is_due_follows_the_last_visit_of_the_shift()
    {
        await street.ExecuteAsync("DELETE FROM visit_rules WHERE street_code = @s", ("s", Home));
        var fresh = await PointAsync(street.Supervisor, "PB1");
        // Markets are visited daily; this one joined today.
        Assert.Equal("today", fresh.GetProperty("due_status").GetString());
        Assert.Equal($"{Today:yyyy-MM-dd}", fresh.GetProperty("due").GetString());

        await street.ExecuteAsync(
            "UPDATE points SET added_at = now() - INTERVAL '3 days' WHERE code = 'PB1'"
        );
        var late = await PointAsync(street.Supervisor, "PB1");
        Assert.Equal("overdue", late.GetProperty("due_status").GetString());
        Assert.Equal($"{Today.AddDays(-3):yyyy-MM-dd}", late.GetProperty("due").GetString());

        // Standing before a locked door is no visit.
        await SendAsync(
            street.OtherWorker,
            "/api/visits",
            Visit(Guid.NewGuid(), "PB1", result: "unreachable"),
            HttpStatusCode.Created
        );
        Assert.Equal(
            "overdue",
            (await PointAsync(street.Supervisor, "PB1")).GetProperty("due_status").GetString()
        );
        await SendAsync(
            street.OtherWorker,
            "/api/visits",
            Visit(Guid.NewGuid(), "PB1"),
            HttpStatusCode.Created
        );
        var done = await PointAsync(street.Supervisor, "PB1");
        Assert.Equal("done", done.GetProperty("due_status").GetString());
        Assert.Equal($"{Today.AddDays(1):yyyy-MM-dd}", done.GetProperty("due").GetString());
        Assert.Equal($"{Today:yyyy-MM-dd}", done.GetProperty("last_visit").GetString()![..10]);
    }

    [Fact]
    public async Task A_streets_duty_list_replaces_the_general_frequency_of_its_types()
    {
        await SendAsync(
            street.Admin,
            $"/api/visit-rules?street={Home}",
            new
            {
                rules = new object[]
                {
                    new
                    {
                        point_type = "market",
                        shift = "day",
                        every_days = 7,
                    },
                    new
                    {
                        point_type = "market",
                        shift = "night",
                        every_days = 1,
                        note = "创建期间",
                    },
                },
            },
            HttpStatusCode.NoContent,
            HttpMethod.Put
        );
        var shifts = (await PointAsync(street.Supervisor, "PA2"))
            .GetProperty("shifts")
            .EnumerateArray()
            .ToDictionary(
                s => s.GetProperty("shift").GetString()!,
                s => s.GetProperty("status").GetString(),
                StringComparer.Ordinal
            );
        Assert.Equal(2, shifts.Count);
        Assert.Equal("upcoming", shifts["day"]);
        Assert.Equal("today", shifts["night"]);

        // Sent again it is the same; an empty one returns to the general list.
        for (var i = 0; i < 2; i++)
        {
            await SendAsync(
                street.Admin,
                $"/api/visit-rules?street={Home}",
                new { rules = Array.Empty<object>() },
                HttpStatusCode.NoContent,
                HttpMethod.Put
            );
        }

        var general = await PointAsync(street.Supervisor, "PA2");
        Assert.Equal(1, general.GetProperty("shifts")[0].GetProperty("every_days").GetInt32());
        var listed = await GetAsync(street.Supervisor, $"/api/visit-rules?street={Home}");
        Assert.DoesNotContain(
            listed.GetProperty("rules").EnumerateArray(),
            r => r.GetProperty("street").ValueKind != JsonValueKind.Null
        );
    }

    [Fact]
    public async Task Rules_are_set_by_the_streets_administrator_alone()
    {
        var rules = new { rules = Array.Empty<object>() };
        foreach (
            var (client, status) in new[]
            {
                (street.Supervisor, HttpStatusCode.Forbidden),
                (street.Worker, HttpStatusCode.Forbidden),
                (street.Stranger, HttpStatusCode.Forbidden),
            }
        )
        {
            await SendAsync(
                client,
                $"/api/visit-rules?street={Home}",
                rules,
                status,
                HttpMethod.Put
            );
        }

        await SendAsync(
            street.Admin,
            "/api/visit-rules?street=elsewhere",
            rules,
            HttpStatusCode.NotFound,
            HttpMethod.Put
        );
        await SendAsync(
            street.Admin,
            $"/api/visit-rules?street={Home}",
            new
            {
                rules = new object[]
                {
                    new
                    {
                        point_type = "castle",
                        shift = "day",
                        every_days = 7,
                    },
                },
            },
            HttpStatusCode.UnprocessableEntity,
            HttpMethod.Put
        );
    }

    [Fact]
    public async Task Points_are_those_of_the_grids_workers_and_follow_a_handover()
    {
        Assert.Equal(["PA1"], await MineAsync(street.Worker));
        Assert.Equal(["PB1"], await MineAsync(street.OtherWorker));
        var second = await street.SignInAsAsync("second-a1", Role.Worker, Home, "A1");
        var community = await street.SignInAsAsync("community-a", Role.Worker, Home, "A");
        Assert.Equal(["PA1"], await MineAsync(second));
        // The grid's own workers come before the community's.
        Assert.Equal(["PA2"], await MineAsync(community));
        Assert.Equal(
            ["second-a1", "worker-a1"],
            (await PointAsync(street.Supervisor, "PA1"))
                .GetProperty("worker")
                .EnumerateArray()
                .Select(w => w.GetString()!)
        );

        // Given to one of them, then back.
        await SendAsync(
            street.Admin,
            $"/api/points/PA1/workers?street={Home}",
            new { workers = new[] { "second-a1" } },
            HttpStatusCode.NoContent,
            HttpMethod.Put
        );
        Assert.Equal(["PA1"], await MineAsync(second));
        Assert.Empty(await MineAsync(street.Worker));
        await SendAsync(
            street.Admin,
            $"/api/points/PA1/workers?street={Home}",
            new { workers = new[] { "worker-b1" } },
            HttpStatusCode.UnprocessableEntity,
            HttpMethod.Put
        );
        Assert.Equal(["PA1"], await MineAsync(second));

        // The grid is handed over: the point goes with it, although it was given to somebody.
        await street.ExecuteAsync(
            """
            UPDATE grants SET valid_until = @today
            WHERE account_id = (SELECT account_id FROM accounts WHERE user_name = 'second-a1')
            """,
            ("today", Today)
        );
        Assert.Equal(["PA1"], await MineAsync(street.Worker));
        var day = await GetAsync(street.Worker, "/api/my-day");
        Assert.Equal(1, day.GetProperty("total").GetInt32());
        Assert.Equal($"{Today:yyyy-MM-dd}", day.GetProperty("date").GetString());

        static async Task<string[]> MineAsync(HttpClient client) =>
            [
                .. (await GetAsync(client, "/api/points?assignee=me"))
                    .GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("id").GetString()!),
            ];
    }

    [Fact]
    public async Task A_streets_checklist_replaces_the_general_one_and_keeps_what_was_answered()
    {
        object List(string version, string text) =>
            new
            {
                version,
                name = "农贸市场自查表",
                point_type = "market",
                shift = "night",
                items = new object[]
                {
                    new
                    {
                        item = "gate",
                        text,
                        category = "illegal_parking",
                    },
                },
            };
        var path = $"/api/checklists/market_night?street={Home}";
        var put = HttpMethod.Put;
        await SendAsync(
            street.Admin,
            path,
            List("1", "闭市后大门关闭"),
            HttpStatusCode.NoContent,
            put
        );
        Assert.Equal("闭市后大门关闭", await ItemAsync());
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid(), shift: "night", answers: [new { item = "gate", answer = "ok" }]),
            HttpStatusCode.Created
        );
        await SendAsync(street.Admin, path, List("1", "改动"), HttpStatusCode.Conflict, put);
        await SendAsync(
            street.Admin,
            path,
            List("2", "闭市后大门上锁"),
            HttpStatusCode.NoContent,
            put
        );
        Assert.Equal("闭市后大门上锁", await ItemAsync());
        // Another street, and another shift, still have the general one.
        var day = await GetAsync(
            street.Worker,
            $"/api/checklists?street={Home}&point_type=market&shift=day"
        );
        Assert.Equal(
            "market",
            Assert
                .Single(day.GetProperty("checklists").EnumerateArray())
                .GetProperty("code")
                .GetString()
        );
        var others = await GetAsync(street.Stranger, "/api/checklists?point_type=market");
        Assert.Single(others.GetProperty("checklists").EnumerateArray());

        async Task<string?> ItemAsync()
        {
            var answer = await GetAsync(
                street.Worker,
                $"/api/checklists?street={Home}&point_type=market&shift=night"
            );
            var list = Assert.Single(answer.GetProperty("checklists").EnumerateArray());
            return list.GetProperty("items")[0].GetProperty("text").GetString();
        }
    }
}
