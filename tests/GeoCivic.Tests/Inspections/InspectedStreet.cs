using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.Inspections;

/// <summary>A small street with a market in each of its four grids, and people who work there.</summary>
public sealed class InspectedStreet : ServiceFixture
{
    internal const string Home = "inspected";

    internal HttpClient Worker { get; private set; } = null!;

    internal HttpClient OtherWorker { get; private set; } = null!;

    internal HttpClient Supervisor { get; private set; } = null!;

    internal HttpClient Handler { get; private set; } = null!;

    internal HttpClient Admin { get; private set; } = null!;

    internal HttpClient Stranger { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await TestStreet.CreateAsync(this, Home);
        await TestStreet.CreateAsync(this, "elsewhere");
        TestStreet.Committed(
            await ImportAsync(
                Datasets.Points,
                "code,name,type,wkt\n"
                    + TestStreet.Point("PA1", 0.5, 0.5)
                    + TestStreet.Point("PA2", 0.5, 1.5)
                    + TestStreet.Point("PB1", 1.5, 0.5)
                    + TestStreet.Point("PB2", 1.5, 1.5),
                "p.csv",
                Home
            )
        );
        Worker = await SignInAsAsync("worker-a1", Role.Worker, Home, "A1");
        OtherWorker = await SignInAsAsync("worker-b1", Role.Worker, Home, "B1");
        Supervisor = await SignInAsAsync("supervisor", Role.Supervisor, Home);
        Handler = await SignInAsAsync("handler", Role.Handler, Home);
        Admin = await SignInAsAsync("admin", Role.Admin, Home);
        Stranger = await SignInAsAsync("stranger", Role.Supervisor, "elsewhere");
    }

    internal static object Visit(
        Guid id,
        string point = "PA1",
        string result = "ok",
        object[]? answers = null,
        object[]? photos = null,
        double? lon = null,
        double? lat = null,
        double? accuracy = 10,
        bool covert = false,
        DateTimeOffset? at = null,
        string shift = "day"
    ) =>
        new
        {
            id,
            point,
            started_at = at ?? DateTimeOffset.UtcNow,
            lon = lon ?? TestStreet.Lon(0.5),
            lat = lat ?? TestStreet.Lat(0.5),
            accuracy_m = accuracy,
            shift,
            answers = answers ?? [],
            result,
            photos = photos ?? [],
            covert,
        };

    internal static async Task<JsonElement> SendAsync(
        HttpClient client,
        string path,
        object body,
        HttpStatusCode expected,
        HttpMethod? method = null
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request);
        return await ReadAsync(response, expected);
    }

    internal static async Task<JsonElement> GetAsync(
        HttpClient client,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var response = await client.GetAsync(path);
        return await ReadAsync(response, expected);
    }

    internal static async Task<string> SendPhotoAsync(HttpClient client, byte[] photo)
    {
        using var response = await client.PostAsync("/api/photos", new ByteArrayContent(photo));
        var answer = await ReadAsync(response, HttpStatusCode.Created);
        return answer.GetProperty("sha256").GetString()!;
    }

    private static async Task<JsonElement> ReadAsync(
        HttpResponseMessage response,
        HttpStatusCode expected
    )
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.StatusCode == expected,
            $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}"
        );
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
