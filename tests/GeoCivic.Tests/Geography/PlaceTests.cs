using System.Globalization;
using System.Text.Json;
using GeoCivic.Spatial;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Geography;

public sealed class PlaceTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Place = "ST_SetSRID(ST_MakePoint(@lon, @lat), 4326)";

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private async Task<(double West, double South, double East, double North)> BoxAsync()
    {
        using var config = await demo.GetJsonAsync("/api/config");
        var box = config.RootElement.GetProperty("streets")[0].GetProperty("bbox");
        return (box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble());
    }

    private async Task<(
        string? Grid,
        string? Community,
        string Placement,
        double? Metres
    )> RuleAsync(double lon, double lat)
    {
        await using var command = demo.Database.CreateCommand(
            $"SELECT grid_code, community_code, placement, snap_distance_m FROM grid_of('{ServiceFixture.DemoStreet}', {Place}, current_date)"
        );
        command.Parameters.AddWithValue("lon", lon);
        command.Parameters.AddWithValue("lat", lat);
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return (
            row.IsDBNull(0) ? null : row.GetString(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.GetString(2),
            row.IsDBNull(3) ? null : row.GetDouble(3)
        );
    }

    [Fact]
    public async Task Any_place_belongs_where_the_rule_in_the_database_says()
    {
        var random = new Random(20261121);
        var (west, south, east, north) = await BoxAsync();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 300; i++)
        {
            var lon = Math.Round(west - 0.001 + (random.NextDouble() * (east - west + 0.002)), 7);
            var lat = Math.Round(
                south - 0.001 + (random.NextDouble() * (north - south + 0.002)),
                7
            );
            var rule = await RuleAsync(lon, lat);
            counts[rule.Placement] = counts.GetValueOrDefault(rule.Placement) + 1;
            var gcj = Gcj02.FromWgs84(lon, lat);
            foreach (
                var query in (string[])
                    [
                        $"lon={Text(lon)}&lat={Text(lat)}",
                        $"lon={Text(gcj.Lon)}&lat={Text(gcj.Lat)}&crs=gcj02",
                    ]
            )
            {
                foreach (var call in (string[])["/api/areas/locate", "/api/ownership"])
                {
                    await SameAsync($"{call}?{query}", lon, lat, rule);
                }
            }
        }

        Assert.True(counts["inside"] > 50);
        Assert.True(counts["orphan"] > 50);
    }

    private async Task SameAsync(
        string path,
        double lon,
        double lat,
        (string? Grid, string? Community, string Placement, double? Metres) rule
    )
    {
        if (rule.Placement == "orphan")
        {
            var problem = await demo.GetProblemAsync(path, 404, "outside-coverage");
            var nearest = problem.GetProperty("nearest");
            var metres = await demo.ScalarAsync<double>(
                $"SELECT min(ST_Distance(geom::geography, {Place}::geography)) FROM area_versions WHERE level = 'grid'",
                ("lon", lon),
                ("lat", lat)
            );
            Assert.Equal(metres, nearest.GetProperty("distance_m").GetDouble(), tolerance: 0.06);
            return;
        }

        using var answer = await demo.GetJsonAsync(path);
        var place = answer.RootElement;
        Assert.Equal(rule.Placement, place.GetProperty("placement").GetString());
        Assert.Equal(rule.Grid, place.GetProperty("grid").GetProperty("code").GetString());
        Assert.Equal(
            rule.Community,
            place.GetProperty("community").GetProperty("code").GetString()
        );
        Assert.Equal(
            ServiceFixture.DemoStreet,
            place.GetProperty("street").GetProperty("code").GetString()
        );
        Assert.Equal(
            rule.Metres ?? 0,
            place.GetProperty("distance_m").GetDouble(),
            tolerance: 0.02
        );
        Assert.Equal(lon, place.GetProperty("lon").GetDouble(), tolerance: 1e-6);
        Assert.Equal(lat, place.GetProperty("lat").GetDouble(), tolerance: 1e-6);
    }

    [Fact]
    public async Task A_corner_of_several_grids_belongs_to_the_lowest_code()
    {
        foreach (
            var (point, grid) in ((string, string)[])
                [
                    ("P281", "500103011014002"),
                    ("P284", "500103011015001"),
                    ("P288", "500103011016005"),
                ]
        )
        {
            using var record = await demo.GetJsonAsync($"/api/points/{point}");
            var at = record.RootElement.GetProperty("geometry").GetProperty("coordinates");
            using var place = await demo.GetJsonAsync(
                $"/api/areas/locate?lon={at[0].GetRawText()}&lat={at[1].GetRawText()}"
            );
            Assert.Equal(
                grid,
                place.RootElement.GetProperty("grid").GetProperty("code").GetString()
            );
        }
    }

    [Fact]
    public async Task Ownership_lists_what_lies_within_the_radius()
    {
        using var answer = await demo.GetJsonAsync(
            "/api/ownership?lon=106.55&lat=29.565&radius=120"
        );
        var root = answer.RootElement;
        foreach (
            var (member, table, condition) in ((string, string, string)[])
                [("points", "points", "true"), ("open_issues", "issues", "is_open")]
        )
        {
            var told = root.GetProperty(member).EnumerateArray().ToList();
            var counted = await demo.ScalarAsync<long>(
                $"SELECT count(*) FROM {table} WHERE {condition} AND ST_DWithin(geom::geography, {Place}::geography, 120)",
                ("lon", 106.55),
                ("lat", 29.565)
            );
            Assert.InRange(counted, 1, 50);
            Assert.Equal(counted, told.Count);
            var distances = told.Select(t => t.GetProperty("distance_m").GetDouble()).ToList();
            Assert.Equal(distances.Order(), distances);
            Assert.All(distances, d => Assert.InRange(d, 0, 120));
        }

        var grid = root.GetProperty("grid").GetProperty("code").GetString()!;
        Assert.Equal(
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE grid_code = @grid AND is_open",
                ("grid", grid)
            ),
            root.GetProperty("open_issues_in_grid").GetInt64()
        );
        Assert.Contains(
            grid,
            root.GetProperty("explanation").GetProperty("zh").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            grid,
            root.GetProperty("explanation").GetProperty("en").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("street", 1)]
    [InlineData("community", 9)]
    [InlineData("grid", 0)]
    public async Task Areas_count_the_records_in_them(string level, int expected)
    {
        using var answer = await demo.GetJsonAsync($"/api/areas?level={level}");
        var features = answer.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(
            expected == 0
                ? await demo.ScalarAsync<long>(
                    "SELECT count(*) FROM area_versions WHERE level = 'grid'"
                )
                : expected,
            features.Count
        );
        foreach (var p in features.Select(f => f.GetProperty("properties")))
        {
            var code = p.GetProperty("code").GetString()!;
            foreach (
                var (member, table, condition) in ((string, string, string)[])
                    [("points", "points", "true"), ("open_issues", "issues", "is_open")]
            )
            {
                // The street counts its orphans too; no grid or community has them.
                var counted = await demo.ScalarAsync<long>(
                    $"SELECT count(*) FROM {table} WHERE {level}_code = @code AND {condition}"
                        + (level == "street" ? " AND placement <> 'none'" : ""),
                    ("code", code)
                );
                Assert.Equal(counted, p.GetProperty(member).GetInt64());
            }
        }
    }

    [Fact]
    public async Task An_unknown_street_has_no_coverage_to_look_at() =>
        await demo.GetProblemAsync("/api/coverage?street=another", 404, "street-unknown");
}
