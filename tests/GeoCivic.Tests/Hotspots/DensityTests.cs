using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Hotspots;

public sealed class DensityTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static string Day(string sqlOffset) =>
        DateTimeOffset
            .UtcNow.ToOffset(TimeSpan.FromHours(8))
            .AddDays(-int.Parse(sqlOffset, System.Globalization.CultureInfo.InvariantCulture))
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string, string, bool, bool> Cases()
    {
        var data = new TheoryData<string, string, bool, bool>();
        foreach (var level in (string[])["community", "grid"])
        {
            foreach (var category in (string[])["", "illegal_parking"])
            {
                foreach (var open in (bool[])[true, false])
                {
                    data.Add(level, category, open, false);
                    data.Add(level, category, open, true);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Counts_are_those_of_the_rows(
        string level,
        string category,
        bool open,
        bool window
    )
    {
        var (from, to) = (Day("120"), Day("20"));
        var where =
            $"(@category = '' OR category = @category) AND (NOT @open OR is_open)"
            + (
                window
                    ? $" AND found_at >= '{from}T00:00:00+08:00' AND found_at < '{to}T00:00:00+08:00'::timestamptz + INTERVAL '1 day'"
                    : ""
            );
        (string, object)[] parameters = [("category", category), ("open", open)];
        var query =
            $"level={level}&state={(open ? "open" : "all")}"
            + (category.Length == 0 ? "" : $"&category={category}")
            + (window ? $"&from={from}&to={to}" : "");

        foreach (var measure in (string[])["count", "per_km2"])
        {
            using var answer = await demo.GetJsonAsync($"/api/density?{query}&measure={measure}");
            var root = answer.RootElement;
            var values = new List<double>();
            foreach (var feature in root.GetProperty("features").EnumerateArray())
            {
                var p = feature.GetProperty("properties");
                var counted = await demo.ScalarAsync<long>(
                    $"SELECT count(*) FROM issues WHERE {level}_code = @code AND {where}",
                    [.. parameters, ("code", p.GetProperty("code").GetString()!)]
                );
                Assert.Equal(counted, p.GetProperty("count").GetInt64());
                var value = p.GetProperty("value").GetDouble();
                values.Add(value);
                Assert.Equal(
                    measure == "count"
                        ? counted
                        : counted / (p.GetProperty("area_m2").GetDouble() / 1e6),
                    value,
                    // The surface is told to a tenth of a square metre.
                    tolerance: Math.Max(0.001, value * 1e-4)
                );
            }

            Assert.Equal(
                await demo.ScalarAsync<long>(
                    level == "grid"
                        ? "SELECT count(*) FROM area_versions WHERE level = 'grid'"
                        : "SELECT count(*) FROM area_versions WHERE level = 'community'"
                ),
                values.Count
            );
            Assert.Equal(
                await demo.ScalarAsync<long>(
                    $"SELECT count(*) FROM issues WHERE {where}",
                    parameters
                ),
                root.GetProperty("total").GetInt64()
            );
            Assert.Equal(
                await demo.ScalarAsync<long>(
                    $"SELECT count(*) FROM issues WHERE grid_code IS NULL AND {where}",
                    parameters
                ),
                root.GetProperty("unplaced").GetInt64()
            );
            Assert.Equal(values.Count(v => v == 0), root.GetProperty("zeros").GetInt32());
            CheckClasses(root, values);
        }
    }

    [Fact]
    public async Task The_numbers_come_without_shapes_when_asked()
    {
        using var full = await demo.GetJsonAsync("/api/density?level=community");
        using var bare = await demo.GetJsonAsync("/api/density?level=community&geometry=false");
        foreach (
            var (shape, number) in full
                .RootElement.GetProperty("features")
                .EnumerateArray()
                .Zip(bare.RootElement.GetProperty("features").EnumerateArray())
        )
        {
            Assert.Equal(JsonValueKind.Object, shape.GetProperty("geometry").ValueKind);
            Assert.Equal(JsonValueKind.Null, number.GetProperty("geometry").ValueKind);
            Assert.Equal(
                shape.GetProperty("properties").GetRawText(),
                number.GetProperty("properties").GetRawText()
            );
        }
    }

    private static void CheckClasses(JsonElement root, List<double> values)
    {
        var breaks = root.GetProperty("breaks")
            .EnumerateArray()
            .Select(b => b.GetDouble())
            .ToList();
        Assert.InRange(breaks.Count, 1, 7);
        Assert.Equal(values.Max(), breaks[^1]);
        Assert.Equal(breaks.Order().Distinct(), breaks);
        var from = 0d;
        foreach (var (to, told) in breaks.Zip(root.GetProperty("classes").EnumerateArray()))
        {
            Assert.Equal(from, told.GetProperty("from").GetDouble());
            Assert.Equal(to, told.GetProperty("to").GetDouble());
            Assert.Equal(values.Count(v => v > from && v <= to), told.GetProperty("n").GetInt32());
            from = to;
        }
    }
}
