using System.Globalization;
using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class GeoJsonSourceReaderTests : IDisposable
{
    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static string Collection(params string[] features) =>
        $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    private static string Feature(string geometry, string properties = """{"code":"P1"}""") =>
        $$"""{"type":"Feature","properties":{{properties}},"geometry":{{geometry}}}""";

    private static string Point(string coordinates) =>
        $$"""{"type":"Point","coordinates":{{coordinates}}}""";

    private RowFault Fault(string geometry)
    {
        var read = _files.Read("a.geojson", Collection(Feature(geometry), Feature(Point("[1,2]"))));
        Assert.Equal(2, read.Rows.Count);
        Assert.Null(read.Rows[1].Fault);
        Assert.Equal("P1", read.Rows[0]["code"]);
        Assert.Null(read.Rows[0].Geometry);
        var fault = read.Rows[0].Fault;
        Assert.NotNull(fault);
        Assert.Equal("geometry", fault.Field);
        return fault;
    }

    [Fact]
    public void Properties_become_text_and_the_geometry_is_read()
    {
        var read = _files.Read(
            "a.geojson",
            Collection(
                Feature(
                    Point("[106.5,29.5]"),
                    """{"code":"P1","n":1.50,"big":500103011012001,"t":true,"f":false,"z":null,"e":"","o":{"a":[1, "x"]},"a":[1,2]}"""
                ),
                Feature("null", """{"other":"x"}"""),
                """{"type":"Feature","properties":null,"geometry":null}"""
            )
        );
        Assert.Empty(read.Columns);
        Assert.False(read.IsTable);
        var row = read.Rows[0];
        Assert.Equal("1.50", row["n"]);
        Assert.Equal("500103011012001", row["big"]);
        Assert.Equal(("true", "false"), (row["t"], row["f"]));
        Assert.True(row.Fields.ContainsKey("z"));
        Assert.Null(row["z"]);
        Assert.Null(row["e"]);
        Assert.Equal("""{"a":[1, "x"]}""", row["o"]);
        Assert.Equal("[1,2]", row["a"]);
        Assert.Equal("POINT (106.5 29.5)", row.Geometry?.AsText());
        Assert.Equal(0, row.Geometry?.SRID);
        Assert.Equal("other", Assert.Single(read.Rows[1].Fields.Keys));
        Assert.Null(read.Rows[1].Geometry);
        Assert.Null(read.Rows[1].Fault);
        Assert.Empty(read.Rows[2].Fields);
        Assert.Equal([1L, 2L, 3L], read.Rows.Select(r => r.Line));
    }

    [Theory]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4]]}""", "LINESTRING (1 2, 3 4)")]
    [InlineData(
        """{"coordinates":[[1,2],[3,4]],"type":"MultiPoint"}""",
        "MULTIPOINT ((1 2), (3 4))"
    )]
    [InlineData(
        """{"type":"MultiLineString","bbox":[1,2,3,4],"coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}""",
        "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))"
    )]
    [InlineData(
        """{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[3,1],[4,1],[4,2],[3,1]]]}""",
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (3 1, 4 1, 4 2, 3 1))"
    )]
    [InlineData(
        """{"coordinates":[[[[0,0],[9,0],[9,9],[0,0]]],[[[10,10],[11,10],[11,11],[10,10]]]],"type":"MultiPolygon"}""",
        "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((10 10, 11 10, 11 11, 10 10)))"
    )]
    public void Every_geometry_type_is_read(string geometry, string wkt)
    {
        var read = _files.Read("a.geojson", Collection(Feature(geometry)));
        Assert.Null(read.Rows[0].Fault);
        Assert.Equal(wkt, read.Rows[0].Geometry?.AsText());
    }

    [Fact]
    public void The_members_may_come_in_any_order()
    {
        var read = _files.Read(
            "a.geojson",
            """{"name":"x","features":[{"geometry":{"coordinates":[1,2],"type":"Point"},"properties":{"a":1},"id":7,"type":"Feature"}],"bbox":[0,0,1,1],"type":"FeatureCollection"}"""
        );
        Assert.Equal("7", read.Rows[0]["id"]);
        Assert.Equal("1", read.Rows[0]["a"]);
        Assert.Equal("POINT (1 2)", read.Rows[0].Geometry?.AsText());
    }

    [Fact]
    public void A_property_named_id_goes_before_the_id_of_the_feature()
    {
        var read = _files.Read(
            "a.geojson",
            Collection(
                """{"type":"Feature","id":"feature","properties":{"id":"property"},"geometry":null}"""
            )
        );
        Assert.Equal("property", read.Rows[0]["id"]);
    }

    [Fact]
    public void A_bare_feature_is_a_collection_of_one()
    {
        var read = _files.Read(
            "a.json",
            """{"properties":{"a":1},"geometry":null,"type":"Feature"}""" + "\n"
        );
        Assert.Equal("1", Assert.Single(read.Rows)["a"]);
        Assert.Equal(
            "invalid-json",
            _files.Refused("b.json", Feature("null") + Feature("null")).Code
        );
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"type":"FeatureCollection"}""")]
    [InlineData("""{"features":[]}""")]
    [InlineData("""{"type":"Topology","features":[]}""")]
    [InlineData("""{"type":"FeatureCollection","features":{}}""")]
    [InlineData("""{"type":1,"features":[]}""")]
    public void Another_root_is_refused(string content)
    {
        var refused = _files.Refused("a.geojson", content);
        Assert.Equal((422, "not-a-feature-collection"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A_collection_without_features_is_refused()
    {
        Assert.Equal("no-rows", _files.Refused("a.geojson", Collection()).Code);
    }

    [Theory]
    [InlineData("\"114\"", "quoted")]
    [InlineData("\"NaN\"", "quoted")]
    [InlineData("\"1,5\"", "quoted")]
    [InlineData("\"１１４\"", "quoted")]
    public void A4_3_a_quoted_ordinate_is_malformed(string ordinate, string said)
    {
        var fault = Fault(Point($"[{ordinate},29]"));
        Assert.True(fault.Malformed);
        Assert.Contains(said, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A4_4_a_null_ordinate_is_malformed()
    {
        var fault = Fault(Point("[null,29]"));
        Assert.True(fault.Malformed);
        Assert.Contains("null", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A4_2_an_ordinate_beyond_double_is_malformed()
    {
        var fault = Fault(Point("[1e400,29]"));
        Assert.True(fault.Malformed);
        Assert.Contains("1e400", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[NaN,29]")]
    [InlineData("[Infinity,29]")]
    [InlineData("[1,5 , 2")]
    [InlineData("[１１４,29]")]
    [InlineData("[+1,29]")]
    [InlineData("[01,29]")]
    public void A4_1_and_6_what_is_not_JSON_refuses_the_file_with_its_place(string coordinates)
    {
        var text = Collection(Feature(Point("[1,2]")) + "\n", Feature(Point(coordinates)));
        var refused = _files.Refused("a.geojson", text);
        Assert.Equal((400, "invalid-json"), (refused.Status, refused.Code));
        Assert.Equal(2L, refused.Extensions["line"]);
        var at = Assert.IsType<long>(refused.Extensions["byte"]);
        Assert.InRange(
            at,
            text.LastIndexOf("Point", StringComparison.Ordinal),
            Encoding.UTF8.GetByteCount(text)
        );
    }

    [Theory]
    [InlineData("[114]", "1 ordinate;")]
    [InlineData("[[1,2]]", "nested")]
    [InlineData("5", "nested")]
    [InlineData("null", "null")]
    [InlineData("[{},2]", "not a number")]
    [InlineData("[true,2]", "not a number")]
    public void A4_14_a_position_without_two_numbers_is_malformed(string coordinates, string said)
    {
        var fault = Fault(Point(coordinates));
        Assert.True(fault.Malformed);
        Assert.Contains(said, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A4_15_four_ordinates_are_refused_with_their_place()
    {
        var fault = Fault(Point("[106.5,29.5,1,2]"));
        Assert.False(fault.Malformed);
        Assert.Contains("4 ordinates", fault.Reason, StringComparison.Ordinal);
        Assert.Equal((106.5, 29.5), (fault.Lon, fault.Lat));
    }

    [Fact]
    public void A4_16_heights_are_dropped_and_noted()
    {
        var read = _files.Read(
            "a.geojson",
            Collection(
                Feature("""{"type":"LineString","coordinates":[[1,2,9],[3,4,9]]}"""),
                Feature(Point("[1,2,3]")),
                Feature(Point("[1,2]"))
            )
        );
        Assert.Equal(["Z dropped in 2 features"], read.Notes);
        Assert.Equal("LINESTRING (1 2, 3 4)", read.Rows[0].Geometry?.AsText());
        Assert.True(double.IsNaN(read.Rows[1].Geometry!.Coordinate.Z));
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","crs":{"type":"name"},"features":[]}""")]
    [InlineData(
        """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}],"crs":null}"""
    )]
    public void A4_17_a_crs_member_refuses_the_file_wherever_it_stands(string content)
    {
        var refused = _files.Refused("a.geojson", content);
        Assert.Equal((400, "crs-member"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A4_17_a_crs_member_of_a_feature_or_geometry_is_malformed()
    {
        Assert.True(Fault("""{"type":"Point","crs":{},"coordinates":[1,2]}""").Malformed);
        var read = _files.Read(
            "a.geojson",
            Collection("""{"type":"Feature","crs":{},"properties":{},"geometry":null}""")
        );
        Assert.True(read.Rows[0].Fault?.Malformed);
    }

    [Fact]
    public void A4_21_a_ring_that_is_not_closed_is_refused()
    {
        var fault = Fault("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9]]]}""");
        Assert.False(fault.Malformed);
        Assert.Contains("not closed", fault.Reason, StringComparison.Ordinal);
        Assert.Equal((0d, 9d), (fault.Lon, fault.Lat));
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[0,0]]]}""")]
    [InlineData("""{"type":"LineString","coordinates":[[0,0]]}""")]
    [InlineData(
        """{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0]]]]}"""
    )]
    public void A4_22_too_few_points_are_refused(string geometry)
    {
        var fault = Fault(geometry);
        Assert.False(fault.Malformed);
        Assert.Contains("needs at least", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[]}""")]
    [InlineData("""{"type":"LineString","coordinates":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[]]}""")]
    public void A4_27_an_empty_geometry_is_refused(string geometry)
    {
        var fault = Fault(geometry);
        Assert.False(fault.Malformed);
        Assert.Contains("empty", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A4_28_a_null_geometry_is_given_as_none_for_the_layer_to_judge()
    {
        var row = Assert.Single(_files.Read("a.geojson", Collection(Feature("null"))).Rows);
        Assert.Null(row.Geometry);
        Assert.Null(row.Fault);
    }

    [Theory]
    [InlineData(
        """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"""
    )]
    [InlineData(
        """{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}"""
    )]
    public void A4_29_a_collection_is_refused(string geometry)
    {
        var fault = Fault(geometry);
        Assert.False(fault.Malformed);
        Assert.Contains("GeometryCollection", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Circle","coordinates":[1,2]}""")]
    [InlineData("""{"coordinates":[1,2]}""")]
    [InlineData("""{"type":"Point"}""")]
    [InlineData("""{"type":"Point","type":"Point","coordinates":[1,2]}""")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"coordinates":[1,2]}""")]
    [InlineData("""[1,2]""")]
    [InlineData("\"POINT(1 2)\"")]
    public void What_is_not_a_geometry_is_malformed(string geometry)
    {
        Assert.True(Fault(geometry).Malformed);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(70, false)]
    [InlineData(5000, false)]
    public void A4_30_nesting_deeper_than_64_refuses_the_file(int levels, bool accepted)
    {
        // Root, features, feature and properties are four levels already; the value may have 60 more.
        var nested = new string('[', levels - 1) + new string(']', levels - 1);
        var text = Collection(Feature("null", $$"""{"a":{{nested}}}"""));
        if (accepted)
        {
            Assert.Equal(nested, _files.Read("a.geojson", text).Rows[0]["a"]);
            return;
        }
        var refused = _files.Refused("a.geojson", text);
        Assert.Equal((400, "json-too-deep"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A4_31_a_geometry_of_300000_vertices_is_refused_before_it_is_built()
    {
        var ring = new StringBuilder("""{"type":"Polygon","coordinates":[[""");
        for (var i = 0; i < 300_000; i++)
        {
            ring.Append(CultureInfo.InvariantCulture, $"[{106 + i * 1e-6:F6},29],");
        }
        ring.Append("[106,29]]]}");
        var refused = _files.Refused("a.geojson", Collection(Feature(ring.ToString())));
        Assert.Equal((413, "too-many-vertices"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A4_31_a_feature_larger_than_any_geometry_may_be_is_not_buffered()
    {
        var refused = _files.Refused(
            "a.geojson",
            Collection(Feature("null", $$"""{"a":"{{new string('x', 3_000_000)}}"}""")),
            new SourceLimits { MaxFeatureBytes = 1 << 20 }
        );
        Assert.Equal((413, "feature-too-large"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("""{"type":"Feature","properties":{"a":1,"a":2},"geometry":null}""", "a")]
    [InlineData("""{"type":"Feature","properties":{"a":{"b":1,"b":2}},"geometry":null}""", "a")]
    [InlineData("""{"type":"Feature","properties":{},"properties":{},"geometry":null}""", "row")]
    [InlineData("""{"type":"Feature","properties":{},"geometry":null,"geometry":null}""", "row")]
    public void A4_90_the_same_key_twice_is_malformed(string feature, string field)
    {
        var fault = _files.Read("a.geojson", Collection(feature)).Rows[0].Fault;
        Assert.True(fault?.Malformed);
        Assert.Equal(field, fault?.Field);
        Assert.Contains("twice", fault?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"x\u0000y"}""")]
    [InlineData("""{"a":{"b":["x\u0000y"]}}""")]
    [InlineData("""{"a\u0000":"x"}""")]
    public void A4_94_an_escaped_NUL_is_malformed(string properties)
    {
        var fault = _files.Read("a.geojson", Collection(Feature("null", properties))).Rows[0].Fault;
        Assert.True(fault?.Malformed);
        Assert.Contains("NUL", fault?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_malformed_and_a_whole_one_kept()
    {
        var read = _files.Read(
            "a.geojson",
            Collection(
                Feature("null", """{"a":"\ud842"}"""),
                Feature("null", """{"a":"\ud842\udfb7"}""")
            )
        );
        Assert.True(read.Rows[0].Fault?.Malformed);
        Assert.Equal("𠮷", read.Rows[1]["a"]);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""")]
    [InlineData("""{"type":"Feature","properties":[],"geometry":null}""")]
    [InlineData("""{"type":"Feature","id":[],"properties":{},"geometry":null}""")]
    public void What_is_not_a_feature_is_a_row_error(string element)
    {
        Assert.True(_files.Read("a.geojson", Collection(element)).Rows[0].Fault?.Malformed);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var whole = Collection(Feature(Point("[1,2]")), Feature(Point("[1,2]")));
        foreach (
            var length in new[] { 1, 30, whole.Length - 30, whole.Length - 2, whole.Length - 1 }
        )
        {
            var refused = _files.Refused("a.geojson", whole[..length]);
            Assert.Equal((400, "invalid-json"), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public void Only_UTF8_is_read()
    {
        var text = Collection(Feature("null", """{"name":"大溪沟"}"""));
        Assert.Equal(
            "大溪沟",
            _files.Read("a.geojson", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Rows[0][
                "name"
            ]
        );
        Assert.Equal(
            "encoding-unknown",
            _files.Refused("b.geojson", Encoding.GetEncoding(54936).GetBytes(text)).Code
        );
        Assert.Equal(
            "encoding-unknown",
            _files.Refused("c.geojson", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]).Code
        );
    }

    [Fact]
    public void Values_may_cross_the_buffer_anywhere()
    {
        var features = Enumerable
            .Range(0, 3000)
            .Select(i =>
                Feature(
                    Point($"[{i % 180},{i % 90}]"),
                    $$"""{"code":"P{{i}}","t":"{{new string('字', i % 400)}}"}"""
                )
            );
        var read = _files.Read("a.geojson", Collection([.. features]));
        Assert.Equal(3000, read.Rows.Count);
        Assert.All(
            read.Rows,
            (r, i) =>
            {
                Assert.Null(r.Fault);
                Assert.Equal($"P{i}", r["code"]);
                Assert.Equal(i % 400, r["t"]?.Length ?? 0);
                Assert.Equal(i % 180, r.Geometry!.Coordinate.X);
            }
        );
    }
}
