using System.Net;

namespace GeoCivic.Tests.Http;

/// <summary>Pages of other sites cannot write through a visitor's browser.</summary>
public sealed class SameOriginTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("self", HttpStatusCode.NotFound)]
    public async Task A_form_of_another_site_is_refused(string? origin, HttpStatusCode expected)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("code\n1\n"), "file", "p.csv" },
        };
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "/api/imports/points?street=nowhere&crs=wgs84"
        )
        {
            Content = form,
        };
        if (origin is not null)
        {
            request.Headers.Add(
                "Origin",
                origin == "self"
                    ? service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)
                    : origin
            );
        }

        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_foreign_host_name_that_leads_here_is_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/config");
        request.Headers.Host = "evil.example";
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
