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
}
