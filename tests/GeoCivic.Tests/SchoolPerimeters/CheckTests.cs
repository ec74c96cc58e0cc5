using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Tests.Http;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>What is allowed where, zones, and the schools of the neighbouring street.</summary>
public sealed class CheckTests(PlannedGround ground) : IClassFixture<PlannedGround>
{
    private static readonly JsonSerializerOptions GeoJson = new()
    {
        Converters = { new GeoJsonConverterFactory() },
    };

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string body) =>
        await client.PostAsync(
            "/api/perimeters/check",
            new StringContent(body, Encoding.UTF8, "application/json")
        );

    private async Task<JsonElement> CheckAsync(
        LonLat at,
        string category,
        HttpClient? client = null,
        string more = ""
    )
    {
        using var response = await PostAsync(
            client ?? ground.Client,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"lon":{{at.Lon:0.0000000}},"lat":{{at.Lat:0.0000000}},"category":"{{category}}"{{more}}}"""
            )
        );
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private static string Verdict(JsonElement answer) => answer.GetProperty("verdict").GetString()!;

    private static LonLat East(double metres) =>
        Geodesic.Destination(
            new LonLat(PlannedGround.CornerEast.Lon, PlannedGround.Corner.Lat + 0.0004),
            90,
            metres
        );

    [Theory]
    [InlineData(0.5, "violating")]
    [InlineData(198, "violating")]
    [InlineData(199.5, "to_be_surveyed")]
    [InlineData(200.9, "to_be_surveyed")]
    [InlineData(202, "compliant")]
    public async Task A_straight_rule_is_measured_on_the_ellipsoid(double metres, string verdict)
    {
        var at = East(metres);
        var answer = await CheckAsync(at, "billiard_hall");
        Assert.Equal(verdict, Verdict(answer));
        var row = answer
            .GetProperty("deciding")
            .EnumerateArray()
            .First(r => r.GetProperty("rule").GetString() == "check.settled");
        Assert.Equal(metres, row.GetProperty("straight_m").GetDouble(), 0.02);
        Assert.Equal(200, row.GetProperty("limit_m").GetDouble());
        Assert.False(row.TryGetProperty("venue", out _));
        var wall = row.GetProperty("wall");
        Assert.Equal(PlannedGround.CornerEast.Lon, wall.GetProperty("lon").GetDouble(), 1e-6);
        switch (verdict)
        {
            case "compliant":
                Assert.True(answer.GetProperty("allowed").GetBoolean());
                Assert.Equal(JsonValueKind.Null, answer.GetProperty("nearest_allowed").ValueKind);
                break;
            case "violating":
                Assert.False(answer.GetProperty("allowed").GetBoolean());
                break;
            default:
                Assert.Equal(JsonValueKind.Null, answer.GetProperty("allowed").ValueKind);
                break;
        }
    }

    [Theory]
    [InlineData("billiard_hall", 60, 202)]
    [InlineData("lottery", 10, 82)]
    [InlineData("tobacco_alcohol", 10, 82)]
    public async Task The_nearest_allowed_place_is_allowed_and_hardly_farther_than_need_be(
        string category,
        double metres,
        double most
    )
    {
        // South of the southern gate, so that the way out is straight south.
        var gate = new LonLat(PlannedGround.Corner.Lon + 0.0005, PlannedGround.Corner.Lat);
        var at = Geodesic.Destination(gate, 180, metres);
        var answer = await CheckAsync(at, category);
        Assert.NotEqual("compliant", Verdict(answer));
        var nearest = answer.GetProperty("nearest_allowed");
        var place = new LonLat(
            nearest.GetProperty("lon").GetDouble(),
            nearest.GetProperty("lat").GetDouble()
        );
        Assert.Equal(Geodesic.Metres(at, place), nearest.GetProperty("metres").GetDouble(), 0.06);
        Assert.InRange(Geodesic.Metres(at, place), most - metres - 3, most - metres + 0.3);
        Assert.Equal("compliant", Verdict(await CheckAsync(place, category)));
    }

    [Fact]
    public async Task What_no_rule_covers_is_neither_allowed_nor_forbidden()
    {
        var answer = await CheckAsync(East(10), "restaurant");
        Assert.Equal("no_rule", Verdict(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("allowed").ValueKind);
        Assert.Empty(answer.GetProperty("deciding").EnumerateArray());
        using var map = await ground.GetJsonAsync(
            $"/api/perimeters/allowed?street={PlannedGround.WestStreet}&category=restaurant"
        );
        Assert.True(map.RootElement.GetProperty("no_rule").GetBoolean());
        Assert.Empty(map.RootElement.GetProperty("features").EnumerateArray());
    }

    [Fact]
    public async Task Only_the_kinds_of_school_asked_for_count()
    {
        var answer = await CheckAsync(
            East(10),
            "billiard_hall",
            more: ",\"school_kinds\":[\"secondary\"]"
        );
        Assert.Equal("compliant", Verdict(answer));
    }

    [Fact]
    public async Task A_school_mapped_as_a_point_leaves_a_belt_to_be_surveyed()
    {
        var school = new LonLat(106.5415, 29.5515);
        foreach (
            var (metres, verdict) in (IEnumerable<(double, string)>)
                [
                    (140, "violating"),
                    (160, "to_be_surveyed"),
                    (240, "to_be_surveyed"),
                    (255, "compliant"),
                ]
        )
        {
            var answer = await CheckAsync(
                Geodesic.Destination(school, 90, metres),
                "billiard_hall"
            );
            Assert.Equal(verdict, Verdict(answer));
        }
    }

    [Theory]
    [InlineData("""{"lon":NaN,"lat":29.5,"category":"lottery"}""", 400, "invalid-body")]
    [InlineData("""{"lon":1e400,"lat":29.5,"category":"lottery"}""", 400, "invalid-body")]
    [InlineData("""{"lon":"106.5","lat":29.5,"category":"lottery"}""", 400, "invalid-body")]
    [InlineData("""{"lon":29.5,"lat":106.5,"category":"lottery"}""", 422, "unacceptable")]
    [InlineData(
        """{"lon":106.5,"lat":29.5,"category":"lottery","crs":"moon"}""",
        400,
        "invalid-body"
    )]
    [InlineData("""{"lon":106.55,"lat":29.56,"category":"spaceport"}""", 422, "unacceptable")]
    [InlineData("""{"lon":106.55,"lat":29.56}""", 400, "invalid-body")]
    [InlineData(
        """{"lon":106.55,"lat":29.56,"category":"lottery","rule":"x"}""",
        400,
        "invalid-body"
    )]
    [InlineData(
        """{"lon":106.55,"lat":29.56,"category":"lottery","school_kinds":["x"]}""",
        422,
        "unacceptable"
    )]
    [InlineData("""{"lon":10,"lat":29.56,"category":"lottery"}""", 404, "outside-coverage")]
    public async Task Bad_questions_get_problems(string body, int status, string code)
    {
        using var response = await PostAsync(ground.Client, body);
        var problem = await ServiceFixture.ProblemAsync(response, status, code, body);
        if (body.Contains("spaceport", StringComparison.Ordinal))
        {
            Assert.Equal(
                "category",
                problem.GetProperty("errors")[0].GetProperty("field").GetString()
            );
        }
    }

    [Theory]
    [InlineData("/api/perimeters?rule=no.such", 422, "unacceptable")]
    [InlineData("/api/perimeters?zones=maybe", 400, "invalid-parameter")]
    [InlineData("/api/perimeters?street=nowhere", 404, "street-unknown")]
    [InlineData("/api/perimeters/allowed?street=plan-west", 400, "invalid-parameter")]
    [InlineData("/api/perimeters/allowed?street=plan-west&category=x", 422, "unacceptable")]
    public async Task Bad_addresses_get_problems(string path, int status, string code) =>
        await ground.GetProblemAsync(path, status, code);

    [Fact]
    public async Task Both_streets_see_the_campus_across_their_border()
    {
        using var east = await ground.SignInAsAsync(
            "east-planner",
            Role.Planner,
            PlannedGround.EastStreet
        );
        using var answer = JsonDocument.Parse(await east.GetStringAsync("/api/perimeters"));
        var features = answer.RootElement.GetProperty("features").EnumerateArray().ToList();
        var school = Assert.Single(features).GetProperty("properties");
        Assert.Equal("S2", school.GetProperty("code").GetString());
        Assert.True(school.GetProperty("neighbour").GetBoolean());
        Assert.Equal("A", school.GetProperty("accuracy").GetProperty("class").GetString());
        Assert.Contains(
            "no_gates",
            school.GetProperty("notes").EnumerateArray().Select(n => n.GetString())
        );

        // 150 m into the east street the campus of the west street still decides.
        var at = Geodesic.Destination(new LonLat(PlannedGround.Border, 29.5655), 90, 150);
        Assert.Equal("violating", Verdict(await CheckAsync(at, "billiard_hall", east)));
        using var west = await ground.SignInAsAsync(
            "west-planner",
            Role.Planner,
            PlannedGround.WestStreet
        );
        using var outside = await PostAsync(
            west,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"lon":{{at.Lon}},"lat":{{at.Lat}},"category":"lottery"}"""
            )
        );
        await ServiceFixture.ProblemAsync(outside, 404, "outside-coverage", "west asks of east");
        using var own = JsonDocument.Parse(
            await west.GetStringAsync("/api/perimeters?school=S2&limit=1")
        );
        Assert.False(
            own.RootElement.GetProperty("features")[0]
                .GetProperty("properties")
                .GetProperty("neighbour")
                .GetBoolean()
        );
    }

    [Fact]
    public async Task Zones_are_as_wide_as_their_rules_and_dissolve()
    {
        using var answer = await ground.GetJsonAsync(
            "/api/perimeters?rule=check.settled,check.gate,check.walk"
        );
        var features = answer.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(
            ["S1", "S2", "S3"],
            features.Select(f => f.GetProperty("properties").GetProperty("code").GetString())
        );
        var zones = features[0]
            .GetProperty("properties")
            .GetProperty("zones")
            .EnumerateArray()
            .ToDictionary(z => z.GetProperty("rule").GetString()!);
        var campus = GeodesicShape.Of(Shape(features[0]));
        var wide = Shape(zones["check.settled"]);
        Assert.All(
            wide.Coordinates,
            c => Assert.Equal(200, campus.To(new LonLat(c.X, c.Y)).Metres, 0.1)
        );
        var gate = new LonLat(
            features[0]
                .GetProperty("properties")
                .GetProperty("gates")[0]
                .GetProperty("lon")
                .GetDouble(),
            PlannedGround.Corner.Lat
        );
        Assert.All(
            Shape(zones["check.gate"]).Coordinates,
            c => Assert.Equal(80, Geodesic.Metres(gate, new LonLat(c.X, c.Y)), 0.1)
        );
        // No way is loaded here: on foot one comes no farther than straight.
        Assert.Equal("straight", zones["check.walk"].GetProperty("kind").GetString());
        Assert.True(zones["check.walk"].GetProperty("outer_bound").GetBoolean());

        using var dissolved = await ground.GetJsonAsync(
            "/api/perimeters?rule=check.settled&dissolve=true"
        );
        var union = Assert.Single(dissolved.RootElement.GetProperty("features").EnumerateArray());
        Assert.Equal(3, union.GetProperty("properties").GetProperty("schools").GetInt32());
        Assert.Equal(3, Shape(union).NumGeometries);
        using var page = await ground.GetJsonAsync("/api/perimeters?limit=2&zones=false");
        Assert.Equal(2, page.RootElement.GetProperty("features").GetArrayLength());
        using var next = await ground.GetJsonAsync(
            $"/api/perimeters?limit=2&zones=false&cursor={page.RootElement.GetProperty("next").GetString()}"
        );
        Assert.Equal(1, next.RootElement.GetProperty("features").GetArrayLength());
        Assert.False(next.RootElement.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("billiard_hall")]
    [InlineData("lottery")]
    [InlineData("tobacco_alcohol")]
    public async Task The_map_says_of_random_places_what_the_check_says(string category)
    {
        using var answer = await ground.GetJsonAsync(
            $"/api/perimeters/allowed?street={PlannedGround.WestStreet}&category={category}"
        );
        var areas = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .ToDictionary(
                f => f.GetProperty("properties").GetProperty("status").GetString()!,
                Shape
            );
        Assert.All(areas.Values, area => Assert.True(area.IsValid));
        var random = new Random(41);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 25; i++)
        {
            // Around S1, where all kinds of area meet.
            var at = Geodesic.Destination(
                PlannedGround.Corner,
                random.NextDouble() * 360,
                random.NextDouble() * 320
            );
            var point = new NetTopologySuite.Geometries.Point(
                Math.Round(at.Lon, 7),
                Math.Round(at.Lat, 7)
            );
            var status = areas.Single(area => area.Value.Covers(point)).Key;
            var verdict = Verdict(await CheckAsync(at, category));
            Assert.Equal(
                verdict switch
                {
                    "compliant" => "allowed",
                    "violating" => "forbidden",
                    _ => "unsure",
                },
                status
            );
            seen.Add(status);
        }

        Assert.True(seen.Count >= 2);
    }

    [Fact]
    public async Task Schools_near_a_place_are_found_by_the_index_on_the_campus()
    {
        var box = "ST_MakeEnvelope(106.54, 29.55, 106.56, 29.56, 4326)";
        var near = await PlanAsync(
            Sql.Load("SchoolPerimeters/Zones/schools_near.sql")
                .Replace("@box", box, StringComparison.Ordinal)
                .Replace("@scope", "ARRAY['*']", StringComparison.Ordinal)
        );
        Assert.Contains("gix_schools_geom", near, StringComparison.Ordinal);
        Assert.Contains("ix_gates_school", near, StringComparison.Ordinal);
        var state = await PlanAsync(
            Sql.Load("SchoolPerimeters/Check/check_state.sql")
                .Split(";\n")[2]
                .Replace("@box", box, StringComparison.Ordinal)
        );
        Assert.Contains("gix_schools_geom", state, StringComparison.Ordinal);
        var some = await PlanAsync(
            Sql.Load("SchoolPerimeters/Check/schools_by_key.sql")
                .Replace("@streets", "ARRAY['plan-west']", StringComparison.Ordinal)
                .Replace("@codes", "ARRAY['S1']", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("Seq Scan on schools", some, StringComparison.Ordinal);
        Assert.Contains("ix_gates_school", some, StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(string sql)
    {
        await using var connection = await ground.Database.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "SET enable_seqscan = off; EXPLAIN " + sql,
            connection
        );
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new StringBuilder();
        while (await rows.ReadAsync())
        {
            plan.AppendLine(rows.GetString(0));
        }

        return plan.ToString();
    }

    private static Geometry Shape(JsonElement holder) =>
        JsonSerializer.Deserialize<Geometry>(holder.GetProperty("geometry"), GeoJson)!;
}
