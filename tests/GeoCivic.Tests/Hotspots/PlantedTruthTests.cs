using System.Globalization;
using System.Text.Json;
using GeoCivic.Tests.Http;
using Xunit.Abstractions;

namespace GeoCivic.Tests.Hotspots;

/// <summary>
/// The demo street's planted hot places are found, and what is not planted is not. Gi* speaks of a cell together with its
/// neighbours: a hot place also heats the cells beside it, and a single hot cell can drown among its neighbours. Hence the
/// rule: a planted place is found if one of its cells, or a cell that touches one, is hot at q ≤ 0.05; a hot cell is right
/// if it is a planted one or touches one. Measured on 2026-11-22: on grids 10 of 16 places and 47 of 47 hot cells (the six
/// that are missed are lone grids), on hexagons of 60 m 16 of 16 places and 159 of 159 hot cells.
/// </summary>
public sealed class PlantedTruthTests(DemoFixture demo, ITestOutputHelper output)
    : IClassFixture<DemoFixture>
{
    private sealed record Place(string Category, DateOnly From, DateOnly To, string[] Grids);

    [Theory]
    [InlineData("level=grid", 0.6, 0.9)]
    [InlineData("level=hex&size=60", 0.9, 0.95)]
    public async Task Planted_places_are_found_and_others_are_not(
        string cells,
        double leastRecall,
        double leastPrecision
    )
    {
        using var truth = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(RepositoryFiles.Root, "data", "demo", "truth.json")
            )
        );
        // The demo's calendar ends on the day it was loaded.
        var shift =
            (
                await demo.ScalarAsync<DateOnly>(
                    "SELECT max((found_at AT TIME ZONE INTERVAL '8 hours')::date) FROM issues WHERE code LIKE 'I0%'"
                )
            ).DayNumber - Day(truth.RootElement.GetProperty("anchor")).DayNumber;
        var calm = await TouchedAsync(Texts(truth.RootElement.GetProperty("calmGrids")), cells, 0);
        var places = truth
            .RootElement.GetProperty("hot")
            .EnumerateArray()
            .Select(h => new Place(
                h.GetProperty("category").GetString()!,
                Day(h.GetProperty("from")).AddDays(shift),
                Day(h.GetProperty("to")).AddDays(shift),
                Texts(h.GetProperty("grids"))
            ))
            .ToList();
        var (found, right, hot, tested, calmHot) = (0, 0, 0, 0, 0);
        foreach (var alike in places.GroupBy(p => (p.Category, p.From, p.To)))
        {
            var (_, map) = await HotspotReference.AskAsync(
                demo,
                $"street={ServiceFixture.DemoStreet}&{cells}&category={alike.Key.Category}&state=all&from={alike.Key.From:yyyy-MM-dd}&to={alike.Key.To:yyyy-MM-dd}"
            );
            var codes = map.Where(c => c.IsHot && c.Q <= 0.05).Select(c => c.Code).ToHashSet();
            var near = await TouchedAsync([.. alike.SelectMany(p => p.Grids)], cells, 1);
            hot += codes.Count;
            right += codes.Count(near.Contains);
            calmHot += codes.Count(calm.Contains);
            tested += map.Count;
            foreach (var place in alike)
            {
                found += codes.Overlaps(await TouchedAsync(place.Grids, cells, 1)) ? 1 : 0;
            }
        }

        var recall = found / (double)places.Count;
        var precision = right / (double)hot;
        output.WriteLine(
            $"{cells}: {found} of {places.Count} places, {right} of {hot} hot of {tested} cells, calm {calmHot}"
        );
        Assert.InRange(recall, leastRecall, 1);
        Assert.InRange(precision, leastPrecision, 1);
        // The control: they look busy, and nothing was planted there.
        Assert.InRange(calmHot, 0, 1);
    }

    /// <summary>The cells that meet some grids, or with <paramref name="rings"/> 1, those beside them too.</summary>
    private async Task<HashSet<string>> TouchedAsync(string[] grids, string cells, int rings)
    {
        if (cells == "level=grid")
        {
            var pairs = await HotspotReference.PairsAsync(demo, ServiceFixture.DemoStreet);
            return
            [
                .. grids,
                .. pairs.Where(p => rings == 1 && grids.Contains(p.Item1)).Select(p => p.Item2),
            ];
        }

        using var answer = await demo.GetJsonAsync(
            $"/api/density?street={ServiceFixture.DemoStreet}&state=all&{cells}"
        );
        var shapes = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f =>
                (
                    Code: f.GetProperty("id").GetString()!,
                    Shape: f.GetProperty("geometry").GetRawText()
                )
            )
            .ToList();
        await using var command = demo.Database.CreateCommand(
            """
            WITH planted AS (
                SELECT ST_Union(geom) AS geom FROM area_versions WHERE level = 'grid' AND code = ANY (@grids)
            ), hexagon AS (
                SELECT code, ST_SetSRID(ST_GeomFromGeoJSON(shape), 4326) AS geom FROM unnest(@codes, @shapes) h (code, shape)
            ), hit AS (
                SELECT h.* FROM hexagon h, planted p WHERE ST_Area(ST_Intersection(h.geom, p.geom)) > 0
            )
            SELECT code FROM hit
            UNION SELECT h.code FROM hexagon h JOIN hit ON @rings = 1 AND ST_DWithin(h.geom, hit.geom, 1e-6)
            """
        );
        command.Parameters.AddWithValue("grids", grids);
        command.Parameters.AddWithValue("codes", shapes.ConvertAll(s => s.Code));
        command.Parameters.AddWithValue("shapes", shapes.ConvertAll(s => s.Shape));
        command.Parameters.AddWithValue("rings", rings);
        var touched = new HashSet<string>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            touched.Add(rows.GetString(0));
        }

        return touched;
    }

    private static string[] Texts(JsonElement list) =>
        [.. list.EnumerateArray().Select(e => e.GetString()!)];

    private static DateOnly Day(JsonElement text) =>
        DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
