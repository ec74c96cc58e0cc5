using System.Globalization;
using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.RealData;

/// <summary>渝中区: twelve streets, 48 schools, and the district outline in GCJ-02.</summary>
public sealed class YuzhongTests(YuzhongTests.District district)
    : IClassFixture<YuzhongTests.District>
{
    /// <summary>Twelve streets as tenants, and once more as communities and grids of a district 500103.</summary>
    public sealed class District : ServiceFixture
    {
        internal ImportReport Streets { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Func<ImportRequest, ImportRequest> map = r =>
                r with
                {
                    Map = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["code"] = "street",
                        ["name"] = "street",
                    },
                };
            Streets = await ImportFileAsync(
                Datasets.Streets,
                File("streets_500103.geojson"),
                street: null,
                with: map
            );
            await using var command = Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('500103', '渝中区')"
            );
            await command.ExecuteNonQueryAsync();
            await ImportFileAsync(
                Datasets.Communities,
                File("streets_500103.geojson"),
                "500103",
                with: map
            );
            await ImportFileAsync(
                Datasets.Grids,
                File("streets_500103.geojson"),
                "500103",
                with: map
            );
        }

        internal static string File(string name) => RepositoryFiles.Shared("cn-yuzhong", name);
    }

    [Fact]
    public void Twelve_streets_are_taken_with_their_boundaries()
    {
        Assert.True(district.Streets.Committed);
        Assert.Equal(
            (12L, 12L, 0L),
            (district.Streets.Read, district.Streets.Added, district.Streets.Refused)
        );
    }

    [Fact]
    public async Task Each_of_the_48_schools_lies_in_exactly_one_street()
    {
        using var pois = JsonDocument.Parse(
            await File.ReadAllTextAsync(District.File("pois_schools_hospitals.geojson"))
        );
        var schools = pois
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Where(f =>
                f.GetProperty("properties").GetProperty("kind").GetString()
                    is "primary_school"
                        or "secondary_school"
            )
            .Select(
                (f, i) =>
                {
                    var at = f.GetProperty("geometry").GetProperty("coordinates");
                    var kind = f.GetProperty("properties").GetProperty("kind").GetString();
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"S{i:00},{f.GetProperty("properties").GetProperty("name").GetString()},{kind},{at[0].GetDouble()},{at[1].GetDouble()}\n"
                    );
                }
            )
            .ToList();
        Assert.Equal(48, schools.Count);
        var report = await district.ImportAsync(
            Datasets.Schools,
            "code,name,kind,lon,lat\n" + string.Concat(schools),
            "schools.csv",
            "500103",
            crs: "wgs84"
        );
        Assert.True(report.Committed, $"{report.Rows.FirstOrDefault()}");
        Assert.Equal(new PlacementCounts(48, 0, 0), report.Placement);
        await using var command = district.Database.CreateCommand(
            """
            SELECT count(*) FROM schools s
            WHERE (SELECT count(*) FROM area_versions v WHERE v.level = 'street' AND ST_Covers(v.geom, s.geom)) = 1
              AND EXISTS (SELECT FROM area_versions v WHERE v.level = 'street' AND v.street_code = s.grid_code AND ST_Covers(v.geom, s.geom))
            """
        );
        Assert.Equal(48L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_district_outline_in_GCJ02_lands_right_after_conversion()
    {
        await using (
            var command = district.Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('cq', '重庆市'), ('cq raw', '重庆市')"
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        Func<ImportRequest, ImportRequest> with = r =>
            r with
            {
                Map = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["code"] = "adcode",
                },
                // some districts of this file have parts that overlap
                Repair = true,
            };
        var file = District.File("districts_500000_gcj02.geojson");
        var right = await district.ImportFileAsync(Datasets.Communities, file, "cq", "gcj02", with);
        Assert.True(right.Committed, $"{right.Rows.FirstOrDefault()}");
        Assert.Equal(38, right.Added);
        await district.ImportFileAsync(Datasets.Communities, file, "cq raw", "wgs84", with);

        // Offset of the outline's centroid from that of the twelve streets: the shift is gone, the outlines differ in detail.
        Assert.InRange(await OffsetAsync("cq"), 0, 180);
        Assert.InRange(await OffsetAsync("cq raw"), 350, 600);
    }

    private async Task<double> OffsetAsync(string street)
    {
        await using var command = district.Database.CreateCommand(
            """
            SELECT ST_Distance(ST_Centroid(d.geom)::geography, (
                SELECT ST_Centroid(ST_Union(s.geom))::geography FROM area_versions s WHERE s.level = 'street'))
            FROM area_versions d WHERE d.street_code = $1 AND d.code = '500103'
            """
        );
        command.Parameters.Add(new() { Value = street });
        return (double)(await command.ExecuteScalarAsync())!;
    }
}
