using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Tests.Hotspots;

/// <summary>A database that is older than the counts by day gets them with what it holds.</summary>
public sealed class DayCountsMigrationTests
{
    private const string DayCounts = "Database/Migrations/20261123_a_day_counts.sql";

    [Fact]
    public async Task What_was_there_before_is_counted_and_has_its_hexagons()
    {
        await using var database = await PostGisDatabase.CreateEmptyAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        // EF finds steps by names of its own form only; each is one file, in the order of the names.
        foreach (
            var step in typeof(Sql)
                .Assembly.GetManifestResourceNames()
                .Where(name =>
                    name.StartsWith("Database/Migrations/", StringComparison.Ordinal)
                    && string.CompareOrdinal(name, DayCounts) < 0
                )
                .Order(StringComparer.Ordinal)
        )
        {
            await RunAsync(Sql.Load(step));
        }

        await RunAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('old', 'Old'), ('bare', 'Bare');
            INSERT INTO areas (street_code, level, code) VALUES ('old', 'street', 'old'), ('old', 'grid', 'G');
            INSERT INTO area_versions (street_code, level, code, name, parent_code, geom) VALUES
                ('old', 'street', 'old', 'Old', NULL, ST_Multi(ST_MakeEnvelope(106.5, 29.5, 106.6, 29.6, 4326))),
                ('old', 'grid', 'G', 'G', 'C', ST_Multi(ST_MakeEnvelope(106.5, 29.5, 106.51, 29.51, 4326)));
            INSERT INTO issue_categories (code, name, name_en) VALUES ('litter', 'L', 'L');
            INSERT INTO issue_states (code, name, name_en, is_open) VALUES ('open', 'O', 'O', true), ('closed', 'C', 'C', false);
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, geom, placement, grid_code, community_code)
            SELECT 'old', gen_random_uuid(), 'I' || n, 'litter', CASE n % 3 WHEN 0 THEN 'open' ELSE 'closed' END, n % 3 = 0,
                   timestamptz '2024-12-31T23:59:59+08:00' + (n % 2) * INTERVAL '31 minutes',
                   CASE n % 3 WHEN 1 THEN timestamptz '2025-02-01T00:30:00+08:00' END,
                   ST_SetSRID(ST_MakePoint(106.505, 29.505), 4326), 'inside', 'G', 'C'
            FROM generate_series(1, 60) n;
            """
        );
        await RunAsync(Sql.Load(DayCounts));

        async Task<string> TextAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return (string)(await command.ExecuteScalarAsync())!;
        }

        // 60 issues, half found on the last day of 2024 and half on the first of 2025; a third open, a third closed on 1
        // February, a third closed nobody knows when, that is, on the day found.
        Assert.Equal(
            "all 2023 {731} {30}, all 2024 {366,367} {30,60}, all 2025 {1} {30}, category:litter 2024 {366} {30}, category:litter 2025 {1} {30}, "
                + "closed 2023 {731} {10}, closed 2024 {366,367,398} {10,20,40}, closed 2025 {1,32} {10,30}, "
                + "open 2023 {731} {10}, open 2024 {366,367} {10,20}, open 2025 {1} {10}, shift:night 2024 {366} {30}, shift:night 2025 {1} {30}, "
                + "state:closed 2024 {366} {20}, state:closed 2025 {1} {20}, state:open 2024 {366} {10}, state:open 2025 {1} {10}",
            await TextAsync(
                "SELECT string_agg(slice || ' ' || year || ' ' || days::text || ' ' || sums::text, ', ' ORDER BY slice, year) FROM issue_year_counts WHERE street_code = 'old' AND grid_code = 'G' AND NOT embargoed"
            )
        );
        Assert.Equal(
            "2024-12-31 closed 2024-12-31 10, 2024-12-31 closed 2025-02-01 10, 2024-12-31 open infinity 10, 2025-01-01 closed 2025-01-01 10, 2025-01-01 closed 2025-02-01 10, 2025-01-01 open infinity 10",
            await TextAsync(
                "SELECT string_agg(day || ' ' || state || ' ' || closed_day || ' ' || n, ', ' ORDER BY day, state, closed_day) FROM issue_day_counts"
            )
        );
        Assert.Equal(
            "old 106.55 29.55",
            await TextAsync(
                "SELECT string_agg(street_code || ' ' || lon || ' ' || lat, ', ') FROM hex_frames"
            )
        );
    }
}
