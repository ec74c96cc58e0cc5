using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Imports;

/// <summary>Every point, line and area gets its place (feature A3).</summary>
public sealed class PlacingTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Header = "code,name,type,wkt\n";

    [Fact]
    public async Task A_point_belongs_to_the_grid_that_covers_it_and_on_shared_edges_to_the_lowest_code()
    {
        await CreateAsync(service, "edges");
        var csv =
            Header
            + Point("inside", 0.5, 0.5)
            + Point("edgeA", 0.5, 1)
            + Point("edgeAB", 1, 0.3)
            + Point("centre", 1, 1)
            + Point("rim", 2, 1.5)
            + Point("corner", 2, 2);
        var report = Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "edges"));

        Assert.Equal(new PlacementCounts(6, 0, 0), report.Placement);
        Assert.Equal("A1/A/inside", await PlaceAsync("edges", "inside"));
        Assert.Equal("A1/A/inside", await PlaceAsync("edges", "edgeA"));
        Assert.Equal("A1/A/inside", await PlaceAsync("edges", "edgeAB"));
        Assert.Equal("A1/A/inside", await PlaceAsync("edges", "centre"));
        Assert.Equal("B2/B/inside", await PlaceAsync("edges", "rim"));
        Assert.Equal("B2/B/inside", await PlaceAsync("edges", "corner"));
    }

    [Fact]
    public async Task Within_20_metres_outside_all_grids_a_point_is_snapped_and_farther_it_is_an_orphan()
    {
        await CreateAsync(service, "snap");
        // One degree of latitude is 110.85 km here: 0.17 sides are 18.8 m, 0.19 are 21.1 m.
        var csv =
            Header
            + Point("near", 0.5, -0.17)
            + Point("far", 0.5, -0.19)
            + Point("atcorner", 2.1, 2.1)
            + Point("lost", 40, 40);
        var report = Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "snap"));

        Assert.Equal(new PlacementCounts(0, 2, 2), report.Placement);
        Assert.Equal("A1/A/snapped", await PlaceAsync("snap", "near"));
        Assert.Equal("//orphan", await PlaceAsync("snap", "far"));
        Assert.Equal("B2/B/snapped", await PlaceAsync("snap", "atcorner"));
        var metres = await service.ScalarAsync<double>(
            "SELECT snap_distance_m FROM points WHERE street_code = 'snap' AND code = 'near'"
        );
        var exact = await service.ScalarAsync<double>(
            $"SELECT ST_Distance(ST_GeogFromText('POINT({At(0.5, -0.17)})'), ST_GeogFromText('{Box(0, 0, 1, 1)}'))"
        );
        Assert.Equal(exact, metres, 6);
        Assert.InRange(metres, 18.5, 19.2);

        using var orphans = await service.GetJsonAsync("/api/points?street=snap&placement=orphan");
        Assert.Equal(2, orphans.RootElement.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task A_line_has_its_share_of_length_in_each_grid_and_the_largest_is_primary()
    {
        await CreateAsync(service, "lines");
        var csv =
            Header
            + $"L1,背街小巷,back_alley,\"LINESTRING({At(0.75, 0.5)},{At(1.75, 0.5)})\"\n"
            // three quarters outside: shares are of the whole length
            + $"L2,出界小巷,back_alley,\"LINESTRING({At(1.5, 0.5)},{At(3.5, 0.5)})\"\n";
        Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "lines"));

        Assert.Equal("B1/B/inside", await PlaceAsync("lines", "L1"));
        Assert.Equal("A1 0.2500, B1 0.7500", await SharesAsync("lines", "L1"));
        Assert.Equal("B1 0.2500", await SharesAsync("lines", "L2"));
        var metres = await service.ScalarAsync<double>(
            "SELECT sum(measure) FROM point_grids WHERE street_code = 'lines' AND code = 'L1'"
        );
        var length = await service.ScalarAsync<double>(
            "SELECT ST_Length(geom::geography) FROM points WHERE street_code = 'lines' AND code = 'L1'"
        );
        Assert.Equal(length, metres, 4);
    }

    [Fact]
    public async Task A_line_along_a_shared_edge_counts_once_for_the_lowest_code()
    {
        await CreateAsync(service, "along");
        var csv = Header + $"L,交界路,main_road,\"LINESTRING({At(0, 1)},{At(2, 1)})\"\n";
        Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "along"));

        Assert.Equal("A1 0.5000, B1 0.5000", await SharesAsync("along", "L"));
        Assert.Equal("A1/A/inside", await PlaceAsync("along", "L"));
    }

    [Fact]
    public async Task An_area_has_its_share_of_surface_in_each_grid()
    {
        await CreateAsync(service, "areas");
        var csv =
            Header
            + $"M,农贸市场,market,\"{Box(0.5, 0.5, 1.25, 1.5)}\"\n"
            + $"N,场外广场,plaza,\"{Box(2.05, 0.2, 2.3, 0.4)}\"\n";
        var report = Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "areas"));

        Assert.Equal(new PlacementCounts(1, 1, 0), report.Placement);
        Assert.Equal("A1 0.3333, A2 0.3333, B1 0.1667, B2 0.1667", await SharesAsync("areas", "M"));
        Assert.Equal("A1/A/inside", await PlaceAsync("areas", "M"));
        // 0.05 sides of longitude are 4.8 m
        Assert.Equal("B1/B/snapped", await PlaceAsync("areas", "N"));
    }

    [Fact]
    public async Task Issues_schools_and_venues_are_placed_by_the_same_rule()
    {
        await CreateAsync(service, "others");
        var place = $"{Lon(0.5):0.0000000},{Lat(-0.1):0.0000000}";
        Committed(
            await service.ImportAsync(
                Datasets.Schools,
                $"code,name,kind,lon,lat\nS,小学,primary,{place}\n",
                "s.csv",
                "others"
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Venues,
                $"code,name,category,lon,lat\nV,网吧,internet_cafe,{place}\n",
                "v.csv",
                "others"
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Issues,
                $"code,category,found_at,lon,lat\nI,stall_occupying,2026-03-01 08:00,{place}\n",
                "i.csv",
                "others"
            )
        );

        foreach (var table in (string[])["schools", "venues", "issues"])
        {
            Assert.Equal(
                "A1 snapped",
                await service.ScalarAsync<string>(
                    $"SELECT grid_code || ' ' || placement FROM {table} WHERE street_code = 'others'"
                )
            );
        }
    }

    [Fact]
    public async Task The_locator_in_memory_and_the_rule_in_SQL_place_random_points_alike()
    {
        await CreateAsync(service, "random");
        var random = new Random(11);
        // Half of them on multiples of a tenth of a side, so that many lie exactly on edges and corners.
        var rows = Enumerable
            .Range(0, 3000)
            .Select(i =>
                i % 2 == 0
                    ? Point($"P{i}", random.Next(-3, 24) / 10.0, random.Next(-3, 24) / 10.0)
                    : Point(
                        $"P{i}",
                        (random.NextDouble() * 2.6) - 0.3,
                        (random.NextDouble() * 2.6) - 0.3
                    )
            );
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                Header + string.Concat(rows),
                "p.csv",
                "random"
            )
        );

        var differing = await service.ScalarAsync<long>(
            """
            SELECT count(*) FROM points p CROSS JOIN LATERAL grid_of(p.street_code, p.geom, (now() AT TIME ZONE interval '8 hours')::date) g
            WHERE p.street_code = 'random'
              AND (p.grid_code, p.community_code, p.placement, p.snap_distance_m)
                  IS DISTINCT FROM (g.grid_code, g.community_code, g.placement, g.snap_distance_m)
            """
        );
        Assert.Equal(0, differing);
        // …and both agree with the rule written out the slow way.
        var wrong = await service.ScalarAsync<long>(
            """
            SELECT count(*) FROM points p
            WHERE p.street_code = 'random' AND coalesce(p.grid_code, '') <> coalesce(
                (SELECT min(v.code COLLATE "C") FROM area_versions v WHERE v.street_code = 'random' AND v.level = 'grid' AND ST_Covers(v.geom, p.geom)),
                (SELECT v.code FROM area_versions v WHERE v.street_code = 'random' AND v.level = 'grid'
                   AND ST_Distance(v.geom::geography, p.geom::geography) <= 20
                 ORDER BY ST_Distance(v.geom::geography, p.geom::geography), v.code COLLATE "C" LIMIT 1), '')
            """
        );
        Assert.Equal(0, wrong);
        Assert.True(
            await service.ScalarAsync<long>(
                "SELECT count(DISTINCT placement) FROM points WHERE street_code = 'random'"
            ) == 3
        );
    }

    private async Task<string> PlaceAsync(string street, string code) =>
        await service.ScalarAsync<string>(
            $"SELECT concat_ws('/', coalesce(grid_code, ''), coalesce(community_code, ''), placement) FROM points WHERE street_code = '{street}' AND code = '{code}'"
        );

    private async Task<string> SharesAsync(string street, string code) =>
        await service.ScalarAsync<string>(
            $"SELECT string_agg(grid_code || ' ' || to_char(share, 'FM0.0000'), ', ' ORDER BY grid_code) FROM point_grids WHERE street_code = '{street}' AND code = '{code}'"
        );
}
