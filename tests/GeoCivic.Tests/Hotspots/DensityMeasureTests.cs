using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using Npgsql;

namespace GeoCivic.Tests.Hotspots;

/// <summary>Measures, what can be said of a cell, hexagons, series, and the day of Beijing.</summary>
public sealed class DensityMeasureTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static JsonElement Properties(JsonDocument answer, string code) =>
        answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties"))
            .Single(p => p.GetProperty("code").GetString() == code);

    private static string Said(JsonDocument answer, string code)
    {
        var p = Properties(answer, code);
        return $"{p.GetProperty("count")} {p.GetProperty("value").GetRawText()} {p.GetProperty("status")}";
    }

    private Task IssueAsync(
        string street,
        string grid,
        string found,
        string more = "state: open",
        double x = 0.5,
        double y = 0.5
    )
    {
        var closed = more.Contains("closed", StringComparison.Ordinal);
        return service.ExecuteAsync(
            $"""
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, file_due_at, geom, placement, grid_code, community_code, covert)
            VALUES (@street, gen_random_uuid(), gen_random_uuid()::text, 'uncivil_pets', '{(
                closed ? "closed" : "open"
            )}', {!closed}, @found::timestamptz,
                {(closed ? $"'{more.Split("closed ")[1]}'" : "NULL")}, {(
                more.Contains("late", StringComparison.Ordinal) ? "'2020-01-01Z'" : "'2190-01-01Z'"
            )},
                ST_SetSRID(ST_MakePoint(@lon, @lat), 4326), @placement, nullif(@grid, ''), nullif(left(@grid, 1), ''), {more.Contains(
                "covert",
                StringComparison.Ordinal
            )})
            """,
            ("street", street),
            ("grid", grid),
            ("found", found),
            ("placement", grid.Length == 0 ? "orphan" : "inside"),
            ("lon", TestStreet.Lon(x)),
            ("lat", TestStreet.Lat(y))
        );
    }

    private Task VisitAsync(string street, string point, string at, string more = "ok") =>
        service.ExecuteAsync(
            $"""
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, covert)
            SELECT @street, gen_random_uuid(), @point, account_id, @at::timestamptz, @at::timestamptz, @at::timestamptz, shift_at(@at::timestamptz),
                   '{(more == "unreachable" ? more : "ok")}', {more == "covert"}
            FROM accounts LIMIT 1
            """,
            ("street", street),
            ("point", point),
            ("at", at)
        );

    [Fact]
    public async Task Zero_no_data_and_never_visited_are_three_things()
    {
        await TestStreet.CreateAsync(service, "said");
        TestStreet.Committed(
            await service.ImportAsync(
                GeoCivic.Imports.Datasets.Points,
                "code,name,type,wkt\n"
                    + TestStreet.Point("P1", 0.5, 0.5)
                    + TestStreet.Point("P2", 0.6, 0.6)
                    + TestStreet.Point("P3", 0.5, 1.5)
                    + TestStreet.Point("P4", 1.5, 0.5),
                "p.csv",
                "said"
            )
        );
        // A1: 3 issues, 2 points, 2 visits; A2: no issue, 1 visit; B1: 1 issue, its only visit met a locked door; B2: nothing.
        await IssueAsync("said", "A1", "2026-03-05T00:30:00+08:00", "late");
        await IssueAsync("said", "A1", "2026-03-05T10:00:00+08:00");
        await IssueAsync(
            "said",
            "A1",
            "2026-03-05T12:00:00+08:00",
            "closed 2026-03-06T00:00:00+08:00"
        );
        await IssueAsync("said", "B1", "2026-03-05T12:00:00+08:00", "covert");
        await VisitAsync("said", "P1", "2026-03-05T00:10:00+08:00");
        await VisitAsync("said", "P2", "2026-03-05T12:10:00+08:00", "covert");
        await VisitAsync("said", "P1", "2026-03-04T23:59:59+08:00");
        await VisitAsync("said", "P3", "2026-03-05T12:10:00+08:00");
        await VisitAsync("said", "P4", "2026-03-05T12:10:00+08:00", "unreachable");
        const string Call =
            "/api/density?street=said&level=grid&from=2026-03-05&to=2026-03-05&geometry=false";

        using (var perPoint = await service.GetJsonAsync($"{Call}&measure=per_point"))
        {
            Assert.Equal("3 1.5 value", Said(perPoint, "A1"));
            Assert.Equal("0 0 zero", Said(perPoint, "A2"));
            Assert.Equal("1 1 value", Said(perPoint, "B1"));
            Assert.Equal("0 null no_data", Said(perPoint, "B2"));
            Assert.Equal(1, perPoint.RootElement.GetProperty("noData").GetInt32());
            Assert.Equal(2, Properties(perPoint, "A1").GetProperty("points").GetInt64());
        }

        using (var perVisit = await service.GetJsonAsync($"{Call}&measure=per_visit"))
        {
            // The day before's visit is not of the window, the covert one is known to this caller.
            Assert.Equal("3 1.5 value", Said(perVisit, "A1"));
            Assert.Equal("0 0 zero", Said(perVisit, "A2"));
            Assert.Equal("1 null never_visited", Said(perVisit, "B1"));
            Assert.Equal("0 null never_visited", Said(perVisit, "B2"));
            Assert.Equal(2, perVisit.RootElement.GetProperty("neverVisited").GetInt32());
            Assert.Equal(1, perVisit.RootElement.GetProperty("zeros").GetInt32());
        }

        using (var night = await service.GetJsonAsync($"{Call}&measure=per_visit&shift=night"))
        {
            Assert.Equal("1 1 value", Said(night, "A1"));
            Assert.Equal("0 null never_visited", Said(night, "A2"));
        }

        using (
            var late = await service.GetJsonAsync(
                $"{Call}&measure=overdue_share&level=community".Replace(
                    "level=grid&",
                    "",
                    StringComparison.Ordinal
                )
            )
        )
        {
            Assert.Equal("2 0.5 value", Said(late, "A"));
            Assert.Equal("1 0 zero", Said(late, "B"));
            Assert.Equal(1, Properties(late, "A").GetProperty("overdue").GetInt64());
        }

        using (var late = await service.GetJsonAsync($"{Call}&measure=overdue_share"))
        {
            Assert.Equal("0 null no_data", Said(late, "A2"));
        }

        // A worker of one grid does not learn of covert issues or visits, nor of other grids.
        using var worker = await service.SignInAsAsync("said-worker", Role.Worker, "said");
        using var seen = JsonDocument.Parse(
            await worker.GetStringAsync($"{Call}&measure=per_visit")
        );
        Assert.Equal("3 3 value", Said(seen, "A1"));
        Assert.Equal("0 null never_visited", Said(seen, "B1"));
        using var grid = await service.SignInAsAsync("said-a2", Role.Supervisor, "said", "A2");
        using var hexagons = JsonDocument.Parse(
            await grid.GetStringAsync(
                "/api/density?street=said&level=hex&size=50&state=all&geometry=false"
            )
        );
        using var every = await service.GetJsonAsync(
            "/api/density?street=said&level=hex&size=50&state=all&geometry=false"
        );
        Assert.Equal(0, hexagons.RootElement.GetProperty("total").GetInt64());
        Assert.Equal(4, every.RootElement.GetProperty("total").GetInt64());
        Assert.InRange(
            hexagons.RootElement.GetProperty("features").GetArrayLength(),
            4,
            every.RootElement.GetProperty("features").GetArrayLength() * 2 / 3
        );
    }

    // 00:30 in Beijing is the day before in UTC; 23:59:59 and the second after it are two days.
    [Fact]
    public async Task Half_past_midnight_belongs_to_the_new_day_everywhere()
    {
        await TestStreet.CreateAsync(service, "zone");
        // Whatever the database thinks that the time zone is.
        await service.ExecuteAsync(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), 'America/New_York'); END $$"
        );
        NpgsqlConnection.ClearAllPools();
        await IssueAsync("zone", "A1", "2026-03-04T23:59:59+08:00");
        await IssueAsync(
            "zone",
            "A1",
            "2026-03-05T00:00:00+08:00",
            "closed 2026-03-06T00:30:00+08:00"
        );
        await IssueAsync("zone", "A1", "2026-03-05T00:30:00+08:00");
        foreach (
            var filters in (string[])
                ["", "&category=uncivil_pets", "&category=uncivil_pets&shift=night", "&shift=night"]
        )
        {
            foreach (var level in (string[])["grid", "community", "hex&size=200"])
            {
                async Task<long> TotalAsync(string from, string to)
                {
                    using var answer = await service.GetJsonAsync(
                        $"/api/density?street=zone&level={level}&from={from}&to={to}{filters}&geometry=false"
                    );
                    return answer.RootElement.GetProperty("total").GetInt64();
                }

                Assert.Equal(1, await TotalAsync("2026-03-04", "2026-03-04"));
                Assert.Equal(2, await TotalAsync("2026-03-05", "2026-03-05"));
                Assert.Equal(0, await TotalAsync("2026-03-06", "2026-03-09"));

                async Task<string> SeriesAsync(string more)
                {
                    using var answer = await service.GetJsonAsync(
                        $"/api/density/series?street=zone&level={level}&step=day{filters}{more}"
                    );
                    return answer.RootElement.GetProperty("total").GetRawText();
                }

                Assert.Equal("[0,1,2,0]", await SeriesAsync("&from=2026-03-03&to=2026-03-06"));
                Assert.Equal(
                    "[0,1,3,2]",
                    await SeriesAsync("&from=2026-03-03&to=2026-03-06&mode=open")
                );
                // Found before the first step, and open in it.
                Assert.Equal(
                    "[3,2]",
                    await SeriesAsync("&from=2026-03-05&to=2026-03-06&mode=open")
                );
            }
        }

        // What does not count by day but asks the rows.
        foreach (
            var (day, n) in ((string, int)[])
                [("2026-03-04", 1), ("2026-03-05", 2), ("2026-03-06", 0)]
        )
        {
            var window = $"street=zone&from={day}&to={day}";
            foreach (
                var (path, member) in ((string, string)[])
                    [
                        ($"/api/issues?{window}", "numberMatched"),
                        ($"/api/ledger?format=json&{window}", "count"),
                        ($"/api/profiles?{window}", "total"),
                        ($"/api/clusters?{window}", "n"),
                    ]
            )
            {
                using var answer = await service.GetJsonAsync(path);
                Assert.Equal(n, answer.RootElement.GetProperty(member).GetInt32());
            }
        }

        // The fifth is a Thursday; two of its problems were found in its first hour.
        using var profile = await service.GetJsonAsync(
            "/api/profiles?street=zone&from=2026-03-05&to=2026-03-05"
        );
        Assert.Equal(2, profile.RootElement.GetProperty("hours")[3][0].GetInt32());
    }

    [Fact]
    public async Task Steps_are_whole_weeks_from_Monday_and_whole_months()
    {
        await TestStreet.CreateAsync(service, "steps");
        // 2024-12-30 is a Monday; the days around the new year and the 29th of February.
        foreach (
            var day in (string[])
                [
                    "2024-02-29",
                    "2024-12-29",
                    "2024-12-30",
                    "2024-12-31",
                    "2025-01-01",
                    "2025-01-05",
                    "2025-01-06",
                ]
        )
        {
            await IssueAsync("steps", "A1", $"{day}T12:00:00+08:00");
        }

        using var weeks = await service.GetJsonAsync(
            "/api/density/series?street=steps&step=week&from=2024-12-31&to=2025-01-06"
        );
        Assert.Equal(
            """[{"from":"2024-12-30","to":"2025-01-05"},{"from":"2025-01-06","to":"2025-01-12"}]""",
            weeks.RootElement.GetProperty("steps").GetRawText()
        );
        Assert.Equal("[4,1]", weeks.RootElement.GetProperty("total").GetRawText());
        Assert.Equal(
            ["[4,1]", "[0,0]", "[0,0]", "[0,0]"],
            weeks
                .RootElement.GetProperty("cells")
                .EnumerateArray()
                .Select(c => c.GetProperty("counts").GetRawText())
        );
        Assert.Equal("[1,4]", weeks.RootElement.GetProperty("breaks").GetRawText());
        using var months = await service.GetJsonAsync(
            "/api/density/series?street=steps&step=month&mode=open&from=2024-01-15&to=2025-01-01&level=community"
        );
        Assert.Equal(
            "[0,1,1,1,1,1,1,1,1,1,1,4,7]",
            months.RootElement.GetProperty("total").GetRawText()
        );
        await service.GetProblemAsync(
            "/api/density/series?street=steps&step=day&from=2024-01-01&to=2025-03-01",
            400,
            "invalid-parameter"
        );
        await service.GetProblemAsync("/api/density?level=grid&size=100", 400, "invalid-parameter");
        await service.GetProblemAsync("/api/density?level=hex&size=99.5", 400, "invalid-parameter");
    }

    [Fact]
    public async Task Hexagons_agree_with_PROJ_are_equally_large_and_cover_the_street_and_its_issues()
    {
        await TestStreet.CreateAsync(service, "hexes");
        var random = new Random(1987);
        for (var i = 0; i < 60; i++)
        {
            await IssueAsync(
                "hexes",
                "A1",
                "2026-03-05T12:00:00+08:00",
                "",
                random.NextDouble() * 2,
                random.NextDouble() * 2
            );
        }

        // One outside everything.
        await IssueAsync("hexes", "", "2026-03-05T12:00:00+08:00", "", 9, 9);
        using var answer = await service.GetJsonAsync(
            "/api/density?street=hexes&level=hex&size=60"
        );
        var features = answer.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(61, answer.RootElement.GetProperty("total").GetInt64());
        Assert.Equal(0, answer.RootElement.GetProperty("unplaced").GetInt64());
        var origin = new LonLat(
            await service.ScalarAsync<double>(
                "SELECT lon FROM hex_frames WHERE street_code = 'hexes'"
            ),
            await service.ScalarAsync<double>(
                "SELECT lat FROM hex_frames WHERE street_code = 'hexes'"
            )
        );
        var frame = new EqualAreaFrame(origin);
        var proj = string.Create(
            CultureInfo.InvariantCulture,
            $"+proj=laea +lat_0={origin.Lat} +lon_0={origin.Lon} +ellps=GRS80 +units=m +no_defs"
        );
        for (var i = 0; i < 50; i++)
        {
            var place = new LonLat(
                origin.Lon + ((random.NextDouble() - 0.5) * 0.2),
                origin.Lat + ((random.NextDouble() - 0.5) * 0.2)
            );
            var (x, y) = frame.Forward(place);
            Assert.Equal(
                0,
                await service.ScalarAsync<double>(
                    "SELECT ST_Distance(ST_Transform(ST_SetSRID(ST_MakePoint(@lon, @lat), 4326), @proj), ST_MakePoint(@x, @y))",
                    ("lon", place.Lon),
                    ("lat", place.Lat),
                    ("proj", proj),
                    ("x", x),
                    ("y", y)
                ),
                1e-6
            );
        }

        var seen = 0L;
        foreach (var feature in features)
        {
            var p = feature.GetProperty("properties");
            var count = p.GetProperty("count").GetInt64();
            (string, object)[] shape = [("shape", feature.GetProperty("geometry").GetRawText())];
            // 60² · √3 / 2; the ground of every hexagon is as large within a thousandth.
            Assert.Equal(3117.7, p.GetProperty("area_m2").GetDouble(), 0.1);
            Assert.Equal(
                3117.69,
                await service.ScalarAsync<double>(
                    "SELECT ST_Area(ST_GeomFromGeoJSON(@shape)::geography)",
                    shape
                ),
                3.1
            );
            Assert.Equal(
                count,
                await service.ScalarAsync<long>(
                    "SELECT count(*) FROM issues WHERE street_code = 'hexes' AND ST_Intersects(geom, ST_GeomFromGeoJSON(@shape))",
                    shape
                )
            );
            seen += count;
            Assert.True(
                count > 0
                    || await service.ScalarAsync<bool>(
                        "SELECT EXISTS (SELECT FROM area_versions WHERE street_code = 'hexes' AND ST_Intersects(geom, ST_GeomFromGeoJSON(@shape)))",
                        shape
                    )
            );
        }

        Assert.Equal(61, seen);
        // No part of the street lies in no hexagon.
        Assert.InRange(
            await service.ScalarAsync<double>(
                """
                SELECT ST_Area(ST_Difference(
                    (SELECT ST_Union(geom) FROM area_versions WHERE street_code = 'hexes'),
                    (SELECT ST_Union(ST_GeomFromGeoJSON(f -> 'geometry')) FROM json_array_elements(@all::json) f))::geography)
                """,
                ("all", answer.RootElement.GetProperty("features").GetRawText())
            ),
            0,
            1
        );
        // A street redrawn elsewhere keeps its hexagons.
        TestStreet.Committed(
            await service.ImportAsync(
                GeoCivic.Imports.Datasets.Grids,
                TestStreet.Grids(
                    TestStreet.Box(0, 0, 1, 1),
                    TestStreet.Box(0, 1, 1, 2),
                    TestStreet.Box(1, 0, 2, 1),
                    TestStreet.Box(1, 1, 2, 5)
                ),
                "g.csv",
                "hexes"
            )
        );
        using var redrawn = await service.GetJsonAsync(
            "/api/density?street=hexes&level=hex&size=60"
        );
        var codes = redrawn
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("id").GetString())
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(codes.Count > features.Count);
        Assert.Subset(
            codes,
            features.Select(f => f.GetProperty("id").GetString()).ToHashSet(StringComparer.Ordinal)
        );
    }
}
