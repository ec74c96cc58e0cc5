using System.Globalization;
using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Issues;

public sealed class IssueTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private sealed record Issue(
        string Id,
        string Code,
        string Category,
        string State,
        bool Open,
        DateTimeOffset FoundAt,
        string? Community,
        string? Grid,
        string? Point,
        string Placement
    );

    private async Task<(List<Issue> Issues, long Matched, string? Next)> PageAsync(string query)
    {
        using var answer = await demo.GetJsonAsync($"/api/issues?{query}");
        var root = answer.RootElement;
        return (
            [
                .. root.GetProperty("features")
                    .EnumerateArray()
                    .Select(f =>
                    {
                        var p = f.GetProperty("properties");
                        return new Issue(
                            f.GetProperty("id").GetString()!,
                            p.GetProperty("code").GetString()!,
                            p.GetProperty("category").GetString()!,
                            p.GetProperty("state").GetString()!,
                            p.GetProperty("open").GetBoolean(),
                            DateTimeOffset.Parse(
                                p.GetProperty("found_at").GetString()!,
                                CultureInfo.InvariantCulture
                            ),
                            p.GetProperty("community").GetString(),
                            p.GetProperty("grid").GetString(),
                            p.GetProperty("point").GetString(),
                            p.GetProperty("placement").GetString()!
                        );
                    }),
            ],
            root.GetProperty("numberMatched").GetInt64(),
            root.TryGetProperty("next", out var next) ? next.GetString() : null
        );
    }

    private async Task<List<Issue>> AllAsync(string query = "")
    {
        var (issues, matched, next) = await PageAsync($"limit=50000{query}");
        Assert.Equal(matched, issues.Count);
        Assert.Null(next);
        return issues;
    }

    private static IEnumerable<string> Codes(IEnumerable<Issue> issues) =>
        issues.Select(i => i.Code).Order(StringComparer.Ordinal);

    [Fact]
    public async Task Pages_hold_every_issue_once_newest_first()
    {
        var total = await demo.ScalarAsync<long>("SELECT count(*) FROM issues");
        var seen = new List<Issue>();
        string? cursor = null;
        do
        {
            var (issues, matched, next) = await PageAsync(
                $"limit=499{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            Assert.Equal(total, matched);
            seen.AddRange(issues);
            cursor = next;
        } while (cursor is not null);

        Assert.Equal(total, seen.Count);
        Assert.Equal(total, seen.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(seen.Select(i => i.FoundAt).OrderDescending(), seen.Select(i => i.FoundAt));
    }

    [Fact]
    public async Task Pages_do_not_lose_issues_found_at_the_same_instant()
    {
        await demo.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('same', 'Same');
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, geom, placement)
            SELECT 'same', gen_random_uuid(), 'i' || n, (SELECT min(code) FROM issue_categories), 'open', true,
                   '2026-01-01T00:00:00.000001Z', ST_SetSRID(ST_MakePoint(1, 1), 4326), 'orphan'
            FROM generate_series(1, 25) n;
            """
        );
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var (issues, _, next) = await PageAsync(
                $"street=same&limit=4{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            seen.AddRange(issues.Select(i => i.Code));
            cursor = next;
        } while (cursor is not null);

        await demo.ExecuteAsync("DELETE FROM issues WHERE street_code = 'same'");
        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Filters_give_what_counting_the_rows_gives()
    {
        var all = await AllAsync("&street=500103011");
        Assert.True(all.Count > 5000);
        async Task SameAsync(Func<Issue, bool> holds, string query)
        {
            var expected = all.Where(holds).ToList();
            Assert.NotEmpty(expected);
            Assert.Equal(Codes(expected), Codes(await AllAsync($"&street=500103011&{query}")));
        }

        await SameAsync(i => i.Category == "street_gambling", "category=street_gambling");
        await SameAsync(
            i => i.Category is "street_gambling" or "illegal_parking",
            "category=street_gambling,illegal_parking"
        );
        await SameAsync(i => i.Open, "open=true");
        await SameAsync(i => !i.Open, "open=false");
        await SameAsync(i => i.State == "closed", "state=closed");
        var some = all.First(i => i.Point is not null && i.Grid is not null);
        await SameAsync(i => i.Community == some.Community, $"community={some.Community}");
        await SameAsync(i => i.Grid == some.Grid, $"grid={some.Grid}");
        await SameAsync(i => i.Point == some.Point, $"point={some.Point}");
        await SameAsync(i => i.Placement == "orphan", "placement=orphan");
        await SameAsync(i => i.Placement == "snapped", "placement=snapped");

        // Whole days of Beijing time, both included.
        var days = all.Select(i =>
                DateOnly.FromDateTime(i.FoundAt.ToOffset(TimeSpan.FromHours(8)).DateTime)
            )
            .Order()
            .ToList();
        var (from, to) = (days[days.Count / 3], days[days.Count / 2]);
        await SameAsync(
            i =>
            {
                var day = DateOnly.FromDateTime(i.FoundAt.ToOffset(TimeSpan.FromHours(8)).DateTime);
                return day >= from && day <= to;
            },
            $"from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"
        );
    }

    [Fact]
    public async Task One_issue_is_found_by_its_id()
    {
        var (issues, _, _) = await PageAsync("limit=1&street=500103011");
        using var answer = await demo.GetJsonAsync($"/api/issues/{issues[0].Id}");
        Assert.Equal(issues[0].Id, answer.RootElement.GetProperty("id").GetString());
        Assert.Equal(
            issues[0].Code,
            answer.RootElement.GetProperty("properties").GetProperty("code").GetString()
        );
        Assert.Equal(
            JsonValueKind.Array,
            answer.RootElement.GetProperty("geometry").GetProperty("coordinates").ValueKind
        );
    }
}
