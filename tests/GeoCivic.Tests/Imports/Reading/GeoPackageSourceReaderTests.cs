using System.Text;
using GeoCivic.Imports.Reading;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using static GeoCivic.Tests.Imports.Reading.GeoPackageWriter;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Layers of GeoPackages: which is read, its columns, its geometries, its coordinate system.</summary>
public sealed class GeoPackageSourceReaderTests : IDisposable
{
    private static readonly GeometryFactory Factory = new();
    private static readonly WKTReader Wkt = new();

    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_GeoPackage_of_another_program_is_read_with_its_Chinese_columns()
    {
        var read = _files.Read("学校.gpkg", GdalGeoPackage.Bytes());
        Assert.False(read.IsTable);
        Assert.Equal(["fid", "编码", "名称", "面积", "建成", "正门", "更新"], read.Columns);
        Assert.Equal([1L, 2L, 3L], read.Rows.Select(r => r.Line));
        Assert.All(read.Rows, r => Assert.Null(r.Fault));
        var (first, second, third) = (read.Rows[0], read.Rows[1], read.Rows[2]);
        Assert.Equal(
            ["1", "S1", "大溪沟小学", "1234.5", "1998-09-01", "true", "2026-03-05T06:05:00.000Z"],
            read.Columns.Select(c => first[c])
        );
        Assert.Equal(
            ["2", "S2", "人和街小学", null, null, "false", null],
            read.Columns.Select(c => second[c])
        );
        var areas = Assert.IsType<MultiPolygon>(first.Geometry);
        Assert.Equal((0.002 * 0.002) - (0.001 * 0.001) + (0.001 * 0.001), areas.Area, 1e-12);
        Assert.Equal(1, areas.Geometries.Sum(g => ((Polygon)g).NumInteriorRings));
        Assert.All(areas.Coordinates, c => Assert.True(double.IsNaN(c.Z)));
        Assert.IsType<Polygon>(second.Geometry);
        Assert.Null(third.Geometry);
        Assert.Equal(
            [
                "layer '学校' read, labelled EPSG:4326 WGS 84 geodetic",
                "heights and measures of the shapes are left out",
            ],
            read.Notes
        );
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    public void Values_are_read_by_what_they_are_and_bad_ones_named(string encoding)
    {
        using var file = new GeoPackageWriter(encoding);
        var place = Factory.CreatePoint(new Coordinate(106.55, 29.56));
        file.Layer(
            "点位",
            "code TEXT(20), \"a \"\"b\"\"\" DOUBLE, open BOOLEAN, n MEDIUMINT, day DATE, at DATETIME, photo BLOB, twice INTEGER AS (n * 2) VIRTUAL",
            "POINT",
            4326,
            [place, "大溪沟𠮷", 0.1, 1, 7, "2026-03-05", "2026-03-05T06:05:00.250Z", new byte[9]],
            [place, "", 1e300, 0, "seven", null, null, null],
            [place, new byte[] { 1 }, 5.0, 2, -1, null, null, null],
            [place, "a\0b", null, null, null, null, null, null],
            [null, new string('x', 300), null, null, null, null, null, null]
        );
        file.Execute("UPDATE \"点位\" SET fid = 900000000000 WHERE fid = 5");
        var read = _files.Read(
            "a.gpkg",
            file.Bytes(),
            limits: new SourceLimits { MaxFieldChars = 200 }
        );
        Assert.Equal(["fid", "code", "a \"b\"", "open", "n", "day", "at"], read.Columns);
        Assert.Equal([1L, 2L, 3L, 4L, 900_000_000_000L], read.Rows.Select(r => r.Line));
        Assert.Equal(
            ["1", "大溪沟𠮷", "0.1", "true", "7", "2026-03-05", "2026-03-05T06:05:00.250Z"],
            read.Columns.Select(c => read.Rows[0][c])
        );
        Assert.Equal(
            ["2", null, "1E+300", "false", "seven", null, null],
            read.Columns.Select(c => read.Rows[1][c])
        );
        Assert.Equal(
            ["3", null, "5", "2", "-1", null, null],
            read.Columns.Select(c => read.Rows[2][c])
        );
        Assert.Equal([null, null, "code", "code", "code"], read.Rows.Select(r => r.Fault?.Field));
        Assert.Contains("NUL", read.Rows[3].Fault!.Reason, StringComparison.Ordinal);
        Assert.Contains("longer than 200", read.Rows[4].Fault!.Reason, StringComparison.Ordinal);
        Assert.Contains(
            read.Notes,
            n => n.Contains("'photo' holds bytes", StringComparison.Ordinal)
        );
        Assert.Contains(
            read.Notes,
            n => n.Contains("'twice' is computed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_text_that_is_not_UTF_8_is_named()
    {
        using var file = new GeoPackageWriter();
        file.Layer(
            "a",
            "name TEXT",
            rows:
            [
                [null, "a"],
                [null, "b"],
            ]
        );
        file.Execute("UPDATE a SET name = CAST(x'E5A4A7C3' AS TEXT) WHERE fid = 2");
        var rows = _files.Read("a.gpkg", file.Bytes()).Rows;
        Assert.Null(rows[0].Fault);
        Assert.Equal(("name", true), (rows[1].Fault?.Field, rows[1].Fault?.Malformed));
    }

    [Fact]
    public void Geometries_are_those_that_another_reader_of_the_binary_form_gives()
    {
        string[] texts =
        [
            "POINT (1 2)",
            "LINESTRING (0 0, 1 2, 3 4)",
            "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))",
            "MULTIPOINT ((1 2), (3 4))",
            "MULTILINESTRING ((0 0, 1 1), (5 5, 6 7, 8 9))",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        ];
        var given = texts.Select(Wkt.Read).ToList();
        var order = 0;
        object?[] Row(Geometry shape) =>
            [
                Blob(
                    shape,
                    order % 3 - 1,
                    order % 2 == 0 ? ByteOrder.LittleEndian : ByteOrder.BigEndian,
                    order++ % 5
                ),
            ];
        using var file = new GeoPackageWriter();
        object?[][] rows = [.. given.Concat(given).Concat(given).Concat(given).Select(Row)];
        file.Layer("all", system: 0, rows: rows);
        var read = _files.Read("a.gpkg", file.Bytes()).Rows;
        Assert.Equal(24, read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            Assert.Null(read[i].Fault);
            Assert.True(given[i % 6].EqualsExact(read[i].Geometry), texts[i % 6]);
        }
    }

    public static TheoryData<string, string, bool> BadGeometries =>
        new()
        {
            { "", "not a geometry of a GeoPackage", true },
            { "4750", "not a geometry of a GeoPackage", true },
            { "0101000000" + Xy, "not a geometry of a GeoPackage", true },
            { "47500101E6100000" + PointXy, "version 1", true },
            { "47500021E6100000" + PointXy, "extended type", false },
            { "47500011E6100000" + PointXy, "is empty", false },
            { "47500001" + "110F0000" + PointXy, "srs_id 3857 but its layer in 4326", true },
            { "4750000BE6100000" + PointXy, "header of the geometry is damaged", true },
            { "47500003E6100000" + "00000000", "header of the geometry is damaged", true },
            { Head, "form its type asks for", true },
            { Head + "0201000000" + Xy, "form its type asks for", true },
            { Head + "0101000000" + Xy[..30], "form its type asks for", true },
            { Head + PointXy + "00", "Something follows", true },
            { Head + "0101000020E6100000" + Xy, "SRID of its own", true },
            { Head + "0101000000" + Nan + Nan, "not a finite number", true },
            { Head + "0101000000" + "000000000000F07F" + Nan, "not a finite number", true },
            { Head + "010200000001000000" + Xy, "form its type asks for", true },
            { Head + "010200000000000000", "is empty", false },
            { Head + "0102000000FFFFFFFF" + Xy, "form its type asks for", true },
            { Head + "01030000000100000004000000" + Xy + Xy, "form its type asks for", true },
            { Head + "01030000000100000000000000", "form its type asks for", true },
            { Head + "010600000001000000" + PointXy, "form its type asks for", true },
            { Head + "0106000000FFFFFF7F" + PointXy, "form its type asks for", true },
            { Head + "010700000001000000" + PointXy, "GeometryCollection is not accepted", false },
            { Head + "010800000003000000" + Xy + Xy + Xy, "Curved", false },
            { Head + "010A00000000000000", "Curved", false },
            { Head + "0110000000" + "00000000", "type 16", false },
            { Head + "01A10F0000" + Xy, "type 4001", false },
        };

    private const string Head = "47500001E6100000";
    private const string Nan = "000000000000F87F";
    private const string Xy = "000000000000F03F0000000000000040";
    private const string PointXy = "0101000000" + Xy;

    [Fact]
    public void A_bad_geometry_is_named_in_its_row_and_never_breaks_the_reader()
    {
        using var file = new GeoPackageWriter();
        file.Layer(
            "a",
            rows:
            [
                .. BadGeometries.Select(b => (object?[])[Convert.FromHexString((string)b[0])]),
                ["POINT (1 2)"],
                [1.5],
                [.. Nested()],
            ]
        );
        var rows = _files.Read("a.gpkg", file.Bytes()).Rows;
        Assert.Equal(BadGeometries.Count + 3, rows.Count);
        foreach (var (row, expected) in rows.Zip(BadGeometries))
        {
            Assert.Null(row.Geometry);
            Assert.Equal("geometry", row.Fault?.Field);
            Assert.True(
                row.Fault!.Reason.Contains((string)expected[1], StringComparison.Ordinal)
                    && row.Fault.Malformed == (bool)expected[2],
                $"{expected[0]}: {row.Fault}"
            );
        }

        Assert.All(rows, r => Assert.NotNull(r.Fault));
    }

    [Fact]
    public void Heights_and_measures_are_left_out_in_all_their_spellings()
    {
        // ISO Z, M, ZM and the bits of JTS and PostGIS.
        string[] types = ["E9030000", "D1070000", "B90B0000", "01000080", "01000040", "010000C0"];
        using var file = new GeoPackageWriter();
        file.Layer(
            "a",
            rows:
            [
                .. types.Select(
                    (t, i) =>
                        (object?[])
                            [
                                Convert.FromHexString(
                                    Head + "01" + t + Xy + Nan + (i % 3 == 2 ? Nan : "")
                                ),
                            ]
                ),
            ]
        );
        var read = _files.Read("a.gpkg", file.Bytes());
        Assert.All(
            read.Rows,
            r =>
                Assert.True(
                    r.Geometry is Point { X: 1, Y: 2 } && double.IsNaN(r.Geometry.Coordinate.Z),
                    r.Fault?.Reason
                )
        );
        Assert.Contains("heights and measures of the shapes are left out", read.Notes);
    }

    [Fact]
    public void A_geometry_of_too_many_vertices_or_a_record_of_too_many_bytes_is_413()
    {
        using var file = new GeoPackageWriter();
        file.Layer(
            "a",
            rows:
            [
                [
                    Factory.CreateLineString([
                        .. Enumerable.Range(0, 60).Select(i => new Coordinate(i, 0)),
                    ]),
                ],
            ]
        );
        var bytes = file.Bytes();
        var many = _files.Refused(
            "a.gpkg",
            bytes,
            limits: new SourceLimits { MaxVerticesPerGeometry = 59 }
        );
        Assert.Equal((413, "too-many-vertices"), (many.Status, many.Code));
        var large = _files.Refused(
            "b.gpkg",
            bytes,
            limits: new SourceLimits { MaxFeatureBytes = 900 }
        );
        Assert.Equal((413, "feature-too-large"), (large.Status, large.Code));
    }

    [Fact]
    public void One_of_several_layers_has_to_be_chosen_and_only_tables_of_features_are_layers()
    {
        using var file = new GeoPackageWriter();
        var place = Factory.CreatePoint(new Coordinate(1, 2));
        file.Layer(
            "学校",
            "code TEXT",
            rows:
            [
                [place, "S"],
            ]
        );
        file.Layer(
            "venues; --",
            "code TEXT",
            rows:
            [
                [place, "V"],
            ]
        );
        file.Execute(
            """
            CREATE VIEW seen AS SELECT * FROM "学校";
            INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES
                ('seen', 'features', 'seen', 4326), ('rtree_学校_geom', 'features', 'r', 4326), ('gone', 'features', 'gone', 4326),
                ('gpkg_extensions', 'attributes', 'e', 4326), ('gpkg_ogr_contents', 'tiles', 't', 4326);
            INSERT INTO gpkg_geometry_columns VALUES ('seen', 'geom', 'POINT', 4326, 0, 0);
            """
        );
        var bytes = file.Bytes();
        var several = _files.Refused("a.gpkg", bytes);
        Assert.Equal((422, "several-layers"), (several.Status, several.Code));
        Assert.Equal(["学校", "venues; --"], (List<string>)several.Extensions["layers"]!);
        Assert.Equal("V", _files.Read("a.gpkg", bytes, layer: "venues; --").Rows.Single()["code"]);
        Assert.Equal("S", _files.Read("a.gpkg", bytes, layer: "学校").Rows.Single()["code"]);
        foreach (var other in (string[])["seen", "rtree_学校_geom", "gpkg_extensions", "x\" --"])
        {
            Assert.Equal("unknown-layer", _files.Refused("a.gpkg", bytes, layer: other).Code);
        }

        var table = _files.Refused("a.csv", "code\nP\n"u8.ToArray(), layer: "学校");
        Assert.Equal((422, "unknown-layer"), (table.Status, table.Code));
    }

    [Fact]
    public void A_file_without_a_layer_to_read_says_why()
    {
        Assert.Equal(("no-layers", 422), Why(""));
        Assert.Equal(
            ("no-layers", 422),
            Why(
                "CREATE VIEW v AS SELECT 1; INSERT INTO gpkg_contents (table_name, data_type) VALUES ('v', 'features')"
            )
        );
        Assert.Equal(
            ("damaged-file", 422),
            Why(
                "CREATE TABLE t (a); INSERT INTO gpkg_contents (table_name, data_type) VALUES ('t', 'features')"
            )
        );
        Assert.Equal(("damaged-file", 422), Why("DROP TABLE gpkg_geometry_columns", "POINT"));
        Assert.Equal(
            ("damaged-file", 422),
            Why("UPDATE gpkg_geometry_columns SET column_name = 'shape'", "POINT")
        );
        Assert.Equal(("unsupported-format", 415), Why("DROP TABLE gpkg_contents", "POINT"));
        Assert.Equal(
            ("unsupported-format", 415),
            Why(
                "ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c",
                "POINT"
            )
        );
        Assert.Equal(("unsupported-geometry", 422), Why("", "CURVEPOLYGON"));
        Assert.Equal(("no-rows", 422), Why("", "POINT"));
    }

    [Theory]
    [InlineData(4326, "labelled 'EPSG:4326 WGS 84 geodetic', which shifted coordinates carry")]
    [InlineData(4544, "labelled 'EPSG:4544 CGCS2000 / 3-degree Gauss-Kruger CM 105E'")]
    [InlineData(999, "labelled 'srs_id 999'")]
    [InlineData(0, "undefined (srs_id 0)")]
    [InlineData(-1, "undefined (srs_id -1)")]
    public void The_coordinate_system_beside_the_layer_is_quoted_and_not_believed(
        int system,
        string said
    )
    {
        using var file = new GeoPackageWriter();
        file.Layer(
            "a",
            system: system,
            rows:
            [
                [Blob(Factory.CreatePoint(new Coordinate(1, 2)), 0)],
            ]
        );
        var path = _files.Write("a.gpkg", file.Bytes());
        using var reader = SourceFile.Open(path, "a.gpkg", new SourceOptions());
        Assert.True(reader.NeedsCrs);
        Assert.Contains(said, reader.CrsHint, StringComparison.Ordinal);
    }

    private (string Code, int Status) Why(string sql, string? type = null)
    {
        using var file = new GeoPackageWriter();
        if (type is not null)
        {
            file.Layer("a", type: type);
        }

        file.Execute(sql);
        var refused = _files.Refused("a.gpkg", file.Bytes());
        return (refused.Code, refused.Status);
    }

    // Collections in collections, deep enough to end the stack of a reader that follows them.
    private static IEnumerable<object?> Nested()
    {
        var deep = new List<byte>(Convert.FromHexString(Head));
        for (var i = 0; i < 200_000; i++)
        {
            deep.AddRange(Convert.FromHexString("010700000001000000"));
        }

        yield return deep.ToArray();
    }
}
