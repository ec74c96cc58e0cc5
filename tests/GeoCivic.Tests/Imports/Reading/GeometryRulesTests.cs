using GeoCivic.Imports.Reading;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class GeometryRulesTests
{
    private static Geometry Wkt(string text) => new WKTReader().Read(text);

    private static GeometryResult Check(
        string wkt,
        GeometryKinds allowed = GeometryKinds.Any,
        bool repair = false
    ) => GeometryRules.Check(Wkt(wkt), allowed, repair);

    private static Geometry Accepted(GeometryResult result)
    {
        Assert.Null(result.Fault);
        Assert.NotNull(result.Geometry);
        Assert.Equal(4326, result.Geometry.SRID);
        Assert.True(result.Geometry.IsValid);
        return result.Geometry;
    }

    private static RowFault Refused(GeometryResult result, string said)
    {
        Assert.Null(result.Geometry);
        Assert.NotNull(result.Fault);
        Assert.Equal("geometry", result.Fault.Field);
        Assert.Contains(said, result.Fault.Reason, StringComparison.Ordinal);
        return result.Fault;
    }

    [Fact]
    public void A4_13_coordinates_are_rounded_to_a_centimetre()
    {
        var stored = Accepted(Check("POINT(106.12345678901234567890 29.00000005000001)"));
        Assert.Equal("POINT (106.1234568 29.0000001)", stored.AsText());
        Assert.Equal("POINT (1 0)", Accepted(Check("POINT(1 -0.00000001)")).AsText());
        Assert.False(double.IsNegative(Accepted(Check("POINT(1 -0.00000001)")).Coordinate.Y));
    }

    [Theory]
    [InlineData("POINT(29.5 106.5)")]
    [InlineData("LINESTRING(29.5 106.5,29.6 106.6)")]
    [InlineData("POINT(-38 -120)")]
    public void A4_7_swapped_coordinates_are_called_so(string wkt)
    {
        var fault = Refused(Check(wkt), "look swapped");
        Assert.NotNull(fault.Lon);
    }

    [Theory]
    [InlineData("POINT(200 29)", "-180 to 180")]
    [InlineData("POINT(106 95)", "-180 to 180")]
    [InlineData("POINT(-180.001 0)", "-180 to 180")]
    [InlineData("POINT(36380000 3270000)", "--crs")]
    [InlineData("LINESTRING(106 29,106 -91)", "-180 to 180")]
    public void A4_8_and_12_places_off_the_globe_are_refused(string wkt, string said) =>
        Refused(Check(wkt), said);

    [Fact]
    public void A4_1_ordinates_that_are_not_finite_are_malformed()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity })
        {
            var point = new Point(new Coordinate(106, bad));
            Assert.True(
                Refused(GeometryRules.Check(point, GeometryKinds.Any, false), "finite").Malformed
            );
        }
    }

    [Theory]
    [InlineData("POINT(0 0)")]
    [InlineData("LINESTRING(1 1,0 0)")]
    public void A4_9_the_place_zero_zero_is_refused(string wkt) => Refused(Check(wkt), "(0, 0)");

    [Theory]
    [InlineData("POLYGON((1 1,2 2,2 1,1 2,1 1))", 1.5, 1.5, 2)]
    [InlineData("POLYGON((1 1,3 1,3 3,2 1,1 3,1 1))", 2, 1, 2)]
    public void A4_20_a_bowtie_is_refused_with_its_place_and_repaired_with_both_halves(
        string wkt,
        double lon,
        double lat,
        int parts
    )
    {
        var fault = Check(wkt).Fault;
        Assert.Equal((lon, lat), (fault?.Lon, fault?.Lat));
        Assert.False(fault?.Malformed);
        var repaired = Check(wkt, repair: true);
        Assert.Equal(parts, Accepted(repaired).NumGeometries);
        Assert.Contains(
            $"1 part before and {parts} parts after",
            Assert.Single(repaired.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A4_20_the_place_of_the_crossing_is_said() =>
        Refused(Check("POLYGON((1 1,2 2,2 1,1 2,1 1))"), "crosses itself at 1.5 1.5");

    [Fact]
    public void A4_20_a_repair_says_the_area_before_and_after()
    {
        // 0.01 by 0.01 degree at 30 N is 965.0 m by 1108.5 m; the lobes of the bowtie are a quarter of it each.
        var result = Check(
            "POLYGON((106 30,106.01 30.01,106.01 30,106 30.01,106 30))",
            GeometryKinds.AnyArea,
            true
        );
        var note = Assert.Single(result.Notes);
        Assert.StartsWith(
            "repaired: the boundary crosses itself at 106.005 30.005; area 0.0 m² before and 534",
            note,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A4_23_repeated_vertices_are_removed_and_noted()
    {
        var line = Check("LINESTRING(1 1,1 1,2 2,2 2,2 2)");
        Assert.Equal("LINESTRING (1 1, 2 2)", Accepted(line).AsText());
        Assert.Equal(["3 repeated vertices removed"], line.Notes);
        var area = Check("POLYGON((1 1,2 1,2 1,2 2,1 1))");
        Assert.Equal("POLYGON ((1 1, 2 1, 2 2, 1 1))", Accepted(area).AsText());
        Assert.Equal(["1 repeated vertex removed"], area.Notes);
    }

    [Fact]
    public void A4_24_a_hole_outside_is_refused()
    {
        var fault = Refused(
            Check("POLYGON((1 1,2 1,2 2,1 1),(3 3,4 3,4 4,3 3))"),
            "hole lies outside"
        );
        Assert.Equal((3d, 3d), (fault.Lon, fault.Lat));
    }

    [Theory]
    [InlineData("MULTIPOLYGON(((1 1,3 1,3 3,1 3,1 1)),((2 2,4 2,4 4,2 4,2 2)))", "overlap")]
    [InlineData(
        "MULTIPOLYGON(((1 1,4 1,4 4,1 4,1 1)),((2 2,3 2,3 3,2 3,2 2)))",
        "inside another part"
    )]
    [InlineData("MULTIPOLYGON(((1 1,3 1,3 3,1 3,1 1)),((1 1,3 1,3 3,1 3,1 1)))", "")]
    public void A4_25_overlapping_parts_are_refused_and_repaired_to_their_union(
        string wkt,
        string said
    )
    {
        Refused(Check(wkt), said);
        var union = Accepted(Check(wkt, repair: true));
        var g = (MultiPolygon)Wkt(wkt);
        Assert.Equal(g[0].Union(g[1]).Area, union.Area, 9);
    }

    [Theory]
    [InlineData("POLYGON((1 1,2 2,3 3,1 1))")]
    [InlineData("POLYGON((1 1,2 1,1 1,1 1))")]
    [InlineData("POLYGON((1 1,1.00000001 1,1.00000001 1.00000001,1 1))")]
    public void A4_26_an_area_of_nothing_is_refused_even_with_repair(string wkt)
    {
        Refused(Check(wkt), "no area");
        Refused(Check(wkt, repair: true), "no area");
    }

    [Theory]
    [InlineData("POINT EMPTY")]
    [InlineData("POLYGON EMPTY")]
    [InlineData("MULTIPOINT((1 1),EMPTY)")]
    public void A4_27_an_empty_geometry_is_refused(string wkt) => Refused(Check(wkt), "empty");

    [Fact]
    public void A4_28_a_missing_geometry_is_refused() =>
        Refused(GeometryRules.Check(null, GeometryKinds.Any, false), "needed");

    [Fact]
    public void A4_29_a_collection_is_refused() =>
        Refused(
            Check("GEOMETRYCOLLECTION(POINT(1 1),GEOMETRYCOLLECTION(POINT(2 2)))"),
            "GeometryCollection"
        );

    [Theory]
    [InlineData("LINESTRING(179.9 1,-179.9 1)")]
    [InlineData("POLYGON((179 1,-179 1,-179 2,179 2,179 1))")]
    public void A4_32_what_crosses_the_antimeridian_is_refused(string wkt) =>
        Refused(Check(wkt), "antimeridian");

    [Theory]
    [InlineData("POLYGON((-180 -90,0 -90,180 -90,180 90,0 90,-180 90,-180 -90))")]
    [InlineData("POLYGON((100 20,106 20,106 21,100 21,100 20))")]
    public void A4_33_what_is_as_large_as_the_world_is_refused(string wkt) =>
        Refused(Check(wkt), "degrees across");

    [Theory]
    [InlineData("POINT(1 1)", GeometryKinds.AnyArea)]
    [InlineData("LINESTRING(1 1,2 2)", GeometryKinds.Point)]
    [InlineData("POLYGON((1 1,2 1,2 2,1 1))", GeometryKinds.Point | GeometryKinds.AnyLine)]
    [InlineData("MULTIPOINT((1 1),(2 2))", GeometryKinds.Point)]
    public void A4_34_another_type_than_the_layers_is_refused(string wkt, GeometryKinds allowed) =>
        Refused(Check(wkt, allowed), "not of this layer");

    [Theory]
    [InlineData(
        "POLYGON((1 1,2 1,2 2,1 1))",
        GeometryKinds.MultiPolygon,
        "MULTIPOLYGON (((1 1, 2 1, 2 2, 1 1)))"
    )]
    [InlineData(
        "MULTIPOLYGON(((1 1,2 1,2 2,1 1)))",
        GeometryKinds.Polygon,
        "POLYGON ((1 1, 2 1, 2 2, 1 1))"
    )]
    [InlineData(
        "LINESTRING(1 1,2 2)",
        GeometryKinds.MultiLineString,
        "MULTILINESTRING ((1 1, 2 2))"
    )]
    [InlineData("MULTIPOINT((1 1))", GeometryKinds.Point, "POINT (1 1)")]
    [InlineData("POINT(1 1)", GeometryKinds.MultiPoint, "MULTIPOINT ((1 1))")]
    public void Single_and_multiple_become_what_the_layer_asks_for(
        string wkt,
        GeometryKinds allowed,
        string expected
    ) => Assert.Equal(expected, Accepted(Check(wkt, allowed)).AsText());

    [Fact]
    public void Rings_are_wound_as_RFC_7946_asks()
    {
        var area = (Polygon)Accepted(Check("POLYGON((1 1,1 4,4 4,4 1,1 1),(2 2,3 2,3 3,2 3,2 2))"));
        Assert.True(Orientation.IsCCW(area.ExteriorRing.CoordinateSequence));
        Assert.False(Orientation.IsCCW(area.GetInteriorRingN(0).CoordinateSequence));
    }

    [Theory]
    [InlineData("LINESTRING(1 1,1 1)")]
    [InlineData("LINESTRING(1 1,1.00000001 1)")]
    [InlineData("MULTILINESTRING((1 1,2 2),(3 3,3 3))")]
    public void A_line_of_no_length_is_refused(string wkt) => Refused(Check(wkt), "no length");

    [Fact]
    public void An_area_that_only_rounding_makes_invalid_is_rounded_with_noding()
    {
        // The notch is 3e-8 degree wide at its mouth: plain rounding closes it onto itself.
        var result = Check(
            "POLYGON((106 29,106.001 29,106.001 29.001,106.00050002 29.001,106.0005 29.0002,106.00049999 29.001,106 29.001,106 29))"
        );
        Accepted(result);
        Assert.Contains("rounding", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_twice_changes_nothing_the_second_time()
    {
        var once = Accepted(
            Check("POLYGON((106.12345678 29.1,106.2 29.1,106.2 29.23456789,106.12345678 29.1))")
        );
        var twice = Accepted(GeometryRules.Check(once, GeometryKinds.Any, false));
        Assert.True(once.EqualsExact(twice));
    }
}
