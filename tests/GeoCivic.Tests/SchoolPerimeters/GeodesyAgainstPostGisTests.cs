using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Distances and zones against PostGIS's geography, which rests on GeographicLib (Karney 2013).</summary>
public sealed class GeodesyAgainstPostGisTests(PostGisFixture database)
    : IClassFixture<PostGisFixture>
{
    [Fact]
    public async Task Two_places_are_as_far_apart_as_postgis_says()
    {
        var random = new Random(31);
        const int Count = 4000;
        var ordinates = new double[4][];
        for (var k = 0; k < 4; k++)
        {
            ordinates[k] = new double[Count];
        }

        for (var i = 0; i < Count; i++)
        {
            var from = new LonLat(
                (random.NextDouble() * 360) - 180,
                (random.NextDouble() * 170) - 85
            );
            var to = Geodesic.Destination(
                from,
                random.NextDouble() * 360,
                Math.Pow(10, random.NextDouble() * 6)
            );
            (ordinates[0][i], ordinates[1][i]) = (from.Lon, from.Lat);
            (ordinates[2][i], ordinates[3][i]) = (to.Lon, to.Lat);
        }

        await using var command = database.DataSource.CreateCommand(
            """
            SELECT ST_Distance(ST_MakePoint(p.a, p.b)::geography, ST_MakePoint(p.c, p.d)::geography)
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS p (a, b, c, d, n) ORDER BY p.n
            """
        );
        foreach (var values in ordinates)
        {
            command.Parameters.Add(new() { Value = values });
        }

        await using var rows = await command.ExecuteReaderAsync();
        for (var i = 0; i < Count; i++)
        {
            Assert.True(await rows.ReadAsync());
            var ours = Geodesic.Metres(
                new LonLat(ordinates[0][i], ordinates[1][i]),
                new LonLat(ordinates[2][i], ordinates[3][i])
            );
            // PostGIS rounds geography distances to 1e-8 m; Vincenty's series ends at 0.1 mm within 1000 km.
            Assert.Equal(rows.GetDouble(0), ours, 1e-4);
        }
    }

    // PostGIS looks for the nearest place of an edge on a sphere, and its edges are great circles: its distance of a shape is
    // up to a thousandth too long. Asked for places only, it is exact; so each campus is taken apart into places 0.1 m apart.
    private const string NearestPlace = """
        SELECT min(ST_Distance(c.geom::geography, v.geom::geography))
        FROM ST_DumpPoints(ST_Segmentize(@campus, 0.000001)) c, ST_DumpPoints(@venue) v
        """;

    [Fact]
    public async Task Campuses_are_as_far_from_venues_as_postgis_says()
    {
        var random = new Random(32);
        var inside = 0;
        for (var i = 0; i < 60; i++)
        {
            var middle = new LonLat(106.5 + random.NextDouble(), (random.NextDouble() * 100) - 50);
            var campus = Star(random, middle, 60 + (100 * random.NextDouble()), hole: i % 3 == 0);
            var at = Geodesic.Destination(
                middle,
                random.NextDouble() * 360,
                random.NextDouble() * 500
            );
            var venue = new Point(at.Lon, at.Lat);
            var ours = GeodesicNearest.Between(campus, venue).Metres;
            if (campus.Intersects(venue))
            {
                inside++;
                Assert.Equal(0, ours);
                continue;
            }

            var theirs = await AskAsync(campus, venue);
            // Half the spacing aside of the nearest place one is so much farther.
            var spacing = 0.056 * 0.056 / (2 * Math.Max(0.01, theirs));
            Assert.InRange(ours, theirs - spacing - 0.0001, theirs + 0.0001);
        }

        Assert.InRange(inside, 2, 30);
    }

    [Fact]
    public async Task A_zone_is_what_postgis_reaches_in_the_same_metres()
    {
        var random = new Random(33);
        for (var i = 0; i < 4; i++)
        {
            var middle = new LonLat(106.55, (random.NextDouble() * 100) - 50);
            var campus = Star(random, middle, 100, hole: false);
            var outline = GeodesicZone.Around(campus, 200).Coordinates;
            for (var k = 0; k < outline.Length; k += outline.Length / 12)
            {
                Assert.InRange(await AskAsync(campus, new Point(outline[k])), 199.9, 200.1);
            }
        }
    }

    private async Task<double> AskAsync(Geometry campus, Geometry venue)
    {
        campus.SRID = venue.SRID = 4326;
        await using var command = database.DataSource.CreateCommand(NearestPlace);
        command.Parameters.Add(
            new NpgsqlParameter("campus", NpgsqlDbType.Geometry) { Value = campus }
        );
        command.Parameters.Add(
            new NpgsqlParameter("venue", NpgsqlDbType.Geometry) { Value = venue }
        );
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static Polygon Star(Random random, LonLat middle, double metres, bool hole)
    {
        LinearRing Ring(double radius, int vertices)
        {
            var ring = new Coordinate[vertices + 1];
            for (var k = 0; k < vertices; k++)
            {
                var at = Geodesic.Destination(
                    middle,
                    360.0 * k / vertices,
                    radius * (0.4 + (0.6 * random.NextDouble()))
                );
                ring[k] = new Coordinate(at.Lon, at.Lat);
            }

            ring[vertices] = ring[0].Copy();
            return new LinearRing(ring);
        }

        return new Polygon(Ring(metres, random.Next(10, 41)), hole ? [Ring(metres / 4, 6)] : []);
    }
}
