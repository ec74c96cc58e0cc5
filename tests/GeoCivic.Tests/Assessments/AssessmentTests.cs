using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Tests.Inspections;
using static GeoCivic.Tests.Inspections.InspectedStreet;

namespace GeoCivic.Tests.Assessments;

/// <summary>Assessment trees, mock assessments on them, and the veto board.</summary>
public sealed class AssessmentTests(InspectedStreet street) : IClassFixture<InspectedStreet>
{
    private const string Header =
        "级别,编号,上级,名称,测评方法,权重,一票否决,点位类型,点位,户数,依据\n";

    private const string Tree =
        Header
        + "大项,1,,公共环境,,60,,,,,\n"
        + "子项,1-1,1,市场环境,,1,,,,,\n"
        + "指标,1-1-1,1-1x,占道经营,实地考察,2,,market,,,\n"
        + "小项,1-1x,1-1,市场秩序,,1,,,,,\n"
        + "指标,1-1-2,1-1x,食品安全,实地考察、问卷调查,1,是,,PA1;PB1,,某测评体系（示例）第3条\n"
        + "大项,2,,公共服务,,40,,,,,\n"
        + "子项,2-1,2,窗口,网上申报,1,否,,,,\n"
        + "小项,2-1x,2-1,满意度,问卷调查,1,,,,30,\n";

    private async Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(
        string csv,
        string query = "",
        HttpClient? client = null
    )
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        using var response = await (client ?? street.Supervisor).PostAsync(
            $"/api/assessment-trees?street={Home}&filename=tree.csv{query}",
            content
        );
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string[] Faults(JsonElement problem) =>
        [
            .. problem
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r =>
                    $"{r.GetProperty("line").GetInt64()} {r.GetProperty("field").GetString()}"
                ),
        ];

    private static object Mock(Guid id, string name, string? day, params object[] results) =>
        new
        {
            id,
            street = Home,
            name,
            held_on = day,
            results,
        };

    private static object Seen(string indicator, string point, string outcome) =>
        new
        {
            indicator,
            point,
            outcome,
        };

    private static object Scored(string indicator, double score) => new { indicator, score };

    [Fact]
    public async Task A_tree_is_taken_whole_with_the_numbers_announced_or_not_at_all()
    {
        var (status, report) = await UploadAsync(
            Tree,
            "&dryRun=true&expect=2,2,2,2&points=4&households=30"
        );
        Assert.True(status == HttpStatusCode.OK, report.ToString());
        Assert.False(report.GetProperty("stored").GetBoolean());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("id").ValueKind);

        // A row lost on the way, and points and households that are others.
        var shorter = Tree[..Tree.TrimEnd('\n').LastIndexOf('\n')] + "\n";
        var (differs, problem) = await UploadAsync(
            shorter,
            "&expect=2,2,2,2&points=5&households=30"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, differs);
        Assert.Equal("/problems/checksum-differs", problem.GetProperty("type").GetString());
        Assert.Equal(
            ["level 3: 2/1", "points: 5/4", "households: 30/0"],
            problem
                .GetProperty("figures")
                .EnumerateArray()
                .Select(f =>
                    $"{f.GetProperty("name").GetString()}: {f.GetProperty("expected").GetInt64()}/{f.GetProperty("found").GetInt64()}"
                )
        );
        var (deeper, _) = await UploadAsync(Tree, "&expect=2,2,2");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, deeper);

        var (refused, faulty) = await UploadAsync(
            Header
                + "大项,1,,甲,,60,,,,,\n"
                + "子项,1-1,9,乙,,1,,,,,\n"
                + "指标,1-2,1,丙,,1,,,,,\n"
                + "子项,1-1,1,丁,打分,0,也许,nothing,NOWHERE,-1,\n"
                + "七,,1,,,,,,,,\n"
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Equal(
            [
                "3 parent",
                "4 parent",
                "5 methods",
                "5 weight",
                "5 veto",
                "5 households",
                "5 code",
                "5 point_types",
                "5 points",
                "6 level",
                "6 code",
                "6 name",
            ],
            Faults(faulty)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync("a,b\n1,2\n")).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await UploadAsync(Tree, client: street.Handler)).Status
        );
        Assert.Equal(
            0,
            await street.ScalarAsync<long>(
                "SELECT count(*) FROM assessment_trees WHERE title = 'faulty'"
            )
        );
    }

    [Fact]
    public async Task Runs_roll_up_compare_and_turn_the_board_red_until_another_person_clears_it()
    {
        var (status, tree) = await UploadAsync(Tree, "&title=示例&expect=2,2,2,2");
        Assert.True(status == HttpStatusCode.Created, tree.ToString());
        var version = tree.GetProperty("version").GetInt32();
        var (again, same) = await UploadAsync(Tree);
        Assert.Equal((HttpStatusCode.OK, version), (again, same.GetProperty("version").GetInt32()));
        var shown = await GetAsync(street.Worker, $"/api/assessment-trees?street={Home}");
        Assert.Equal(1, shown.GetProperty("points").GetInt32());
        Assert.Equal(
            [2, 2, 2, 2],
            shown.GetProperty("levels").EnumerateArray().Select(l => l.GetInt32())
        );

        // 1-1-1: two of three in order; 1-1-2 not looked at; 2 answered by a survey.
        var first = Guid.NewGuid();
        var body = Mock(
            first,
            "一季度模拟测评",
            "2026-03-20",
            Seen("1-1-1", "PA1", "ok"),
            Seen("1-1-1", "PA2", "bad"),
            Seen("1-1-1", "PB1", "ok"),
            Seen("1-1-1", "PB2", "na"),
            Scored("2-1x", 90)
        );
        var made = await SendAsync(
            street.Supervisor,
            "/api/mock-assessments",
            body,
            HttpStatusCode.Created
        );
        await SendAsync(street.Supervisor, "/api/mock-assessments", body, HttpStatusCode.OK);
        // (60 × 66.67 + 40 × 90) ÷ 100; a third of the market's weight was not assessed.
        Assert.Equal(76, made.GetProperty("score").GetDouble(), 1e-9);
        Assert.Equal(0.8, made.GetProperty("assessed").GetDouble(), 1e-4);
        Assert.Equal(
            0,
            (await GetAsync(street.Supervisor, $"/api/veto-indicators?street={Home}"))
                .GetProperty("raised")
                .GetInt32()
        );

        var second = Guid.NewGuid();
        await SendAsync(
            street.Supervisor,
            "/api/mock-assessments",
            Mock(
                second,
                "二季度模拟测评",
                "2026-06-20",
                Seen("1-1-1", "PA1", "ok"),
                Seen("1-1-2", "PA1", "ok"),
                Seen("1-1-2", "PB1", "bad")
            ),
            HttpStatusCode.Created
        );
        var compared = await GetAsync(
            street.Worker,
            $"/api/mock-assessments/{second}?compare={first}"
        );
        var nodes = compared
            .GetProperty("nodes")
            .EnumerateArray()
            .ToDictionary(n => n.GetProperty("code").GetString()!, StringComparer.Ordinal);
        // (2 × 100 + 1 × 50) ÷ 3 against 66.67; what one of the runs lacks has no difference.
        Assert.Equal(83.33, nodes["1-1x"].GetProperty("score").GetDouble());
        Assert.Equal(16.67, nodes["1-1x"].GetProperty("difference").GetDouble());
        Assert.Equal(JsonValueKind.Null, nodes["1-1-2"].GetProperty("difference").ValueKind);
        Assert.Equal(90, nodes["2"].GetProperty("before").GetDouble());
        Assert.Equal(JsonValueKind.Null, nodes["2"].GetProperty("score").ValueKind);
        Assert.Equal(7.33, compared.GetProperty("difference").GetDouble());
        // PB1 is not the worker's to see.
        Assert.Empty(compared.GetProperty("bad_points").EnumerateArray());
        Assert.Single(
            (await GetAsync(street.Supervisor, $"/api/mock-assessments/{second}"))
                .GetProperty("bad_points")
                .EnumerateArray()
        );
        Assert.Equal(
            ["二季度模拟测评", "一季度模拟测评"],
            (await GetAsync(street.Supervisor, $"/api/mock-assessments?street={Home}"))
                .GetProperty("assessments")
                .EnumerateArray()
                .Select(a => a.GetProperty("name").GetString())
        );

        await ClearsBySecondPersonAsync();
        await RefusesAsync();
    }

    private async Task ClearsBySecondPersonAsync()
    {
        var board = await GetAsync(street.Supervisor, $"/api/veto-indicators?street={Home}");
        Assert.Equal(1, board.GetProperty("raised").GetInt32());
        var red = board.GetProperty("indicators")[0];
        Assert.Equal("1-1-2", red.GetProperty("code").GetString());
        Assert.Contains("第3条", red.GetProperty("basis").GetString(), StringComparison.Ordinal);
        var id = red.GetProperty("id").GetGuid();
        var alarm = red.GetProperty("alarms")[0].GetProperty("id").GetGuid();
        var clear = $"/api/veto-indicators/{id}/alarms/{alarm}/clear";
        var evidence = new { id = Guid.NewGuid(), evidence = "复查合格,见照片" };
        using (var own = await street.Supervisor.PostAsJsonAsync(clear, evidence))
        {
            Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
            Assert.Contains(
                "second-person",
                await own.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        using var colleague = await street.SignInAsAsync("colleague", Role.Supervisor, Home);
        var cleared = await SendAsync(colleague, clear, evidence, HttpStatusCode.OK);
        Assert.False(cleared.GetProperty("raised").GetBoolean());
        await SendAsync(colleague, clear, evidence, HttpStatusCode.OK);
        await SendAsync(
            colleague,
            clear,
            new { id = Guid.NewGuid(), evidence = "x" },
            HttpStatusCode.Conflict
        );

        // Raised by hand over a covert finding: nobody else sees that, nor that the board is red.
        var issue = Guid.NewGuid();
        await SendAsync(
            street.Supervisor,
            "/api/issues",
            new
            {
                id = issue,
                category = "market_order",
                lon = GeoCivic.Tests.Imports.TestStreet.Lon(0.5),
                lat = GeoCivic.Tests.Imports.TestStreet.Lat(0.5),
                covert = true,
            },
            HttpStatusCode.Created
        );
        var raise = new
        {
            id = Guid.NewGuid(),
            reason = "暗访发现",
            issue,
        };
        await SendAsync(
            street.Supervisor,
            $"/api/veto-indicators/{id}/alarms",
            raise,
            HttpStatusCode.Created
        );
        await SendAsync(
            street.Supervisor,
            $"/api/veto-indicators/{id}/alarms",
            raise,
            HttpStatusCode.OK
        );
        foreach (var (client, red1) in new[] { (street.Supervisor, 1), (street.Handler, 0) })
        {
            Assert.Equal(
                red1,
                (await GetAsync(client, $"/api/veto-indicators?street={Home}"))
                    .GetProperty("raised")
                    .GetInt32()
            );
            Assert.Equal(
                1 + red1,
                (await GetAsync(client, $"/api/veto-indicators/{id}"))
                    .GetProperty("alarms")
                    .GetArrayLength()
            );
        }

        // Raised it stays on the board, and its history cannot be rewritten even beside the service.
        using var retire = new HttpRequestMessage(HttpMethod.Patch, $"/api/veto-indicators/{id}")
        {
            Content = JsonContent.Create(new { retired = true }),
        };
        retire.Headers.IfMatch.Add(EntityTagHeaderValue.Parse("\"1\""));
        using var refused = await street.Supervisor.SendAsync(retire);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        foreach (
            var sql in (string[])
                [
                    "DELETE FROM veto_alarms",
                    "UPDATE veto_alarms SET reason = 'x'",
                    "UPDATE veto_alarms SET cleared_by = raised_by, cleared_at = now(), evidence = 'x' WHERE cleared_at IS NULL",
                ]
        )
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => street.ExecuteAsync(sql));
        }
    }

    private async Task RefusesAsync()
    {
        foreach (
            var (result, field) in new (object, string)[]
            {
                (Scored("1", 50), "results[0].indicator"),
                (Scored("none", 50), "results[0].indicator"),
                (Scored("1-1-2", 50), "results[0].score"),
                (Scored("1-1-1", 101), "results[0].score"),
                (Seen("1-1-1", "NOWHERE", "ok"), "results[0].point"),
                (Seen("1-1-1", "PA1", "good"), "results[0].outcome"),
                (new { indicator = "1-1-1", outcome = "ok" }, "results[0].point"),
                (new { indicator = "1-1-1" }, "results[0].score"),
            }
        )
        {
            using var response = await street.Supervisor.PostAsJsonAsync(
                "/api/mock-assessments",
                Mock(Guid.NewGuid(), "x", null, result)
            );
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True((int)response.StatusCode is 400 or 422, problem.ToString());
            Assert.Contains(
                field,
                problem
                    .GetProperty("errors")
                    .EnumerateArray()
                    .Select(e => e.GetProperty("field").GetString())
            );
        }

        using var both = await street.Supervisor.PostAsJsonAsync(
            "/api/mock-assessments",
            Mock(Guid.NewGuid(), "x", null, Scored("1-1-1", 1), Seen("1-1-1", "PA1", "ok"))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, both.StatusCode);
        using var twice = await street.Supervisor.PostAsJsonAsync(
            "/api/veto-indicators",
            new
            {
                id = Guid.NewGuid(),
                street = Home,
                code = "1-1-2",
                name = "x",
                basis = "y",
            }
        );
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }
}
