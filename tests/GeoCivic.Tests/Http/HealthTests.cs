using System.Net;

namespace GeoCivic.Tests.Http;

public sealed class HealthTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_service_with_its_database_is_live_and_ready()
    {
        foreach (var state in (string[])["live", "ready"])
        {
            using var answer = await service.GetJsonAsync($"/health/{state}");
            Assert.Equal(state, answer.RootElement.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task A_service_without_its_database_is_live_but_answers_503()
    {
        // A folder without a server's socket in it: connecting fails at once.
        var (app, client) = await ServiceFixture.StartAsync(
            "Host=/tmp/geocivic-test-nowhere;Username=nobody;Database=nothing;Timeout=2"
        );
        await using (app)
        using (client)
        {
            using var live = await client.GetAsync("/health/live");
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            // Without a token nobody is asked who they are: 401 needs no database.
            client.DefaultRequestHeaders.Authorization = new("Bearer", "gct_anything");
            foreach (var path in (string[])["/health/ready", "/api/points", "/api/config"])
            {
                using var response = await client.GetAsync(path);
                await ServiceFixture.ProblemAsync(response, 503, "unavailable", path);
                Assert.Equal("5", response.Headers.GetValues("Retry-After").Single());
            }
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/config")]
    [InlineData("/api/points?limit=0")]
    [InlineData("/api/nothing")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var response = await service.Client.GetAsync(path);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.Contains("Permissions-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }
}
