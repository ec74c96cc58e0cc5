using System.Diagnostics;
using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Hotspots;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// Issues by grid in a year's window on 10,000,000 issues over 10,000 grids and five years: the maintained counts, asked as
/// the service asks them, against counting the rows, and what the counts cost those who write.
/// </summary>
internal static class CountsBenchmark
{
    private const int Issues = 10_000_000;
    private static readonly DateOnly First = new(2021, 11, 22);

    internal static async Task RunAsync(TextWriter output)
    {
        await using var source = Schema.CreateDataSource(Measure.ConnectionString());
        await FillAsync(source, output);

        await output.WriteLineAsync($"a year's window by grid over {Issues:N0} issues, median");
        await output.WriteLineAsync(
            "| what | counting the rows, ms | maintained counts, ms | times as fast |"
        );
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (
            var (name, question) in (IEnumerable<(string, DensityQuestion)>)
                [
                    ("no filter, 7 March to 6 March", Year(2024, 3, 7)),
                    ("no filter, calendar year", Year(2023, 1, 1)),
                    ("one category", Year(2024, 3, 7) with { Category = "uncivil_pets" }),
                    ("one state", Year(2024, 3, 7) with { State = "cancelled" }),
                    ("open now", Year(2024, 3, 7) with { State = "open" }),
                    ("one shift", Year(2024, 3, 7) with { Shift = "night" }),
                    (
                        "category and state",
                        Year(2024, 3, 7) with
                        {
                            Category = "uncivil_pets",
                            State = "cancelled",
                        }
                    ),
                ]
        )
        {
            var (counted, rows) = await TimeAsync(3, () => CountAsync(source, question));
            var (kept, maintained) = await TimeAsync(
                30,
                async () =>
                {
                    await using var connection = await source.OpenConnectionAsync();
                    await using var command = Density.Issues(connection, question);
                    return await ReadAsync(command);
                }
            );
            if (!counted.OrderBy(c => c.Key).SequenceEqual(kept.OrderBy(c => c.Key)))
            {
                throw new InvalidOperationException($"{name}: the counts differ from the rows.");
            }

            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} ({counted.Values.Sum():N0} issues) | {rows.TotalMilliseconds:F0} | {maintained.TotalMilliseconds:F1} | {rows / maintained:F0} |"
                )
            );
        }

        await WriteAsync(source, output);
    }

    private static DensityQuestion Year(int year, int month, int day)
    {
        var from = new DateOnly(year, month, day);
        return new DensityQuestion("grid")
        {
            Street = BenchStreet.Code,
            From = from,
            To = from.AddYears(1).AddDays(-1),
        };
    }

    /// <summary>Counting the rows, as the service did before it kept counts by day.</summary>
    private static async Task<Dictionary<string, long>> CountAsync(
        NpgsqlDataSource source,
        DensityQuestion question
    )
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT street_code, coalesce(grid_code, '') AS grid_code, count(*) AS n, embargoed
            FROM issues
            WHERE street_code = '{BenchStreet.Code}' AND found_at >= @from AND found_at < @before
            {(question.Category is { } category ? $"AND category = '{category}'" : "")}
            {(
                question.State switch
                {
                    "all" => "",
                    "open" => "AND is_open",
                    var state => $"AND state = '{state}'",
                }
            )}
            {(question.Shift is { } shift ? $"AND shift_at(found_at) = '{shift}'" : "")}
            GROUP BY 1, 2, embargoed
            """
        );
        command.Parameters.AddWithValue("from", BeijingTime.StartOf(question.From!.Value));
        command.Parameters.AddWithValue(
            "before",
            BeijingTime.StartOf(question.To!.Value.AddDays(1))
        );
        return await ReadAsync(command);
    }

    private static async Task<Dictionary<string, long>> ReadAsync(NpgsqlCommand command)
    {
        command.CommandTimeout = 0;
        var counts = new Dictionary<string, long>(10_000, StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (rows.GetInt64(2) is not 0 and var n)
            {
                var grid = rows.GetString(1);
                counts[grid] = counts.GetValueOrDefault(grid) + n;
            }
        }

        return counts;
    }

    private static async Task<(Dictionary<string, long> Counts, TimeSpan Median)> TimeAsync(
        int times,
        Func<Task<Dictionary<string, long>>> action
    )
    {
        // Once unmeasured: pages and compiled code are warm for both.
        var counts = await action();
        var all = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await action();
            all.Add(watch.Elapsed);
        }

        all.Sort();
        return (counts, all[all.Count / 2]);
    }

    /// <summary>
    /// Ten million issues in the order in which they were found. Without triggers, constraints that need other rows, and most
    /// indexes, which would take an hour; then the indexes that counting the rows can use, and the counts by the function that
    /// the migration uses. A street that has them already is taken as it is.
    /// </summary>
    private static async Task FillAsync(NpgsqlDataSource source, TextWriter output)
    {
        await using var connection = await source.OpenConnectionAsync();
        async Task RunAsync(string what, string sql)
        {
            var watch = Stopwatch.StartNew();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: {watch.Elapsed.TotalSeconds:F0} s"
                )
            );
        }

        await using (
            var there = new NpgsqlCommand(
                $"SELECT count(*) FROM (SELECT FROM issues WHERE street_code = '{BenchStreet.Code}' LIMIT {Issues}) i",
                connection
            )
            {
                CommandTimeout = 0,
            }
        )
        {
            if ((long)(await there.ExecuteScalarAsync())! == Issues)
            {
                return;
            }
        }

        await RunAsync(
            "issues",
            $$"""
            SET session_replication_role = replica;
            INSERT INTO streets (street_code, name) VALUES ('{{BenchStreet.Code}}', 'Bench street') ON CONFLICT DO NOTHING;
            DO $do$
            DECLARE i record;
            BEGIN
                FOR i IN SELECT conname FROM pg_constraint WHERE conrelid = 'issues'::regclass AND contype IN ('u', 'p') ORDER BY contype DESC LOOP
                    EXECUTE format('ALTER TABLE issues DROP CONSTRAINT %I CASCADE', i.conname);
                END LOOP;
                FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 'issues'::regclass LOOP
                    EXECUTE format('DROP INDEX %s', i.name);
                END LOOP;
            END $do$;
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, description, geom, placement, grid_code, community_code)
            SELECT '{{BenchStreet.Code}}', lpad(to_hex(n), 32, '0')::uuid, 'I' || n, c.codes[1 + abs(hashint8(n * 7)) % cardinality(c.codes)],
                   s.state, s.state IN ('open', 'dispatched'), t.at,
                   CASE WHEN s.state NOT IN ('open', 'dispatched') THEN t.at + (abs(hashint8(n * 5)) % 1728000) * INTERVAL '1 second' END,
                   '沿街占道经营，已劝导 ' || n, ST_SetSRID(ST_MakePoint(106.5, 29.5), 4326), 'inside',
                   'G' || lpad((abs(hashint8(n * 3)) % 10000)::text, 4, '0'), 'C' || lpad((abs(hashint8(n * 3)) % 10000 / 100)::text, 2, '0')
            FROM generate_series(1, {{Issues}}) n
            CROSS JOIN (SELECT array_agg(code ORDER BY code) AS codes FROM issue_categories WHERE origin = 'reference') c
            CROSS JOIN LATERAL (SELECT timestamptz '{{First:yyyy-MM-dd}} 00:00+08' + n * INTERVAL '15.7788 seconds' AS at) t
            -- a fifth is open
            CROSS JOIN LATERAL (SELECT ('{closed,cancelled,cancelled,closed,cancelled,fixed_on_spot,rejected,cancelled,open,dispatched}'::text[])[1 + abs(hashint8(n * 11)) % 10] AS state) s;
            """
        );
        await RunAsync(
            "indexes of the issues",
            """
            CREATE INDEX ix_issues_found ON issues (street_code, found_at);
            CREATE INDEX ix_issues_category ON issues (category, street_code, found_at);
            CREATE INDEX ix_issues_grid ON issues (street_code, grid_code, is_open);
            CREATE INDEX ix_issues_state ON issues (state, street_code);
            """
        );
        await RunAsync("counts of everything anew", "SELECT count_days_anew()");
        await RunAsync("vacuum", "VACUUM ANALYZE issues");
        await RunAsync("vacuum", "VACUUM ANALYZE issue_day_counts");
        await RunAsync("vacuum", "VACUUM ANALYZE issue_year_counts");
        await RunAsync("triggers on", "RESET session_replication_role");
    }

    /// <summary>Writes into the full tables, each rolled back, with the triggers of the counts by day and without.</summary>
    private static async Task WriteAsync(NpgsqlDataSource source, TextWriter output)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync("| write | without counts by day, ms | with, ms | more, ms |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        const string Insert = $"""
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, geom, placement, grid_code, community_code)
            SELECT '{BenchStreet.Code}', gen_random_uuid(), 'new' || n, 'uncivil_pets', 'open', true, timestamptz '2026-11-20 12:00+08' - n * INTERVAL '20 minutes',
                   ST_SetSRID(ST_MakePoint(106.5, 29.5), 4326), 'inside', 'G' || lpad((n * 37 % 10000)::text, 4, '0'), 'C00'
            FROM generate_series(1, ROWS) n
            """;
        const string Close = $"""
            UPDATE issues SET state = 'closed', is_open = false, closed_at = timestamptz '2026-11-21 12:00+08'
            WHERE street_code = '{BenchStreet.Code}' AND found_at BETWEEN '2026-11-01' AND '2026-11-20' AND code IN (
                SELECT code FROM issues WHERE street_code = '{BenchStreet.Code}' AND found_at BETWEEN '2026-11-01' AND '2026-11-20' AND is_open LIMIT ROWS)
            """;
        foreach (
            var (name, sql, rows, times) in (IEnumerable<(string, string, string, int)>)
                [
                    ("one new issue", Insert, "1", 30),
                    ("one closed", Close, "1", 5),
                    ("100,000 new issues in one statement", Insert, "100000", 1),
                ]
        )
        {
            var text = sql.Replace("ROWS", rows, StringComparison.Ordinal);
            var without = await WriteAsync(source, text, times, counts: false);
            var with = await WriteAsync(source, text, times, counts: true);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {without.TotalMilliseconds:F1} | {with.TotalMilliseconds:F1} | {(with - without).TotalMilliseconds:F1} |"
                )
            );
        }
    }

    private static async Task<TimeSpan> WriteAsync(
        NpgsqlDataSource source,
        string sql,
        int times,
        bool counts
    )
    {
        var all = new List<TimeSpan>();
        for (var i = 0; i <= times; i++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var triggers = new NpgsqlCommand(
                string.Concat(
                    ((string[])["insert", "update", "delete"]).Select(t =>
                        $"ALTER TABLE issues {(counts ? "ENABLE" : "DISABLE")} TRIGGER tr_issues_days_{t};"
                    )
                ),
                connection
            );
            await triggers.ExecuteNonQueryAsync();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            var watch = Stopwatch.StartNew();
            await command.ExecuteNonQueryAsync();
            if (i > 0)
            {
                all.Add(watch.Elapsed);
            }

            await transaction.RollbackAsync();
        }

        all.Sort();
        return all[all.Count / 2];
    }
}
