using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.Hotspots;

public sealed class HotspotTests(HotspotTests.Streets service) : IClassFixture<HotspotTests.Streets>
{
    /// <summary>
    /// The demo, and a street <c>board</c> of 8 × 8 square grids in four communities, with a river along its middle: south of the fifth
    /// row a narrow area of water, north of it a line.
    /// </summary>
    public sealed class Streets : ServiceFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await LoadDemoAsync();
            await ExecuteAsync(
                "INSERT INTO streets (street_code, name) VALUES ('board', '棋盘街')"
            );
            var communities = new StringBuilder("code,name,wkt\n");
            var grids = new StringBuilder("code,name,community,wkt\n");
            for (var c = 0; c < 4; c++)
            {
                var (x, y) = (4 * (c % 2), 4 * (c / 2));
                communities.Append(
                    CultureInfo.InvariantCulture,
                    $"K{c},社区{c},\"{TestStreet.Box(x, y, x + 4, y + 4)}\"\n"
                );
            }

            for (var g = 0; g < 64; g++)
            {
                var (x, y) = (g % 8, g / 8);
                grids.Append(
                    CultureInfo.InvariantCulture,
                    $"{Code(x, y)},格{x}{y},K{(x / 4) + (2 * (y / 4))},\"{TestStreet.Box(x, y, x + 1, y + 1)}\"\n"
                );
            }

            // Water from 5 m west to 5 m east of the border x = 4 up to y = 4; a line 3 m beside the border from there on.
            var river =
                $"code,kind,wkt\nR1,river,\"{TestStreet.Box(3.95, -1, 4.05, 4)}\"\n"
                + $"R2,river,\"LINESTRING({TestStreet.At(4.03, 4)},{TestStreet.At(4.03, 9)})\"\n";
            var random = new Random(4);
            var issues = new StringBuilder("code,category,found_at,state,wkt\n");
            for (var i = 0; i < 400; i++)
            {
                var hot = i % 4 == 0;
                var (x, y) = hot
                    ? (1 + (2 * random.NextDouble()), 1 + (2 * random.NextDouble()))
                    : (8 * random.NextDouble(), 8 * random.NextDouble());
                // Half past midnight in Beijing: the day before in UTC.
                issues.Append(
                    CultureInfo.InvariantCulture,
                    $"B{i},stall_occupying,2026-03-{1 + (i % 20):00}T00:30:00+08:00,open,POINT({TestStreet.At(x, y)})\n"
                );
            }

            await Import(Datasets.Communities, communities.ToString());
            await Import(Datasets.Grids, grids.ToString());
            await Import(Datasets.Base, river);
            await Import(Datasets.Issues, issues.ToString());
            // One to three daytime visits in the grids of the first six rows, none in the others.
            var points = new StringBuilder("code,name,type,wkt\n");
            for (var g = 0; g < 48; g++)
            {
                points.Append(TestStreet.Point($"P{g:00}", (g % 8) + 0.5, (g / 8) + 0.5));
            }

            await Import(Datasets.Points, points.ToString());
            await ExecuteAsync(
                """
                INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, note)
                SELECT 'board', gen_random_uuid(), p.code, a.account_id, v, v, v, 'day', 'problems', 'seen'
                FROM points p CROSS JOIN (SELECT account_id FROM accounts LIMIT 1) a
                CROSS JOIN LATERAL (SELECT timestamptz '2026-03-05T10:00:00+08:00' + n * INTERVAL '1 day' AS v FROM generate_series(0, right(p.code, 1)::int % 3) n) d
                WHERE p.street_code = 'board'
                """
            );
        }

        internal static string Code(int x, int y) => $"G{x}{y}";

        private async Task Import(Dataset dataset, string csv) =>
            TestStreet.Committed(await ImportAsync(dataset, csv, "b.csv", "board"));
    }

    [Theory]
    [InlineData("category=illegal_parking&state=all")]
    [InlineData("state=open")]
    [InlineData("state=all&measure=per_km2&category=stall_occupying")]
    [InlineData("state=all&measure=per_point")]
    public async Task The_map_of_grids_is_that_of_the_slow_formula_and_of_the_density(string what)
    {
        var query = $"street={ServiceFixture.DemoStreet}&level=grid&{what}";
        var (root, cells) = await HotspotReference.AskAsync(service, $"{query}&across_river=true");
        var pairs = await HotspotReference.PairsAsync(service, ServiceFixture.DemoStreet);
        HotspotReference.AssertAgrees(cells, (a, b) => pairs.Contains((a.Code, b.Code)));
        using var density = await service.GetJsonAsync($"/api/density?{query}&geometry=false");
        Assert.Equal(
            density
                .RootElement.GetProperty("features")
                .EnumerateArray()
                .Select(f => f.GetProperty("properties"))
                .Select(p =>
                    (p.GetProperty("code").GetString()!, p.GetProperty("count").GetInt64())
                ),
            cells.Select(c => (c.Code, c.Count))
        );
        Assert.Equal(
            density.RootElement.GetProperty("total").GetInt64(),
            root.GetProperty("total").GetInt64()
        );
        Assert.Equal(cells.Count(c => c.Value is not null), root.GetProperty("n").GetInt32());
        Assert.Equal(
            cells.Count,
            root.GetProperty("tally").EnumerateObject().Sum(t => t.Value.GetInt32())
        );
        Assert.NotEmpty(root.GetProperty("method").GetProperty("zh").GetString()!);
    }

    [Fact]
    public async Task Nobody_is_a_neighbour_across_a_river_unless_asked()
    {
        const string Query = "street=board&level=grid&from=2026-03-01&to=2026-03-20";
        var (_, apart) = await HotspotReference.AskAsync(service, Query);
        var (_, across) = await HotspotReference.AskAsync(service, $"{Query}&across_river=true");
        HotspotReference.AssertAgrees(apart, (a, b) => Touch(a, b) && West(a) == West(b));
        HotspotReference.AssertAgrees(across, Touch);
        // The four nearest of an inner cell are its sides; one of them lies across.
        var (_, nearest) = await HotspotReference.AskAsync(service, $"{Query}&weights=knn&k=4");
        foreach (var (x, y) in ((int, int)[])[(3, 1), (4, 2), (3, 5), (4, 6)])
        {
            var cell = nearest.Single(c => c.Code == Streets.Code(x, y));
            Assert.Equal(3, cell.Neighbours);
        }

        var (_, band) = await HotspotReference.AskAsync(
            service,
            $"{Query}&weights=distance&distance_metres=115"
        );
        HotspotReference.AssertAgrees(
            band,
            (a, b) => Math.Abs(X(a) - X(b)) + Math.Abs(Y(a) - Y(b)) == 1 && West(a) == West(b)
        );
    }

    [Fact]
    public async Task A_change_of_the_river_or_of_a_border_is_seen_at_once()
    {
        await using var other = await service.Database.OpenConnectionAsync();
        const string Query = "street=board&level=grid&from=2026-03-01&to=2026-03-20";
        var (_, before) = await HotspotReference.AskAsync(service, Query);
        await service.ExecuteAsync(
            "UPDATE base_features SET kind = 'park' WHERE street_code = 'board'"
        );
        var (_, dry) = await HotspotReference.AskAsync(service, Query);
        await service.ExecuteAsync(
            "UPDATE base_features SET kind = 'river' WHERE street_code = 'board'"
        );
        Assert.Equal(5, before.Single(c => c.Code == "G32").Neighbours);
        Assert.Equal(8, dry.Single(c => c.Code == "G32").Neighbours);
    }

    [Fact]
    public async Task Hexagons_are_tested_too_and_local_Moran_answers_the_same_each_time()
    {
        const string Query =
            "street=board&level=hex&size=120&from=2026-03-01&to=2026-03-20&statistic=local_moran";
        var (root, cells) = await HotspotReference.AskAsync(service, $"{Query}&seed=7");
        var (_, again) = await HotspotReference.AskAsync(service, $"{Query}&seed=7");
        Assert.Equal(cells, again);
        Assert.Equal(400, root.GetProperty("total").GetInt64());
        Assert.Equal(400, cells.Sum(c => c.Count));
        Assert.Contains(cells, c => c.Class == "HH");
        Assert.All(cells, c => Assert.InRange(c.Neighbours, 0, 6));
        Assert.Equal(7, root.GetProperty("parameters").GetProperty("seed").GetInt32());
        var (_, stars) = await HotspotReference.AskAsync(
            service,
            Query.Replace("local_moran", "gi_star", StringComparison.Ordinal)
        );
        // The planted square of two by two grids lies about (2, 2).
        Assert.Contains(stars, c => c.Class == "hot_99");
    }

    [Fact]
    public async Task Half_past_midnight_belongs_to_the_day_in_Beijing()
    {
        var (root, _) = await HotspotReference.AskAsync(
            service,
            "street=board&from=2026-03-01&to=2026-03-02"
        );
        Assert.Equal(40, root.GetProperty("total").GetInt64());
    }

    [Theory]
    [InlineData("street=board&from=2026-03-01&to=2026-03-01", "events", 20, 30)]
    [InlineData("street=board&level=hex&size=900", "cells", -1, 30)]
    [InlineData("street=board&measure=per_visit&shift=school_peak", "cells", 0, 30)]
    public async Task Too_little_is_refused_with_the_reason(
        string query,
        string reason,
        int n,
        int needed
    )
    {
        foreach (var path in (string[])["/api/hotspots?", "/api/hotspots/explain?cell=G11&"])
        {
            var problem = await service.GetProblemAsync(path + query, 422, "too-few-to-tell");
            Assert.Equal(reason, problem.GetProperty("reason").GetString());
            Assert.Equal(needed, problem.GetProperty("needed").GetInt32());
            if (n >= 0)
            {
                Assert.Equal(n, problem.GetProperty("n").GetInt32());
            }

            Assert.NotEmpty(problem.GetProperty("text").GetProperty("zh").GetString()!);
        }
    }

    [Fact]
    public async Task Who_sees_a_part_of_the_street_has_the_statistics_of_that_part()
    {
        using var client = await service.SignInAsAsync(
            "two-of-four",
            Role.Supervisor,
            "board",
            "K0"
        );
        using (var response = await client.GetAsync("/api/hotspots?street=board&state=all"))
        {
            var problem = await ServiceFixture.ProblemAsync(
                response,
                422,
                "too-few-to-tell",
                "one community"
            );
            Assert.Equal(16, problem.GetProperty("n").GetInt32());
        }

        using var scope = await service.SignInAsAsync("half", Role.Supervisor, "board", "K1");
        await service.ExecuteAsync(
            """
            INSERT INTO grants (grant_id, account_id, role, street_code, level, area_code)
            SELECT gen_random_uuid(), g.account_id, g.role, g.street_code, g.level, 'K3'
            FROM grants g JOIN accounts a USING (account_id) WHERE a.user_name = 'half'
            """
        );
        using var half = await scope.GetAsync(
            "/api/hotspots?street=board&state=all&geometry=false"
        );
        Assert.Equal(HttpStatusCode.OK, half.StatusCode);
        using var answer = JsonDocument.Parse(await half.Content.ReadAsStringAsync());
        var cells = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(HotCell.Of)
            .ToList();
        Assert.Equal(32, cells.Count);
        Assert.All(cells, c => Assert.True(c.Parent is "K1" or "K3"));
        HotspotReference.AssertAgrees(cells, Touch);
        using var hidden = await scope.GetAsync(
            "/api/hotspots/explain?cell=G00&street=board&state=all"
        );
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Grids_that_nobody_visited_take_no_part_in_rates_by_visit()
    {
        const string Query =
            "street=board&from=2026-03-01&to=2026-03-20&measure=per_visit&across_river=true";
        var (root, cells) = await HotspotReference.AskAsync(service, Query);
        Assert.Equal(48, root.GetProperty("n").GetInt32());
        Assert.Equal(16, root.GetProperty("tally").GetProperty("no_data").GetInt32());
        HotspotReference.AssertAgrees(cells, Touch);
        Assert.All(cells, c => Assert.Equal(Y(c) >= 6, c.Value is null));
        using var never = await service.GetJsonAsync($"/api/hotspots/explain?cell=G77&{Query}");
        Assert.Contains(
            "没有走访记录",
            never.RootElement.GetProperty("text").GetProperty("zh").GetString()!,
            StringComparison.Ordinal
        );
        Assert.Equal("no_data", never.RootElement.GetProperty("class").GetString());
    }

    [Fact]
    public async Task Without_a_street_the_cells_of_all_streets_are_tested_together()
    {
        var (root, cells) = await HotspotReference.AskAsync(
            service,
            "level=grid&state=all&across_river=true"
        );
        Assert.Equal(64 + 91, cells.Count);
        Assert.Equal(64 + 91, root.GetProperty("n").GetInt32());
        var demo = await HotspotReference.PairsAsync(service, ServiceFixture.DemoStreet);
        var board = await HotspotReference.PairsAsync(service, "board");
        // The board lies on the demo street's ground: neighbours across the border of streets are all who touch.
        var both = await HotspotReference.PairsAsync(service, street: null);
        Assert.True(both.Count > demo.Count + board.Count);
        HotspotReference.AssertAgrees(cells, (a, b) => both.Contains((a.Code, b.Code)));
        var (_, hexagons) = await HotspotReference.AskAsync(
            service,
            "level=hex&state=all&size=150"
        );
        Assert.Equal(
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE grid_code IS NOT NULL"
            ),
            hexagons.Sum(c => c.Count),
            // those outside the grids lie in hexagons too
            tolerance: 20
        );
        using var told = await service.GetJsonAsync("/api/hotspots/explain?cell=G11&state=all");
        Assert.Contains(
            "street=board",
            told.RootElement.GetProperty("view").GetString()!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cell_is_explained_with_its_records_and_a_link_to_the_view()
    {
        const string Query =
            "street=board&level=grid&from=2026-03-01&to=2026-03-20&category=stall_occupying";
        var (root, cells) = await HotspotReference.AskAsync(service, Query);
        var hottest = cells.MaxBy(c => c.Z)!;
        using var answer = await service.GetJsonAsync(
            $"/api/hotspots/explain?cell={hottest.Code}&{Query}"
        );
        var told = answer.RootElement;
        Assert.Equal(hottest.Z, told.GetProperty("gi_star").GetDouble());
        Assert.Equal(hottest.Class, told.GetProperty("class").GetString());
        Assert.Equal(hottest.Count, told.GetProperty("cell").GetProperty("count").GetInt64());
        var around = told.GetProperty("neighbours").EnumerateArray().ToList();
        Assert.Equal(hottest.Neighbours, around.Count);
        Assert.Equal(
            hottest.Count + around.Sum(a => a.GetProperty("count").GetInt64()),
            told.GetProperty("observed").GetDouble()
        );
        Assert.Equal(
            root.GetProperty("mean").GetDouble() * (around.Count + 1),
            told.GetProperty("expected").GetDouble(),
            1e-9
        );
        var zh = told.GetProperty("text").GetProperty("zh").GetString()!;
        Assert.Contains($"有 {hottest.Count} 起", zh, StringComparison.Ordinal);
        Assert.Contains("占道", zh, StringComparison.Ordinal);
        Assert.Contains("同一时期这里走访过", zh, StringComparison.Ordinal);
        Assert.Contains("热点（99%）", zh, StringComparison.Ordinal);
        Assert.Contains(
            "hot (99 %)",
            told.GetProperty("text").GetProperty("en").GetString()!,
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"/?area=situation&street=board&show=hotspots&density=grid&size=100&from=2026-03-01&to=2026-03-20&category=stall_occupying&state=all&measure=count&statistic=gi_star&weights=queen&k=8&band=200&river=0&sel=grid%3A{hottest.Code}",
            told.GetProperty("view").GetString()
        );
        using var records = await service.GetJsonAsync(told.GetProperty("records").GetString()!);
        Assert.Equal(hottest.Count, records.RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task The_records_of_a_hexagon_and_of_a_shift_are_those_that_were_counted()
    {
        const string Query =
            "street=board&level=hex&size=150&from=2026-03-01&to=2026-03-20&shift=night";
        var (_, cells) = await HotspotReference.AskAsync(service, Query);
        var most = cells.MaxBy(c => c.Count)!;
        Assert.True(most.Count > 5);
        using var answer = await service.GetJsonAsync(
            $"/api/hotspots/explain?cell={Uri.EscapeDataString(most.Code)}&{Query}"
        );
        var path = answer.RootElement.GetProperty("records").GetString()!;
        using var records = await service.GetJsonAsync(path);
        Assert.Equal(most.Count, records.RootElement.GetProperty("numberMatched").GetInt64());
        Assert.Equal(most.Count, records.RootElement.GetProperty("features").GetArrayLength());
        await service.GetProblemAsync(
            path.Replace("cell=h150", "cell=h151", StringComparison.Ordinal),
            404,
            "not-found"
        );
    }

    [Theory]
    [InlineData("weights=knn&street=", "street")]
    [InlineData("street=board&level=community", "level")]
    [InlineData("street=board&k=0", "k")]
    [InlineData("street=board&k=2.5", "k")]
    [InlineData("street=board&distance_metres=NaN", "distance_metres")]
    [InlineData("street=board&measure=overdue_share", "measure")]
    [InlineData("street=board&permutations=10", "permutations")]
    [InlineData("street=board&seed=-1", "seed")]
    [InlineData("street=board&weights=rook", "weights")]
    [InlineData("street=board&neighbors=3", "neighbors")]
    public async Task What_cannot_be_read_is_refused_by_name(string query, string parameter)
    {
        var problem = await service.GetProblemAsync(
            $"/api/hotspots?{query}",
            400,
            "invalid-parameter"
        );
        Assert.Equal(
            parameter,
            problem.GetProperty("errors")[0].GetProperty("parameter").GetString()
        );
    }

    private static int X(HotCell cell) => cell.Code[1] - '0';

    private static int Y(HotCell cell) => cell.Code[2] - '0';

    private static bool West(HotCell cell) => X(cell) < 4;

    private static bool Touch(HotCell a, HotCell b) =>
        a != b && Math.Abs(X(a) - X(b)) <= 1 && Math.Abs(Y(a) - Y(b)) <= 1;
}
