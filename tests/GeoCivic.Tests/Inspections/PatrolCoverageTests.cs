using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Tests.Imports;
using static GeoCivic.Tests.Inspections.InspectedStreet;

namespace GeoCivic.Tests.Inspections;

/// <summary>The metres of street that nobody saw, against counting steps along the roads by geodesic distance.</summary>
public sealed class PatrolCoverageTests(InspectedStreet street) : IClassFixture<InspectedStreet>
{
    private const string Week = $"/api/patrol-coverage?street={Home}&from=2025-03-03&to=2025-03-09";

    private async Task VisitAsync(
        string point,
        string at,
        string shift = "day",
        string result = "ok",
        bool covert = false,
        string? position = null,
        double accuracy = 5
    )
    {
        var id = Guid.NewGuid();
        await street.ExecuteAsync(
            """
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, covert)
            SELECT @s, @i, @p, account_id, @a::timestamptz, @a::timestamptz, @a::timestamptz, @h, @r, @c FROM accounts LIMIT 1
            """,
            ("s", Home),
            ("i", id),
            ("p", point),
            ("a", at),
            ("h", shift),
            ("r", result),
            ("c", covert)
        );
        if (position is not null)
        {
            await street.ExecuteAsync(
                """
                INSERT INTO visit_positions (street_code, visit_id, geom, accuracy_m, distance_m, geofence_m)
                VALUES (@s, @i, ST_GeomFromText(@g, 4326), @m, 0, 50)
                """,
                ("s", Home),
                ("i", id),
                ("g", position),
                ("m", accuracy)
            );
        }
    }

    private async Task RoadAsync(string code, string wkt) =>
        TestStreet.Committed(
            await street.ImportAsync(
                Datasets.Base,
                $"code,name,kind,wkt\n{code},路 {code},road_minor,\"{wkt}\"\n",
                "b.csv",
                Home
            )
        );

    /// <summary>Seen metres of all roads by geodesic distances of points a quarter of a metre apart.</summary>
    private Task<double> SteppedAsync(string seen) =>
        street.ScalarAsync<double>(
            $"""
            WITH step AS (
                SELECT b.code, ST_Length(b.geom::geography) AS metres, ST_Length(b.geom::geography) / n.n AS each,
                       ST_LineInterpolatePoint(ST_LineMerge(b.geom), (i - 0.5) / n.n) AS at
                FROM base_features b
                CROSS JOIN LATERAL (SELECT ceil(ST_Length(b.geom::geography) * 4)::integer AS n) n
                CROSS JOIN LATERAL generate_series(1, n.n) AS i
                WHERE b.street_code = '{Home}'
            )
            SELECT coalesce(sum(each) FILTER (WHERE EXISTS (
                SELECT FROM ({seen}) v WHERE ST_DWithin(v.geom::geography, step.at::geography, 30))), 0)
            FROM step
            """
        );

    private static JsonElement Total(JsonElement answer, string shift = "any") =>
        answer.GetProperty("totals").GetProperty(shift);

    private static double Number(JsonElement sums, string name) =>
        sums.GetProperty(name).GetDouble();

    [Fact]
    public async Task Seen_metres_are_those_within_thirty_metres_of_where_somebody_was()
    {
        var random = new Random(20261122);
        string Place() => TestStreet.At(random.NextDouble() * 2, random.NextDouble() * 2);
        // Straight roads all over the street, some leaving it, one along the border of the communities.
        for (var i = 0; i < 25; i++)
        {
            await RoadAsync(
                string.Create(CultureInfo.InvariantCulture, $"R{i:00}"),
                $"LINESTRING({Place()},{Place()})"
            );
        }

        await RoadAsync("R98", $"LINESTRING({TestStreet.At(1, 0)},{TestStreet.At(1, 2)})");
        await RoadAsync("R99", $"LINESTRING({TestStreet.At(-1, 0.5)},{TestStreet.At(3, 1.5)})");
        TestStreet.Committed(
            await street.ImportAsync(
                Datasets.Points,
                "code,name,type,wkt\n"
                    + $"LINE,背街,back_alley,\"LINESTRING({TestStreet.At(0.2, 0.2)},{TestStreet.At(0.8, 0.3)},{TestStreet.At(0.9, 0.9)})\"\n"
                    + $"AREA,广场,plaza,\"{TestStreet.Box(1.2, 1.2, 1.6, 1.5)}\"\n"
                    + $"IDLE,小巷,back_alley,\"LINESTRING({TestStreet.At(1.2, 0.2)},{TestStreet.At(1.8, 0.2)})\"\n",
                "p.csv",
                Home
            )
        );
        await VisitAsync("LINE", "2025-03-03T00:30:00+08:00", "night");
        await VisitAsync("AREA", "2025-03-09T23:59:00+08:00");
        await VisitAsync(
            "PB1",
            "2025-03-05T09:00:00+08:00",
            position: $"POINT({TestStreet.At(1.9, 0.1)})"
        );
        await VisitAsync("PA2", "2025-03-05T09:00:00+08:00", result: "unreachable");
        await VisitAsync("PA2", "2025-03-02T23:59:00+08:00");
        await VisitAsync("PA2", "2025-03-10T00:00:00+08:00");
        // Known to a hundred metres only: it says nothing about a road thirty metres away.
        await VisitAsync(
            "PB1",
            "2025-03-05T10:00:00+08:00",
            position: $"POINT({TestStreet.At(0.1, 1.9)})",
            accuracy: 100
        );
        await VisitAsync("PB2", "2025-03-06T10:00:00+08:00", covert: true);

        var answer = await GetAsync(street.Supervisor, Week);
        var all = Total(answer);
        var whole = await street.ScalarAsync<double>(
            $"SELECT sum(ST_Length(geom::geography)) FROM base_features WHERE street_code = '{Home}'"
        );
        // A tenth of a metre is what the totals are rounded to.
        Assert.Equal(whole, Number(all, "road_metres"), 0.1);
        const string Visited =
            "SELECT geom FROM points WHERE code IN ('LINE', 'AREA', 'PB1', 'PB2') UNION ALL SELECT geom FROM visit_positions WHERE accuracy_m <= 30";
        var stepped = await SteppedAsync(Visited);
        Assert.InRange(stepped, 100, whole - 100);
        Assert.InRange(Number(all, "road_seen_metres"), stepped * 0.999 - 1, stepped * 1.001 + 1);
        Assert.Equal(
            await SteppedAsync("SELECT geom FROM points WHERE code = 'LINE'"),
            Number(Total(answer, "night"), "road_seen_metres"),
            1.0
        );
        Assert.Equal(0, Number(Total(answer, "school_peak"), "seen_metres"));

        // The pieces are the totals, drawn; nothing is left out and nothing is there twice.
        var roads = answer
            .GetProperty("features")
            .EnumerateArray()
            .Select(f => (Feature: f, Properties: f.GetProperty("properties")))
            .Where(f => f.Properties.GetProperty("kind").GetString() == "road")
            .ToList();
        Assert.All(
            roads,
            r =>
                Assert.Equal(
                    "LineString",
                    r.Feature.GetProperty("geometry").GetProperty("type").GetString()
                )
        );
        double Drawn(bool seen) =>
            roads
                .Where(r => r.Properties.GetProperty("seen").GetBoolean() == seen)
                .Sum(r => Number(r.Properties, "metres"));
        Assert.Equal(Number(all, "road_seen_metres"), Drawn(true), 0.5);
        Assert.Equal(whole - Number(all, "road_seen_metres"), Drawn(false), 0.5);
        var parts = answer.GetProperty("communities").EnumerateArray().ToList();
        Assert.Equal(["A", "B", null], parts.Select(p => p.GetProperty("code").GetString()));
        foreach (
            var name in (string[])
                ["points", "points_seen", "road_metres", "road_seen_metres", "unseen_metres"]
        )
        {
            Assert.Equal(
                Number(all, name),
                parts.Sum(p => Number(p.GetProperty("totals").GetProperty("any"), name)),
                0.3
            );
        }

        // Lines are seen in full or not at all.
        Assert.Equal(4, all.GetProperty("points_seen").GetInt32());
        Assert.Equal(
            await street.ScalarAsync<double>(
                "SELECT ST_Length(geom::geography) FROM points WHERE code = 'LINE'"
            ),
            Number(all, "line_seen_metres"),
            0.06
        );
        var idle = answer
            .GetProperty("features")
            .EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "point:IDLE");
        Assert.False(idle.GetProperty("properties").GetProperty("seen").GetBoolean());

        // The covert visit is none for who may not know of it.
        var handled = Total(await GetAsync(street.Handler, Week));
        Assert.Equal(3, handled.GetProperty("points_seen").GetInt32());
        Assert.Equal(
            await SteppedAsync(
                "SELECT geom FROM points WHERE code IN ('LINE', 'AREA', 'PB1') UNION ALL SELECT geom FROM visit_positions WHERE accuracy_m <= 30"
            ),
            Number(handled, "road_seen_metres"),
            1.0 + (stepped / 1000)
        );

        // A worker is shown the metres of the own grid; four grids and what lies outside make the whole.
        double metres = 0;
        foreach (var grid in (string[])["A1", "A2", "B1", "B2"])
        {
            using var client = await street.SignInAsAsync(
                $"metres-{grid}",
                Role.Worker,
                Home,
                grid
            );
            metres += Number(Total(await GetAsync(client, Week)), "road_metres");
        }

        var outside = parts.Single(p => p.GetProperty("code").ValueKind == JsonValueKind.Null);
        Assert.Equal(
            whole,
            metres + Number(outside.GetProperty("totals").GetProperty("any"), "road_metres"),
            0.5
        );
    }

    [Theory]
    [InlineData("2025-03-05", "2025-03-03", "2025-03-09")]
    [InlineData("2025-03-09", "2025-03-03", "2025-03-09")]
    [InlineData("2025-03-10", "2025-03-10", "2025-03-16")]
    public void A_week_goes_from_Monday_to_Sunday(string day, string monday, string sunday)
    {
        var first = GeoCivic.Inspections.PatrolCoverageEndpoint.MondayOf(
            DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
        Assert.Equal((monday, sunday), ($"{first:yyyy-MM-dd}", $"{first.AddDays(6):yyyy-MM-dd}"));
    }
}
