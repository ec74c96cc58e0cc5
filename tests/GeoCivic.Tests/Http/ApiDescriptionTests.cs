using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Http;

/// <summary>What the API description says is what the calls do.</summary>
public sealed partial class ApiDescriptionTests(ServiceFixture service)
    : IClassFixture<ServiceFixture>
{
    private sealed record Parameter(string Name, bool Required, string[] Values);

    private async Task<List<(string Method, string Path, Parameter[] Query)>> CallsAsync()
    {
        using var description = await service.GetJsonAsync("/openapi/v1.json");
        return
        [
            .. description
                .RootElement.GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject()
                        .Select(call => (call.Name, path.Name, Query(call.Value)))
                )
                .Where(call =>
                    call.Item2.StartsWith("/api/", StringComparison.Ordinal)
                    || call.Item2.StartsWith("/tiles/", StringComparison.Ordinal)
                ),
        ];

        static Parameter[] Query(JsonElement call) =>
            call.TryGetProperty("parameters", out var parameters)
                ?
                [
                    .. parameters
                        .EnumerateArray()
                        .Where(p => p.GetProperty("in").GetString() == "query")
                        .Select(p => new Parameter(
                            p.GetProperty("name").GetString()!,
                            p.TryGetProperty("required", out var r) && r.GetBoolean(),
                            p.GetProperty("schema").TryGetProperty("enum", out var values)
                                ? [.. values.EnumerateArray().Select(v => v.GetString()!)]
                                : []
                        )),
                ]
                : [];
    }

    // What a call itself says about its parameters when it gets one that it does not have.
    private HttpClient? session;

    private async Task<Dictionary<string, string>> ErrorsAsync(
        string method,
        string path,
        string query
    )
    {
        var concrete = PathParameter()
            .Replace(
                path,
                m =>
                    m.Groups["name"].Value switch
                    {
                        "layer" or "layers" or "dataset" => "points",
                        "id" => Guid.Empty.ToString(),
                        _ => "0",
                    }
            );
        using var request = new HttpRequestMessage(
            new HttpMethod(method.ToUpperInvariant()),
            $"{concrete}?{query}"
        );
        // As a person: a token manages no sessions and is refused before its parameters are read.
        session ??= await service.SignInWithSessionAsync();
        using var response = await session.SendAsync(request);
        var problem = await ServiceFixture.ProblemAsync(
            response,
            400,
            "invalid-parameter",
            $"{method} {concrete}?{query}"
        );
        return problem
            .GetProperty("errors")
            .EnumerateArray()
            .GroupBy(e => e.GetProperty("parameter").GetString()!, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.First().GetProperty("reason").GetString()!,
                StringComparer.Ordinal
            );
    }

    [Fact]
    public async Task Every_call_is_described_with_exactly_the_parameters_it_takes()
    {
        var calls = await CallsAsync();
        Assert.True(calls.Count >= 15);
        foreach (var (method, path, query) in calls)
        {
            var errors = await ErrorsAsync(method, path, "zzz=1");
            var taken = errors["zzz"].Split("it takes ")[1];
            var names =
                taken == "no parameters"
                    ? []
                    : taken.Split(", ").Order(StringComparer.Ordinal).ToArray();
            Assert.True(
                names.SequenceEqual(query.Select(q => q.Name).Order(StringComparer.Ordinal)),
                $"{method} {path} takes {taken}; described are {string.Join(", ", query.Select(q => q.Name))}"
            );
            Assert.Equal(
                errors
                    .Where(e =>
                        e.Value == "is required"
                        || e.Value.StartsWith("is required:", StringComparison.Ordinal)
                    )
                    .Select(e => e.Key)
                    .Order(StringComparer.Ordinal),
                query.Where(q => q.Required).Select(q => q.Name).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Every_parameter_takes_exactly_the_words_described()
    {
        var compared = 0;
        foreach (var (method, path, query) in await CallsAsync())
        {
            foreach (var parameter in query)
            {
                var errors = await ErrorsAsync(method, path, $"zzz=1&{parameter.Name}=zzz");
                var reason = errors.GetValueOrDefault(parameter.Name, "");
                var words = reason.StartsWith("must be one of ", StringComparison.Ordinal)
                    ? reason["must be one of ".Length..].Split(", ")
                    : [];
                Assert.Equal(parameter.Values, words);
                compared += words.Length;
            }
        }

        Assert.True(compared > 10);
    }

    [Fact]
    public async Task Every_route_is_in_the_description()
    {
        using var description = await service.GetJsonAsync("/openapi/v1.json");
        var described = description
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .Select(p => p.Name)
            .ToHashSet(StringComparer.Ordinal);
        var routes = service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(r => !r.StartsWith("/openapi/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(routes);
        Assert.All(routes, r => Assert.Contains(r, described));
    }

    [Fact]
    public async Task Answers_are_described_with_their_media_type()
    {
        using var description = await service.GetJsonAsync("/openapi/v1.json");
        var paths = description.RootElement.GetProperty("paths");
        string[] Types(string path, string status) =>
            [
                .. paths
                    .GetProperty(path)
                    .GetProperty("get")
                    .GetProperty("responses")
                    .GetProperty(status)
                    .GetProperty("content")
                    .EnumerateObject()
                    .Select(c => c.Name),
            ];
        foreach (
            var path in (string[])
                [
                    "/api/areas?level=grid",
                    "/api/points",
                    "/api/schools",
                    "/api/gates",
                    "/api/venues",
                    "/api/issues",
                    "/api/density",
                    "/api/base",
                    "/api/ways",
                    "/api/config",
                    "/api/imports",
                    "/api/imports/datasets",
                    "/api/search?q=x",
                ]
        )
        {
            using var response = await service.Client.GetAsync(path);
            Assert.True(response.IsSuccessStatusCode, path);
            Assert.Equal(
                [response.Content.Headers.ContentType!.MediaType!],
                Types(path.Split('?')[0], "200")
            );
            Assert.Equal(["application/problem+json"], Types(path.Split('?')[0], "default"));
        }
    }

    [Fact]
    public async Task The_page_of_the_description_needs_nothing_that_the_policy_forbids()
    {
        using var redirected = await service.Client.GetAsync("/docs");
        Assert.Equal(
            "/docs/",
            redirected.Headers.Location?.AbsolutePath ?? redirected.Headers.Location?.ToString()
        );
        var page = await service.Client.GetStringAsync("/docs/");
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("<script").Length - 1);
        Assert.Contains("src=\"docs.js\"></script>", page, StringComparison.Ordinal);
        foreach (var file in (string[])["docs.js", "docs.css"])
        {
            using var response = await service.Client.GetAsync($"/docs/{file}");
            Assert.True(response.IsSuccessStatusCode, file);
        }
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathParameter();
}
