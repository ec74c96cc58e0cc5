using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class GeometryTextTests
{
    [Theory]
    [InlineData("POINT(106.5 29.5)", "POINT (106.5 29.5)")]
    [InlineData(" point z (1 2 3) ", "POINT (1 2)")]
    [InlineData("LINESTRING M(1 2 5,3 4 5)", "LINESTRING (1 2, 3 4)")]
    [InlineData("MULTIPOINT(1 2,3 4)", "MULTIPOINT ((1 2), (3 4))")]
    [InlineData("MULTIPOLYGON(((0 0,9 0,9 9,0 0)))", "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))")]
    public void Well_known_text_is_read_in_two_dimensions(string text, string expected)
    {
        var geometry = GeometryText.ReadWkt(text, "wkt", null, out var fault);
        Assert.Null(fault);
        Assert.Equal(expected, geometry?.AsText());
        Assert.Equal(0, geometry?.SRID);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_column_is_no_geometry(string? text)
    {
        Assert.Null(GeometryText.ReadWkt(text, "wkt", null, out var fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("SRID=4326;POINT(1 2)", true, "EWKT")]
    [InlineData("POINT(1 2) x", true, "follows the end")]
    [InlineData("POINT(1 2);POINT(3 4)", true, "follows the end")]
    [InlineData("POINT(1 2", true, "not well-known text")]
    [InlineData("POINT(1,5 2)", true, "not well-known text")]
    [InlineData("POINT(1 2,3 4)", true, "form")]
    [InlineData("POINT(1)", true, "not well-known text")]
    [InlineData("POINT(1 2 3 4 5)", true, "not well-known text")]
    [InlineData("POINT(0x10 2)", true, "not well-known text")]
    [InlineData("POINT(NaN 2)", true, "finite")]
    [InlineData("POINT(Inf 2)", true, "finite")]
    [InlineData("POINT(1e400 2)", true, "largest")]
    [InlineData("POINT(１ 2)", true, "ASCII")]
    [InlineData("大溪沟", true, "ASCII")]
    [InlineData("CIRCULARSTRING(0 0,1 1,2 0)", true, "not well-known text")]
    [InlineData("GEOMETRYCOLLECTION(POINT(1 2))", true, "COLLECTION")]
    [InlineData("((((((1 2))))))", true, "nested")]
    [InlineData("POINT EMPTY", false, "empty")]
    [InlineData("LINESTRING(1 2)", false, "number of points")]
    [InlineData("POLYGON((0 0,1 0,1 1,0 1))", false, "closed")]
    public void What_is_not_plain_WKT_of_one_geometry_is_refused(
        string text,
        bool malformed,
        string said
    )
    {
        Assert.Null(GeometryText.ReadWkt(text, "wkt", null, out var fault));
        Assert.Equal("wkt", fault?.Field);
        Assert.Equal(malformed, fault?.Malformed);
        Assert.Contains(said, fault?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A4_31_too_many_vertices_are_refused_before_parsing()
    {
        var text =
            "LINESTRING("
            + string.Join(',', Enumerable.Range(0, 100_001).Select(i => $"1 {i}"))
            + ")";
        var refused = Assert.Throws<SourceFileException>(() =>
            GeometryText.ReadWkt(text, "wkt", null, out _)
        );
        Assert.Equal(413, refused.Status);
    }

    [Fact]
    public void Two_columns_make_a_point()
    {
        var point = GeometryText.ReadPoint(" 106.5", "29.5 ", "lon", "lat", out var fault);
        Assert.Null(fault);
        Assert.Equal("POINT (106.5 29.5)", point?.AsText());
        Assert.Null(GeometryText.ReadPoint(null, " ", "lon", "lat", out fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("1,5", "29", "lon", true)]
    [InlineData("106", "２９", "lat", true)]
    [InlineData("NaN", "29", "lon", true)]
    [InlineData("106", "1e400", "lat", true)]
    [InlineData("106", "", "lat", false)]
    [InlineData(null, "29", "lon", false)]
    public void A4_1_2_5_6_a_bad_column_is_named(
        string? lon,
        string? lat,
        string field,
        bool malformed
    )
    {
        Assert.Null(GeometryText.ReadPoint(lon, lat, "lon", "lat", out var fault));
        Assert.Equal(field, fault?.Field);
        Assert.Equal(malformed, fault?.Malformed);
    }
}
