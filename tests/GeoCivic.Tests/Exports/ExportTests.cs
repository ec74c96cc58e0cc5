using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using GeoCivic.Exports;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Exports;

public sealed class ExportTests(DemoFixture demo) : IClassFixture<DemoFixture>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(
        "geocivic-test-export-"
    );

    private Exporter Exporter => new(demo.Database, TimeProvider.System);

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> ExportAsync(
        Dataset dataset,
        string extension,
        string? street = ServiceFixture.DemoStreet,
        DateOnly? at = null
    )
    {
        var path = Path.Combine(folder.FullName, $"{dataset.Name}{extension}");
        await Exporter.RunAsync(dataset, path, street, at, CancellationToken.None);
        return path;
    }

    public static TheoryData<string, string> EveryDatasetAndFormat()
    {
        var data = new TheoryData<string, string>();
        foreach (var dataset in Datasets.All)
        {
            foreach (var extension in (string[])[".geojson", ".json", ".csv", ".xlsx"])
            {
                if (dataset.HasPlace || extension is ".csv" or ".xlsx")
                {
                    data.Add(dataset.Name, extension);
                }
            }
        }

        // Points of several kinds, points alone, areas, and fields of yes and no, days and instants.
        foreach (
            var dataset in (Dataset[])
                [Datasets.Points, Datasets.Gates, Datasets.Venues, Datasets.Issues, Datasets.Grids]
        )
        {
            data.Add(dataset.Name, ".gpkg");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryDatasetAndFormat))]
    public async Task An_export_imports_again_and_changes_nothing(string name, string extension)
    {
        var dataset = Datasets.Find(name)!;
        var path = await ExportAsync(dataset, extension);
        var report = await demo.ImportFileAsync(dataset, path);
        Assert.Empty(report.Rows);
        Assert.True(report.Read > 0);
        Assert.Equal((0, 0, report.Read), (report.Added, report.Changed, report.Unchanged));
        var table = dataset.AreaLevel is null
            ? $"SELECT count(*) FROM {dataset.Versions?.Latest ?? dataset.Table}"
            : $"SELECT count(*) FROM area_versions WHERE level = '{dataset.AreaLevel}' AND valid_until = 'infinity'";
        Assert.Equal(await demo.ScalarAsync<long>(table), report.Read);
        Assert.Equal([Path.GetFileName(path)], folder.EnumerateFiles().Select(f => f.Name));
    }

    [Fact]
    public async Task Texts_that_spreadsheets_take_for_formulas_come_back_as_they_went()
    {
        string[] names =
        [
            "=cmd|' /C calc'!A0",
            "+1",
            "-2",
            "@SUM(A1)",
            "'=quoted already",
            "''-twice",
            "'plain",
            "a,b;\"c\" 𠀀",
            "<img src=x onerror=alert(1)>",
            "_x0041_ _x005F_x0041_ _x41_",
        ];
        await demo.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES ('formula', 'Formula') ON CONFLICT DO NOTHING"
        );
        var features = names.Select(
            (n, i) =>
                new
                {
                    type = "Feature",
                    geometry = new { type = "Point", coordinates = (double[])[-70.5 - i, -33.25] },
                    properties = new
                    {
                        code = $"-{i}",
                        name = n,
                        type = "other",
                    },
                }
        );
        var report = await demo.ImportAsync(
            Datasets.Points,
            JsonSerializer.Serialize(new { type = "FeatureCollection", features }),
            "points.geojson",
            "formula"
        );
        Assert.Empty(report.Rows);
        foreach (var extension in (string[])[".csv", ".xlsx", ".geojson"])
        {
            var path = await ExportAsync(Datasets.Points, extension, "formula");
            var again = await demo.ImportFileAsync(Datasets.Points, path, "formula");
            Assert.Empty(again.Rows);
            Assert.Equal((0, 0, names.Length), (again.Added, again.Changed, again.Unchanged));
        }

        var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "points.csv"));
        Assert.Contains("'=cmd|", text, StringComparison.Ordinal);
        foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            Assert.StartsWith("'-", line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("=1")]
    [InlineData("'=1")]
    [InlineData("''''=1")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("'a")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("\tx")]
    public void The_apostrophe_of_a_formula_is_taken_away_again(string text)
    {
        var written = FormulaText.Write(text);
        Assert.Equal(text, FormulaText.Read(written));
        Assert.False(written.Length > 0 && written[0] is '=' or '+' or '-' or '@' or '\t');
    }

    [Fact]
    public async Task A_table_of_points_has_lon_and_lat_and_a_byte_order_mark()
    {
        var bytes = await File.ReadAllBytesAsync(await ExportAsync(Datasets.Gates, ".csv"));
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("code,name,school,main,accuracy,datum,lon,lat", lines[0]);
        Assert.StartsWith(
            "S01-G1,巴蜀中学正门,S01,,,wgs84,106.5572395,29.563516",
            lines[1],
            StringComparison.Ordinal
        );
        var points = await File.ReadAllLinesAsync(await ExportAsync(Datasets.Points, ".csv"));
        Assert.Equal("code,name,type,building,floor,sub_place,wkt", points[0]);
        Assert.Contains("POLYGON((", points[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_is_valid_and_holds_texts_only()
    {
        var path = await ExportAsync(Datasets.Issues, ".xlsx");
        using var workbook = SpreadsheetDocument.Open(path, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(e => e.Description));
        using var zip = ZipFile.OpenRead(path);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.DoesNotContain("<f>", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boundaries_of_a_past_day_are_those_of_that_day()
    {
        await demo.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('past', 'Past');
            INSERT INTO areas (street_code, level, code) VALUES ('past', 'community', 'c');
            INSERT INTO area_versions (street_code, level, code, valid_from, valid_until, name, parent_code, geom)
            VALUES ('past', 'community', 'c', '2020-01-01', '2024-07-01', 'Old', 'past', ST_Multi(ST_MakeEnvelope(10, 10, 11, 11, 4326))),
                   ('past', 'community', 'c', '2024-07-01', 'infinity', 'New', 'past', ST_Multi(ST_MakeEnvelope(10, 10, 12, 11, 4326)));
            """
        );
        async Task<string[]> NamesAsync(DateOnly? at)
        {
            using var file = JsonDocument.Parse(
                await File.ReadAllBytesAsync(
                    await ExportAsync(Datasets.Communities, ".geojson", "past", at)
                )
            );
            return
            [
                .. file
                    .RootElement.GetProperty("features")
                    .EnumerateArray()
                    .Select(f => f.GetProperty("properties").GetProperty("name").GetString()!),
            ];
        }

        Assert.Equal(["Old"], await NamesAsync(new DateOnly(2024, 6, 30)));
        Assert.Equal(["New"], await NamesAsync(new DateOnly(2024, 7, 1)));
        Assert.Equal(["New"], await NamesAsync(null));
        Assert.Empty(await NamesAsync(new DateOnly(2019, 12, 31)));
    }

    [Fact]
    public async Task What_cannot_be_exported_leaves_no_file()
    {
        await Assert.ThrowsAsync<ProblemException>(() => ExportAsync(Datasets.Points, ".shp"));
        await Assert.ThrowsAsync<ProblemException>(() =>
            ExportAsync(Datasets.Points, ".csv", "unknown")
        );
        await Assert.ThrowsAsync<ProblemException>(() =>
            ExportAsync(Datasets.Points, ".csv", street: null)
        );
        await Assert.ThrowsAsync<ProblemException>(() =>
            ExportAsync(Datasets.Points, ".csv", at: new DateOnly(2026, 1, 1))
        );
        await demo.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('long', 'Long');
            INSERT INTO base_features (street_code, code, kind, geom)
            SELECT 'long', 'b', 'river', ST_SetSRID(ST_MakeLine(ST_MakePoint(n * 0.001, n % 7) ORDER BY n), 4326) FROM generate_series(1, 5000) n;
            """
        );
        var tooLong = await Assert.ThrowsAsync<ProblemException>(() =>
            ExportAsync(Datasets.Base, ".xlsx", "long")
        );
        Assert.Contains("32767", tooLong.Message, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFiles());
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Exporter.RunAsync(
                Datasets.Issues,
                Path.Combine(folder.FullName, "issues.csv"),
                ServiceFixture.DemoStreet,
                at: null,
                cancelled
            )
        );
        Assert.Empty(folder.EnumerateFiles());
    }
}
