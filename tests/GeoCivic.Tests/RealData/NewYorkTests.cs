using GeoCivic.Imports;
using GeoCivic.Tests.Hotspots;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.RealData;

/// <summary>New York: 35,746 thefts of vehicles as issues, census tracts as grids, community districts as communities.</summary>
public sealed class NewYorkTests : ServiceFixture
{
    [Fact]
    public async Task Hot_spots_of_thefts_over_two_thousand_tracts_are_those_of_the_slow_formula()
    {
        await ExecuteAsync("INSERT INTO streets (street_code, name) VALUES ('nyc', 'New York')");
        await TakeAsync(
            Datasets.Communities,
            "community_district.geojson",
            "code=boro_cd name=name"
        );
        await TakeAsync(Datasets.Grids, "census_tract_2010.geojson", "code=geoid name=name");
        await TakeAsync(
            Datasets.Issues,
            "nyc_vehicle_thefts_2014_2017.csv",
            "code=uid found_at=date_single lon=longitude lat=latitude",
            ("category", "vehicle_theft"),
            ("state", "open")
        );
        var (root, cells) = await HotspotReference.AskAsync(
            this,
            "street=nyc&level=grid&from=2015-01-01&to=2016-12-31&category=vehicle_theft"
        );
        Assert.Equal(cells.Count, root.GetProperty("n").GetInt32());
        Assert.InRange(cells.Count, 2_000, 2_167);
        Assert.Equal(
            await ScalarAsync<long>(
                "SELECT count(*) FROM issues WHERE grid_code IS NOT NULL AND found_at >= '2015-01-01T00:00:00+08:00' AND found_at < '2017-01-01T00:00:00+08:00'"
            ),
            cells.Sum(c => c.Count)
        );
        Assert.Contains(cells, c => c.Class == "hot_99");
        var pairs = await HotspotReference.PairsAsync(this, "nyc", srid: 32618);
        var around = pairs.ToLookup(p => p.Item1, p => p.Item2, StringComparer.Ordinal);
        Assert.InRange(around.Average(a => a.Count()), 4, 8);
        HotspotReference.AssertAgrees(cells, (a, b) => pairs.Contains((a.Code, b.Code)));
    }

    private async Task TakeAsync(
        Dataset dataset,
        string file,
        string map,
        params (string Field, string Value)[] set
    )
    {
        var report = await ImportFileAsync(
            dataset,
            RepositoryFiles.Shared("us-nyc-points", file),
            "nyc",
            with: r =>
                r with
                {
                    Map = map.Split(' ')
                        .Select(p => p.Split('='))
                        .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal),
                    Set = set.ToDictionary(s => s.Field, s => s.Value, StringComparer.Ordinal),
                    SkipBadRows = true,
                    Repair = dataset != Datasets.Issues,
                }
        );
        Assert.True(report.Committed, $"{file}: {string.Join(' ', report.Rows.Take(3))}");
        Assert.True(
            report.Added > report.Read * 0.9,
            $"{file}: {report.Added} of {report.Read}: {string.Join(' ', report.Rows.Take(3))}"
        );
    }
}
