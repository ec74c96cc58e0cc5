using System.Net.Http.Headers;
using System.Text;

namespace GeoCivic.Tests.Http;

public sealed class ProblemTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/points/none")]
    [InlineData("/api/issues/none")]
    [InlineData("/api/issues/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("/nothing.html")]
    [InlineData("/problems/nothing")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task An_unknown_path_or_id_is_a_problem_of_this_service(string path) =>
        await service.GetProblemAsync(path, 404, "not-found");

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_a_problem_of_this_service()
    {
        using var response = await service.Client.DeleteAsync("/api/points");
        await ServiceFixture.ProblemAsync(response, 405, "method-not-allowed", "DELETE");
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_of_another_type_is_a_problem_of_this_service()
    {
        using var text = new StringContent("code,name", Encoding.UTF8, "text/plain");
        using var response = await service.Client.PostAsync("/api/imports/points", text);
        await ServiceFixture.ProblemAsync(response, 415, "unsupported-media-type", "POST");
        using var none = await service.Client.PostAsync("/api/imports/points", content: null);
        await ServiceFixture.ProblemAsync(none, 415, "unsupported-media-type", "POST");
    }

    // Whoever asks for GeoJSON only still wants to know why there is none.
    [Theory]
    [InlineData("application/geo+json")]
    [InlineData("application/vnd.mapbox-vector-tile")]
    [InlineData("text/html")]
    public async Task A_problem_is_told_whatever_the_request_accepts(string accept)
    {
        foreach (
            var (path, status, code) in ((string, int, string)[])
                [
                    ("/api/points?limit=0", 400, "invalid-parameter"),
                    ("/api/nothing", 404, "not-found"),
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
            using var response = await service.Client.SendAsync(request);
            await ServiceFixture.ProblemAsync(response, status, code, $"{path} for {accept}");
        }
    }

    [Fact]
    public async Task Every_kind_of_problem_is_listed_and_has_a_page()
    {
        using var list = await service.GetJsonAsync("/problems");
        var kinds = list.RootElement.EnumerateArray().ToList();
        Assert.True(kinds.Count > 10);
        foreach (var kind in kinds)
        {
            var code = kind.GetProperty("code").GetString()!;
            using var page = await service.GetJsonAsync($"/problems/{code}");
            Assert.Equal(
                kind.GetProperty("help").GetString(),
                page.RootElement.GetProperty("help").GetString()
            );
            Assert.NotEmpty(kind.GetProperty("help").GetString()!);
            Assert.InRange(kind.GetProperty("status").GetInt32(), 400, 599);
        }
    }
}
