using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Geography;

public sealed class SearchTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private async Task<List<JsonElement>> SearchAsync(string q, string more = "")
    {
        using var answer = await demo.GetJsonAsync(
            $"/api/search?q={Uri.EscapeDataString(q)}{more}"
        );
        return
        [
            .. answer.RootElement.GetProperty("results").EnumerateArray().Select(r => r.Clone()),
        ];
    }

    private static string? Member(JsonElement result, string name) =>
        result.GetProperty(name).GetString();

    [Theory]
    [InlineData("P001", "point")]
    [InlineData("S01", "school")]
    [InlineData("V001", "venue")]
    [InlineData("I00001", "issue")]
    [InlineData("500103011", "street")]
    [InlineData("500103011012", "community")]
    [InlineData("500103011012001", "grid")]
    public async Task A_code_finds_its_record_first(string code, string kind)
    {
        var first = (await SearchAsync(code))[0];
        Assert.Equal((kind, code), (Member(first, "kind"), Member(first, "code")));
        Assert.InRange(first.GetProperty("lon").GetDouble(), 106.5, 106.6);
        Assert.InRange(first.GetProperty("lat").GetDouble(), 29.5, 29.6);
    }

    [Fact]
    public async Task A_chinese_name_finds_what_is_called_so_before_what_contains_it()
    {
        var results = await SearchAsync("巴蜀中学");
        Assert.Equal("巴蜀中学", Member(results[0], "name"));
        Assert.All(
            results,
            r => Assert.Contains("巴蜀中学", Member(r, "name"), StringComparison.Ordinal)
        );
        Assert.Single(await SearchAsync("巴蜀中学", "&limit=1"));
        Assert.Empty(await SearchAsync("巴蜀中学", "&street=another"));
        Assert.Equal(100, (await SearchAsync("5", "&limit=1000")).Count);
    }

    [Fact]
    public async Task Wildcards_and_quotes_are_letters()
    {
        await demo.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('signs', 'Signs');
            INSERT INTO points (street_code, code, name, type, geom, placement)
            SELECT 'signs', c, n, (SELECT min(code) FROM point_types), ST_SetSRID(ST_MakePoint(1, 1), 4326), 'orphan'
            FROM (VALUES ('w1', 'half 50%'), ('w2', 'under_score'), ('w3', 'back\slash'), ('w4', 'it''s'), ('w5', 'plain')) v (c, n)
            """
        );
        foreach (
            var (q, code) in ((string, string)[])
                [("%", "w1"), ("0%", "w1"), ("_", "w2"), ("\\", "w3"), ("'", "w4"), ("r_s", "w2")]
        )
        {
            Assert.Equal(
                [code],
                (await SearchAsync(q, "&street=signs")).Select(r => Member(r, "code"))
            );
        }
    }
}
