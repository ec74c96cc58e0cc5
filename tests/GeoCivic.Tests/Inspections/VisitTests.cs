using System.Net;
using System.Text.Json;
using GeoCivic.Tests.Imports;
using GeoCivic.Tests.Photos;
using static GeoCivic.Tests.Inspections.InspectedStreet;

namespace GeoCivic.Tests.Inspections;

public sealed class VisitTests(InspectedStreet street) : IClassFixture<InspectedStreet>
{
    private static JsonElement Properties(JsonElement feature) => feature.GetProperty("properties");

    [Fact]
    public async Task The_same_visit_twenty_times_at_once_is_one_and_another_under_its_id_is_refused()
    {
        var id = Guid.NewGuid();
        var visit = Visit(id);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    street.Worker.PostAsync(
                        "/api/visits",
                        System.Net.Http.Json.JsonContent.Create(visit)
                    )
                )
        );
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(
            1L,
            await street.ScalarAsync<long>("SELECT count(*) FROM visits WHERE id = @id", ("id", id))
        );
        var other = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(id, result: "unreachable"),
            HttpStatusCode.Conflict
        );
        Assert.Equal("/problems/id-in-use", other.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_check_in_away_from_the_point_is_taken_and_shown_to_the_supervisor()
    {
        var there = Guid.NewGuid();
        var away = Guid.NewGuid();
        // A ten-thousandth of a degree of latitude is 11 metres.
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(there, lat: TestStreet.Lat(0.5) + 0.0005, accuracy: 10),
            HttpStatusCode.Created
        );
        var feature = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(away, lat: TestStreet.Lat(0.5) + 0.0006, accuracy: 10),
            HttpStatusCode.Created
        );
        var properties = Properties(feature);
        Assert.True(properties.GetProperty("outside_geofence").GetBoolean());
        Assert.InRange(properties.GetProperty("distance_m").GetDouble(), 66, 67);
        Assert.Equal(60, properties.GetProperty("geofence_m").GetDouble());
        // However poor the position is said to be, 150 metres are the most.
        var vague = Guid.NewGuid();
        var far = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(vague, lat: TestStreet.Lat(0.5) + 0.0015, accuracy: 5000),
            HttpStatusCode.Created
        );
        Assert.True(Properties(far).GetProperty("outside_geofence").GetBoolean());

        var listed = await GetAsync(street.Supervisor, "/api/visits?outside=true&limit=1000");
        var ids = listed
            .GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("id").GetGuid())
            .ToList();
        Assert.Contains(away, ids);
        Assert.Contains(vague, ids);
        Assert.DoesNotContain(there, ids);
    }

    [Fact]
    public async Task Nobody_visits_or_sees_what_lies_outside_their_area()
    {
        var id = Guid.NewGuid();
        await SendAsync(
            street.OtherWorker,
            "/api/visits",
            Visit(id, "PA1"),
            HttpStatusCode.NotFound
        );
        await SendAsync(street.Worker, "/api/visits", Visit(id, "PA1"), HttpStatusCode.Created);
        await GetAsync(street.Worker, $"/api/visits/{id}");
        await GetAsync(street.Supervisor, $"/api/visits/{id}");
        await GetAsync(street.OtherWorker, $"/api/visits/{id}", HttpStatusCode.NotFound);
        await GetAsync(street.Stranger, $"/api/visits/{id}", HttpStatusCode.NotFound);
        await SendAsync(
            street.Handler,
            "/api/visits",
            Visit(Guid.NewGuid()),
            HttpStatusCode.Forbidden
        );
        var listed = await GetAsync(street.OtherWorker, "/api/visits?limit=1000");
        Assert.DoesNotContain(
            listed.GetProperty("features").EnumerateArray(),
            f => Properties(f).GetProperty("point").GetString() == "PA1"
        );
    }

    [Fact]
    public async Task A_covert_visit_is_a_supervisors_and_hidden_from_the_workers()
    {
        var id = Guid.NewGuid();
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid(), covert: true),
            HttpStatusCode.Forbidden
        );
        await SendAsync(
            street.Supervisor,
            "/api/visits",
            Visit(id, "PA2", covert: true),
            HttpStatusCode.Created
        );
        await GetAsync(street.Supervisor, $"/api/visits/{id}");
        await GetAsync(street.Handler, $"/api/visits/{id}", HttpStatusCode.NotFound);
        var point = await GetAsync(street.Handler, $"/api/points/PA2?street={Home}");
        Assert.Empty(Properties(point).GetProperty("visits").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, Properties(point).GetProperty("last_visit").ValueKind);
        var seen = await GetAsync(street.Supervisor, $"/api/points/PA2?street={Home}");
        Assert.Single(Properties(seen).GetProperty("visits").EnumerateArray());
    }

    [Fact]
    public async Task Answers_are_those_of_the_checklist_that_applies()
    {
        var visit = Visit(
            Guid.NewGuid(),
            result: "problems",
            answers:
            [
                new
                {
                    item = "clean",
                    answer = "bad",
                    note = "西侧通道积水",
                },
                new { item = "licences", answer = "ok" },
            ]
        );
        var feature = await SendAsync(street.Worker, "/api/visits", visit, HttpStatusCode.Created);
        var properties = Properties(feature);
        Assert.Equal("market", properties.GetProperty("checklist").GetProperty("code").GetString());
        var answers = properties.GetProperty("answers").EnumerateArray().ToList();
        Assert.Equal(["clean", "licences"], answers.Select(a => a.GetProperty("item").GetString()));
        Assert.Equal("exposed_garbage", answers[0].GetProperty("category").GetString());

        var strange = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(
                Guid.NewGuid(),
                result: "problems",
                answers: [new { item = "dust", answer = "bad" }]
            ),
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Equal(
            "answers[0].item",
            strange.GetProperty("errors")[0].GetProperty("field").GetString()
        );
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid(), result: "ok", answers: [new { item = "clean", answer = "bad" }]),
            HttpStatusCode.UnprocessableEntity
        );
    }

    [Fact]
    public async Task A_refused_visit_leaves_its_id_free()
    {
        var id = Guid.NewGuid();
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(id, photos: [new { sha256 = new string('a', 64), kind = "scene" }]),
            HttpStatusCode.UnprocessableEntity
        );
        await SendAsync(street.Worker, "/api/visits", Visit(id), HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(-400, true, false)]
    [InlineData(-1, false, false)]
    [InlineData(0.02, true, true)]
    public async Task The_devices_clock_counts_as_far_as_it_can_be_believed(
        double days,
        bool now,
        bool ahead
    )
    {
        var started = DateTimeOffset.UtcNow.AddDays(days);
        var feature = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid(), at: started),
            HttpStatusCode.Created
        );
        var properties = Properties(feature);
        var visited = properties.GetProperty("visited_at").GetDateTimeOffset();
        Assert.True(
            (visited - (now ? DateTimeOffset.UtcNow : started)).Duration() < TimeSpan.FromMinutes(1)
        );
        Assert.Equal(ahead, properties.GetProperty("clock_ahead").GetBoolean());
        Assert.True(
            (properties.GetProperty("started_at").GetDateTimeOffset() - started).Duration()
                < TimeSpan.FromSeconds(2)
        );
    }

    [Fact]
    public async Task A_clock_more_than_a_day_ahead_is_refused() =>
        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid(), at: DateTimeOffset.UtcNow.AddDays(1.1)),
            HttpStatusCode.UnprocessableEntity
        );

    [Fact]
    public async Task A_reviewers_comment_returns_to_the_worker_until_the_next_visit()
    {
        var id = Guid.NewGuid();
        await SendAsync(street.Worker, "/api/visits", Visit(id), HttpStatusCode.Created);
        var comment = new { id = Guid.NewGuid(), text = "请补拍西门照片" };
        await SendAsync(
            street.Worker,
            $"/api/visits/{id}/comments",
            comment,
            HttpStatusCode.Forbidden
        );
        await SendAsync(
            street.Stranger,
            $"/api/visits/{id}/comments",
            comment,
            HttpStatusCode.NotFound
        );
        await SendAsync(
            street.Supervisor,
            $"/api/visits/{id}/comments",
            comment,
            HttpStatusCode.Created
        );
        await SendAsync(
            street.Supervisor,
            $"/api/visits/{id}/comments",
            comment,
            HttpStatusCode.OK
        );

        var open = await CommentsAsync();
        Assert.Single(open, c => c.GetProperty("id").GetGuid() == comment.id);
        var point = await GetAsync(street.Worker, $"/api/points/PA1?street={Home}");
        Assert.Contains(
            Properties(point).GetProperty("comments").EnumerateArray(),
            c =>
                c.GetProperty("text").GetString() == comment.text
                && c.GetProperty("open").GetBoolean()
                && c.GetProperty("by").GetString() == "supervisor"
        );

        await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(Guid.NewGuid()),
            HttpStatusCode.Created
        );
        Assert.DoesNotContain(
            await CommentsAsync(),
            c => c.GetProperty("id").GetGuid() == comment.id
        );

        async Task<List<JsonElement>> CommentsAsync() =>
            [
                .. (await GetAsync(street.Worker, "/api/my-day"))
                    .GetProperty("comments")
                    .EnumerateArray(),
            ];
    }

    [Fact]
    public async Task A_photo_taken_far_from_the_point_is_marked()
    {
        var near = await SendPhotoAsync(
            street.Worker,
            PhotoSamples.WithMetadata(
                "baseline.jpg",
                new ExifBlock { Place = (TestStreet.Lon(0.5), TestStreet.Lat(0.5)) }.ToBytes()
            )
        );
        var far = await SendPhotoAsync(
            street.Worker,
            PhotoSamples.WithMetadata(
                "grey.jpg",
                new ExifBlock
                {
                    Place = (TestStreet.Lon(0.5), TestStreet.Lat(0.5) + 0.0019),
                }.ToBytes()
            )
        );
        var feature = await SendAsync(
            street.Worker,
            "/api/visits",
            Visit(
                Guid.NewGuid(),
                photos:
                [
                    new { sha256 = near, kind = "before" },
                    new { sha256 = far, kind = "after" },
                ]
            ),
            HttpStatusCode.Created
        );
        var photos = Properties(feature).GetProperty("photos").EnumerateArray().ToList();
        Assert.Equal([far, near], photos.Select(p => p.GetProperty("sha256").GetString()));
        Assert.True(photos[0].GetProperty("taken_far").GetBoolean());
        Assert.InRange(photos[0].GetProperty("taken_distance_m").GetDouble(), 210, 211);
        Assert.False(photos[1].GetProperty("taken_far").GetBoolean());
        // Those who see the visit see its photos, others do not.
        await GetBytesAsync(street.Supervisor, far, HttpStatusCode.OK);
        await GetBytesAsync(street.OtherWorker, far, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_accounts_photo_cannot_be_attached_by_its_name()
    {
        var name = await SendPhotoAsync(street.Worker, PhotoSamples.Png(9, 9, 8, 0));
        var refused = await SendAsync(
            street.Supervisor,
            "/api/visits",
            Visit(Guid.NewGuid(), photos: [new { sha256 = name, kind = "scene" }]),
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Equal("photos", refused.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Pages_of_visits_hold_each_once_the_latest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(
                street.Supervisor,
                "/api/visits",
                Visit(Guid.NewGuid(), "PB2"),
                HttpStatusCode.Created
            );
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(
                street.Supervisor,
                $"/api/visits?street={Home}&point=PB2&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            seen.AddRange(
                page.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("id").GetGuid())
            );
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
        await GetAsync(
            street.Supervisor,
            $"/api/visits?cursor={GeoCivic.Http.Cursor.Encode("2026-13-45", "x")}",
            HttpStatusCode.BadRequest
        );
    }

    private static async Task GetBytesAsync(HttpClient client, string name, HttpStatusCode expected)
    {
        using var response = await client.GetAsync($"/api/photos/{name}");
        Assert.Equal(expected, response.StatusCode);
    }
}
