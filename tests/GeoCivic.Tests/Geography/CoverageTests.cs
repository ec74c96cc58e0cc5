using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Geography;

/// <summary>Gaps, overlaps, strays (feature A2).</summary>
public sealed class CoverageTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    // 0.3 m in units of a side: a side is 96.9 m east-west here.
    private const double Sliver = 0.3 / 96.9;

    [Fact]
    public async Task Grids_that_tile_their_communities_have_no_findings()
    {
        await CreateAsync(service, "clean");
        Assert.Empty(await FindAsync("clean"));
    }

    [Fact]
    public async Task A_gap_of_0_3_metres_is_found_with_its_place_and_size()
    {
        await CreateAsync(service, "gap");
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Grids(Box(0, 0, 1 - Sliver, 1), Box(0, 1, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2)),
                "g.csv",
                "gap"
            )
        );
        var finding = Assert.Single(await FindAsync("gap"));

        Assert.Equal("gap", finding.Rule);
        Assert.InRange(finding.WidthM!.Value, 0.28, 0.32);
        Assert.InRange(finding.AreaM2!.Value, 32, 35);
        Assert.Equal(Lon(1), finding.Lon!.Value, 5);
    }

    [Fact]
    public async Task An_overlap_of_0_3_metres_is_found_and_names_both_grids()
    {
        await CreateAsync(service, "overlap");
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Grids(Box(0, 0, 1, 1 + Sliver), Box(0, 1, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2)),
                "g.csv",
                "overlap"
            )
        );
        var finding = Assert.Single(await FindAsync("overlap"));

        Assert.Equal("overlap", finding.Rule);
        Assert.Equal(["A1", "A2"], finding.Codes);
        Assert.InRange(finding.WidthM!.Value, 0.28, 0.36);
    }

    [Fact]
    public async Task A_grid_that_leaves_its_community_is_found_with_its_square_metres()
    {
        await CreateAsync(service, "leaving");
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Grids(Box(0, 0, 1.5, 1), Box(0, 1, 1, 2), Box(1.5, 0, 2, 1), Box(1, 1, 2, 2)),
                "g.csv",
                "leaving"
            )
        );
        var finding = Assert.Single(await FindAsync("leaving"));

        Assert.Equal(
            ("outside_community", "A1,A"),
            (finding.Rule, string.Join(',', finding.Codes))
        );
        await using var command = service.Database.CreateCommand(
            $"SELECT ST_Area(ST_GeogFromText('{Box(1, 0, 1.5, 1)}'))"
        );
        Assert.Equal((double)(await command.ExecuteScalarAsync())!, finding.AreaM2!.Value, 1);
    }

    [Fact]
    public async Task Gaps_are_measured_against_the_street_where_its_boundary_is_known()
    {
        await CreateAsync(service, "outline");
        Committed(
            await service.ImportAsync(
                Datasets.Streets,
                $"code,name,wkt\noutline,街道,\"{Box(0, 0, 3, 2)}\"\n",
                "s.csv",
                "outline"
            )
        );
        var finding = Assert.Single(await FindAsync("outline"));
        Assert.Equal("gap", finding.Rule);
        Assert.InRange(finding.WidthM!.Value, 60, 70);
    }

    [Fact]
    public async Task Orphans_and_snapped_points_are_listed_with_their_place()
    {
        await CreateAsync(service, "strays");
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,wkt\n"
                    + Point("near", 0.5, -0.1)
                    + Point("far", 9, 9)
                    + Point("in", 0.5, 0.5),
                "p.csv",
                "strays"
            )
        );
        var findings = await FindAsync("strays");

        Assert.Equal(["orphan_point", "snapped_point"], findings.Select(f => f.Rule));
        Assert.Equal(["far"], findings[0].Codes);
        Assert.Equal(["near", "A1"], findings[1].Codes);
        Assert.Equal(Lon(9), findings[0].Lon!.Value, 6);
    }

    [Fact]
    public async Task The_demo_street_is_tiled_exactly()
    {
        await service.LoadDemoAsync();
        Assert.Empty(await FindAsync(ServiceFixture.DemoStreet));
    }

    [Fact]
    public async Task The_map_layer_gives_the_same_findings_under_stable_ids()
    {
        await CreateAsync(service, "layer");
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Grids(Box(0, 0, 0.9, 1), Box(0, 1, 1, 2), Box(1, 0, 2, 1.1), Box(1, 1, 2, 2)),
                "g.csv",
                "layer"
            )
        );
        using var first = await service.GetJsonAsync("/api/coverage?street=layer");
        using var second = await service.GetJsonAsync("/api/coverage?street=layer");
        var rules = first
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties").GetProperty("rule").GetString())
            .Order();

        Assert.Equal(["gap", "overlap"], rules);
        Assert.Equal(first.RootElement.GetRawText(), second.RootElement.GetRawText());
        Assert.All(
            first.RootElement.GetProperty("features").EnumerateArray(),
            f => Assert.Equal("Polygon", f.GetProperty("geometry").GetProperty("type").GetString())
        );
    }

    private Task<IReadOnlyList<CoverageFinding>> FindAsync(string street) =>
        Coverage.FindAsync(
            service.Database,
            street,
            BeijingTime.Today(TimeProvider.System),
            CancellationToken.None
        );
}
