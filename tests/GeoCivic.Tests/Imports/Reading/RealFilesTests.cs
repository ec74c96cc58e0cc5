using GeoCivic.Imports.Reading;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Files as their publishers made them, read from the data beside the repository.</summary>
public sealed class RealFilesTests
{
    private static List<GeometryResult> Checked(
        WholeFile file,
        GeometryKinds allowed,
        bool repair = false
    ) => [.. file.Rows.Select(r => GeometryRules.Check(r.Geometry, allowed, repair))];

    [Fact]
    public void The_campuses_of_Washington_have_one_invalid_ring_which_is_named_and_can_be_repaired()
    {
        var file = SourceFiles.Open(
            RepositoryFiles.Shared("us-dc-civic", "public-school-grounds.geojson")
        );
        Assert.Equal(173, file.Rows.Count);
        Assert.All(file.Rows, r => Assert.Null(r.Fault));
        var refused = file
            .Rows.Zip(Checked(file, GeometryKinds.MultiPolygon))
            .Where(r => r.Second.Fault is not null)
            .ToList();
        var (row, result) = Assert.Single(refused);
        Assert.NotNull(row["GIS_ID"]);
        Assert.InRange(result.Fault!.Lon!.Value, -77.12, -76.9);
        Assert.InRange(result.Fault.Lat!.Value, 38.79, 39.0);
        var repaired = GeometryRules.Check(row.Geometry, GeometryKinds.MultiPolygon, repair: true);
        Assert.True(repaired.Geometry?.IsValid);
        Assert.IsType<MultiPolygon>(repaired.Geometry);
        Assert.Contains(
            repaired.Notes,
            n =>
                n.StartsWith("repaired: ", StringComparison.Ordinal)
                && n.Contains("m² before", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("ward-2012.geojson", 8)]
    [InlineData("advisory-neighborhood-commission-2013.geojson", 40)]
    [InlineData("neighborhood-clusters.geojson", 39)]
    [InlineData("university-and-college-campuses.geojson", 30)]
    public void The_areas_of_Washington_are_accepted(string name, int count)
    {
        var file = SourceFiles.Open(RepositoryFiles.Shared("us-dc-civic", name));
        var results = Checked(file, GeometryKinds.MultiPolygon);
        Assert.Equal(count, results.Count);
        Assert.All(results, r => Assert.Null(r.Fault));
        Assert.All(results, r => Assert.True(r.Geometry?.IsValid));
        // A vertex moves by at most half the diagonal of the grid, so the area by at most that along the outline.
        var moved = results
            .Zip(file.Rows)
            .Where(r =>
                Math.Abs(r.First.Geometry!.Area - r.Second.Geometry!.Area)
                > r.Second.Geometry.Length * 0.71e-7
            )
            .Select(r => r.Second.Line);
        Assert.Empty(moved);
    }

    [Theory]
    [InlineData("public-schools.geojson", 122)]
    [InlineData("liquor-license-locations.geojson", 2012)]
    [InlineData("metro-station-entrances-district.geojson", 88)]
    public void The_points_of_Washington_are_accepted(string name, int count)
    {
        var file = SourceFiles.Open(RepositoryFiles.Shared("us-dc-civic", name));
        Assert.Equal(count, file.Rows.Count);
        Assert.All(Checked(file, GeometryKinds.Point), r => Assert.Null(r.Fault));
    }

    [Fact]
    public void The_service_requests_of_Washington_are_read_and_the_one_without_an_id_is_left_to_the_import()
    {
        var rows = 0;
        var without = 0;
        foreach (var part in new[] { "dc311_2016_part1.csv", "dc311_2016_part2.csv" })
        {
            var file = SourceFiles.Open(RepositoryFiles.Shared("us-dc-civic", part));
            rows += file.Rows.Count;
            foreach (var row in file.Rows)
            {
                Assert.Null(row.Fault);
                if (!StrictCode.TryParse(row["SERVICEREQUESTID"], out _, out _))
                {
                    without++;
                    continue;
                }
                Assert.True(
                    StrictTimestamp.TryParse(row["ADDDATE"], out _, out var reason),
                    $"line {row.Line} {reason}"
                );
                var point = GeometryText.ReadPoint(
                    row["LONGITUDE"],
                    row["LATITUDE"],
                    "LONGITUDE",
                    "LATITUDE",
                    out var fault
                );
                Assert.Null(fault);
                Assert.Null(GeometryRules.Check(point, GeometryKinds.Point, false).Fault);
            }
        }
        Assert.Equal(22_577, rows);
        Assert.Equal(1, without);
    }

    [Theory]
    [InlineData("streets_500103.geojson", 12, GeometryKinds.MultiPolygon)]
    [InlineData("pois_schools_hospitals.geojson", -1, GeometryKinds.Point)]
    [InlineData("railways_500103.geojson", -1, GeometryKinds.AnyLine)]
    [InlineData("roads_500103.geojson", -1, GeometryKinds.AnyLine)]
    [InlineData("water_500103.geojson", -1, GeometryKinds.MultiPolygon)]
    public void The_files_of_Yuzhong_are_accepted(string name, int count, GeometryKinds allowed)
    {
        var file = SourceFiles.Open(RepositoryFiles.Shared("cn-yuzhong", name));
        Assert.True(
            count < 0 ? file.Rows.Count > 0 : file.Rows.Count == count,
            $"{file.Rows.Count}"
        );
        Assert.All(file.Rows, r => Assert.Null(r.Fault));
        Assert.All(Checked(file, allowed), r => Assert.Null(r.Fault));
    }

    [Fact]
    public void Six_districts_of_Chongqing_have_parts_that_overlap_and_are_repaired_without_losing_area()
    {
        var file = SourceFiles.Open(
            RepositoryFiles.Shared("cn-yuzhong", "districts_500000_gcj02.geojson")
        );
        Assert.Equal(38, file.Rows.Count);
        var refused = file
            .Rows.Where(r =>
                GeometryRules.Check(r.Geometry, GeometryKinds.MultiPolygon, false).Fault is not null
            )
            .ToList();
        Assert.Equal(6, refused.Count);
        foreach (var row in refused)
        {
            var repaired = GeometryRules.Check(
                row.Geometry,
                GeometryKinds.MultiPolygon,
                repair: true
            );
            Assert.True(repaired.Geometry?.IsValid);
            Assert.InRange(repaired.Geometry!.Area / row.Geometry!.Area, 0.999, 1.0001);
        }
    }

    [Fact]
    public void The_valid_examples_of_the_standard_are_read()
    {
        Assert.Equal(
            3,
            SourceFiles
                .Open(RepositoryFiles.Shared("geojson-valid", "featurecollection", "one.geojson"))
                .Rows.Count
        );
        Assert.Single(
            SourceFiles.Open(RepositoryFiles.Shared("geojson-valid", "feature", "one.geojson")).Rows
        );
        foreach (
            var path in Directory.EnumerateFiles(
                RepositoryFiles.Shared("geojson-valid", "geometry"),
                "*.geojson"
            )
        )
        {
            var bare = Assert.Throws<SourceFileException>(() => SourceFiles.Open(path));
            Assert.Equal("not-a-feature-collection", bare.Code);
            using var files = new SourceFiles();
            var wrapped = files.Read(
                "a.geojson",
                $$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{{File.ReadAllText(path)}}}]}"""
            );
            var row = Assert.Single(wrapped.Rows);
            var name = Path.GetFileNameWithoutExtension(path);
            if (name.StartsWith("geometrycollection", StringComparison.Ordinal))
            {
                Assert.Contains("GeometryCollection", row.Fault?.Reason, StringComparison.Ordinal);
                continue;
            }
            Assert.Null(row.Fault);
            Assert.Equal(
                name.Split('-')[0],
                row.Geometry?.GeometryType,
                StringComparer.OrdinalIgnoreCase
            );
            Assert.Equal(
                name.EndsWith("-xyz", StringComparison.Ordinal) ? 1 : 0,
                wrapped.Notes.Length
            );
        }
    }
}
