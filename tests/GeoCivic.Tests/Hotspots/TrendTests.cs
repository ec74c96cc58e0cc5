using System.Globalization;
using System.Text.Json;
using GeoCivic.Spatial.Statistics;
using GeoCivic.Tests.Http;
using Xunit.Abstractions;

namespace GeoCivic.Tests.Hotspots;

/// <summary>Weekly Gi*, its trend and its class, on the demo street.</summary>
public sealed class TrendTests(DemoFixture demo, ITestOutputHelper output)
    : IClassFixture<DemoFixture>
{
    private const string Street = ServiceFixture.DemoStreet;
    private readonly DemoTruth truth = new();

    private static List<JsonElement> Cells(JsonDocument answer) =>
        [.. answer.RootElement.GetProperty("cells").EnumerateArray()];

    [Fact]
    public async Task Weeks_are_whole_and_their_counts_those_of_the_issues()
    {
        using var answer = await demo.GetJsonAsync(
            $"/api/trends?street={Street}&category=illegal_parking&weeks=10"
        );
        var root = answer.RootElement;
        var weeks = root.GetProperty("weeks").EnumerateArray().ToList();
        Assert.Equal(10, weeks.Count);
        DateOnly? before = null;
        foreach (var week in weeks)
        {
            var (from, to) = (Day(week, "from"), Day(week, "to"));
            Assert.Equal((DayOfWeek.Monday, DayOfWeek.Sunday), (from.DayOfWeek, to.DayOfWeek));
            Assert.Equal(6, to.DayNumber - from.DayNumber);
            Assert.True(before is null || from == before.Value.AddDays(1));
            before = to;
        }

        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        Assert.InRange(today.DayNumber - before!.Value.DayNumber, 0, 6);
        var cells = Cells(answer);
        Assert.Equal(91, cells.Count);
        for (var week = 0; week < 10; week += 9)
        {
            Assert.Equal(
                await demo.ScalarAsync<long>(
                    """
                    SELECT count(*) FROM issues WHERE category = 'illegal_parking' AND grid_code IS NOT NULL
                      AND (found_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN @from::date AND @to::date
                    """,
                    ("from", weeks[week].GetProperty("from").GetString()!),
                    ("to", weeks[week].GetProperty("to").GetString()!)
                ),
                cells.Sum(c => c.GetProperty("counts")[week].GetInt64())
            );
        }

        Assert.Equal(
            root.GetProperty("n").GetInt64(),
            cells.Sum(c => c.GetProperty("counts").EnumerateArray().Sum(n => n.GetInt64()))
        );
        foreach (var cell in cells)
        {
            CheckClass(cell);
        }

        foreach (
            var (name, count) in root.GetProperty("tally")
                .EnumerateObject()
                .Select(t => (t.Name, t.Value.GetInt32()))
        )
        {
            Assert.Equal(count, cells.Count(c => c.GetProperty("class").GetString() == name));
        }
    }

    // What is told of a cell follows from its weekly z and hot flags by the published definitions.
    private static void CheckClass(JsonElement cell)
    {
        double[] z =
        [
            .. cell.GetProperty("z")
                .EnumerateArray()
                .Select(v => v.ValueKind == JsonValueKind.Null ? 0 : v.GetDouble()),
        ];
        bool[] hot = [.. cell.GetProperty("hot").EnumerateArray().Select(h => h.GetBoolean())];
        var trend = MannKendall.Of(z);
        Assert.Equal(trend.S, cell.GetProperty("mk").GetProperty("s").GetInt64());
        Assert.Equal(trend.P, cell.GetProperty("mk").GetProperty("p").GetDouble(), 1e-5);
        Assert.Equal(trend.Slope, cell.GetProperty("slope").GetDouble(), 1e-5);
        Assert.Equal(
            TrendClasses.Of(hot, trend.Direction).Code(),
            cell.GetProperty("class").GetString()
        );
        Assert.All(hot.Zip(z).Where(w => w.First), w => Assert.True(w.Second > 0));
    }

    [Fact]
    public async Task Planted_cells_are_hot_in_more_weeks()
    {
        async Task<List<(string Code, string Class, int Hot)>> AskAsync(string category, int weeks)
        {
            using var answer = await demo.GetJsonAsync(
                $"/api/trends?street={Street}&category={category}&weeks={weeks}"
            );
            return Cells(answer)
                .ConvertAll(c =>
                    (
                        c.GetProperty("code").GetString()!,
                        c.GetProperty("class").GetString()!,
                        c.GetProperty("hot").EnumerateArray().Count(h => h.GetBoolean())
                    )
                );
        }

        var (planted, background) = (new List<int>(), new List<int>());
        foreach (var hot in truth.List("hot"))
        {
            var cells = await AskAsync(DemoTruth.Text(hot, "category"), 52);
            var grids = hot.GetProperty("grids")
                .EnumerateArray()
                .Select(g => g.GetString()!)
                .ToList();
            var told = cells.Where(c => grids.Contains(c.Code)).ToList();
            var others = cells.Except(told).ToList();
            output.WriteLine(
                $"{DemoTruth.Text(hot, "id")}: {string.Join(", ", told.Select(c => $"{c.Class} {c.Hot}/52"))}; others {string.Join(", ", others.GroupBy(c => c.Class).Select(g => $"{g.Key} {g.Count()}"))}; hot weeks of others {others.Average(c => c.Hot):0.0}"
            );
            planted.AddRange(told.Select(c => c.Hot));
            background.AddRange(others.Select(c => c.Hot));
        }

        // Week by week one category says little, yet planted cells are hot in more weeks than the others.
        output.WriteLine(
            $"hot weeks: planted {planted.Average():0.00}, others {background.Average():0.00}"
        );
        Assert.True(planted.Average() > background.Average());
    }

    [Fact]
    public async Task Too_little_is_refused_and_hexagons_are_told_too()
    {
        await demo.GetProblemAsync(
            $"/api/trends?street={Street}&category=high_altitude_throwing&weeks=8",
            422,
            "too-few-to-tell"
        );
        await demo.GetProblemAsync("/api/trends?weeks=7", 400, "invalid-parameter");
        await demo.GetProblemAsync("/api/trends?to=2199-01-01", 400, "invalid-parameter");
        using var hexagons = await demo.GetJsonAsync(
            $"/api/trends?street={Street}&level=hex&size=200&category=stall_occupying"
        );
        var cells = Cells(hexagons);
        Assert.True(cells.Count > 30);
        Assert.All(cells, c => Assert.StartsWith("h200:", c.GetProperty("code").GetString()));
    }

    private static DateOnly Day(JsonElement of, string name) =>
        DateOnly.ParseExact(
            of.GetProperty(name).GetString()!,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
}
