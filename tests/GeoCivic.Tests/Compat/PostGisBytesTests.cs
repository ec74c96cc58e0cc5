using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoCivic.Tests.Compat;

/// <summary>PostGisReader and PostGisWriter, alone and through Npgsql, with PostGIS as the judge.</summary>
public sealed class PostGisBytesTests(PostGisFixture postgis) : IClassFixture<PostGisFixture>
{
    public static TheoryData<string> Shapes =>
        [
            "POINT(106.55 29.565)",
            "POINT Z (1 2 3)",
            "POINT M (1 2 4)",
            "POINT ZM (1 2 3 4)",
            "LINESTRING(0 0,1 1,2 0)",
            "LINESTRING Z (0 0 5,1 1 6)",
            "LINESTRING M (0 0 5,1 1 6)",
            "LINESTRING ZM (0 0 5 7,1 1 6 8)",
            "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1))",
            "POLYGON Z ((0 0 1,9 0 2,9 9 3,0 0 1))",
            "MULTIPOINT(1 2,3 4)",
            "MULTIPOINT Z (1 2 3,4 5 6)",
            "MULTILINESTRING((0 0,1 1),(2 2,3 3))",
            "MULTILINESTRING ZM ((0 0 1 2,1 1 3 4))",
            "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
            "MULTIPOLYGON Z (((0 0 1,1 0 1,1 1 1,0 0 1)))",
            "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1),POLYGON((0 0,1 0,1 1,0 0)))",
            "GEOMETRYCOLLECTION Z (POINT Z (1 2 3),MULTIPOINT Z (1 2 3,4 5 6))",
            "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2)))",
            "POINT EMPTY",
            "LINESTRING EMPTY",
            "POLYGON EMPTY",
            "MULTIPOINT EMPTY",
            "MULTILINESTRING EMPTY",
            "MULTIPOLYGON EMPTY",
            "GEOMETRYCOLLECTION EMPTY",
            "GEOMETRYCOLLECTION(POINT EMPTY,LINESTRING(0 0,1 1))",
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task PostGIS_gets_back_the_geometry_it_sent(string ewkt)
    {
        foreach (var srid in new[] { 0, 4326, 3857 })
        {
            var value = await AskAsync<Geometry>("SELECT ST_GeomFromText($1, $2)", ewkt, srid);
            Assert.Equal(srid, value.SRID);
            // ST_AsEWKB compares everything: type, SRID, dimensions, each bit of each ordinate.
            Assert.True(
                await AskAsync<bool>(
                    "SELECT ST_AsEWKB($1) = ST_AsEWKB(ST_GeomFromText($2, $3))",
                    value,
                    ewkt,
                    srid
                ),
                $"SRID {srid}: {await AskAsync<string>("SELECT ST_AsEWKT($1)", value)}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_reader_understands_both_byte_orders(string ewkt)
    {
        var reader = new PostGisReader();
        var little = reader.Read(
            await AskAsync<byte[]>("SELECT ST_AsEWKB(ST_GeomFromText($1, 4326), 'NDR')", ewkt)
        );
        var big = reader.Read(
            await AskAsync<byte[]>("SELECT ST_AsEWKB(ST_GeomFromText($1, 4326), 'XDR')", ewkt)
        );

        Assert.Equal(4326, little.SRID);
        Assert.Equal(4326, big.SRID);
        Assert.Equal(new PostGisWriter().Write(little), new PostGisWriter().Write(big));
        Assert.Equal(
            await AskAsync<string>("SELECT ST_AsEWKT(ST_GeomFromText($1, 4326))", ewkt),
            await AskAsync<string>("SELECT ST_AsEWKT($1)", big)
        );
    }

    [Fact]
    public async Task A_multipoint_keeps_its_empty_member()
    {
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        var points = factory.CreateMultiPoint([
            factory.CreatePoint(),
            factory.CreatePoint(new Coordinate(1, 2)),
        ]);

        Assert.Equal(2, await AskAsync<int>("SELECT ST_NumGeometries($1)", points));
        Assert.Equal(1, await AskAsync<int>("SELECT ST_NPoints($1)", points));
    }

    [Fact]
    public async Task A_point_with_room_for_Z_but_none_set_is_two_dimensional()
    {
        var point = new Point(new CoordinateZ(1, 2)) { SRID = 4326 };

        Assert.Equal("SRID=4326;POINT(1 2)", await AskAsync<string>("SELECT ST_AsEWKT($1)", point));
        Assert.Equal(
            "SRID=4326;POINT(1 2)",
            await AskAsync<string>("SELECT ST_AsEWKT($1::geometry(Point, 4326))", point)
        );
    }

    [Fact]
    public void A_ring_is_written_as_a_line()
    {
        Coordinate[] corners = [new(0, 0), new(1, 0), new(1, 1), new(0, 0)];
        var writer = new PostGisWriter();

        Assert.Equal(writer.Write(new LineString(corners)), writer.Write(new LinearRing(corners)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task An_unknown_SRID_stays_unknown(int srid)
    {
        var point = new Point(1, 2) { SRID = srid };

        Assert.Equal("POINT(1 2)", await AskAsync<string>("SELECT ST_AsEWKT($1)", point));
        Assert.Equal(0, (await AskAsync<Geometry>("SELECT $1", point)).SRID);
    }

    [Fact]
    public void Ordinates_not_asked_for_are_dropped()
    {
        var factory = NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory;
        var bytes = new PostGisWriter().Write(
            new Point(new CoordinateZM(1, 2, 3, 4)) { SRID = 4326 }
        );

        Assert.Equal("POINT (1 2)", Read(Ordinates.XY).AsText());
        Assert.Equal(3, Read(Ordinates.XYZ).Coordinate.Z);
        Assert.Equal(double.NaN, Read(Ordinates.XYZ).Coordinate.M);
        Assert.Equal(4, Read(Ordinates.XYM).Coordinate.M);
        Assert.Equal(Ordinates.XYZM, new PostGisReader().HandleOrdinates);

        Geometry Read(Ordinates ordinates) =>
            new PostGisReader(factory, new PrecisionModel(), ordinates).Read(bytes);
    }

    [Fact]
    public void The_writer_leaves_its_stream_open()
    {
        using var stream = new MemoryStream();
        var writer = new PostGisWriter();
        writer.Write(new Point(1, 2), stream);
        writer.Write(new Point(3, 4), stream);

        Assert.Equal(2 * writer.Write(new Point(1, 2)).Length, stream.Length);
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var bytes = new PostGisWriter().Write(new Point(1, 2) { SRID = 4326 });
        var reader = new PostGisReader();

        Assert.ThrowsAny<Exception>(() => reader.Read(new MemoryStream(bytes[..^1])));
        Assert.ThrowsAny<Exception>(() => reader.Read(bytes[..3]));
        Assert.ThrowsAny<Exception>(() => reader.Read([1, 99, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void One_reader_and_one_writer_serve_many_threads()
    {
        var reader = new PostGisReader();
        var writer = new PostGisWriter();

        Parallel.For(
            1,
            2_000,
            i =>
            {
                var sent = new LineString([
                    new CoordinateZ(i, i + 1, i + 2),
                    new CoordinateZ(0, 0, i),
                ])
                {
                    SRID = i,
                };
                var got = reader.Read(writer.Write(sent));
                Assert.Equal(i, got.SRID);
                Assert.Equal(i + 2, got.Coordinate.Z);
                Assert.True(sent.EqualsExact(got));
            }
        );
    }

    private async Task<T> AskAsync<T>(string sql, params object[] arguments)
    {
        await using var command = postgis.DataSource.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }

        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return await reader.GetFieldValueAsync<T>(0);
    }
}
