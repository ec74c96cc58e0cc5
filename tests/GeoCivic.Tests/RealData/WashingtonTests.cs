using GeoCivic.Imports;
using GeoCivic.Tests.Hotspots;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.RealData;

/// <summary>Washington DC: wards as communities, ANCs as grids, service requests as issues, by the README's commands.</summary>
public sealed class WashingtonTests(WashingtonTests.Dc dc) : IClassFixture<WashingtonTests.Dc>
{
    /// <summary>The city, imported once.</summary>
    public sealed class Dc : ServiceFixture
    {
        internal Dictionary<string, ImportReport> Reports { get; } = new(StringComparer.Ordinal);

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await using var command = Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('dc', 'Washington DC')"
            );
            await command.ExecuteNonQueryAsync();
            Reports["wards"] = await ImportFileAsync(
                Datasets.Communities,
                File("ward-2012.geojson"),
                "dc",
                with: Map("code=WARD", "name=NAME")
            );
            Reports["ancs"] = await ImportFileAsync(
                Datasets.Grids,
                File("advisory-neighborhood-commission-2013.geojson"),
                "dc",
                with: Map("code=ANC_ID", "name=NAME")
            );
            foreach (var part in (string[])["dc311_2016_part1.csv", "dc311_2016_part2.csv"])
            {
                Reports[part] = await ImportFileAsync(
                    Datasets.Issues,
                    File(part),
                    "dc",
                    with: r =>
                        Map(
                            "code=SERVICEREQUESTID",
                            "category=SERVICECODEDESCRIPTION",
                            "found_at=ADDDATE",
                            "closed_at=RESOLUTIONDATE",
                            "state=SERVICEORDERSTATUS",
                            // kept beside the issue so that the recorded ward can be compared
                            "name=WARD",
                            "description=STREETADDRESS"
                        )(r) with
                        {
                            SkipBadRows = true,
                        }
                );
            }
        }

        internal static string File(string name) => RepositoryFiles.Shared("us-dc-civic", name);

        internal static Func<ImportRequest, ImportRequest> Map(params string[] pairs) =>
            r =>
                r with
                {
                    Map = pairs
                        .Select(p => p.Split('='))
                        .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal),
                };
    }

    [Fact]
    public void Eight_wards_and_forty_ANCs_are_taken_each_ANC_in_the_ward_that_holds_most_of_it()
    {
        Assert.Equal((8L, 0L), (dc.Reports["wards"].Added, dc.Reports["wards"].Refused));
        Assert.Equal((40L, 0L), (dc.Reports["ancs"].Added, dc.Reports["ancs"].Refused));
    }

    [Fact]
    public async Task The_code_of_an_ANC_begins_with_its_ward_but_for_3G_of_which_most_lies_in_ward_4()
    {
        await using var command = dc.Database.CreateCommand(
            "SELECT string_agg(code || ' in ' || parent_code, ',') FROM area_versions WHERE level = 'grid' AND left(code, 1) <> parent_code"
        );
        Assert.Equal("3G in 4", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task All_requests_with_a_place_are_imported_and_the_one_without_is_named()
    {
        var reports = new[]
        {
            dc.Reports["dc311_2016_part1.csv"],
            dc.Reports["dc311_2016_part2.csv"],
        };
        Assert.Equal(22_577, reports.Sum(r => r.Read));
        Assert.Equal(22_576, reports.Sum(r => r.Added));
        var refused = Assert.Single(reports.SelectMany(r => r.Rows));
        Assert.Equal((2L, "code"), (refused.Line, refused.Field));
        Assert.Equal(
            22_576,
            await dc.ScalarAsync<long>("SELECT count(*) FROM issues WHERE placement = 'inside'")
        );
    }

    [Fact]
    public async Task The_recorded_ward_agrees_with_the_ward_that_covers_the_request_for_22392_rows()
    {
        Assert.Equal(
            22_392,
            await dc.ScalarAsync<long>(
                """
                SELECT count(*) FROM issues i
                JOIN area_versions w ON w.level = 'community' AND w.code = i.name AND ST_Covers(w.geom, i.geom)
                """
            )
        );
    }

    [Fact]
    public async Task Hot_spots_of_the_requests_are_those_of_the_slow_formula()
    {
        var (root, cells) = await HotspotReference.AskAsync(dc, "street=dc&level=grid&state=all");
        Assert.Equal(40, root.GetProperty("n").GetInt32());
        Assert.Equal(22_576, cells.Sum(c => c.Count));
        var pairs = await HotspotReference.PairsAsync(dc, "dc", srid: 26985);
        HotspotReference.AssertAgrees(cells, (a, b) => pairs.Contains((a.Code, b.Code)));
        // Forty cells of many square kilometres each hide what hexagons show.
        var (_, hexagons) = await HotspotReference.AskAsync(
            dc,
            "street=dc&level=hex&size=1000&state=all"
        );
        Assert.Equal(22_576, hexagons.Sum(c => c.Count));
        Assert.Contains(hexagons, c => c.IsHot && c.Q <= 0.05);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var again = await dc.ImportFileAsync(
            Datasets.Grids,
            Dc.File("advisory-neighborhood-commission-2013.geojson"),
            "dc",
            with: Dc.Map("code=ANC_ID", "name=NAME")
        );
        Assert.Equal((0L, 0L, 40L), (again.Added, again.Changed, again.Unchanged));
    }

    [Fact]
    public async Task Schools_and_metro_entrances_are_points()
    {
        var schools = await dc.ImportFileAsync(
            Datasets.Points,
            Dc.File("public-schools.geojson"),
            "dc",
            with: r =>
                Dc.Map("code=GIS_ID", "name=NAME")(r) with
                {
                    Set = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["type"] = "school_perimeter",
                    },
                    SkipBadRows = true,
                }
        );
        Assert.True(schools.Committed);
        Assert.Equal(schools.Read, schools.Added + schools.Refused);
        Assert.True(
            schools.Added >= 115,
            $"{schools.Added} of {schools.Read}: {schools.Rows.FirstOrDefault()}"
        );
        var metro = await dc.ImportFileAsync(
            Datasets.Points,
            Dc.File("metro-station-entrances-district.geojson"),
            "dc",
            with: r =>
                Dc.Map("code=OBJECTID_1", "name=NAME")(r) with
                {
                    Set = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["type"] = "metro_exit",
                    },
                }
        );
        Assert.True(metro.Committed, $"{metro.Rows.FirstOrDefault()}");
        Assert.Equal(88, metro.Added);
    }

    [Fact]
    public async Task The_one_invalid_campus_is_refused_by_name_and_taken_with_repair()
    {
        Func<ImportRequest, ImportRequest> with = r =>
            Dc.Map("code=OBJECTID", "name=OBJECTID")(r) with
            {
                Set = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["kind"] = "primary",
                },
            };
        var report = await dc.ImportFileAsync(
            Datasets.Schools,
            Dc.File("public-school-grounds.geojson"),
            "dc",
            with: with
        );
        Assert.False(report.Committed);
        var refused = Assert.Single(report.Rows, r => r.Field == "geometry");
        Assert.NotNull(refused.Code);
        Assert.NotNull(refused.Lon);
        Assert.NotNull(refused.Lat);

        var repaired = await dc.ImportFileAsync(
            Datasets.Schools,
            Dc.File("public-school-grounds.geojson"),
            "dc",
            with: r => with(r) with { Repair = true }
        );
        Assert.True(repaired.Committed, $"{repaired.Rows.FirstOrDefault()}");
        var warning = Assert.Single(repaired.Warnings, w => w.Code == "geometry-changed");
        Assert.Contains(
            warning.Details!,
            d => d.StartsWith($"line {refused.Line}:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_area_of_a_ward_is_its_official_area()
    {
        // SHAPE_Area is measured in Maryland State Plane metres; the projection's scale differs by less than 1 in 5,000 here.
        await using var command = dc.Database.CreateCommand(
            "SELECT area_m2 FROM area_versions WHERE level = 'community' AND code = '8'"
        );
        Assert.Equal(
            30_965_852.52,
            (double)(await command.ExecuteScalarAsync())!,
            30_965_852 / 5000.0
        );
    }
}
