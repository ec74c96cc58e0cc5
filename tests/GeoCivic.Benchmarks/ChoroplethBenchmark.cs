using System.Globalization;
using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// Open issues by grid on 2,000,000 issues over 10,000 grids: maintained counts against counting the rows, as values (the
/// query behind the map) and as the whole HTTP call with the grids' shapes.
/// </summary>
internal static class ChoroplethBenchmark
{
    private const int Issues = 2_000_000;

    internal static async Task RunAsync(TextWriter output)
    {
        var connectionString = Measure.ConnectionString();
        await using var source = Schema.CreateDataSource(connectionString);
        var folder = Directory.CreateTempSubdirectory("geocivic-bench-").FullName;
        try
        {
            await BenchStreet.CreateAsync(source, folder);
            await FillAsync(source);
            await ImportOneAsync(source, folder);

            const string Counting =
                "SELECT grid_code, count(*) FROM issues WHERE street_code = 'bench' AND is_open GROUP BY grid_code";
            const string Maintained =
                "SELECT grid_code, open FROM grid_issue_counts WHERE street_code = 'bench' AND open > 0";
            await EqualAsync(source, Counting, Maintained);
            var counting = await TimeAsync(3, () => ReadAsync(source, Counting));
            var maintained = await TimeAsync(20, () => ReadAsync(source, Maintained));

            await using var app = WebService.Build([], connectionString);
            app.Urls.Add("http://127.0.0.1:0");
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            var call = await TimeAsync(
                5,
                () => client.GetByteArrayAsync("/api/density?level=grid&street=bench")
            );
            var window = await TimeAsync(
                3,
                () =>
                    client.GetByteArrayAsync("/api/density?level=grid&street=bench&from=2000-01-01")
            );
            var values = await TimeAsync(
                10,
                () =>
                    client.GetByteArrayAsync("/api/density?level=grid&street=bench&geometry=false")
            );
            await CheckCallAsync(client, source, Counting);
            await app.StopAsync();

            await output.WriteLineAsync(
                $"open issues of 10,000 grids over {Issues:N0} issues, median"
            );
            await output.WriteLineAsync("| what | ms | times faster than counting |");
            await output.WriteLineAsync("|---|---:|---:|");
            foreach (
                var (what, time) in (IEnumerable<(string, TimeSpan)>)
                    [
                        ("query: counting the rows (baseline)", counting),
                        ("query: maintained counts", maintained),
                        ("call with a window, shapes included (counts the rows)", window),
                        ("call, values only (geometry=false)", values),
                        ("call, shapes included", call),
                    ]
            )
            {
                await output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {what} | {time.TotalMilliseconds:F1} | {counting / time:F1} |"
                    )
                );
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(NpgsqlDataSource source)
    {
        // Random places in random grids; placed as their grid says, which is what counts here.
        await using var command = source.CreateCommand(
            $$"""
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, description, geom,
                                placement, grid_code, community_code)
            SELECT 'bench', gen_random_uuid(), 'I' || n, c.code, CASE WHEN n % 5 = 0 THEN 'open' ELSE 'closed' END, n % 5 = 0,
                   timestamptz '2026-01-01' + n * interval '15 seconds',
                   CASE WHEN n % 5 <> 0 THEN timestamptz '2026-01-03' + n * interval '15 seconds' END,
                   '沿街占道经营，已劝导 ' || n,
                   ST_SetSRID(ST_MakePoint({{BenchStreet.West}} + {{BenchStreet.Size}} * random(), {{BenchStreet.South}} + {{BenchStreet.Size}} * random()), 4326),
                   'inside', g.code, g.parent_code
            FROM generate_series(1, {{Issues}} - 1) n
            JOIN (SELECT code, parent_code, row_number() OVER (ORDER BY code) - 1 AS k FROM area_versions
                  WHERE street_code = 'bench' AND level = 'grid') g ON g.k = (n * 7919::bigint) % 10000
            JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS k FROM issue_categories WHERE origin = 'reference') c
                ON c.k = n % (SELECT count(*) FROM issue_categories WHERE origin = 'reference')
            ON CONFLICT DO NOTHING
            """
        );
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
        await using var vacuum = source.CreateCommand("VACUUM ANALYZE issues");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
    }

    /// <summary>One more through the import, after which the counts must be exact at once.</summary>
    private static Task<ImportReport> ImportOneAsync(NpgsqlDataSource source, string folder) =>
        BenchStreet.ImportAsync(
            source,
            Datasets.Issues,
            Path.Combine(folder, "issue.csv"),
            [
                "code,category,found_at,lon,lat",
                $"I-last,stall_occupying,2026-06-01 08:00,{BenchStreet.West + 0.1},{BenchStreet.South + 0.1}",
            ]
        );

    private static async Task EqualAsync(
        NpgsqlDataSource source,
        string counting,
        string maintained
    )
    {
        await using var command = source.CreateCommand(
            $"SELECT count(*) FROM (({counting}) EXCEPT ({maintained}) UNION ALL ({maintained}) EXCEPT ({counting})) d"
        );
        command.CommandTimeout = 0;
        if ((long)(await command.ExecuteScalarAsync())! != 0)
        {
            throw new InvalidOperationException("The maintained counts differ from the rows.");
        }
    }

    private static async Task CheckCallAsync(
        HttpClient client,
        NpgsqlDataSource source,
        string counting
    )
    {
        var rows = await ReadAsync(source, counting);
        using var answer = JsonDocument.Parse(
            await client.GetByteArrayAsync("/api/density?level=grid&street=bench")
        );
        var sum = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Sum(f => f.GetProperty("properties").GetProperty("count").GetInt64());
        if (sum != rows)
        {
            throw new InvalidOperationException(
                $"The call counts {sum} issues, the table has {rows}."
            );
        }
    }

    private static async Task<long> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync();
        long sum = 0;
        while (await rows.ReadAsync())
        {
            sum += rows.GetInt64(1);
        }

        return sum;
    }

    private static async Task<TimeSpan> TimeAsync<T>(int times, Func<Task<T>> action)
    {
        await action();
        var all = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await action();
            all.Add(watch.Elapsed);
        }

        all.Sort();
        return all[all.Count / 2];
    }
}
