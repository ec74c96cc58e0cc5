using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Benchmarks;

/// <summary>One way PostGIS can join points with the polygons that cover them, and how long it took.</summary>
internal sealed record PlanTiming(string Plan, int Workers, Timing Time, long Pairs);

/// <summary>
/// Loads points and polygons into a schema of its own and joins them in every way known to be quick. The schema is
/// dropped afterwards.
/// </summary>
internal sealed class PostGisPlans : IAsyncDisposable
{
    private const string Schema = "benchmark_locator";

    // Which side has an index decides which drives the join; geometry order in PostGIS is Hilbert order. (Points in
    // Hilbert order that drive the join gain nothing over random ones: tried, left out for time.)
    private static readonly (
        string Name,
        string Points,
        string Polygons,
        int Repetitions
    )[] s_plans =
    [
        ("points drive, GiST on polygons", "points_plain", "polygons_indexed", 1),
        ("polygons drive, GiST on points", "points_indexed", "polygons_plain", 3),
        ("polygons drive, GiST on points in Hilbert order", "points_hilbert", "polygons_plain", 5),
        ("polygons and points both in Hilbert order", "points_hilbert", "polygons_hilbert", 5),
    ];

    private readonly NpgsqlDataSource _source;

    private PostGisPlans(NpgsqlDataSource source) => _source = source;

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP SCHEMA IF EXISTS {Schema} CASCADE");
        await _source.DisposeAsync();
    }

    internal static async Task<PostGisPlans> LoadAsync(
        string connectionString,
        double[] lons,
        double[] lats,
        Geometry[] polygons
    )
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = $"{Schema},public",
            CommandTimeout = 300,
        };
        var plans = new PostGisPlans(NpgsqlDataSource.Create(settings.ConnectionString));
        try
        {
            await plans.LoadAsync(lons, lats, polygons);
            return plans;
        }
        catch
        {
            await plans.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs every plan, without and with parallel workers.</summary>
    internal async Task<List<PlanTiming>> RunAsync()
    {
        var timings = new List<PlanTiming>();
        foreach ((string name, string points, string polygons, int repetitions) in s_plans)
        {
            foreach (int workers in new[] { 0, 2 })
            {
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
                await ExecuteAsync(
                    connection,
                    $"""
                    SET max_parallel_workers_per_gather = {workers};
                    SET parallel_setup_cost = 0;
                    SET parallel_tuple_cost = 0;
                    SET min_parallel_table_scan_size = 0;
                    SET jit = off;
                    """
                );
                await using var join = new NpgsqlCommand(
                    $"SELECT count(*) FROM {points} p JOIN {polygons} g ON ST_Covers(g.geom, p.geom)",
                    connection
                );
                long pairs = 0;
                Timing time = await Measure.RunAsync(
                    repetitions > 1 ? 1 : 0,
                    repetitions,
                    async () => pairs = (long)(await join.ExecuteScalarAsync())!
                );
                timings.Add(new PlanTiming(name, workers, time, pairs));
            }
        }

        return timings;
    }

    private async Task LoadAsync(double[] lons, double[] lats, Geometry[] polygons)
    {
        await ExecuteAsync(
            $"""
            CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;
            DROP SCHEMA IF EXISTS {Schema} CASCADE;
            CREATE SCHEMA {Schema};
            CREATE UNLOGGED TABLE raw_points (lon float8, lat float8);
            CREATE UNLOGGED TABLE raw_polygons (id int, wkb bytea);
            """
        );
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await using (
            NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
                "COPY raw_points FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < lons.Length; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(lons[i], NpgsqlDbType.Double);
                await copy.WriteAsync(lats[i], NpgsqlDbType.Double);
            }

            await copy.CompleteAsync();
        }

        var writer = new WKBWriter();
        await using (
            NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
                "COPY raw_polygons FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < polygons.Length; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(i, NpgsqlDbType.Integer);
                await copy.WriteAsync(writer.Write(polygons[i]), NpgsqlDbType.Bytea);
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync(
            connection,
            """
            CREATE UNLOGGED TABLE polygons_plain AS
              SELECT id, ST_GeomFromWKB(wkb, 4326) AS geom FROM raw_polygons;
            CREATE UNLOGGED TABLE polygons_indexed AS SELECT * FROM polygons_plain;
            CREATE UNLOGGED TABLE polygons_hilbert AS SELECT * FROM polygons_plain ORDER BY geom;
            CREATE INDEX ON polygons_indexed USING gist (geom);
            CREATE UNLOGGED TABLE points_plain AS
              SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom FROM raw_points;
            CREATE UNLOGGED TABLE points_indexed AS SELECT * FROM points_plain;
            CREATE INDEX ON points_indexed USING gist (geom);
            CREATE UNLOGGED TABLE points_hilbert AS SELECT * FROM points_plain ORDER BY geom;
            CREATE INDEX ON points_hilbert USING gist (geom);
            VACUUM ANALYZE polygons_plain, polygons_indexed, polygons_hilbert,
              points_plain, points_indexed, points_hilbert;
            """
        );
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        // One statement a time: VACUUM refuses to run inside the transaction of a batch.
        foreach (
            string statement in sql.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
