using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports.Reading;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using static GeoCivic.Tests.Imports.TestStreet;
using Shapefile = GeoCivic.Tests.Imports.Reading.ShapefileSourceReaderTests;

namespace GeoCivic.Tests.Imports;

/// <summary>GeoPackages into the database: the same as the other formats, with a declared coordinate system.</summary>
public sealed class GeoPackageImportTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string MediaType = "application/geopackage+sqlite3";

    [Fact]
    public async Task The_same_rows_in_three_formats_are_stored_as_the_same_geometries()
    {
        await CreateAsync(service, "formats");
        var shapes = new Dictionary<string, Geometry>(StringComparer.Ordinal)
        {
            ["S1"] = Read($"POLYGON(({Ring(0.1, 0.1, 0.6, 0.6)}),({Ring(0.2, 0.2, 0.3, 0.3)}))"),
            ["S2"] = Read(
                $"MULTIPOLYGON((({Ring(1.1, 0.1, 1.3, 0.3)})),(({Ring(1.5, 0.5, 1.9, 1.5)}),({Ring(1.6, 0.6, 1.7, 0.7)})))"
            ),
        };
        using var package = new GeoPackageWriter();
        package.Layer(
            "schools",
            "name TEXT",
            rows: [.. shapes.Select(s => (object?[])[s.Value, s.Key])]
        );
        var archive = Shapefile.Zip(
            ("x.shp", Shapefile.Shp(5, [.. shapes.Values.Select(Shape)])),
            ("x.dbf", Shapefile.Dbf(Encoding.UTF8, [.. shapes.Keys]))
        );
        List<string> features = [];
        foreach (var (name, shape) in shapes)
        {
            var written = await TextAsync($"SELECT ST_AsGeoJSON('{shape.AsText()}'::geometry, 15)");
            features.Add(
                $$$"""{"type":"Feature","geometry":{{{written}}},"properties":{"name":"{{{name}}}"}}"""
            );
        }

        var json = $$"""{"type":"FeatureCollection","features":[{{string.Join(",", features)}}]}""";
        List<string> stored = [];
        foreach (
            var (name, bytes) in ((string, byte[])[])
                [
                    ("s.gpkg", package.Bytes()),
                    ("s.zip", archive),
                    ("s.geojson", Encoding.UTF8.GetBytes(json)),
                ]
        )
        {
            Committed(
                await service.ImportAsync(
                    Datasets.Schools,
                    bytes,
                    name,
                    "formats",
                    "wgs84",
                    r => r with { Map = Pairs("code", "name"), Set = Pairs("kind", "primary") }
                )
            );
            stored.Add(
                await TextAsync(
                    "WITH gone AS (DELETE FROM schools WHERE street_code = 'formats' RETURNING code, name, geom) SELECT string_agg(concat_ws('|', code, name, ST_SRID(geom), ST_AsText(geom)), E'\\n' ORDER BY code) FROM gone"
                )
            );
        }

        Assert.Equal(2, stored[0].Split('\n').Length);
        Assert.Contains("|4326|MULTIPOLYGON(((", stored[0], StringComparison.Ordinal);
        Assert.Equal(stored[0], stored[1]);
        Assert.Equal(stored[0], stored[2]);
    }

    [Theory]
    [InlineData(4326, "wgs84")]
    [InlineData(4490, "cgcs2000")]
    [InlineData(3857, "EPSG:3857")]
    [InlineData(4544, "EPSG:4544")]
    [InlineData(0, "EPSG:4326")]
    public async Task Coordinates_are_in_the_system_that_is_declared(int system, string crs)
    {
        var street = $"system{system}";
        await CreateAsync(service, street);
        var wkb = Convert.FromHexString(
            await TextAsync(
                $"SELECT encode(ST_AsBinary(ST_Transform(ST_SetSRID(ST_Point({Lon(0.5)}, {Lat(0.5)}), 4326), {(system == 0 ? 4326 : system)})), 'hex')"
            )
        );
        using var package = new GeoPackageWriter();
        package.Layer(
            "点位",
            "code TEXT, name TEXT, type TEXT",
            system: system,
            rows:
            [
                [GeoPackageWriter.Blob(new WKBReader().Read(wkb), system), "P", "点", "market"],
            ]
        );
        var bytes = package.Bytes();
        var refusal = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(Datasets.Points, bytes, "p.gpkg", street, crs: null)
        );
        Assert.Equal(("crs-missing", 422), (refusal.Code, refusal.Status));
        Assert.Contains(
            system == 0 ? "undefined" : $"EPSG:{system}",
            refusal.Message,
            StringComparison.Ordinal
        );
        Committed(await service.ImportAsync(Datasets.Points, bytes, "p.gpkg", street, crs));
        Assert.Equal(
            "true",
            await TextAsync(
                $"SELECT (ST_Distance(geom::geography, ST_SetSRID(ST_Point({Lon(0.5)}, {Lat(0.5)}), 4326)::geography) < 0.02)::text FROM points WHERE street_code = '{street}'"
            )
        );
    }

    [Fact]
    public async Task Over_HTTP_a_layer_is_chosen_and_refused_rows_name_it_and_their_fid()
    {
        await CreateAsync(service, "gpkg");
        using var package = new GeoPackageWriter();
        const string Columns = "code TEXT, name TEXT, main BOOLEAN, school TEXT";
        var place = Read($"POINT({At(0.5, 0.5)})");
        package.Layer(
            "校门",
            Columns,
            "GEOMETRY",
            rows:
            [
                [place, "G1", "一", 1, "S"],
                [null, "G2", "二", 0, "S"],
                [Read($"LINESTRING({At(0, 0)},{At(1, 1)})"), "G3", "三", null, "S"],
                [place, "G4", "四", "perhaps", "S"],
            ]
        );
        package.Layer("other", Columns);
        package.Execute("UPDATE 校门 SET fid = 70 WHERE fid = 4");
        var bytes = package.Bytes();

        using (var several = await ProblemAsync(bytes, 422, "several-layers", ""))
        {
            Assert.Equal(
                ["校门", "other"],
                several
                    .RootElement.GetProperty("layers")
                    .EnumerateArray()
                    .Select(l => l.GetString())
            );
        }

        using (var none = await ProblemAsync(bytes, 422, "unknown-layer", "&layer=gates"))
        {
            Assert.Equal(2, none.RootElement.GetProperty("layers").GetArrayLength());
        }

        using var refused = await ProblemAsync(bytes, 422, "import-refused", "&layer=校门");
        Assert.Contains(
            "layer 校门 fid 1, school:",
            refused.RootElement.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
        var rows = refused.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.All(rows, r => Assert.Equal("校门", r.GetProperty("layer").GetString()));
        Assert.Contains((1L, "school"), Where());
        Assert.Contains((2L, "geometry"), Where());
        Assert.Contains((3L, "geometry"), Where());
        Assert.Contains((70L, "main"), Where());
        Assert.Equal(
            "0",
            await TextAsync("SELECT count(*)::text FROM gates WHERE street_code = 'gpkg'")
        );

        IEnumerable<(long, string?)> Where() =>
            rows.Select(r =>
                (r.GetProperty("line").GetInt64(), r.GetProperty("field").GetString())
            );
    }

    private async Task<JsonDocument> ProblemAsync(
        byte[] file,
        int status,
        string code,
        string options
    )
    {
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        using var answer = await service.Client.PostAsync(
            $"/api/imports/gates?street=gpkg&crs=wgs84&filename=gates.gpkg{options}",
            body
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)status == answer.StatusCode, text);
        var problem = JsonDocument.Parse(text);
        Assert.Equal($"/problems/{code}", problem.RootElement.GetProperty("type").GetString());
        return problem;
    }

    private async Task<string> TextAsync(FormattableString sql) =>
        await TextAsync(sql.ToString(CultureInfo.InvariantCulture));

    private async Task<string> TextAsync(string sql)
    {
        await using var command = service.Database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static Dictionary<string, string> Pairs(string field, string value) =>
        new(StringComparer.Ordinal) { [field] = value };

    private static Geometry Read(string wkt) => new WKTReader().Read(wkt);

    private static string Ring(double x0, double y0, double x1, double y1) =>
        $"{At(x0, y0)},{At(x1, y0)},{At(x1, y1)},{At(x0, y1)},{At(x0, y0)}";

    // Outer rings of a shapefile run clockwise, holes the other way.
    private static byte[] Shape(Geometry areas) =>
        Shapefile.Area([
            .. Enumerable
                .Range(0, areas.NumGeometries)
                .Select(i => (Polygon)areas.GetGeometryN(i))
                .SelectMany(p =>
                    p.InteriorRings.Select(r => Corners(r, clockwise: false))
                        .Prepend(Corners(p.ExteriorRing, clockwise: true))
                ),
        ]);

    private static double[][] Corners(LineString ring, bool clockwise)
    {
        var corners = ring.Coordinates.Select(c => (double[])[c.X, c.Y]);
        return [.. ((LinearRing)ring).IsCCW == clockwise ? corners.Reverse() : corners];
    }
}
