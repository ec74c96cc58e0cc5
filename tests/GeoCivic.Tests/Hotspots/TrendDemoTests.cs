using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Database;
using GeoCivic.Tests.Http;
using Xunit.Abstractions;

namespace GeoCivic.Tests.Hotspots;

/// <summary>What was planted in the demo street is found, through the calls that supervisors use.</summary>
public sealed class TrendDemoTests(DemoFixture demo, ITestOutputHelper output)
    : IClassFixture<DemoFixture>
{
    private const string Street = ServiceFixture.DemoStreet;
    private readonly DemoTruth truth = new();

    private static List<JsonElement> Features(JsonDocument answer) =>
        [.. answer.RootElement.GetProperty("features").EnumerateArray()];

    [Fact]
    public async Task The_planted_hot_places_are_clusters()
    {
        var missed = new List<string>();
        var (clusters, planted) = (0, 0);
        foreach (var hot in truth.List("hot"))
        {
            using var answer = await demo.GetJsonAsync(
                $"/api/clusters?street={Street}&category={DemoTruth.Text(hot, "category")}&from={truth.Day(hot, "from")}&to={truth.Day(hot, "to")}"
            );
            var found = false;
            foreach (var cluster in Features(answer))
            {
                clusters++;
                found |= await demo.ScalarAsync<bool>(
                    "SELECT ST_DWithin(ST_GeomFromGeoJSON(@hull)::geography, geom::geography, 5) FROM points WHERE code = @point",
                    ("hull", cluster.GetProperty("geometry").GetRawText()),
                    ("point", DemoTruth.Text(hot, "point"))
                );
            }

            planted++;
            if (!found)
            {
                missed.Add(DemoTruth.Text(hot, "id"));
            }
        }

        output.WriteLine(
            $"{planted - missed.Count} of {planted} hot places are clusters (missed: {string.Join(' ', missed)}); {clusters} clusters in all"
        );
        Assert.Equal(16, planted);
        Assert.InRange(missed.Count, 0, 2);
    }

    [Fact]
    public async Task The_key_places_of_the_demo_are_saved_once_from_its_clusters()
    {
        await using var accounts = CommandAccounts.Over(
            Schema.CreateDataSource(demo.ConnectionString)
        );
        await DemoAccounts.MakeAsync(accounts.Book, CancellationToken.None);
        var supervisor = (
            await accounts.Callers.OfUserAsync("supervisor", CancellationToken.None)
        )!;
        Task<int> SaveAsync() =>
            DemoKeyPlaces.AddAsync(
                demo.Database,
                supervisor,
                TimeProvider.System,
                CancellationToken.None
            );
        Assert.Equal(5, await SaveAsync());
        Assert.Equal(0, await SaveAsync());
        using var list = await demo.GetJsonAsync($"/api/key-places?street={Street}");
        foreach (var place in Features(list).ConvertAll(f => f.GetProperty("properties")))
        {
            // Each holds at least the cluster that it was made of.
            Assert.True(place.GetProperty("cluster").GetProperty("cluster").GetInt32() >= 1);
            Assert.InRange(
                await demo.ScalarAsync<long>(
                    "SELECT count(*) FROM key_places k JOIN issues i ON ST_Covers(k.geom, i.geom) AND i.category = k.category WHERE k.key_place_id = @id",
                    ("id", place.GetProperty("id").GetGuid())
                ),
                8,
                1000
            );
        }
    }

    [Fact]
    public async Task A_cluster_is_what_its_members_are()
    {
        var window = $"street={Street}&state=all&eps_metres=30&min_points=12&shift=night";
        using var answer = await demo.GetJsonAsync($"/api/clusters?{window}");
        var root = answer.RootElement;
        var clusters = Features(answer).ConvertAll(f => f.GetProperty("properties"));
        Assert.True(clusters.Count > 3);
        var sizes = clusters.ConvertAll(c => c.GetProperty("size").GetInt32());
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.Equal(
            root.GetProperty("n").GetInt32(),
            sizes.Sum() + root.GetProperty("noise").GetInt32()
        );
        Assert.Equal(
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE shift_at(found_at) = 'night'"
            ),
            root.GetProperty("n").GetInt64()
        );
        foreach (var number in (int[])[1, clusters.Count])
        {
            var cluster = clusters[number - 1];
            Assert.Equal(number, cluster.GetProperty("cluster").GetInt32());
            using var members = await demo.GetJsonAsync(
                cluster.GetProperty("members").GetString() + "&limit=50000"
            );
            var ids = Features(members).ConvertAll(m => m.GetProperty("id").GetGuid());
            Assert.Equal(sizes[number - 1], ids.Count);
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Equal(ids.Count, members.RootElement.GetProperty("numberMatched").GetInt32());
            // All inside the hull, which winds anticlockwise; dates and categories are theirs.
            Assert.True(
                await demo.ScalarAsync<bool>(
                    """
                    SELECT bool_and(ST_Covers(h.hull, i.geom)) AND bool_and(ST_IsPolygonCCW(h.hull) AND ST_IsValid(h.hull))
                       AND min(i.found_at) = @first::timestamptz AND max(i.found_at) = @last::timestamptz
                    FROM issues i, (SELECT ST_GeomFromGeoJSON(@hull) AS hull) h WHERE i.id = ANY (@ids)
                    """,
                    ("hull", Features(answer)[number - 1].GetProperty("geometry").GetRawText()),
                    ("first", cluster.GetProperty("first").GetString()!),
                    ("last", cluster.GetProperty("last").GetString()!),
                    ("ids", ids.ToArray())
                )
            );
            Assert.Equal(
                ids.Count,
                cluster
                    .GetProperty("categories")
                    .EnumerateArray()
                    .Sum(c => c.GetProperty("n").GetInt32())
            );
            // Pages join to the whole.
            using var page = await demo.GetJsonAsync(
                cluster.GetProperty("members").GetString() + "&limit=5"
            );
            using var next = await demo.GetJsonAsync(
                cluster.GetProperty("members").GetString()
                    + $"&limit=5&cursor={page.RootElement.GetProperty("next").GetString()}"
            );
            Assert.Equal(
                ids.Take(10),
                Features(page).Concat(Features(next)).Select(m => m.GetProperty("id").GetGuid())
            );
        }

        await demo.GetProblemAsync(
            $"/api/clusters/members?{window}&cluster=5000",
            404,
            "not-found"
        );
    }

    [Theory]
    [InlineData("street=500103011&eps_metres=4.9", "eps_metres")]
    [InlineData("street=500103011&eps_metres=nan", "eps_metres")]
    [InlineData("street=500103011&min_points=2.5", "min_points")]
    [InlineData("street=500103011&min_points=1", "min_points")]
    [InlineData("street=500103011&from=2026-03-02&to=2026-03-01", "to")]
    [InlineData("street=500103011&state=undone", "state")]
    [InlineData("street=500103011&shift=noon", "shift")]
    [InlineData("street=500103011&radius=5", "radius")]
    public async Task What_is_asked_wrongly_is_named(string query, string parameter)
    {
        var problem = await demo.GetProblemAsync(
            $"/api/clusters?{query}",
            400,
            "invalid-parameter"
        );
        Assert.Contains(
            problem.GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("parameter").GetString() == parameter
        );
        foreach (var call in (string[])["clusters", "recurrence", "profiles"])
        {
            await demo.GetProblemAsync($"/api/{call}?street=none", 404, "street-unknown");
            // Without a street, all of them: here there is one.
            using var all = await demo.GetJsonAsync($"/api/{call}");
            using var one = await demo.GetJsonAsync($"/api/{call}?street={Street}");
            Assert.Equal(Numbers(one.RootElement), Numbers(all.RootElement));
        }
    }

    private static string Numbers(JsonElement answer) =>
        string.Join(
            ' ',
            new[] { "n", "noise", "total", "eligible" }.Select(name =>
                answer.TryGetProperty(name, out var value) ? value.GetRawText() : ""
            )
        );

    [Fact]
    public async Task The_planted_recurrences_come_back()
    {
        using var answer = await demo.GetJsonAsync(
            $"/api/recurrence?street={Street}&days=30&metres=50"
        );
        var root = answer.RootElement;
        var places = root.GetProperty("places").EnumerateArray().ToList();
        foreach (var planted in truth.List("recurring"))
        {
            var codes = planted
                .GetProperty("issues")
                .EnumerateArray()
                .Select(i => i.GetString())
                .ToList();
            var place = Assert.Single(
                places,
                p =>
                    p.GetProperty("category").GetString() == DemoTruth.Text(planted, "category")
                    && codes.TrueForAll(c =>
                        p.GetProperty("issues")
                            .EnumerateArray()
                            .Any(i => i.GetProperty("code").GetString() == c)
                    )
            );
            Assert.True(place.GetProperty("times").GetInt32() >= codes.Count - 1);
            output.WriteLine(
                $"{DemoTruth.Text(planted, "id")}: place {places.IndexOf(place) + 1} of {places.Count}, {place.GetProperty("times").GetInt32()} times"
            );
        }

        // Days, metres and the rate by another way: every pair of issues compared.
        Assert.Equal(
            await demo.ScalarAsync<long>(
                """
                SELECT count(*) FROM issues e
                WHERE e.state IN ('closed', 'cancelled', 'fixed_on_spot') AND EXISTS (
                    SELECT FROM issues l WHERE l.category = e.category AND l.state NOT IN ('rejected', 'merged')
                      AND l.found_at > e.closed_at AND l.found_at <= e.closed_at + INTERVAL '30 days'
                      AND ST_Distance(l.geom::geography, e.geom::geography) <= 50)
                """
            ),
            root.GetProperty("n").GetInt64()
        );
        foreach (var pair in root.GetProperty("recurring").EnumerateArray())
        {
            Assert.InRange(pair.GetProperty("days").GetDouble(), 0, 30);
            Assert.InRange(pair.GetProperty("metres").GetDouble(), 0, 50.005);
        }

        var rate = root.GetProperty("rate").GetDouble();
        Assert.InRange(rate, 0.0001, 0.9999);
        Assert.True(
            root.GetProperty("followed").GetInt32() < root.GetProperty("eligible").GetInt32()
        );
        output.WriteLine(
            $"{root.GetProperty("n")} of {root.GetProperty("eligible")} came back; rate {rate:P1}"
        );
    }

    [Fact]
    public async Task Campaigns_show_their_planted_effect_and_the_one_without_shows_none()
    {
        foreach (var campaign in truth.List("campaigns"))
        {
            var phase = campaign.GetProperty("phases")[0];
            var before = campaign.GetProperty("before");
            static string Codes(JsonElement of, string name) =>
                string.Join(',', of.GetProperty(name).EnumerateArray().Select(c => c.GetString()));
            var asked =
                $"/api/campaign-effects?street={Street}&category={DemoTruth.Text(campaign, "category")}&areas={Codes(campaign, "communities")}&controls={Codes(campaign, "control")}"
                + $"&before_from={truth.Day(before, "from")}&before_to={truth.Day(before, "to")}&during_from={truth.Day(phase, "from")}&during_to={truth.Day(phase, "to")}";
            using var answer = await demo.GetJsonAsync(asked);
            var root = answer.RootElement;
            var observed = campaign.GetProperty("observed");
            foreach (var (member, name) in new[] { ("treated", "treated"), ("control", "control") })
            {
                Assert.Equal(
                    observed.GetProperty($"{name}Before").GetInt64(),
                    root.GetProperty(member).GetProperty("before").GetInt64()
                );
                Assert.Equal(
                    observed.GetProperty($"{name}During").GetInt64(),
                    root.GetProperty(member).GetProperty("during").GetInt64()
                );
            }

            var id = DemoTruth.Text(campaign, "id");
            var (low, high) = (
                root.GetProperty("interval")[0].GetDouble(),
                root.GetProperty("interval")[1].GetDouble()
            );
            var verdict = root.GetProperty("verdict").GetString();
            output.WriteLine(
                $"{id}: {root.GetProperty("ratio").GetDouble():0.00} ({low:0.00}–{high:0.00}) {verdict}: {root.GetProperty("text").GetProperty("zh").GetString()}"
            );
            Assert.Equal(id == "C3" ? "not_shown" : "fell", verdict);
            Assert.Equal(id != "C3", high < 1);
            // The share that was planted lies within.
            Assert.InRange(phase.GetProperty("factor").GetDouble(), low, high);
        }
    }

    [Theory]
    [InlineData("areas=500103011016&controls=500103011016", 400)]
    [InlineData("areas=500103011016&controls=500103011016005", 400)]
    [InlineData("areas=500103011016&controls=none", 404)]
    [InlineData("controls=500103011017", 400)]
    public async Task Areas_of_a_campaign_must_be_known_and_apart(string areas, int status)
    {
        const string Windows =
            "before_from=2026-01-01&before_to=2026-01-31&during_from=2026-02-01&during_to=2026-02-28";
        await demo.GetProblemAsync(
            $"/api/campaign-effects?street={Street}&{areas}&{Windows}",
            status,
            status == 404 ? "not-found" : "invalid-parameter"
        );
        var problem = await demo.GetProblemAsync(
            $"/api/campaign-effects?street={Street}&areas=500103011016&controls=500103011017&before_from=2026-01-01&before_to=2026-02-01&during_from=2026-02-01&during_to=2199-01-01",
            400,
            "invalid-parameter"
        );
        Assert.Equal(
            ["during_from", "during_to"],
            problem
                .GetProperty("errors")
                .EnumerateArray()
                .Select(e => e.GetProperty("parameter").GetString())
                .Order()
        );
    }

    [Fact]
    public async Task The_school_peak_of_littering_is_found_and_others_have_none()
    {
        // H10 was planted at school hours before one school gate.
        var hot = truth.List("hot").Single(h => DemoTruth.Text(h, "id") == "H10");
        var grid = hot.GetProperty("grids")[0].GetString();
        using var answer = await demo.GetJsonAsync(
            $"/api/profiles?street={Street}&state=all&category={DemoTruth.Text(hot, "category")}&grid={grid}"
        );
        var root = answer.RootElement;
        var hours = root.GetProperty("hours")
            .EnumerateArray()
            .Select(d => d.EnumerateArray().Select(h => h.GetInt64()).ToArray())
            .ToArray();
        Assert.Equal(7, hours.Length);
        Assert.All(hours, d => Assert.Equal(24, d.Length));
        Assert.Equal(root.GetProperty("total").GetInt64(), hours.Sum(d => d.Sum()));
        var peak = root.GetProperty("schoolPeak");
        // Two hours in the morning, two in the afternoon.
        Assert.Equal(4 / 24.0, peak.GetProperty("expectedShare").GetDouble(), 1e-9);
        Assert.Equal(
            ["07:00–09:00", "16:00–18:00"],
            peak.GetProperty("windows")
                .EnumerateArray()
                .Select(w =>
                    $"{w.GetProperty("from").GetString()}–{w.GetProperty("to").GetString()}"
                )
        );
        Assert.InRange(peak.GetProperty("ratio").GetDouble(), 3, 6);
        Assert.Equal(
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE grid_code = @grid AND category = @category AND extract(isodow FROM found_at AT TIME ZONE 'Asia/Shanghai') = 3 AND extract(hour FROM found_at AT TIME ZONE 'Asia/Shanghai') = 7",
                ("grid", grid!),
                ("category", DemoTruth.Text(hot, "category"))
            ),
            hours[2][7]
        );
        output.WriteLine($"H10: {peak.GetRawText()}");
        using var dust = await demo.GetJsonAsync(
            $"/api/profiles?street={Street}&state=all&category=roaming_vendor"
        );
        Assert.InRange(
            dust.RootElement.GetProperty("schoolPeak").GetProperty("ratio").GetDouble(),
            0,
            2
        );
        // Nothing there is said to be nothing.
        using var none = await demo.GetJsonAsync($"/api/profiles?street={Street}&grid=none");
        Assert.Equal(
            JsonValueKind.Null,
            none.RootElement.GetProperty("schoolPeak").GetProperty("ratio").ValueKind
        );
    }

    [Fact]
    public async Task A_recurrence_is_looked_for_through_an_index()
    {
        await demo.ExecuteAsync("ANALYZE issues");
        var question = new GeoCivic.Hotspots.RecurrenceQuestion(Street, null, null, null, 30, 50);
        await using var command = GeoCivic.Hotspots.Recurrences.Command(
            demo.Database,
            question,
            new Scope(["*"], ["*"]),
            "EXPLAIN "
        );
        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(0));
        }

        // By category and days, or by place, whichever the planner finds narrower; never all issues again for each.
        Assert.Contains(
            plan,
            line =>
                line.Contains("gix_issues_geom on issues r ", StringComparison.Ordinal)
                || line.Contains("ix_issues_category on issues r ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            plan,
            line => line.Contains("Seq Scan on issues r ", StringComparison.Ordinal)
        );
    }
}
