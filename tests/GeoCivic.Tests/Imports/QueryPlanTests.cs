using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Imports;

/// <summary>The plans that speed rests on: which side drives a spatial join, and that indexes are used.</summary>
public sealed class QueryPlanTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Placing_many_points_lets_the_grids_drive_the_index_on_the_points()
    {
        await using var connection = await demo.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(
            """
            CREATE TEMP TABLE to_place_points ON COMMIT DROP AS
            SELECT 'P' || n AS key, ST_SetSRID(ST_MakePoint(106.5395 + 0.021 * random(), 29.5597 + 0.01 * random()), 4326) AS geom
            FROM generate_series(1, 200000) n;
            CREATE INDEX to_place_geom ON to_place_points USING gist (geom);
            ANALYZE to_place_points;
            """
        );
        // The very statement of the import, from its file.
        const string Create = "CREATE TEMP TABLE placed_points ON COMMIT DROP AS";
        var file = GeoCivic
            .Database.Sql.Load("Imports/replace_records.sql")
            .Replace("{{table}}", "points", StringComparison.Ordinal);
        var statement = file[(file.IndexOf(Create, StringComparison.Ordinal) + Create.Length)..];
        var plan = await PlanAsync(
            statement[..statement.LastIndexOf(";\nANALYZE", StringComparison.Ordinal)]
                .Replace("@street", "'500103011'", StringComparison.Ordinal)
                .Replace("@today", "current_date", StringComparison.Ordinal)
        );
        // The general rule for the rest looks up the grids by each record, as it should.
        var steps = plan.Split('\n');
        var start = Array.FindIndex(
            steps,
            l => l.TrimStart().StartsWith("CTE covered", StringComparison.Ordinal)
        );
        Assert.True(start >= 0, plan);
        static int Depth(string line) => line.Length - line.TrimStart().Length;
        var covered = string.Join(
            '\n',
            steps.Skip(start + 1).TakeWhile(l => Depth(l) > Depth(steps[start]))
        );
        Assert.Contains("Index Scan using to_place_geom", covered, StringComparison.Ordinal);
        Assert.DoesNotContain("gix_area_versions_geom", covered, StringComparison.Ordinal);

        async Task RunAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        async Task<string> PlanAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand("EXPLAIN " + sql, connection);
            await using var rows = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await rows.ReadAsync())
            {
                lines.Add(rows.GetString(0));
            }

            return string.Join('\n', lines);
        }
    }

    [Theory]
    [InlineData(
        "SELECT g.code FROM area_versions g WHERE g.street_code = '500103011' AND g.level = 'grid' AND g.geom && ST_MakeEnvelope(106.55, 29.565, 106.5501, 29.5651, 4326)",
        "gix_area_versions_geom"
    )]
    [InlineData(
        "SELECT code FROM points WHERE street_code = '500103011' AND geom && ST_MakeEnvelope(106.55, 29.565, 106.5505, 29.5655, 4326)",
        "gix_points_geom"
    )]
    [InlineData(
        "SELECT code FROM issues WHERE street_code = '500103011' AND geom && ST_MakeEnvelope(106.55, 29.565, 106.5502, 29.5652, 4326)",
        "gix_issues_geom"
    )]
    [InlineData(
        "SELECT * FROM issues WHERE street_code = '500103011' AND found_at >= now() - interval '1 day'",
        "ix_issues_found"
    )]
    [InlineData(
        "SELECT open FROM grid_issue_counts WHERE street_code = '500103011' AND grid_code = '500103011012001'",
        "pk_grid_issue_counts"
    )]
    public async Task Hot_queries_can_use_their_index(string sql, string index)
    {
        await using var connection = await demo.Database.OpenConnectionAsync();
        // A few hundred rows are read faster without an index; what is asked here is whether the index fits the query.
        await using (
            var command = new Npgsql.NpgsqlCommand("SET enable_seqscan = off; ANALYZE", connection)
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var explain = new Npgsql.NpgsqlCommand("EXPLAIN " + sql, connection);
        await using var rows = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(0));
        }

        var text = string.Join('\n', plan);
        Assert.Contains(index, text, StringComparison.Ordinal);
    }
}
