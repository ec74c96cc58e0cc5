using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Imports;

/// <summary>Boundaries are redrawn without rewriting the past, and what they touch is placed again (features A3, A4).</summary>
public sealed class RedrawTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Header = "code,name,type,wkt\n";

    // The border between A1 and B1 moves a quarter of a side to the east.
    private static readonly string Moved = Grids(
        Box(0, 0, 1.25, 1),
        Box(0, 1, 1, 2),
        Box(1.25, 0, 2, 1),
        Box(1, 1, 2, 2)
    );

    [Fact]
    public async Task A_dry_run_says_how_many_records_change_grid_and_the_real_run_does_just_that()
    {
        await CreateAsync(service, "redraw");
        var points =
            Header
            + Point("stays", 0.5, 0.5)
            + Point("moves", 1.1, 0.5)
            + Point("moves too", 1.2, 0.9)
            + Point("east", 1.5, 0.5)
            + Point("north", 1.1, 1.5);
        Committed(await service.ImportAsync(Datasets.Points, points, "p.csv", "redraw"));
        Committed(
            await service.ImportAsync(
                Datasets.Issues,
                $"code,category,found_at,state,lon,lat\nI,stall_occupying,2026-03-01 08:00,open,{Lon(1.1):0.0000000},{Lat(0.5):0.0000000}\n",
                "i.csv",
                "redraw"
            )
        );

        var dry = await service.ImportAsync(
            Datasets.Grids,
            Moved,
            "g.csv",
            "redraw",
            with: r => r with { DryRun = true }
        );
        Assert.False(dry.Committed);
        Assert.Equal((0L, 2L, 2L), (dry.Added, dry.Changed, dry.Unchanged));
        Assert.Equal(2, dry.Moved!["points"].ChangedGrid);
        Assert.Equal(2, dry.Moved["points"].ChangedCommunity);
        Assert.Equal(1, dry.Moved["issues"].ChangedGrid);
        Assert.Equal(
            "A1 stays,B1 east,B1 moves,B1 moves too,B2 north",
            await PlacesAsync("redraw")
        );

        var real = Committed(await service.ImportAsync(Datasets.Grids, Moved, "g.csv", "redraw"));
        Assert.Equal(dry.Moved["points"], real.Moved!["points"]);
        Assert.Equal(
            "A1 moves,A1 moves too,A1 stays,B1 east,B2 north",
            await PlacesAsync("redraw")
        );
        Assert.Equal(
            1,
            await service.ScalarAsync<long>(
                "SELECT open FROM grid_issue_counts WHERE street_code = 'redraw' AND grid_code = 'A1'"
            )
        );
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                "SELECT open FROM grid_issue_counts WHERE street_code = 'redraw' AND grid_code = 'B1'"
            )
        );
    }

    [Fact]
    public async Task The_past_keeps_the_boundaries_it_had()
    {
        await CreateAsync(service, "past");
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                Header + Point("P", 1.1, 0.5),
                "p.csv",
                "past"
            )
        );
        var from = Day(-10);
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Moved,
                "g.csv",
                "past",
                with: r => r with { Set = Fixed("valid_from", from) }
            )
        );

        var place = $"lon={Lon(1.1):0.0000000}&lat={Lat(0.5):0.0000000}&street=past";
        Assert.Equal("A1", await GridAsync($"/api/areas/locate?{place}"));
        Assert.Equal("A1", await GridAsync($"/api/areas/locate?{place}&at={from}"));
        Assert.Equal("B1", await GridAsync($"/api/areas/locate?{place}&at={Day(-11)}"));
        Assert.Equal("B1", await GridAsync($"/api/areas/locate?{place}&at=2024-03-01"));
        Assert.Equal("B1", await GridAsync($"/api/ownership?{place}&at=2024-03-01"));
        using var then = await service.GetJsonAsync("/api/points?street=past&at=2024-03-01");
        Assert.Equal(
            "B1",
            then.RootElement.GetProperty("features")[0]
                .GetProperty("properties")
                .GetProperty("grid")
                .GetString()
        );
        using var now = await service.GetJsonAsync("/api/points?street=past");
        Assert.Equal(
            "A1",
            now.RootElement.GetProperty("features")[0]
                .GetProperty("properties")
                .GetProperty("grid")
                .GetString()
        );
        using var areas = await service.GetJsonAsync(
            "/api/areas?level=grid&street=past&at=2024-03-01"
        );
        var b1 = areas
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "B1");
        Assert.Equal(1, b1.GetProperty("properties").GetProperty("points").GetInt32());
    }

    [Theory]
    [InlineData("points")]
    [InlineData("schools")]
    [InlineData("venues")]
    [InlineData("issues")]
    public async Task Every_list_can_be_asked_as_of_a_day(string list)
    {
        var street = $"asof {list}";
        await CreateAsync(service, street);
        var place = $"{At(1.1, 0.5).Replace(' ', ',')}";
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                Header + Point("R", 1.1, 0.5),
                "p.csv",
                street
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Schools,
                $"code,name,kind,lon,lat\nR,小学,primary,{place}\n",
                "s.csv",
                street
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Venues,
                $"code,name,category,lon,lat\nR,网吧,internet_cafe,{place}\n",
                "v.csv",
                street
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Issues,
                $"code,category,found_at,lon,lat\nR,uncivil_pets,2026-03-01,{place}\n",
                "i.csv",
                street
            )
        );
        Committed(await service.ImportAsync(Datasets.Grids, Moved, "g.csv", street));

        async Task<string?> AskAsync(string options)
        {
            using var answer = await service.GetJsonAsync(
                $"/api/{list}?street={Uri.EscapeDataString(street)}{options}"
            );
            var found = answer.RootElement.GetProperty("features");
            return found.GetArrayLength() == 0
                ? "none"
                : found[0].GetProperty("properties").GetProperty("grid").GetString();
        }

        Assert.Equal("A1", await AskAsync(""));
        Assert.Equal("B1", await AskAsync("&at=2024-03-01"));
        Assert.Equal("B1", await AskAsync("&at=2024-03-01&grid=B1&community=B&placement=inside"));
        Assert.Equal("none", await AskAsync("&at=2024-03-01&grid=A1"));
        Assert.Equal("none", await AskAsync("&grid=B1"));
    }

    [Fact]
    public async Task Random_redrawings_leave_every_record_where_the_rule_puts_it()
    {
        await CreateAsync(service, "shuffle");
        var random = new Random(5);
        string Coordinate() =>
            $"{At((random.NextDouble() * 2.4) - 0.2, (random.NextDouble() * 2.4) - 0.2)}";
        var rows = string.Concat(
            Enumerable
                .Range(0, 400)
                .Select(i =>
                    $"P{i},点,market,POINT({Coordinate()})\nL{i},巷,back_alley,\"LINESTRING({Coordinate()},{Coordinate()})\"\n"
                )
        );
        Committed(await service.ImportAsync(Datasets.Points, Header + rows, "p.csv", "shuffle"));
        for (var round = 0; round < 4; round++)
        {
            var (x, y, z) = (
                0.5 + random.NextDouble(),
                0.5 + random.NextDouble(),
                0.5 + random.NextDouble()
            );
            var shapes = Grids(Box(0, 0, x, y), Box(0, y, x, 2), Box(x, 0, 2, z), Box(x, z, 2, 2));
            Committed(await service.ImportAsync(Datasets.Grids, shapes, "g.csv", "shuffle"));
            Assert.Equal(
                0,
                await service.ScalarAsync<long>(
                    """
                    SELECT count(*) FROM points p CROSS JOIN LATERAL grid_of(p.street_code, p.geom, (now() AT TIME ZONE interval '8 hours')::date) g
                    WHERE p.street_code = 'shuffle'
                      AND (p.grid_code, p.placement, p.snap_distance_m) IS DISTINCT FROM (g.grid_code, g.placement, g.snap_distance_m)
                    """
                )
            );
            Assert.Equal(
                0,
                await service.ScalarAsync<long>(
                    """
                    SELECT count(*) FROM (
                        SELECT p.code, s.grid_code, s.share FROM points p CROSS JOIN LATERAL grid_shares(p.street_code, p.geom, (now() AT TIME ZONE interval '8 hours')::date) s
                        WHERE p.street_code = 'shuffle' AND ST_Dimension(p.geom) = 1
                    ) expected
                    FULL JOIN (SELECT code, grid_code, share FROM point_grids WHERE street_code = 'shuffle') stored USING (code, grid_code)
                    WHERE expected.share IS DISTINCT FROM stored.share
                    """
                )
            );
        }
    }

    [Fact]
    public async Task A_grid_that_ends_leaves_orphans_and_its_code_is_never_used_again()
    {
        await CreateAsync(service, "ending");
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                Header + Point("P", 1.5, 1.5),
                "p.csv",
                "ending"
            )
        );
        var end =
            $"code,name,community,valid_until,wkt\nB2,网格B2,B,{Day(0)},\"{Box(1, 1, 2, 2)}\"\n";
        var report = Committed(await service.ImportAsync(Datasets.Grids, end, "g.csv", "ending"));

        Assert.Equal(1, report.Changed);
        Assert.Equal(1, report.Moved!["points"].BecameOrphan);
        var again = await service.ImportAsync(
            Datasets.Grids,
            $"code,name,community,wkt\nB2,新网格,B,\"{Box(1, 1, 2, 2)}\"\n",
            "g.csv",
            "ending"
        );
        Assert.False(again.Committed);
        Assert.Contains("retired", Assert.Single(again.Rows).Reason, StringComparison.Ordinal);
        Assert.Equal(
            "B2",
            await GridAsync(
                $"/api/areas/locate?lon={Lon(1.5):0.0000000}&lat={Lat(1.5):0.0000000}&street=ending&at={Day(-1)}"
            )
        );
    }

    [Theory]
    [InlineData("valid_from", 1, "future")]
    [InlineData("valid_until", 1, "future")]
    [InlineData("valid_from", -20, "starts later already")]
    public async Task Boundaries_do_not_start_in_the_future_nor_before_the_version_in_force(
        string field,
        int days,
        string expected
    )
    {
        var street = $"dates{field}{days}";
        await CreateAsync(service, street);
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Moved,
                "g.csv",
                street,
                with: r => r with { Set = Fixed("valid_from", Day(-10)) }
            )
        );
        var shifted = Grids(Box(0, 0, 1.5, 1), Box(0, 1, 1, 2), Box(1.5, 0, 2, 1), Box(1, 1, 2, 2));
        var report = await service.ImportAsync(
            Datasets.Grids,
            shifted,
            "g.csv",
            street,
            with: r => r with { Set = Fixed(field, Day(days)) }
        );

        Assert.False(report.Committed);
        Assert.All(report.Rows, row => Assert.Equal(field, row.Field));
        Assert.Contains(
            report.Rows,
            row => row.Reason.Contains(expected, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Two_versions_of_one_code_cannot_overlap_in_time()
    {
        await CreateAsync(service, "exclusion");
        await using var command = service.Database.CreateCommand(
            """
            INSERT INTO area_versions (street_code, level, code, valid_from, name, parent_code, geom)
            SELECT street_code, level, code, '2020-01-01', name, parent_code, geom FROM area_versions
            WHERE street_code = 'exclusion' AND code = 'A1'
            """
        );
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            command.ExecuteNonQueryAsync()
        );
        Assert.Equal("ex_area_versions_overlap", refusal.ConstraintName);
    }

    private static string Day(int offset) =>
        GeoCivic
            .Database.BeijingTime.Today(TimeProvider.System)
            .AddDays(offset)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Fixed(string field, string value) =>
        new(StringComparer.Ordinal) { [field] = value };

    private async Task<string?> GridAsync(string path)
    {
        using var answer = await service.GetJsonAsync(path);
        return answer.RootElement.GetProperty("grid").GetProperty("code").GetString();
    }

    private async Task<string> PlacesAsync(string street) =>
        await service.ScalarAsync<string>(
            $"SELECT string_agg(grid_code || ' ' || code, ',' ORDER BY grid_code, code) FROM points WHERE street_code = '{street}'"
        );
}
