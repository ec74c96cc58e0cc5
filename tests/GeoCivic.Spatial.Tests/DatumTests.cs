namespace GeoCivic.Spatial.Tests;

public sealed class DatumTests
{
    public static TheoryData<string, DatumKind> Names =>
        new()
        {
            { "wgs84", DatumKind.Wgs84 },
            { "WGS-84", DatumKind.Wgs84 },
            { " WGS 84 ", DatumKind.Wgs84 },
            { "EPSG:4326", DatumKind.Wgs84 },
            { "epsg:4490", DatumKind.Cgcs2000 },
            { "CGCS2000", DatumKind.Cgcs2000 },
            { "2000国家大地坐标系", DatumKind.Cgcs2000 },
            { "Gcj-02", DatumKind.Gcj02 },
            { "火星坐标系", DatumKind.Gcj02 },
            { "BD_09", DatumKind.Bd09 },
            { "百度坐标系", DatumKind.Bd09 },
            { "EPSG:4547", DatumKind.Projected },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_read_in_any_case_and_language(string text, DatumKind expected)
    {
        Assert.True(Datum.TryParse(text, out Datum datum, out string reason), reason);
        Assert.Equal(expected, datum.Kind);
        Assert.Empty(reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("wgs72")]
    [InlineData("EPSG:")]
    [InlineData("EPSG:0")]
    [InlineData("EPSG:-1")]
    [InlineData("EPSG:04326")]
    [InlineData("EPSG:４３２６")]
    [InlineData("EPSG:999000")]
    [InlineData("EPSG:99999999999")]
    [InlineData("4326")]
    public void Anything_else_is_refused_with_a_reason(string? text)
    {
        Assert.False(Datum.TryParse(text, out Datum datum, out string reason));
        Assert.Equal(DatumKind.None, datum.Kind);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void The_text_of_every_system_reads_back()
    {
        foreach (
            Datum datum in new[]
            {
                Datum.Wgs84,
                Datum.Cgcs2000,
                Datum.Gcj02,
                Datum.Bd09,
                Datum.FromEpsg(4547),
            }
        )
        {
            Assert.True(Datum.TryParse(datum.ToString(), out Datum again, out _));
            Assert.Equal(datum, again);
        }
    }

    [Fact]
    public void The_codes_of_named_systems_give_the_named_systems()
    {
        Assert.Equal(Datum.Wgs84, Datum.FromEpsg(4326));
        Assert.Equal(Datum.Cgcs2000, Datum.FromEpsg(4490));
        Assert.Equal(4547, Datum.FromEpsg(4547).Epsg);
        Assert.Null(Datum.Gcj02.Epsg);
        Assert.Throws<ArgumentOutOfRangeException>(() => Datum.FromEpsg(0));
    }

    [Fact]
    public void Wgs84_and_cgcs2000_are_taken_over_and_the_others_shifted_back()
    {
        var place = new LonLat(106.55, 29.56);
        LonLat gcj = Gcj02.FromWgs84(place.Lon, place.Lat);
        LonLat bd = Bd09.FromGcj02(gcj.Lon, gcj.Lat);

        Assert.Equal(place, Datum.Wgs84.ToWgs84(place.Lon, place.Lat));
        Assert.Equal(place, Datum.Cgcs2000.ToWgs84(place.Lon, place.Lat));
        Assert.True(Ground.Metres(place, Datum.Gcj02.ToWgs84(gcj.Lon, gcj.Lat)) < 1e-6);
        Assert.True(Ground.Metres(place, Datum.Bd09.ToWgs84(bd.Lon, bd.Lat)) < 1e-6);
    }

    [Fact]
    public void A_projected_or_missing_system_has_no_built_in_transformation()
    {
        Assert.False(Datum.FromEpsg(4547).IsBuiltIn);
        Assert.Throws<InvalidOperationException>(() => Datum.FromEpsg(4547).ToWgs84(500000, 0));
        Assert.Throws<InvalidOperationException>(() => default(Datum).ToWgs84(106, 29));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(180.0001, 0)]
    [InlineData(-180.0001, 0)]
    [InlineData(29.5, 106.5)]
    [InlineData(0, -90.0001)]
    public void Ordinates_off_the_globe_are_refused_by_every_shift(double lon, double lat)
    {
        Func<double, double, LonLat>[] shifts =
        [
            Gcj02.FromWgs84,
            Gcj02.ToWgs84,
            Bd09.FromGcj02,
            Bd09.ToGcj02,
            Bd09.FromWgs84,
            Bd09.ToWgs84,
            Datum.Wgs84.ToWgs84,
            Datum.Cgcs2000.ToWgs84,
        ];
        foreach (Func<double, double, LonLat> shift in shifts)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => shift(lon, lat));
        }
    }
}
