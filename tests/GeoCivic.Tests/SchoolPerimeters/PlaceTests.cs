using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.SchoolPerimeters;

public sealed class PlaceTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private async Task<List<JsonElement>> AllAsync(string path)
    {
        using var answer = await demo.GetJsonAsync(path);
        return
        [
            .. answer.RootElement.GetProperty("features").EnumerateArray().Select(f => f.Clone()),
        ];
    }

    private static string? Property(JsonElement feature, string name) =>
        feature.GetProperty("properties").GetProperty(name).GetString();

    [Theory]
    [InlineData("schools", "kind")]
    [InlineData("gates", "school")]
    [InlineData("venues", "category")]
    public async Task A_kind_gives_the_records_of_that_kind(string list, string parameter)
    {
        var all = await AllAsync($"/api/{list}");
        Assert.Equal(await demo.ScalarAsync<long>($"SELECT count(*) FROM {list}"), all.Count);
        foreach (var group in all.GroupBy(f => Property(f, parameter), StringComparer.Ordinal))
        {
            var found = await AllAsync($"/api/{list}?{parameter}={group.Key}");
            Assert.Equal(
                group.Select(f => Property(f, "code")),
                found.Select(f => Property(f, "code"))
            );
        }
    }

    [Theory]
    [InlineData("schools")]
    [InlineData("gates")]
    [InlineData("venues")]
    public async Task Pages_hold_every_record_once(string list)
    {
        var all = await AllAsync($"/api/{list}");
        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            using var page = await demo.GetJsonAsync(
                $"/api/{list}?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            seen.AddRange(
                page.RootElement.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => Property(f, "code"))
            );
            cursor = page.RootElement.TryGetProperty("next", out var next)
                ? next.GetString()
                : null;
        } while (cursor is not null);

        Assert.Equal(all.Select(f => Property(f, "code")), seen);
    }

    [Theory]
    [InlineData("schools")]
    [InlineData("venues")]
    public async Task A_record_stands_in_the_grid_that_the_rule_gives_it(string list)
    {
        var all = await AllAsync($"/api/{list}");
        foreach (var feature in all)
        {
            Assert.Equal(
                await demo.ScalarAsync<string>(
                    $"SELECT coalesce(g.grid_code, '') FROM {list} r, grid_of(r.street_code, r.geom, current_date) g WHERE r.code = @code",
                    ("code", Property(feature, "code")!)
                ),
                Property(feature, "grid") ?? ""
            );
        }

        var grid = all.Select(f => Property(f, "grid")).First(g => g is not null);
        Assert.Equal(
            all.Where(f => Property(f, "grid") == grid).Select(f => Property(f, "code")),
            (await AllAsync($"/api/{list}?grid={grid}&placement=inside")).Select(f =>
                Property(f, "code")
            )
        );
    }

    [Fact]
    public async Task Gates_have_no_placement_to_filter_by() =>
        await demo.GetProblemAsync("/api/gates?placement=inside", 400, "invalid-parameter");

    [Fact]
    public async Task Planted_venues_have_their_planted_distance_and_the_verdict_that_follows()
    {
        using var answer = await demo.GetJsonAsync(
            $"/api/perimeters/compliance?street={ServiceFixture.DemoStreet}&within=1000&limit=50000"
        );
        var rows = answer
            .RootElement.GetProperty("rows")
            .EnumerateArray()
            .ToLookup(r =>
                (r.GetProperty("school").GetString(), r.GetProperty("venue").GetString())
            );
        var (found, settled) = (0, 0);
        foreach (var planted in new Hotspots.DemoTruth().List("venues"))
        {
            var metres = planted.GetProperty("campusMetres").GetDouble();
            foreach (
                var row in rows[
                    (
                        planted.GetProperty("campus").GetString(),
                        planted.GetProperty("venue").GetString()
                    )
                ]
            )
            {
                found++;
                // The truth is written to the centimetre.
                Assert.Equal(metres, row.GetProperty("straight_m").GetDouble(), 0.0101);
                if (
                    row.GetProperty("settled").GetBoolean()
                    && row.GetProperty("from").GetString() == "campus_boundary"
                    && row.GetProperty("verdict").GetString() != "exempt"
                )
                {
                    settled++;
                    var limit = row.GetProperty("limit_m").GetDouble();
                    // Neither end declares its accuracy: 1 m each.
                    var expected =
                        Math.Abs(metres - limit) < Math.Sqrt(2) ? "to_be_surveyed"
                        : metres <= limit ? "violating"
                        : "compliant";
                    Assert.Equal(expected, row.GetProperty("verdict").GetString());
                }
            }
        }

        Assert.True(found > 20 && settled > 5, $"{found} {settled}");
    }
}
