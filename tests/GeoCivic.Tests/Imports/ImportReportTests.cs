using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Imports;

/// <summary>Upsert by code, exactly one outcome per row, nothing half written.</summary>
public sealed class ImportReportTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Header = "code,name,type,wkt\n";

    [Fact]
    public async Task The_same_file_again_adds_and_changes_nothing()
    {
        await CreateAsync(service, "again");
        var points =
            Header
            + Point("P1", 0.5, 0.5)
            + $"L,巷,back_alley,\"LINESTRING({At(0.5, 0.5)},{At(1.5, 0.5)})\"\n";
        var grids = Grids(Box(0, 0, 1, 1), Box(0, 1, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2));
        Assert.Equal(
            2,
            Committed(await service.ImportAsync(Datasets.Points, points, "p.csv", "again")).Added
        );

        var report = Committed(
            await service.ImportAsync(Datasets.Points, points, "p.csv", "again")
        );
        Assert.Equal((0L, 0L, 2L), (report.Added, report.Changed, report.Unchanged));
        report = Committed(await service.ImportAsync(Datasets.Grids, grids, "g.csv", "again"));
        Assert.Equal((0L, 0L, 4L), (report.Added, report.Changed, report.Unchanged));
        Assert.All(report.Moved!.Values, m => Assert.Equal(0, m.Examined));
    }

    [Fact]
    public async Task A_changed_row_changes_its_record_and_fields_that_the_file_lacks_keep_their_value()
    {
        await CreateAsync(service, "change");
        var issues =
            $"code,category,found_at,description,lon,lat\nI1,stall_occupying,2026-03-01 08:00,占道,{Lon(0.5):0.0000000},{Lat(0.5):0.0000000}\n";
        Committed(await service.ImportAsync(Datasets.Issues, issues, "i.csv", "change"));
        var id = await service.ScalarAsync<Guid>(
            "SELECT id FROM issues WHERE street_code = 'change'"
        );
        var moved =
            $"code,category,found_at,closed_at,lon,lat\nI1,stall_occupying,2026-03-01 08:00,2026-03-02 09:30,{Lon(1.5):0.0000000},{Lat(0.5):0.0000000}\n";
        var report = Committed(
            await service.ImportAsync(Datasets.Issues, moved, "i.csv", "change")
        );

        Assert.Equal(1, report.Changed);
        Assert.Equal(
            "占道 closed false B1 2026-03-02T09:30:00+08:00",
            await service.ScalarAsync<string>(
                "SELECT concat_ws(' ', description, state, CASE WHEN is_open THEN 'true' ELSE 'false' END, grid_code, beijing_text(closed_at)) FROM issues WHERE street_code = 'change'"
            )
        );
        Assert.Equal(
            id,
            await service.ScalarAsync<Guid>("SELECT id FROM issues WHERE street_code = 'change'")
        );
    }

    [Fact]
    public async Task Every_refused_row_is_named_and_nothing_is_written_unless_bad_rows_are_skipped()
    {
        await CreateAsync(service, "bad");
        var csv =
            Header
            + Point("P1", 0.5, 0.5)
            + $",无编码,market,POINT({At(0.5, 0.5)})\n"
            + $"P3,,market,POINT({At(0.5, 0.5)})\n"
            + $"P4,无类型,,POINT({At(0.5, 0.5)})\n"
            + "P5,无位置,market,\n"
            + "P6,交换,market,POINT(29.5605 106.5505)\n"
            + "P7,零点,market,POINT(0 0)\n"
            + Point("P1", 0.6, 0.6)
            + Point("P9", 1.5, 1.5);
        var report = await service.ImportAsync(Datasets.Points, csv, "p.csv", "bad");

        Assert.False(report.Committed);
        Assert.Equal(
            (9L, 2L, 0L, 0L, 7L),
            (report.Read, report.Added, report.Changed, report.Unchanged, report.Refused)
        );
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], report.Rows.Select(r => r.Line));
        Assert.Equal(
            ["code", "name", "type", "geometry", "geometry", "geometry", "code"],
            report.Rows.Select(r =>
                r.Field switch
                {
                    "wkt" => "geometry",
                    var f => f,
                }
            )
        );
        Assert.Contains("swapped", report.Rows[4].Reason, StringComparison.Ordinal);
        Assert.Contains("line 2", report.Rows[6].Reason, StringComparison.Ordinal);
        Assert.Equal(
            0,
            await service.ScalarAsync<long>("SELECT count(*) FROM points WHERE street_code = 'bad'")
        );

        report = await service.ImportAsync(
            Datasets.Points,
            csv,
            "p.csv",
            "bad",
            with: r => r with { SkipBadRows = true }
        );
        Assert.True(report.Committed);
        Assert.Equal((2L, 7L), (report.Added, report.Refused));
        Assert.Equal(
            2,
            await service.ScalarAsync<long>("SELECT count(*) FROM points WHERE street_code = 'bad'")
        );
    }

    [Fact]
    public async Task A_dry_run_reports_what_the_real_run_does_and_writes_nothing()
    {
        await CreateAsync(service, "dry");
        var csv = Header + Point("P1", 0.5, 0.5) + Point("P2", 0.5, -0.1) + Point("P3", 9, 9);
        var dry = await service.ImportAsync(
            Datasets.Points,
            csv,
            "p.csv",
            "dry",
            with: r => r with { DryRun = true }
        );
        Assert.Equal(
            0,
            await service.ScalarAsync<long>("SELECT count(*) FROM points WHERE street_code = 'dry'")
        );
        var real = Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "dry"));

        Assert.Equal((dry.Read, dry.Added, dry.Placement), (real.Read, real.Added, real.Placement));
        Assert.Equal(new PlacementCounts(1, 1, 1), real.Placement);
    }

    [Fact]
    public async Task Columns_are_recognised_in_Chinese_and_mapped_or_set_by_hand()
    {
        await CreateAsync(service, "columns");
        var place = $"{Lon(0.5):0.0000000},{Lat(0.5):0.0000000}";
        var chinese = await service.ImportAsync(
            Datasets.Points,
            $"编码,名称,类型,经度,纬度\nP1,大溪沟市场,农贸市场,{place}\n",
            "p.csv",
            "columns"
        );
        Committed(chinese);
        Assert.Empty(chinese.Warnings);
        Assert.Equal(
            "market",
            await service.ScalarAsync<string>(
                "SELECT type FROM points WHERE street_code = 'columns' AND code = 'P1'"
            )
        );

        var mapped = await service.ImportAsync(
            Datasets.Points,
            $"nr,what,e,n\nP2,厕所,{place}\n",
            "p.csv",
            "columns",
            with: r =>
                r with
                {
                    Map = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["code"] = "nr",
                        ["name"] = "what",
                        ["lon"] = "e",
                        ["lat"] = "n",
                    },
                    Set = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["type"] = "public_toilet",
                    },
                }
        );
        Committed(mapped);

        var lacking = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(
                Datasets.Points,
                $"nr,what,e,n\nP2,厕所,{place}\n",
                "p.csv",
                "columns"
            )
        );
        Assert.Equal("columns-missing", lacking.Code);
        Assert.Contains("nr, what, e, n", lacking.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(
                Datasets.Points,
                "code\nx\n",
                "p.csv",
                "columns",
                with: r =>
                    r with
                    {
                        Map = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["colour"] = "code",
                        },
                    }
            )
        );
        Assert.Equal("unknown-field", unknown.Code);
    }

    [Fact]
    public async Task Categories_that_the_lists_lack_are_taken_and_named()
    {
        await CreateAsync(service, "lists");
        var report = Committed(
            await service.ImportAsync(
                Datasets.Venues,
                $"code,name,category,lon,lat\nV1,店,电竞酒店,{Lon(0.5):0.0000000},{Lat(0.5):0.0000000}\n",
                "v.csv",
                "lists"
            )
        );
        var warning = Assert.Single(report.Warnings);
        Assert.Equal("new-list-values", warning.Code);
        Assert.Equal(["电竞酒店"], warning.Details);
    }

    [Fact]
    public async Task Gates_need_their_school_and_issues_the_point_they_name()
    {
        await CreateAsync(service, "parents");
        var place = $"{Lon(0.5):0.0000000},{Lat(0.5):0.0000000}";
        var gates = await service.ImportAsync(
            Datasets.Gates,
            $"code,name,school,lon,lat\nG,正门,S,{place}\n",
            "g.csv",
            "parents"
        );
        Assert.Equal(("school", 2L), (Assert.Single(gates.Rows).Field, gates.Rows[0].Line));
        var issues = await service.ImportAsync(
            Datasets.Issues,
            $"code,category,found_at,closed_at,state,point,lon,lat\nI1,stall_occupying,2026-03-01,,open,P,{place}\nI2,stall_occupying,2026-03-02,2026-03-01,closed,,{place}\nI3,stall_occupying,2026-02-30,,open,,{place}\nI4,stall_occupying,2026-03-01,,gone,,{place}\n",
            "i.csv",
            "parents"
        );
        Assert.Equal(["point", "closed_at", "found_at", "state"], issues.Rows.Select(r => r.Field));
    }

    [Theory]
    [InlineData("500103011012", "500103011012001", null)]
    [InlineData("500103011012", "500103011013001", "community 500103011013")]
    [InlineData("500103011012", "50010301101200", "15")]
    [InlineData("500103011012", "50010301101200１", "ASCII")]
    [InlineData("500103012001", "500103011012001", "12 digits")]
    public async Task Codes_of_a_Chinese_street_are_checked_against_their_parents(
        string community,
        string grid,
        string? expected
    )
    {
        await using (
            var command = service.Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('500103011', '大溪沟街道') ON CONFLICT DO NOTHING"
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        ImportReport report = await service.ImportAsync(
            Datasets.Communities,
            $"code,name,wkt\n{community},社区,\"{Box(0, 0, 1, 1)}\"\n",
            "c.csv",
            "500103011"
        );
        if (report.Committed)
        {
            report = await service.ImportAsync(
                Datasets.Grids,
                $"code,name,community,wkt\n{grid},网格,{community},\"{Box(0, 0, 1, 1)}\"\n",
                "g.csv",
                "500103011",
                with: r => r with { DryRun = true }
            );
        }

        if (expected is null)
        {
            Assert.Empty(report.Rows);
        }
        else
        {
            Assert.Contains(
                expected,
                Assert.Single(report.Rows).Reason,
                StringComparison.OrdinalIgnoreCase
            );
        }
    }

    [Fact]
    public async Task A_grid_that_names_no_community_belongs_to_the_one_that_holds_most_of_it()
    {
        await CreateAsync(service, "derived");
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                $"code,name,wkt\nX,跨界,\"{Box(0.6, 0, 1.7, 1)}\"\n",
                "g.csv",
                "derived"
            )
        );
        Assert.Equal(
            "B",
            await service.ScalarAsync<string>(
                "SELECT parent_code FROM area_versions WHERE street_code = 'derived' AND code = 'X'"
            )
        );
        var outside = await service.ImportAsync(
            Datasets.Grids,
            $"code,name,wkt\nY,外面,\"{Box(5, 5, 6, 6)}\"\n",
            "g.csv",
            "derived"
        );
        Assert.Equal("community", Assert.Single(outside.Rows).Field);
    }

    [Fact]
    public async Task An_import_that_is_stopped_leaves_nothing_behind()
    {
        await CreateAsync(service, "stopped");
        var csv =
            Header
            + string.Concat(Enumerable.Range(0, 50_000).Select(i => Point($"P{i}", 0.5, 0.5)));
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, csv);
        try
        {
            using var stop = new CancellationTokenSource();
            var progress = new StopAt(stop, 10_000);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                service.Importer.RunAsync(
                    new ImportRequest(Datasets.Points, path, "p.csv", "stopped") { Crs = "wgs84" },
                    progress,
                    stop.Token
                )
            );
            Assert.Equal(
                0,
                await service.ScalarAsync<long>(
                    "SELECT count(*) FROM points WHERE street_code = 'stopped'"
                )
            );
            Committed(await service.ImportAsync(Datasets.Points, csv, "p.csv", "stopped"));
            Assert.Equal(
                50_000,
                await service.ScalarAsync<long>(
                    "SELECT count(*) FROM points WHERE street_code = 'stopped'"
                )
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Two_imports_of_the_same_file_at_once_add_each_record_once()
    {
        await CreateAsync(service, "twice");
        var csv =
            Header + string.Concat(Enumerable.Range(0, 500).Select(i => Point($"P{i}", 0.5, 0.5)));
        var reports = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => service.ImportAsync(Datasets.Points, csv, "p.csv", "twice"))
        );
        Assert.Equal(500, reports.Sum(r => r.Added));
        Assert.Equal(1500, reports.Sum(r => r.Unchanged));
    }

    private sealed class StopAt(CancellationTokenSource stop, long rows) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Rows >= rows)
            {
                stop.Cancel();
            }
        }
    }
}
