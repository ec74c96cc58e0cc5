using System.Text;

namespace GeoCivic.Tests.Http;

/// <summary>Bad queries: each is told with the parameter's name and what is expected, and none is an error of the service.</summary>
public sealed class QueryFaultTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Theory]
    // Numbers.
    [InlineData("/api/areas/locate?lon=NaN&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=106.55&lat=Infinity", "lat")]
    [InlineData("/api/areas/locate?lon=1e400&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=1,5&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=１０６.55&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=29.56&lat=106.55", "lat")]
    [InlineData("/api/areas/locate?lon=200&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=106.55&lat=95", "lat")]
    [InlineData("/api/areas/locate?lon=106.55", "lat")]
    [InlineData("/api/areas/locate?lon=&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=0x6A&lat=29.56", "lon")]
    [InlineData("/api/areas/locate?lon=106.55&lat=29.56&crs=EPSG:999999", "crs")]
    [InlineData("/api/areas/locate?lon=106.55&lat=29.56&crs=EPSG:3857", "crs")]
    [InlineData("/api/areas/locate?lon=106.55&lat=29.56&crs=mars", "crs")]
    [InlineData("/api/ownership?lon=106.55&lat=29.565&radius=NaN", "radius")]
    [InlineData("/api/ownership?lon=106.55&lat=29.565&radius=-5", "radius")]
    [InlineData("/api/ownership?lon=106.55&lat=29.565&radius=1e12", "radius")]
    [InlineData("/api/ownership?lon=106.55&lat=29.565&radius=5000.001", "radius")]
    // Boxes.
    [InlineData("/api/points?bbox=1,2,3", "bbox")]
    [InlineData("/api/points?bbox=1,2,3,4,5", "bbox")]
    [InlineData("/api/points?bbox=1,2,3,", "bbox")]
    [InlineData("/api/points?bbox=106,30,107,29", "bbox")]
    [InlineData("/api/points?bbox=106,29,107,NaN", "bbox")]
    [InlineData("/api/points?bbox=106,29,181,30", "bbox")]
    [InlineData("/api/points?bbox=106,-91,107,30", "bbox")]
    [InlineData("/api/points?bbox=106,29,107,30&bbox-crs=EPSG:4326", "bbox-crs")]
    // Unknown and doubled.
    [InlineData("/api/points?colour=red", "colour")]
    [InlineData("/api/points?Type=market", "Type")]
    [InlineData("/api/points?type=market&type=park", "type")]
    [InlineData("/api/points?filter-lang=sql", "filter-lang")]
    [InlineData("/api/config?street=1", "street")]
    // Pages.
    [InlineData("/api/points?limit=0", "limit")]
    [InlineData("/api/points?limit=-1", "limit")]
    [InlineData("/api/points?limit=unlimited", "limit")]
    [InlineData("/api/points?limit=1e9", "limit")]
    [InlineData("/api/points?limit=1.5", "limit")]
    [InlineData("/api/points?offset=-1", "offset")]
    [InlineData("/api/points?cursor=AAAA", "cursor")]
    [InlineData("/api/points?cursor=%27%3B--", "cursor")]
    // Days.
    [InlineData("/api/issues?from=2026-02-30", "from")]
    [InlineData("/api/issues?from=2026-03-02&to=2026-03-01", "to")]
    [InlineData("/api/density?to=2026-13-01", "to")]
    [InlineData("/api/areas?level=grid&at=tomorrow", "at")]
    // Words and texts.
    [InlineData("/api/areas", "level")]
    [InlineData("/api/areas?level=city", "level")]
    [InlineData("/api/density?measure=sum", "measure")]
    [InlineData("/api/issues?open=yes", "open")]
    [InlineData("/api/issues?state=all", "state")]
    [InlineData("/api/issues/counts?state=filed,done", "state")]
    [InlineData("/api/points?q=a%00b", "q")]
    [InlineData("/api/points?placement=", "placement")]
    [InlineData("/api/search", "q")]
    [InlineData("/api/coverage", "street")]
    public async Task A_bad_query_is_refused_by_name(string path, string parameter)
    {
        var problem = await demo.GetProblemAsync(path, 400, "invalid-parameter");
        var error = Assert.Single(
            problem.GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("parameter").GetString() == parameter
        );
        Assert.NotEmpty(error.GetProperty("reason").GetString()!);
    }

    [Fact]
    public async Task All_faults_of_a_query_are_told_at_once()
    {
        var problem = await demo.GetProblemAsync(
            "/api/ownership?lon=x&lat=95&radius=-5&colour=red",
            400,
            "invalid-parameter"
        );
        Assert.Equal(
            ["colour", "lat", "lon", "radius"],
            problem
                .GetProperty("errors")
                .EnumerateArray()
                .Select(e => e.GetProperty("parameter").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_text_that_is_longer_than_any_name_is_refused()
    {
        foreach (
            var text in (string[])
                [
                    new string('%', 2000).Replace("%", "%25", StringComparison.Ordinal),
                    new string('x', 101),
                ]
        )
        {
            await demo.GetProblemAsync($"/api/points?q={text}", 400, "invalid-parameter");
        }
    }

    // Days at the ends of the calendar: an instant before or after them cannot be told.
    [Theory]
    [InlineData("/api/issues?from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/density?level=grid&from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/areas?level=grid&at=9999-12-31")]
    [InlineData("/api/areas?level=grid&at=0001-01-01")]
    [InlineData("/api/points?at=9999-12-31&limit=1")]
    [InlineData("/api/areas/locate?lon=106.55&lat=29.565&at=0001-01-01")]
    [InlineData("/api/coverage?street=500103011&at=0001-01-01")]
    public async Task The_ends_of_the_calendar_are_no_error_of_the_service(string path)
    {
        using var response = await demo.Client.GetAsync(path);
        Assert.InRange((int)response.StatusCode, 200, 499);
    }

    [Theory]
    [InlineData("x' OR 1=1--")]
    [InlineData("'; DROP TABLE points; --")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    public async Task A_text_is_taken_literally(string text)
    {
        using var answer = await demo.GetJsonAsync($"/api/points?q={Uri.EscapeDataString(text)}");
        Assert.Equal(0, answer.RootElement.GetProperty("numberMatched").GetInt64());
    }

    [Fact]
    public async Task Twenty_decimals_are_a_number_and_a_huge_limit_is_cut()
    {
        using var place = await demo.GetJsonAsync(
            "/api/areas/locate?lon=106.55000000000000000001&lat=29.56500000000000000001"
        );
        Assert.Equal(106.55, place.RootElement.GetProperty("lon").GetDouble(), precision: 7);
        using var points = await demo.GetJsonAsync("/api/points?limit=1000000000");
        Assert.Equal(666, points.RootElement.GetProperty("numberReturned").GetInt32());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"a\"]")]
    [InlineData("[\"a\",\"b\",\"c\"]")]
    [InlineData("[1,2]")]
    [InlineData("[\"a\",null]")]
    [InlineData("{\"a\":1}")]
    [InlineData("[\"a\\u0000\",\"b\"]")]
    [InlineData("not json")]
    public async Task A_forged_cursor_is_refused(string content)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));
        foreach (var path in (string[])["points", "schools", "gates", "venues", "issues"])
        {
            var problem = await demo.GetProblemAsync(
                $"/api/{path}?cursor={cursor}",
                400,
                "invalid-parameter"
            );
            Assert.Equal(
                "cursor",
                problem.GetProperty("errors")[0].GetProperty("parameter").GetString()
            );
        }
    }

    [Theory]
    [InlineData("[\"2026-01-01\",\"0198c0de-0000-7000-8000-000000000000\"]")]
    [InlineData("[\"2026-01-01T00:00:00.0000000Z\",\"1\"]")]
    [InlineData("[\"' OR 1=1 --\",\"0198c0de-0000-7000-8000-000000000000\"]")]
    public async Task A_cursor_of_other_keys_is_refused_by_issues(string content)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content));
        await demo.GetProblemAsync($"/api/issues?cursor={cursor}", 400, "invalid-parameter");
    }
}
