using System.Globalization;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Tests;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;
using Xunit.Abstractions;

namespace GeoCivic.Tests.Geography;

/// <summary>
/// The locator replaces <c>min(index) … where ST_Covers(polygon, point)</c>, so it must answer the same for every point,
/// also where rounding decides. <c>GEOCIVIC_LOCATOR_POINTS</c> sets the number of points (default 100,000; there is one
/// polygon per fifty points up to two thousand, then one per hundred: 1,000,000 points meet 10,000 polygons).
/// </summary>
public sealed class LocatorAgainstPostGisTests(PostGisFixture fixture, ITestOutputHelper output)
    : IClassFixture<PostGisFixture>
{
    private const int DefaultPoints = 60_000;

    // PostGIS has two point-in-polygon code paths, by whether the same polygon comes again in the next row. Which table
    // has the index decides which one drives the join and with it the path.
    [Theory]
    [InlineData("points drive the join", "CREATE INDEX ON locator_polygons USING gist (geom)")]
    [InlineData("polygons drive the join", "CREATE INDEX ON locator_points USING gist (geom)")]
    public async Task The_locator_gives_the_lowest_index_that_st_covers_gives(
        string plan,
        string index
    )
    {
        int count = int.Parse(
            Environment.GetEnvironmentVariable("GEOCIVIC_LOCATOR_POINTS") ?? $"{DefaultPoints}",
            CultureInfo.InvariantCulture
        );
        var random = new Random(20261121);
        List<Geometry> polygons = Plans.Mixture(
            random,
            Math.Max(count / 100, Math.Min(count / 50, 2_000))
        );
        List<(double X, double Y)> points = Plans.Points(random, polygons, count);

        int[] expected = await AskPostGisAsync(polygons, points, index);
        int[] actual = new int[count];
        PolygonLocator
            .Build(polygons)
            .Locate([.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], actual);

        int covered = expected.Count(i => i >= 0);
        string[] differences =
        [
            .. Enumerable
                .Range(0, count)
                .Where(i => expected[i] != actual[i])
                .Select(i =>
                    $"({points[i].X:R} {points[i].Y:R}) PostGIS {expected[i]}, locator {actual[i]}"
                ),
        ];
        output.WriteLine(
            $"{plan}: {count} points, {polygons.Count} polygons, {covered} covered, {differences.Length} differences"
        );
        Assert.True(covered > count / 4 && covered < count);
        Assert.Empty(differences.Take(20));
    }

    private async Task<int[]> AskPostGisAsync(
        List<Geometry> polygons,
        List<(double X, double Y)> points,
        string index
    )
    {
        await using NpgsqlConnection connection = await fixture.DataSource.OpenConnectionAsync();
        await ExecuteAsync(
            connection,
            """
            SET jit = off;
            CREATE TEMPORARY TABLE locator_polygons (id int, geom geometry);
            CREATE TEMPORARY TABLE locator_raw (id int, x float8, y float8);
            """
        );
        await using (
            NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
                "COPY locator_polygons FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < polygons.Count; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(i, NpgsqlDbType.Integer);
                await copy.WriteAsync(polygons[i], NpgsqlDbType.Geometry);
            }

            await copy.CompleteAsync();
        }

        await using (
            NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
                "COPY locator_raw FROM STDIN (FORMAT binary)"
            )
        )
        {
            for (int i = 0; i < points.Count; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(i, NpgsqlDbType.Integer);
                await copy.WriteAsync(points[i].X, NpgsqlDbType.Double);
                await copy.WriteAsync(points[i].Y, NpgsqlDbType.Double);
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync(
            connection,
            $"""
            CREATE TEMPORARY TABLE locator_points AS
              SELECT id, ST_SetSRID(ST_MakePoint(x, y), 4326) AS geom FROM locator_raw;
            {index};
            ANALYZE locator_polygons;
            ANALYZE locator_points;
            """
        );

        int[] lowest = new int[points.Count];
        Array.Fill(lowest, -1);
        await using (
            var command = new NpgsqlCommand(
                """
                SELECT p.id, min(g.id)
                FROM locator_points p
                JOIN locator_polygons g ON ST_Covers(g.geom, p.geom)
                GROUP BY p.id
                """,
                connection
            )
            {
                CommandTimeout = 1800,
            }
        )
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                lowest[reader.GetInt32(0)] = reader.GetInt32(1);
            }
        }

        await ExecuteAsync(
            connection,
            "DROP TABLE locator_points; DROP TABLE locator_raw; DROP TABLE locator_polygons"
        );
        return lowest;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
        await command.ExecuteNonQueryAsync();
    }
}
