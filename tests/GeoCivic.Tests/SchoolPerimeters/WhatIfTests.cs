using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Spatial;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.SchoolPerimeters.PerimeterStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

public sealed class WhatIfTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Gate =
        """ "id":"{0}.gate","school_kinds":["primary"],"venue_categories":["internet_cafe"],"metres":60,"from":"any_gate","how":"straight" """;
    private const string Wall =
        """ "id":"{0}.wall","school_kinds":["primary"],"venue_categories":["internet_cafe"],"metres":100,"from":"campus_boundary","how":"straight" """;

    private async Task<PerimeterStreet> StreetAsync(string code, double west)
    {
        var street = new PerimeterStreet(service, code, west, 29.40);
        await street.CreateAsync();
        await street.RulesAsync(
            "1",
            Gate.Replace("{0}", code, StringComparison.Ordinal),
            Wall.Replace("{0}", code, StringComparison.Ordinal)
        );
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nS,甲小学,primary,{street.Box(0, 0, 100, 80)}\n"
        );
        await street.ImportAsync(
            Datasets.Gates,
            $"code,name,school,wkt\nS-G1,南门,S,{street.Point(50, 0)}\n"
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"""
            code,name,category,wkt
            HERE,此处,internet_cafe,{street.Point(50, -20)}
            FAR,远处,internet_cafe,{street.Point(1450, 40)}
            SAME,不变,internet_cafe,{street.Point(700, 40)}

            """
        );
        return street;
    }

    [Fact]
    public async Task A_moved_campus_flips_what_lay_near_the_old_place_and_what_lies_near_the_new()
    {
        var street = await StreetAsync("move", 109.10);
        var moved = new
        {
            school = "S",
            street = "move",
            campus = street.Shape(1300, 0, 1400, 80),
            gates = new[]
            {
                new
                {
                    code = (string?)"S-G1",
                    lon = street.Lon(1400),
                    lat = street.Lat(40),
                    main = true,
                },
                new
                {
                    code = (string?)null,
                    lon = street.Lon(1300),
                    lat = street.Lat(40),
                    main = false,
                },
            },
        };
        var (status, effect, text) = await street.SendAsync(
            "POST",
            "/api/perimeters/what-if",
            moved
        );
        Assert.True(status == 200, text);
        string[] flips =
        [
            .. effect
                .GetProperty("flips")
                .EnumerateArray()
                .Select(f =>
                    $"{Text(f, "venue")} {Text(f, "rule")} {Text(f, "from")}→{Text(f, "to")}"
                ),
        ];
        Assert.Equal(
            [
                "FAR move.gate compliant→violating",
                "FAR move.wall compliant→violating",
                "HERE move.gate violating→compliant",
                "HERE move.wall violating→compliant",
            ],
            flips
        );
        var here = effect.GetProperty("flips")[2];
        Assert.Equal(20, here.GetProperty("straight_before").GetDouble(), 0.05);
        Assert.True(here.GetProperty("straight_after").GetDouble() > 1200);
        Assert.Equal(2, effect.GetProperty("before").GetProperty("violating").GetInt32());
        Assert.Equal(2, effect.GetProperty("after").GetProperty("violating").GetInt32());
        // Nothing was saved.
        Assert.Equal(
            "1 1",
            await service.ScalarAsync<string>(
                "SELECT (SELECT revision - gates_changed FROM schools WHERE street_code = 'move') || ' ' || count(*) FROM gates WHERE street_code = 'move'"
            )
        );

        var revision = await service.ScalarAsync<int>(
            "SELECT revision FROM schools WHERE street_code = 'move'"
        );
        const string Path = "/api/schools/S/shape?street=move";
        var shape = new { moved.campus, moved.gates };
        Assert.Equal(428, (await street.SendAsync("PUT", Path, shape)).Status);
        Assert.Equal(412, (await street.SendAsync("PUT", Path, shape, revision - 1)).Status);
        var saved = await street.SendAsync("PUT", Path, shape, revision);
        Assert.True(saved.Status == 200, saved.Text);
        // What was foretold is what happened.
        Assert.Equal(
            effect.GetProperty("flips").GetRawText(),
            saved.Body.GetProperty("flips").GetRawText()
        );
        var properties = saved.Body.GetProperty("properties");
        Assert.Equal(
            ["S-G1 南门 True", "S-G2  False"],
            properties
                .GetProperty("gates")
                .EnumerateArray()
                .Select(g =>
                    $"{Text(g, "code")} {g.GetProperty("name").GetString()} {g.GetProperty("main").GetBoolean()}"
                )
        );
        Assert.Equal(412, (await street.SendAsync("PUT", Path, shape, revision)).Status);
        var rows = await street.RowsAsync("");
        Assert.Equal(
            ["FAR move.gate", "FAR move.wall"],
            rows.Where(r => Text(r, "verdict") == "violating")
                .Select(r => $"{Text(r, "venue")} {Text(r, "rule")}")
        );
    }

    [Fact]
    public async Task A_shape_is_taken_as_strictly_as_an_import_and_from_other_systems()
    {
        var street = await StreetAsync("draw", 109.30);
        var bow = new
        {
            type = "Polygon",
            coordinates = new[]
            {
                new double[][]
                {
                    [109.30, 29.40],
                    [109.302, 29.402],
                    [109.302, 29.40],
                    [109.30, 29.402],
                    [109.30, 29.40],
                },
            },
        };
        foreach (
            var (method, path) in new[]
            {
                ("POST", "/api/perimeters/what-if"),
                ("PUT", "/api/schools/S/shape?street=draw"),
            }
        )
        {
            var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["campus"] = bow };
            if (method == "POST")
            {
                body["school"] = "S";
                body["street"] = "draw";
            }

            var crossed = await street.SendAsync(method, path, body, revision: 2);
            Assert.Equal(422, crossed.Status);
            Assert.Contains("campus", crossed.Text, StringComparison.Ordinal);
            Assert.Contains("109.301 29.401", crossed.Text, StringComparison.Ordinal);
        }

        var none = await street.SendAsync(
            "POST",
            "/api/perimeters/what-if",
            new { school = "S", street = "draw" }
        );
        Assert.Equal(422, none.Status);
        var nobody = await street.SendAsync(
            "POST",
            "/api/perimeters/what-if",
            new
            {
                school = "NONE",
                street = "draw",
                gates = Array.Empty<object>(),
            }
        );
        Assert.Equal(404, nobody.Status);

        // The same campus, sent in GCJ-02 and in WGS-84, is the same campus to a centimetre.
        var shape = street.Shape(0, 0, 100, 80);
        var ring = (double[][][])shape.GetType().GetProperty("coordinates")!.GetValue(shape)!;
        var shifted = new
        {
            type = "Polygon",
            coordinates = ring.Select(r =>
                    r.Select(p => Gcj02.FromWgs84(p[0], p[1])).Select(p => new[] { p.Lon, p.Lat })
                )
                .ToArray(),
        };
        var revision = await service.ScalarAsync<int>(
            "SELECT revision FROM schools WHERE street_code = 'draw'"
        );
        var saved = await street.SendAsync(
            "PUT",
            "/api/schools/S/shape?street=draw",
            new
            {
                campus = shifted,
                crs = "gcj02",
                accuracy = "A",
            },
            revision
        );
        Assert.True(saved.Status == 200, saved.Text);
        Assert.Equal("gcj02", Text(saved.Body.GetProperty("properties"), "datum"));
        var placed = saved.Body.GetProperty("geometry").GetProperty("coordinates")[0];
        Assert.Contains(
            placed.EnumerateArray(),
            p =>
                Math.Abs(p[0].GetDouble() - street.Lon(100)) < 1.1e-7
                && Math.Abs(p[1].GetDouble() - street.Lat(80)) < 1.1e-7
        );
    }

    [Fact]
    public async Task A_venue_is_added_once_and_changed_by_whoever_read_it()
    {
        var street = await StreetAsync("shop", 109.50);
        var venue = new
        {
            id = Guid.NewGuid(),
            street = "shop",
            name = "新店",
            category = "internet_cafe",
            lon = street.Lon(50),
            lat = street.Lat(-40),
            licensed_from = "2026-01-01",
            licensed_until = "2028-01-01",
        };
        var first = await street.SendAsync("POST", "/api/venues", venue);
        var again = await street.SendAsync("POST", "/api/venues", venue);
        Assert.True((first.Status, again.Status) == (201, 200), first.Text + again.Text);
        Assert.Equal(first.Text, again.Text);
        var code = Text(first.Body, "id");
        var path = $"/api/venues/{code}?street=shop";
        Assert.Equal(
            409,
            (
                await street.SendAsync(
                    "POST",
                    "/api/venues",
                    new
                    {
                        venue.street,
                        code,
                        venue.name,
                        venue.category,
                        venue.lon,
                        venue.lat,
                    }
                )
            ).Status
        );
        Assert.Equal(428, (await street.SendAsync("PATCH", path, new { name = "老店" })).Status);
        foreach (
            var (wrong, field) in new (object, string)[]
            {
                (new { category = "no_such_thing" }, "category"),
                (new { licensed_until = "2025-01-01" }, "licensed_until"),
                (new { }, "name"),
                (new { lon = 30.0, lat = 109.0 }, "lat"),
            }
        )
        {
            var refused = await street.SendAsync("PATCH", path, wrong, revision: 1);
            Assert.True(refused.Status == 422, refused.Text);
            Assert.Contains($"\"{field}\"", refused.Text, StringComparison.Ordinal);
        }

        var changed = await street.SendAsync(
            "PATCH",
            path,
            new { clear = new[] { "licensed_until" }, accuracy = "A" },
            revision: 1
        );
        Assert.True(changed.Status == 200, changed.Text);
        Assert.Equal(
            JsonValueKind.Null,
            changed.Body.GetProperty("properties").GetProperty("licensed_until").ValueKind
        );
        Assert.Equal(
            412,
            (await street.SendAsync("PATCH", path, new { name = "老店" }, revision: 1)).Status
        );
        Assert.Equal(
            "2028-01-01",
            await service.ScalarAsync<string>(
                "SELECT record ->> 'licensed_until' FROM perimeter_history WHERE street_code = 'shop' AND code = @code",
                ("code", code)
            )
        );
        Assert.Equal(
            404,
            (
                await street.SendAsync(
                    "PATCH",
                    "/api/venues/NONE?street=shop",
                    new { name = "x" },
                    1
                )
            ).Status
        );

        // Deleting: only by who read it last; whoever holds an old revision cannot touch what comes back under the code.
        Assert.Equal(428, (await street.SendAsync("DELETE", path, null)).Status);
        Assert.Equal(412, (await street.SendAsync("DELETE", path, null, revision: 1)).Status);
        Assert.Equal(
            404,
            (await street.SendAsync("DELETE", "/api/venues/NONE?street=shop", null, 2)).Status
        );
        await new PerimeterStreet(service, "elsewhere", 109.70, 29.40).CreateAsync();
        using (var other = await service.SignInAsAsync("elsewhere", Role.Planner, "elsewhere"))
        using (var request = new HttpRequestMessage(HttpMethod.Delete, path))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"2\"");
            using var answer = await other.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }

        var deleted = await street.SendAsync("DELETE", path, null, revision: 2);
        Assert.True(deleted is { Status: 204, Text: "" }, deleted.Text);
        Assert.Equal(404, (await street.SendAsync("DELETE", path, null, revision: 2)).Status);
        Assert.DoesNotContain(await street.RowsAsync(""), r => Text(r, "venue") == code);
        Assert.Equal(
            "A true",
            await service.ScalarAsync<string>(
                "SELECT (record ->> 'accuracy') || ' ' || (replaced_by IS NOT NULL) FROM perimeter_history WHERE street_code = 'shop' AND code = @code AND revision = 2",
                ("code", code)
            )
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"code,name,category,wkt\n{code},新店,internet_cafe,{street.Point(50, -40)}\n"
        );
        Assert.Contains(await street.RowsAsync(""), r => Text(r, "venue") == code);
        foreach (var stale in (int[])[1, 2])
        {
            Assert.Equal(412, (await street.SendAsync("DELETE", path, null, stale)).Status);
        }

        var back = await street.SendAsync("PATCH", path, new { name = "老店" }, revision: 3);
        Assert.True(back.Status == 200, back.Text);
        Assert.Equal(4, back.Body.GetProperty("properties").GetProperty("revision").GetInt32());
    }
}
