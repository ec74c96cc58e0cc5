using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.Hotspots;

/// <summary>Key places (重点部位) on a small street, by people who hold all of it, a grid of it, or none.</summary>
public sealed class KeyPlaceTests(ServiceFixture service)
    : IClassFixture<ServiceFixture>,
        IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
    private static readonly DateOnly Month = new(Today.Year, Today.Month, 1);

    private static string At(DateOnly day, string time) =>
        $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T{time}+08:00";

    private string street = "";

    public async Task InitializeAsync()
    {
        street = $"s{Guid.NewGuid():N}"[..10];
        await TestStreet.CreateAsync(service, street);
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,wkt\n" + TestStreet.Point("P1", 0.3, 0.3),
                "p.csv",
                street
            )
        );
        // Twelve in A1 within 15 m of each other: the first half minute of this month and the last of the month before tell
        // the Beijing months apart.
        var rows = Enumerable
            .Range(0, 12)
            .Select(i =>
            {
                var when =
                    i < 5 ? At(Month, "00:00:30")
                    : i < 9 ? At(Month.AddDays(-1), "23:59:30")
                    : At(Month.AddMonths(-1), "00:00:30");
                var state = i % 4 == 0 ? "reported" : "closed";
                var closed = i % 4 == 0 ? "" : At(Today, "00:00:00");
                return $"I{i},x,{(i == 11 ? "uncivil_pets" : "street_gambling")},{when},{state},{closed},POINT({TestStreet.At(0.3 + (i * 0.01), 0.3)})";
            });
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Issues,
                $"code,name,category,found_at,state,closed_at,wkt\n{string.Join('\n', rows)}\nF1,x,street_gambling,{At(Month, "01:00:00")},reported,,POINT({TestStreet.At(1.7, 1.7)})\n",
                "i.csv",
                street
            )
        );
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static object Square(double x, double y, double side) =>
        new
        {
            type = "Polygon",
            coordinates = new[]
            {
                new[]
                {
                    new[] { TestStreet.Lon(x), TestStreet.Lat(y) },
                    [TestStreet.Lon(x + side), TestStreet.Lat(y)],
                    [TestStreet.Lon(x + side), TestStreet.Lat(y + side)],
                    [TestStreet.Lon(x), TestStreet.Lat(y + side)],
                    [TestStreet.Lon(x), TestStreet.Lat(y)],
                },
            },
        };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request);
    }

    [Fact]
    public async Task A_cluster_becomes_a_key_place_that_is_watched_changed_and_retired()
    {
        var id = Guid.NewGuid();
        var body = new
        {
            id,
            street,
            name = "大礼堂广场",
            watch_days = 3,
            from_cluster = new
            {
                from = "2020-01-01",
                category = "street_gambling",
                eps_metres = 20,
                min_points = 5,
                cluster = 1,
            },
        };
        using var made = await SendAsync(service.Client, HttpMethod.Post, "/api/key-places", body);
        var place = await ReadAsync(made, 201);
        using var again = await SendAsync(service.Client, HttpMethod.Post, "/api/key-places", body);
        Assert.Equal(place.GetRawText(), (await ReadAsync(again, 200)).GetRawText());

        var p = place.GetProperty("properties");
        Assert.Equal("street_gambling", p.GetProperty("category").GetString());
        // Eleven issues of the category: five this month, four on the last evening of the month before, two on its first.
        Assert.Equal(5, p.GetProperty("issues_this_month").GetInt32());
        Assert.Equal(6, p.GetProperty("issues_last_month").GetInt32());
        Assert.Equal(
            Today.Day >= Month.AddDays(-1).Day ? 6 : 2,
            p.GetProperty("issues_last_month_same_days").GetInt32()
        );
        Assert.Equal(3, p.GetProperty("open").GetInt32());
        Assert.Equal(At(Month, "00:00:30"), p.GetProperty("last_found").GetString());
        Assert.Equal(JsonValueKind.Null, p.GetProperty("last_visit").ValueKind);
        Assert.Equal("upcoming", p.GetProperty("watch_status").GetString());
        Assert.Equal(
            Today.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            p.GetProperty("watch_due").GetString()
        );
        Assert.Equal(1, p.GetProperty("cluster").GetProperty("cluster").GetInt32());

        await VisitedAsync(Today.AddDays(-4), "ok");
        await VisitedAsync(Today.AddDays(-1), "unreachable");
        using var list = await service.GetJsonAsync($"/api/key-places?street={street}");
        p = list.RootElement.GetProperty("features")[0].GetProperty("properties");
        Assert.Equal(At(Today.AddDays(-4), "10:00:00"), p.GetProperty("last_visit").GetString());
        Assert.Equal("overdue", p.GetProperty("watch_status").GetString());

        await ChangeAndRetireAsync(id, made.Headers.ETag!.Tag);
    }

    private async Task ChangeAndRetireAsync(Guid id, string tag)
    {
        var path = $"/api/key-places/{id}";
        using var blind = await SendAsync(
            service.Client,
            HttpMethod.Patch,
            path,
            new { name = "x" }
        );
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        using var changed = await SendAsync(
            service.Client,
            HttpMethod.Patch,
            path,
            new
            {
                name = "广场",
                note = "每晚",
                clear = new[] { "watch_days", "category" },
            },
            tag
        );
        var p = (await ReadAsync(changed, 200)).GetProperty("properties");
        Assert.Equal(
            ("广场", "none", 12, 2),
            (
                p.GetProperty("name").GetString(),
                p.GetProperty("watch_status").GetString(),
                p.GetProperty("issues_this_month").GetInt32()
                    + p.GetProperty("issues_last_month").GetInt32(),
                p.GetProperty("revision").GetInt32()
            )
        );
        using var stale = await SendAsync(service.Client, HttpMethod.Delete, path, null, tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var retired = await SendAsync(
            service.Client,
            HttpMethod.Delete,
            path,
            null,
            changed.Headers.ETag!.Tag
        );
        p = (await ReadAsync(retired, 200)).GetProperty("properties");
        Assert.NotEqual(JsonValueKind.Null, p.GetProperty("retired_at").ValueKind);
        using var late = await SendAsync(
            service.Client,
            HttpMethod.Patch,
            path,
            new { name = "y" },
            retired.Headers.ETag!.Tag
        );
        await ServiceFixture.ProblemAsync(late, 409, "key-place-retired", "PATCH");
        using var list = await service.GetJsonAsync($"/api/key-places?street={street}");
        Assert.Empty(list.RootElement.GetProperty("features").EnumerateArray());
        // What it was stays, and nobody takes it away.
        Assert.Equal(
            "created 大礼堂广场, changed 广场, retired 广场",
            await service.ScalarAsync<string>(
                "SELECT string_agg(act || ' ' || (place->>'name'), ', ' ORDER BY revision) FROM key_place_events WHERE key_place_id = @id",
                ("id", id)
            )
        );
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            service.ExecuteAsync("DELETE FROM key_place_events")
        );
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            service.ExecuteAsync("DELETE FROM key_places")
        );
    }

    private Task VisitedAsync(DateOnly day, string result) =>
        service.ExecuteAsync(
            """
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result)
            SELECT @street, gen_random_uuid(), 'P1', account_id, @at::timestamptz, @at::timestamptz, @at::timestamptz, 'day', @result
            FROM accounts LIMIT 1
            """,
            ("street", street),
            ("at", At(day, "10:00:00")),
            ("result", result)
        );

    [Fact]
    public async Task A_supervisor_of_a_grid_keeps_places_of_that_grid()
    {
        using var ofGrid = await service.SignInAsAsync(
            $"g-{street}",
            Role.Supervisor,
            street,
            "A1"
        );
        object Place(Guid id, object geometry) =>
            new
            {
                id,
                street,
                name = "门前",
                geometry,
            };
        using var own = await SendAsync(
            ofGrid,
            HttpMethod.Post,
            "/api/key-places",
            Place(Guid.NewGuid(), Square(0.2, 0.2, 0.5))
        );
        // The whole square of the grid touches its neighbours and belongs to none of them.
        Assert.Equal(
            12,
            (await ReadAsync(own, 201))
                .GetProperty("properties")
                .GetProperty("issues_this_month")
                .GetInt32()
                + (await ReadAsync(own, 201))
                    .GetProperty("properties")
                    .GetProperty("issues_last_month")
                    .GetInt32()
        );
        using var whole = await SendAsync(
            ofGrid,
            HttpMethod.Post,
            "/api/key-places",
            Place(Guid.NewGuid(), Square(0, 0, 1))
        );
        Assert.Equal(HttpStatusCode.Created, whole.StatusCode);
        using var across = await SendAsync(
            ofGrid,
            HttpMethod.Post,
            "/api/key-places",
            Place(Guid.NewGuid(), Square(0.5, 0.5, 1))
        );
        Assert.Equal(HttpStatusCode.Forbidden, across.StatusCode);

        // Made over both by somebody who holds both: shown to the first, counting only what they see, not theirs to change.
        var wide = Guid.NewGuid();
        using var made = await SendAsync(
            service.Client,
            HttpMethod.Post,
            "/api/key-places",
            Place(wide, Square(0.1, 0.1, 1.8))
        );
        Assert.Equal(
            6,
            (await ReadAsync(made, 201))
                .GetProperty("properties")
                .GetProperty("issues_this_month")
                .GetInt32()
        );
        using var seen = await SendAsync(ofGrid, HttpMethod.Get, $"/api/key-places/{wide}");
        Assert.Equal(
            5,
            (await ReadAsync(seen, 200))
                .GetProperty("properties")
                .GetProperty("issues_this_month")
                .GetInt32()
        );
        using var refused = await SendAsync(
            ofGrid,
            HttpMethod.Delete,
            $"/api/key-places/{wide}",
            null,
            made.Headers.ETag!.Tag
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var elsewhere = await service.SignInAsAsync(
            $"h-{street}",
            Role.Supervisor,
            street,
            "B1"
        );
        using var list = await SendAsync(
            elsewhere,
            HttpMethod.Get,
            $"/api/key-places?street={street}"
        );
        Assert.Equal(
            wide,
            Assert
                .Single((await ReadAsync(list, 200)).GetProperty("features").EnumerateArray())
                .GetProperty("id")
                .GetGuid()
        );
    }

    [Fact]
    public async Task A_cluster_that_holds_covert_findings_is_not_saved_with_their_places()
    {
        await service.ExecuteAsync(
            "UPDATE issues SET covert = true WHERE street_code = @street AND code = 'I0'",
            ("street", street)
        );
        var body = new
        {
            id = Guid.NewGuid(),
            street,
            name = "广场",
            from_cluster = new
            {
                from = "2020-01-01",
                category = "street_gambling",
                eps_metres = 20,
                min_points = 5,
                cluster = 1,
            },
        };
        using var refused = await SendAsync(
            service.Client,
            HttpMethod.Post,
            "/api/key-places",
            body
        );
        var problem = await ReadAsync(refused, 422);
        Assert.Contains("from_cluster.cluster", problem.GetRawText(), StringComparison.Ordinal);
        await service.ExecuteAsync(
            "UPDATE issues SET notice_issued_at = now() WHERE street_code = @street AND code = 'I0'",
            ("street", street)
        );
        using var saved = await SendAsync(service.Client, HttpMethod.Post, "/api/key-places", body);
        await ReadAsync(saved, 201);
    }

    [Fact]
    public async Task Found_covertly_it_does_not_count_for_whoever_may_not_know()
    {
        await service.ExecuteAsync(
            "UPDATE issues SET covert = true WHERE street_code = @street AND code = 'I0'",
            ("street", street)
        );
        using var made = await SendAsync(
            service.Client,
            HttpMethod.Post,
            "/api/key-places",
            new
            {
                id = Guid.NewGuid(),
                street,
                name = "暗访",
                geometry = Square(0.2, 0.2, 0.5),
            }
        );
        Assert.Equal(
            5,
            (await ReadAsync(made, 201))
                .GetProperty("properties")
                .GetProperty("issues_this_month")
                .GetInt32()
        );
        using var handler = await service.SignInAsAsync($"c-{street}", Role.Planner, street);
        using var list = await SendAsync(
            handler,
            HttpMethod.Get,
            $"/api/key-places?street={street}"
        );
        var p = (await ReadAsync(list, 200)).GetProperty("features")[0].GetProperty("properties");
        Assert.Equal(4, p.GetProperty("issues_this_month").GetInt32());
        Assert.Equal(2, p.GetProperty("open").GetInt32());
    }

    public static TheoryData<string, int, string> Faults() =>
        new()
        {
            { "{}", 400, "id" },
            { """{"id":"ID","street":"S","name":"x"}""", 400, "geometry" },
            {
                """{"id":"ID","street":"S","name":"x","geometry":{"type":"Point","coordinates":[106.55,29.56]}}""",
                422,
                "geometry"
            },
            {
                """{"id":"ID","street":"S","name":"x","geometry":{"type":"Polygon","coordinates":[[[106.55,29.56],[106.551,29.56]]]}}""",
                422,
                "geometry"
            },
            {
                """{"id":"ID","street":"S","name":"x","geometry":{"type":"Polygon","coordinates":[[[1,1],[1.001,1],[1.001,1.001],[1,1]]]}}""",
                422,
                "geometry"
            },
            {
                """{"id":"ID","street":"S","name":"x","geometry":"POLYGON((1 1))"}""",
                400,
                "geometry"
            },
            {
                """{"id":"ID","street":"S","name":"x","watch_days":0,"geometry":{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5509,29.5601],[106.5509,29.5609],[106.5501,29.5601]]]}}""",
                422,
                "watch_days"
            },
            {
                """{"id":"ID","street":"S","name":"x","category":"none","geometry":{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5509,29.5601],[106.5509,29.5609],[106.5501,29.5601]]]}}""",
                422,
                "category"
            },
            {
                """{"id":"ID","street":"S","name":"x","from_cluster":{"cluster":9}}""",
                422,
                "from_cluster.cluster"
            },
            {
                """{"id":"ID","street":"S","name":"x","from_cluster":{"cluster":1,"eps":9}}""",
                400,
                "from_cluster.eps"
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_place_is_refused_by_name(string json, int status, string field)
    {
        using var content = new StringContent(
            json.Replace("ID", $"{Guid.NewGuid()}", StringComparison.Ordinal)
                .Replace("\"S\"", $"\"{street}\"", StringComparison.Ordinal),
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var response = await service.Client.PostAsync("/api/key-places", content);
        var problem = await ServiceFixture.ProblemAsync(
            response,
            status,
            status == 400 ? "invalid-body" : "unacceptable",
            json
        );
        Assert.Contains(
            problem.GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("field").GetString() == field
        );
    }
}
