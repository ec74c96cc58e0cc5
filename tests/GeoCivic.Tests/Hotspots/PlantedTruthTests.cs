using System.Globalization;
using System.Text.Json;
using GeoCivic.Tests.Http;
using Xunit.Abstractions;

namespace GeoCivic.Tests.Hotspots;

/// <summary>The demo street's planted hot places are found, and what is not planted is not.</summary>
public sealed class PlantedTruthTests(DemoFixture demo, ITestOutputHelper output)
    : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Planted_places_are_found_and_others_are_not()
    {
        using var truth = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(RepositoryFiles.Root, "data", "demo", "truth.json")
            )
        );
        var anchor = Day(truth.RootElement.GetProperty("anchor"));
        // The demo's calendar ends on the day it was loaded.
        var last = await demo.ScalarAsync<DateOnly>(
            "SELECT max((found_at AT TIME ZONE 'Asia/Shanghai')::date) FROM issues WHERE code LIKE 'I0%'"
        );
        var pairs = await HotspotReference.PairsAsync(demo, ServiceFixture.DemoStreet);
        var calm = truth
            .RootElement.GetProperty("calmGrids")
            .EnumerateArray()
            .Select(g => g.GetString()!)
            .ToHashSet();
        var plants = truth
            .RootElement.GetProperty("hot")
            .EnumerateArray()
            .GroupBy(h =>
                (
                    Category: h.GetProperty("category").GetString()!,
                    From: Day(h.GetProperty("from")),
                    To: Day(h.GetProperty("to"))
                )
            );
        foreach (var plant in plants)
        {
            var planted = plant
                .SelectMany(h => h.GetProperty("grids").EnumerateArray())
                .Select(g => g.GetString()!)
                .ToHashSet();
            string Shifted(DateOnly day) =>
                day.AddDays(last.DayNumber - anchor.DayNumber)
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var (_, cells) = await HotspotReference.AskAsync(
                demo,
                $"street={ServiceFixture.DemoStreet}&category={plant.Key.Category}&state=all&from={Shifted(plant.Key.From)}&to={Shifted(plant.Key.To)}"
            );
            var hot = cells.Where(c => c.IsHot && c.Q <= 0.05).Select(c => c.Code).ToHashSet();
            var near = planted
                .Concat(pairs.Where(p => planted.Contains(p.Item1)).Select(p => p.Item2))
                .ToHashSet();
            output.WriteLine(
                $"{plant.Key.Category} {plant.Key.From}–{plant.Key.To}: planted {planted.Count}, found {planted.Count(hot.Contains)}, hot {hot.Count}, near {hot.Count(near.Contains)}, calm hot {hot.Count(calm.Contains)}, cold {cells.Count(c => c.IsCold)}; total {cells.Sum(c => c.Count)}"
            );
        }
    }

    private static DateOnly Day(JsonElement text) =>
        DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
