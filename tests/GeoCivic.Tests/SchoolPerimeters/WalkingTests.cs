using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using GeoCivic.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Walking over the demo's ways, against distances its generator found on its own, and over the real roads of 渝中区.</summary>
public sealed class WalkingTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private WalkingNetworks Networks => demo.Services.GetRequiredService<WalkingNetworks>();

    private static readonly Envelope DemoArea = new(106.54, 106.56, 29.56, 29.57);

    private async Task<List<(string Code, double Lon, double Lat, string? School)>> PlacesAsync(
        string sql
    )
    {
        await using var command = demo.Database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var places = new List<(string, double, double, string?)>();
        while (await rows.ReadAsync())
        {
            places.Add(
                (
                    rows.GetString(0),
                    rows.GetDouble(1),
                    rows.GetDouble(2),
                    rows.IsDBNull(3) ? null : rows.GetString(3)
                )
            );
        }

        return places;
    }

    [Fact]
    public async Task Every_venue_is_as_far_on_foot_as_the_generator_says()
    {
        var network = (await Networks.AroundAsync(DemoArea, CancellationToken.None))!;
        var gates = await PlacesAsync(
            "SELECT code, ST_X(geom), ST_Y(geom), school_code FROM gates ORDER BY code"
        );
        var venues = (
            await PlacesAsync("SELECT code, ST_X(geom), ST_Y(geom), NULL FROM venues")
        ).ToDictionary(v => v.Code, StringComparer.Ordinal);
        var fields = gates
            .GroupBy(g => g.School!, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g =>
                    network.From(
                        [.. g.Select(p => new WalkingStart(p.Code, new LonLat(p.Lon, p.Lat)))],
                        5000
                    ),
                StringComparer.Ordinal
            );
        using var truth = JsonDocument.Parse(
            await File.ReadAllBytesAsync(
                Path.Combine(RepositoryFiles.Root, "data", "demo", "truth.json")
            )
        );
        var told = truth.RootElement.GetProperty("venues").EnumerateArray().ToList();
        foreach (var t in told)
        {
            var venue = venues[t.GetProperty("venue").GetString()!];
            var door = new LonLat(venue.Lon, venue.Lat);
            WalkingRoute route = fields[t.GetProperty("campus").GetString()!].To(door)!;
            Assert.Equal(t.GetProperty("walkingMetres").GetDouble(), route.Metres, 0.02);
            Assert.Equal(t.GetProperty("walkingGate").GetString(), route.Gate);
            var gate = gates.Single(g => g.Code == route.Gate);
            Assert.True(
                route.Metres >= Geodesic.Metres(new LonLat(gate.Lon, gate.Lat), door) - 1e-6
            );
        }

        Assert.Equal(venues.Count, told.Count);
    }

    [Fact]
    public async Task Ways_are_cut_where_PostGIS_cuts_them()
    {
        var network = (await Networks.AroundAsync(DemoArea, CancellationToken.None))!;
        await using var command = demo.Database.CreateCommand(
            """
            SELECT count(*)::int, sum(ST_Length(d.geom::geography)), (SELECT count(*)::int FROM ways WHERE street_code = '500103011'),
                   (SELECT sum(ST_Length(b.geom::geography)) FROM ways b WHERE b.street_code = '500103011' AND b.bridge)
            FROM (SELECT ST_Node(ST_Collect(geom)) AS geom FROM ways WHERE street_code = '500103011' AND NOT bridge) n
            CROSS JOIN LATERAL ST_Dump(n.geom) d
            """
        );
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        // The bridge is one more edge: nothing cuts it.
        Assert.Equal(row.GetInt32(0) + 1, network.Report.Edges);
        Assert.Equal(row.GetDouble(1) + row.GetDouble(3), network.Report.Metres, 0.01);
        Assert.Equal(row.GetInt32(2), network.Report.Ways);
        Assert.Equal(
            (1, 0, 0),
            (network.Report.Components, network.Report.Dropped, network.Report.JoinedEnds)
        );
    }

    [Fact]
    public async Task The_way_and_the_reach_are_answered_with_their_shapes()
    {
        var venue = (
            await PlacesAsync(
                "SELECT code, ST_X(geom), ST_Y(geom), NULL FROM venues WHERE code = 'V001'"
            )
        )[0];
        using var way = await demo.GetJsonAsync(
            $"/api/perimeters/walking?school=S06&lon={venue.Lon:R}&lat={venue.Lat:R}&street=500103011"
        );
        var told = way.RootElement.GetProperty("properties");
        var line = way.RootElement.GetProperty("geometry");
        Assert.Equal("LineString", line.GetProperty("type").GetString());
        var metres = told.GetProperty("metres").GetDouble();
        Assert.Equal(138.86, metres, 0.02);
        Assert.Equal("S06-G1", told.GetProperty("gate").GetString());
        var last = line.GetProperty("coordinates").EnumerateArray().Last();
        Assert.Equal(venue.Lon, last[0].GetDouble(), 1e-9);

        foreach (var within in (double[])[metres - 2, metres + 2])
        {
            using var reach = await demo.GetJsonAsync(
                $"/api/perimeters/reach?school=S06&metres={within:F2}"
            );
            var covers = await demo.ScalarAsync<bool>(
                "SELECT ST_Covers(ST_SetSRID(ST_GeomFromGeoJSON(@shape), 4326), geom) FROM venues WHERE code = 'V001'",
                ("shape", reach.RootElement.GetProperty("geometry").GetRawText())
            );
            Assert.Equal(within > metres, covers);
        }

        await demo.GetProblemAsync(
            "/api/perimeters/walking?school=S99&lon=106.55&lat=29.56",
            404,
            "not-found"
        );
        await demo.GetProblemAsync(
            "/api/perimeters/walking?lon=106.55&lat=x",
            400,
            "invalid-parameter"
        );
        await demo.GetProblemAsync(
            "/api/perimeters/reach?school=S06&metres=0",
            400,
            "invalid-parameter"
        );
    }

    [Fact]
    public async Task Without_ways_nothing_is_measured_and_a_new_way_counts_at_once()
    {
        await demo.ExecuteAsync("INSERT INTO streets (street_code, name) VALUES ('bare', 'Bare')");
        const string Place = "POINT(-70.5 -33.25)";
        await demo.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nB1,B1,primary,{Place}\nB2,B2,primary,{Place}\n",
            "s.csv",
            "bare"
        );
        await demo.ImportAsync(
            Datasets.Gates,
            $"code,school,wkt\nB1-G,B1,{Place}\n",
            "g.csv",
            "bare"
        );
        const string Door = "lon=-70.499&lat=-33.25";
        Assert.Equal("no_network", await ReasonAsync($"/api/perimeters/walking?school=B1&{Door}"));
        Assert.Equal("no_gates", await ReasonAsync($"/api/perimeters/walking?school=B2&{Door}"));

        var report = await demo.ImportAsync(
            Datasets.Ways,
            """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"osm_id":"7","code":5153,"fclass":"footway","layer":0,"bridge":"F","tunnel":"F","oneway":"T"},
             "geometry":{"type":"MultiLineString","coordinates":[[[-70.5,-33.25],[-70.4995,-33.25]],[[-70.4995,-33.25],[-70.499,-33.25]]]}},
            {"type":"Feature","properties":{"osm_id":"8","code":5111,"fclass":"motorway","layer":1,"bridge":"T","tunnel":"F"},
             "geometry":{"type":"LineString","coordinates":[[-70.5,-33.25],[-70.499,-33.251]]}}]}
            """,
            "roads.geojson",
            "bare"
        );
        Assert.Equal((2L, 0), (report.Added, report.Rows.Count));
        report = await demo.ImportAsync(
            Datasets.Ways,
            "code,highway,foot,tunnel,layer,wkt\na,path,designated,building_passage,half,\"LINESTRING(0 0,1 1)\"\nb,path,designated,perhaps,1,\"LINESTRING(0 0,1 1)\"\n",
            "refused.csv",
            "bare"
        );
        Assert.False(report.Committed);
        Assert.Equal(["layer", "tunnel"], report.Rows.Select(r => r.Field));
        using var way = await demo.GetJsonAsync($"/api/perimeters/walking?school=B1&{Door}");
        Assert.Equal(
            Geodesic.Metres(new LonLat(-70.5, -33.25), new LonLat(-70.499, -33.25)),
            way.RootElement.GetProperty("properties").GetProperty("metres").GetDouble(),
            0.001
        );
        using var list = await demo.GetJsonAsync("/api/ways?street=bare");
        Assert.Equal(
            ["7 True 0", "8 False 1"],
            list.RootElement.GetProperty("features")
                .EnumerateArray()
                .Select(f => f.GetProperty("properties"))
                .Select(p =>
                    $"{p.GetProperty("code").GetString()} {p.GetProperty("walks").GetBoolean()} {p.GetProperty("level").GetInt32()}"
                )
        );
        Assert.Contains(
            "gate B1 B1-G: 0.00 m to way 7",
            await WaysReport.OfAsync(demo.Database, "bare", CancellationToken.None)
        );
        await demo.ExecuteAsync("UPDATE ways SET walkable = false WHERE street_code = 'bare'");
        Assert.Equal("no_network", await ReasonAsync($"/api/perimeters/walking?school=B1&{Door}"));

        async Task<string?> ReasonAsync(string path)
        {
            using var answer = await demo.GetJsonAsync(path);
            Assert.Equal("not_measured", answer.RootElement.GetProperty("status").GetString());
            return answer.RootElement.GetProperty("reason").GetString();
        }
    }

    [Fact]
    public async Task The_roads_of_a_real_district_hang_together_and_cross_the_river_on_bridges_alone()
    {
        await demo.ExecuteAsync("INSERT INTO streets (street_code, name) VALUES ('yz', '渝中区')");
        var report = await demo.ImportFileAsync(
            Datasets.Ways,
            RepositoryFiles.Shared("cn-yuzhong", "roads_500103.geojson"),
            "yz"
        );
        Assert.Empty(report.Rows);
        Assert.True(report.Added > 500);
        var ways = await WaysAsync("TRUE");
        WalkingNetwork network = WalkingNetwork.Build(ways);
        Assert.True(network.Report.LargestShare > 0.9, $"{network.Report}");
        // No one walks through the tunnel of a trunk road.
        Assert.Equal(
            0,
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM ways WHERE street_code = 'yz' AND name = '石黄隧道' AND way_walks(kind, tunnel, walkable)"
            )
        );
        // Without its bridges nothing crosses a line along the middle of the river.
        var (south, north) = (new LonLat(106.5625, 29.5641), new LonLat(106.5627, 29.5671));
        Assert.NotNull(network.From([new WalkingStart("g", south)], 5000).To(south));
        Assert.Null(
            WalkingNetwork
                .Build(await WaysAsync("NOT coalesce(r.bridge, false)"))
                .From([new WalkingStart("g", south)], 5000)
                .To(north)
        );

        // The demo's made-up ways lie on the same ground.
        await demo.ExecuteAsync("DELETE FROM ways WHERE street_code = 'yz'");

        async Task<List<Way>> WaysAsync(string where)
        {
            await using var command = demo.Database.CreateCommand(
                $"SELECT r.street_code, r.code, way_level(r.layer, r.bridge, r.tunnel), accuracy_m(r.accuracy), d.geom FROM ways r CROSS JOIN LATERAL ST_Dump(r.geom) d WHERE r.street_code = 'yz' AND way_walks(r.kind, r.tunnel, r.walkable) AND {where} ORDER BY r.code, d.path"
            );
            return await WalkingNetworks.ReadAsync(command, CancellationToken.None);
        }
    }
}
