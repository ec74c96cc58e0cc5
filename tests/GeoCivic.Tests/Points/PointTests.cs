using System.Globalization;
using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Points;

public sealed class PointTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private async Task<List<JsonElement>> AllAsync(string query = "")
    {
        using var answer = await demo.GetJsonAsync($"/api/points?limit=50000{query}");
        var features = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.Clone())
            .ToList();
        Assert.Equal(features.Count, answer.RootElement.GetProperty("numberReturned").GetInt32());
        Assert.Equal(features.Count, answer.RootElement.GetProperty("numberMatched").GetInt32());
        Assert.False(answer.RootElement.TryGetProperty("next", out _));
        return features;
    }

    private static string? Property(JsonElement feature, string name) =>
        feature.GetProperty("properties").GetProperty(name).GetString();

    private static string?[] Codes(IEnumerable<JsonElement> features) =>
        [.. features.Select(f => Property(f, "code")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Pages_hold_every_point_once_and_in_order()
    {
        var seen = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            using var page = await demo.GetJsonAsync(
                $"/api/points?limit=97{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            var root = page.RootElement;
            Assert.Equal(666, root.GetProperty("numberMatched").GetInt32());
            seen.AddRange(
                root.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("id").GetString()!)
            );
            cursor = root.TryGetProperty("next", out var next) ? next.GetString() : null;
            pages++;
        } while (cursor is not null);

        Assert.Equal(7, pages);
        Assert.Equal(666, seen.Count);
        Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_point_has_no_next()
    {
        using var page = await demo.GetJsonAsync("/api/points?limit=666");
        Assert.False(page.RootElement.TryGetProperty("next", out _));
        using var shorter = await demo.GetJsonAsync("/api/points?limit=665");
        Assert.True(shorter.RootElement.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Filters_give_what_counting_the_rows_gives()
    {
        var all = await AllAsync();
        Assert.Equal(666, all.Count);
        var types = all.Select(f => Property(f, "type")!)
            .Distinct(StringComparer.Ordinal)
            .Take(3)
            .ToList();
        Assert.Equal(
            Codes(all.Where(f => types.Contains(Property(f, "type"), StringComparer.Ordinal))),
            Codes(await AllAsync($"&type={string.Join(',', types)}"))
        );
        var community = Property(all[5], "community")!;
        Assert.Equal(
            Codes(all.Where(f => Property(f, "community") == community)),
            Codes(await AllAsync($"&community={community}"))
        );
        // A line or an area belongs to every grid it reaches into.
        var grid = Property(all[5], "grid")!;
        Assert.Equal(
            Codes(
                all.Where(f =>
                    Property(f, "grid") == grid
                    || (
                        f.GetProperty("properties").GetProperty("shares")
                            is { ValueKind: JsonValueKind.Array } shares
                        && shares
                            .EnumerateArray()
                            .Any(s => s.GetProperty("grid").GetString() == grid)
                    )
                )
            ),
            Codes(await AllAsync($"&grid={grid}"))
        );
        foreach (var placement in (string[])["inside", "snapped", "orphan"])
        {
            Assert.Equal(
                Codes(all.Where(f => Property(f, "placement") == placement)),
                Codes(await AllAsync($"&placement={placement}"))
            );
        }

        Assert.Equal(
            Codes(all.Where(f => Property(f, "name")!.Contains("中学", StringComparison.Ordinal))),
            Codes(await AllAsync("&q=中学"))
        );
        Assert.Empty(await AllAsync("&street=another"));
    }

    [Fact]
    public async Task A_box_gives_what_touches_it()
    {
        double[] box = [106.546, 29.561, 106.552, 29.567];
        var text = string.Join(',', box.Select(b => b.ToString(CultureInfo.InvariantCulture)));
        var expected = new List<string>();
        await using var command = demo.Database.CreateCommand(
            $"SELECT code FROM points WHERE ST_Intersects(geom, ST_MakeEnvelope({text}, 4326)) ORDER BY code COLLATE \"C\""
        );
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            expected.Add(rows.GetString(0));
        }

        Assert.InRange(expected.Count, 10, 600);
        Assert.Equal(expected, Codes(await AllAsync($"&bbox={text}")));
    }

    [Fact]
    public async Task A_box_across_the_antimeridian_is_two_boxes()
    {
        // From 170° east across the antimeridian to 107° holds the street; from 107° round to 106° does not.
        Assert.Equal(666, (await AllAsync("&bbox=170,29,107,30")).Count);
        Assert.Empty(await AllAsync("&bbox=107,29,106,30"));
        Assert.Empty(await AllAsync("&bbox=170,30,107,31"));
    }

    [Fact]
    public async Task One_point_has_its_latest_issues()
    {
        var code = await demo.ScalarAsync<string>(
            "SELECT point_code FROM issues WHERE point_code IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        );
        using var answer = await demo.GetJsonAsync($"/api/points/{code}");
        var issues = answer.RootElement.GetProperty("properties").GetProperty("issues");
        Assert.Equal(20, issues.GetArrayLength());
        var times = issues
            .EnumerateArray()
            .Select(i => i.GetProperty("found_at").GetString()!)
            .ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.Equal(
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE point_code = @code AND is_open",
                ("code", code)
            ),
            answer.RootElement.GetProperty("properties").GetProperty("open_issues").GetInt64()
        );
        await demo.GetProblemAsync($"/api/points/{code}?street=another", 404, "not-found");
    }

    [Fact]
    public async Task A_name_with_markup_is_text()
    {
        const string name = "<img src=x onerror=alert(1)>\u202e&\"'";
        var report = await demo.ImportAsync(
            Datasets.Points,
            JsonSerializer.Serialize(
                new
                {
                    type = "FeatureCollection",
                    features = new[]
                    {
                        new
                        {
                            type = "Feature",
                            geometry = new
                            {
                                type = "Point",
                                coordinates = (double[])[106.55, 29.565],
                            },
                            properties = new
                            {
                                code = "XSS",
                                name,
                                type = "other",
                            },
                        },
                    },
                }
            ),
            "points.geojson"
        );
        try
        {
            Assert.True(report.Committed);
            using var response = await demo.Client.GetAsync("/api/points/XSS");
            Assert.Equal("application/geo+json", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(name, Property(answer.RootElement, "name"));
        }
        finally
        {
            await demo.ExecuteAsync("DELETE FROM points WHERE code = 'XSS'");
        }
    }
}
