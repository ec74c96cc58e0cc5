using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Benchmarks;

/// <summary>
/// 500 campuses of 10 to 40 vertices, concave, every fourth with a yard that is not the school's, and 50,000 venues on
/// 12 km × 12 km; twelve venues of each campus lie within 0.1 m of 200 m from it.
/// </summary>
internal static class BenchCampuses
{
    internal const int Schools = 500;
    internal const int Venues = 50_000;
    internal const double Limit = 200;
    private const int PlantedEach = 12;
    private static readonly LonLat Middle = new(106.5, 29.5);

    internal sealed record Ground(IReadOnlyList<Polygon> Campuses, IReadOnlyList<LonLat> Places)
    {
        internal static string School(int i) => $"S{i:000}";

        internal static string Venue(int i) => $"V{i:00000}";
    }

    internal static Ground Make()
    {
        var random = new Random(20261122);
        var campuses = Enumerable
            .Range(0, Schools)
            .Select(i => Campus(random, Somewhere(random), hole: i % 4 == 0))
            .ToList();
        var places = new List<LonLat>(Venues);
        foreach (var campus in campuses)
        {
            for (int k = 0; k < PlantedEach; k++)
            {
                places.Add(AtLimit(random, campus, ((random.NextDouble() * 2) - 1) * 0.1));
            }
        }

        while (places.Count < Venues)
        {
            places.Add(Somewhere(random));
        }

        return new Ground(campuses, places);
    }

    internal static LonLat Somewhere(Random random) =>
        Geodesic.Destination(
            Geodesic.Destination(Middle, 90, (random.NextDouble() - 0.5) * 12_000),
            0,
            (random.NextDouble() - 0.5) * 12_000
        );

    /// <summary>Writes it, with the indexes that PostGIS's own way of asking needs.</summary>
    internal static async Task FillAsync(NpgsqlDataSource source, Ground ground)
    {
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(
            connection,
            $"""
            INSERT INTO streets (street_code, name) VALUES ('{BenchStreet.Code}', 'Bench street') ON CONFLICT DO NOTHING;
            DELETE FROM gates; DELETE FROM schools; DELETE FROM venues;
            """
        );
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "COPY schools (street_code, code, name, kind, accuracy, geom, placement) FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < ground.Campuses.Count; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(BenchStreet.Code);
                await copy.WriteAsync(Ground.School(i));
                await copy.WriteAsync($"第 {i} 小学");
                await copy.WriteAsync("primary");
                await copy.WriteAsync("A");
                await copy.WriteAsync<Geometry>(ground.Campuses[i], NpgsqlDbType.Geometry);
                await copy.WriteAsync("orphan");
            }

            await copy.CompleteAsync();
        }

        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "COPY venues (street_code, code, name, category, geom, placement) FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < ground.Places.Count; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(BenchStreet.Code);
                await copy.WriteAsync(Ground.Venue(i));
                await copy.WriteAsync($"场所 {i}");
                await copy.WriteAsync("karaoke");
                await copy.WriteAsync<Geometry>(
                    new Point(ground.Places[i].Lon, ground.Places[i].Lat) { SRID = 4326 },
                    NpgsqlDbType.Geometry
                );
                await copy.WriteAsync("orphan");
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync(
            connection,
            """
            CREATE INDEX IF NOT EXISTS gix_bench_venues ON venues USING gist ((geom::geography));
            CREATE INDEX IF NOT EXISTS gix_bench_schools ON schools USING gist ((geom::geography));
            ANALYZE venues; ANALYZE schools;
            """
        );
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// The least geodesic from a campus to a place, found without anything of what is measured here but the length of one
    /// geodesic: the golden section on every edge whose distance in a plane is within 3 m of the least.
    /// </summary>
    internal static double Reference(Polygon campus, LonLat place)
    {
        if (campus.Covers(new Point(place.Lon, place.Lat)))
        {
            return 0;
        }

        double least = PlaneMetres(campus, place) + 3;
        double best = double.PositiveInfinity;
        foreach (var (a, b) in Edges(campus))
        {
            if (PlaneMetres(a, b, place) > least)
            {
                continue;
            }

            double Metres(double t) =>
                Geodesic.Metres(
                    new LonLat(a.X + (t * (b.X - a.X)), a.Y + (t * (b.Y - a.Y))),
                    place
                );
            var (low, high) = (0.0, 1.0);
            for (int i = 0; i < 60; i++)
            {
                double left = high - ((high - low) * 0.618_034);
                double right = low + ((high - low) * 0.618_034);
                (low, high) = Metres(left) < Metres(right) ? (low, right) : (left, high);
            }

            best = Math.Min(best, Math.Min(Metres(low), Math.Min(Metres(0), Metres(1))));
        }

        return best;
    }

    /// <summary>In a plane around the place: some decimetres wrong at most here.</summary>
    internal static double PlaneMetres(Polygon campus, LonLat place) =>
        Edges(campus).Min(edge => PlaneMetres(edge.A, edge.B, place));

    private static double PlaneMetres(Coordinate a, Coordinate b, LonLat place)
    {
        double perLat = 110_900;
        double perLon = 111_400 * Math.Cos(place.Lat * Math.PI / 180);
        var (ax, ay) = ((a.X - place.Lon) * perLon, (a.Y - place.Lat) * perLat);
        var (dx, dy) = ((b.X - a.X) * perLon, (b.Y - a.Y) * perLat);
        double length = (dx * dx) + (dy * dy);
        double t = length > 0 ? Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1) : 0;
        return double.Hypot(ax + (t * dx), ay + (t * dy));
    }

    private static IEnumerable<(Coordinate A, Coordinate B)> Edges(Polygon campus)
    {
        foreach (var ring in campus.InteriorRings.Prepend(campus.ExteriorRing))
        {
            var at = ring.Coordinates;
            for (int i = 1; i < at.Length; i++)
            {
                yield return (at[i - 1], at[i]);
            }
        }
    }

    private static LonLat AtLimit(Random random, Polygon campus, double aside)
    {
        var middle = new LonLat(campus.EnvelopeInternal.Centre.X, campus.EnvelopeInternal.Centre.Y);
        double azimuth = random.NextDouble() * 360;
        var (low, high) = (Limit / 2, 1000.0);
        for (int i = 0; i < 40; i++)
        {
            double radius = (low + high) / 2;
            bool near =
                Reference(campus, Geodesic.Destination(middle, azimuth, radius)) < Limit + aside;
            (low, high) = near ? (radius, high) : (low, radius);
        }

        return Geodesic.Destination(middle, azimuth, low);
    }

    private static Polygon Campus(Random random, LonLat middle, bool hole)
    {
        LinearRing Ring(double radius, int vertices)
        {
            var ring = new Coordinate[vertices + 1];
            for (int k = 0; k < vertices; k++)
            {
                var at = Geodesic.Destination(
                    middle,
                    360.0 * k / vertices,
                    radius * (0.5 + (0.5 * random.NextDouble()))
                );
                ring[k] = new Coordinate(at.Lon, at.Lat);
            }

            ring[vertices] = ring[0].Copy();
            return new LinearRing(ring);
        }

        double size = 60 + (120 * random.NextDouble());
        return new Polygon(
            Ring(size, random.Next(10, hole ? 34 : 41)),
            hole ? [Ring(size / 4, 6)] : []
        )
        {
            SRID = 4326,
        };
    }
}
