using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// Issues by grid on 2,000,000 issues over 10,000 grids: maintained counts against counting the rows, as values (the
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

            var rows = new List<(string What, TimeSpan Time, TimeSpan Baseline)>();
            var counted = TimeSpan.Zero;
            foreach (
                var (name, filter, column) in (IEnumerable<(string, string, string)>)
                    [("all", "true", "total"), ("open", "is_open", "open")]
            )
            {
                var counting =
                    $"SELECT grid_code, count(*) FROM issues WHERE street_code = 'bench' AND {filter} GROUP BY grid_code";
                var maintained =
                    $"SELECT grid_code, {column} FROM grid_issue_counts WHERE street_code = 'bench' AND {column} > 0";
                await EqualAsync(source, counting, maintained);
                var baseline = await TimeAsync(5, () => ReadAsync(source, counting));
                counted = counted == TimeSpan.Zero ? baseline : counted;
                rows.Add(
                    ($"values, {name} issues: counting the rows (baseline)", baseline, baseline)
                );
                rows.Add(
                    (
                        $"values, {name} issues: maintained counts",
                        await TimeAsync(50, () => ReadAsync(source, maintained)),
                        baseline
                    )
                );
            }

            await using var app = WebService.Build(
                ["--Logging:LogLevel:Default=Warning"],
                connectionString
            );
            app.Urls.Clear();
            app.Urls.Add("http://127.0.0.1:0");
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            client.DefaultRequestHeaders.Authorization = new(
                "Bearer",
                await TokenAsync(connectionString)
            );
            const string Call = "/api/density?level=grid&street=bench&state=all";
            var window = await TimeAsync(
                5,
                () => client.GetByteArrayAsync($"{Call}&from=2000-01-01")
            );
            rows.Add(
                (
                    // No call counts rows any more: what is compared with is the bare count of all issues, without a call.
                    "whole call with shapes, all issues since 2000: running sums",
                    window,
                    counted
                )
            );
            rows.Add(
                (
                    "whole call with shapes, all issues: maintained counts",
                    await TimeAsync(50, () => client.GetByteArrayAsync(Call)),
                    counted
                )
            );
            rows.Add(
                (
                    "whole call, numbers only",
                    await TimeAsync(50, () => client.GetByteArrayAsync($"{Call}&geometry=false")),
                    counted
                )
            );
            await CheckCallAsync(client, Call);
            await app.StopAsync();

            await output.WriteLineAsync($"issues of 10,000 grids over {Issues:N0} issues, median");
            await output.WriteLineAsync("| what | ms | times as fast as its baseline |");
            await output.WriteLineAsync("|---|---:|---:|");
            foreach (var (what, time, baseline) in rows)
            {
                await output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {what} | {time.TotalMilliseconds:F1} | {baseline / time:F1} |"
                    )
                );
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> TokenAsync(string connectionString)
    {
        await using var accounts = CommandAccounts.Over(Schema.CreateDataSource(connectionString));
        var id = await accounts.Book.AddAsync("bench", "bench", $"{Guid.NewGuid()}");
        await accounts.Book.GrantAsync(
            id,
            new Grant(Role.Supervisor, "bench", null, null, null),
            CancellationToken.None
        );
        var caller = await accounts.Callers.OfUserAsync("bench", CancellationToken.None);
        var (_, token, _) = await TokenEndpoints.MakeAsync(
            accounts.Source,
            caller!,
            "bench",
            1,
            "read",
            areas: null,
            CancellationToken.None
        );
        return token;
    }

    private static async Task FillAsync(NpgsqlDataSource source)
    {
        // Random places in random grids; placed as their grid says, which is what counts here.
        await using var command = source.CreateCommand(
            $$"""
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, description, geom,
                                placement, grid_code, community_code)
            SELECT 'bench', gen_random_uuid(), 'I' || n, c.code, CASE WHEN hashint8(n) % 5 = 0 THEN 'open' ELSE 'closed' END, hashint8(n) % 5 = 0,
                   timestamptz '2026-01-01' + n * interval '15 seconds',
                   CASE WHEN hashint8(n) % 5 <> 0 THEN timestamptz '2026-01-03' + n * interval '15 seconds' END,
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

    private static async Task CheckCallAsync(HttpClient client, string call)
    {
        using var answer = JsonDocument.Parse(await client.GetByteArrayAsync(call));
        var sum = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Sum(f => f.GetProperty("properties").GetProperty("count").GetInt64());
        if (sum != Issues)
        {
            throw new InvalidOperationException(
                $"The call counts {sum} issues, there are {Issues}."
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
        // As often again unmeasured: a service that runs for weeks is compiled and has its pages in memory.
        for (var i = 0; i < times; i++)
        {
            await action();
        }

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
