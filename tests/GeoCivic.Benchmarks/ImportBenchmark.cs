using System.Diagnostics;
using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Imports;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// Import of 1,000,000 points from CSV with checks, upsert and placing on 10,000 grids, against a raw COPY of the finished
/// rows into the same table with the same indexes and constraints.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rows = 1_000_000;
    private const int Rounds = 2;

    internal static async Task RunAsync(TextWriter output)
    {
        await using var source = Schema.CreateDataSource(Measure.ConnectionString());
        var folder = Directory.CreateTempSubdirectory("geocivic-bench-").FullName;
        try
        {
            await BenchStreet.CreateAsync(source, folder);
            var csv = Path.Combine(folder, "points.csv");
            await File.WriteAllLinesAsync(csv, Points());
            var rows = Path.Combine(folder, "rows.copy");
            var (import, raw) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                await EmptyAsync(source);
                var watch = Stopwatch.StartNew();
                var report = await BenchStreet.ImportAsync(
                    source,
                    Datasets.Points,
                    csv,
                    lines: null
                );
                import = Min(import, watch.Elapsed);
                if (report.Added != Rows || report.Placement!.Inside != Rows)
                {
                    throw new InvalidOperationException(report.ToString());
                }

                if (round == 0)
                {
                    await DumpAsync(source, rows);
                }

                await EmptyAsync(source);
                watch.Restart();
                await CopyAsync(source, rows);
                raw = Min(raw, watch.Elapsed);
            }

            await output.WriteLineAsync(
                $"import of {Rows:N0} points (CSV) with placing on 10,000 grids, best of {Rounds}"
            );
            await output.WriteLineAsync("| what | seconds | rows/s | ratio to raw COPY |");
            await output.WriteLineAsync("|---|---:|---:|---:|");
            await output.WriteLineAsync(
                Line("raw COPY of finished rows, same table and indexes (baseline)", raw, raw)
            );
            await output.WriteLineAsync(Line("geocivic import points", import, raw));
            await EmptyAsync(source);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Line(string what, TimeSpan time, TimeSpan raw) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {time.TotalSeconds:F1} | {Rows / time.TotalSeconds:N0} | {raw.TotalSeconds / time.TotalSeconds:F2} |"
        );

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static IEnumerable<string> Points()
    {
        string[] types = ["market", "back_alley", "plaza", "public_toilet"];
        var random = new Random(7);
        yield return "code,name,type,lon,lat";
        for (var i = 0; i < Rows; i++)
        {
            var lon = BenchStreet.West + (random.NextDouble() * BenchStreet.Size);
            var lat = BenchStreet.South + (random.NextDouble() * BenchStreet.Size);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"P{i:0000000},点位 {i},{types[i % types.Length]},{lon:F7},{lat:F7}"
            );
        }
    }

    private static async Task EmptyAsync(NpgsqlDataSource source)
    {
        // Without the foreign keys' triggers, which would look a million times for issues of the points.
        await using var command = source.CreateCommand(
            "SET LOCAL session_replication_role = replica; DELETE FROM point_grids; DELETE FROM points"
        );
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
        // VACUUM gives both sides the same empty table and indexes.
        await using var vacuum = source.CreateCommand("VACUUM FULL points");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
        await using var checkpoint = source.CreateCommand("CHECKPOINT");
        checkpoint.CommandTimeout = 0;
        await checkpoint.ExecuteNonQueryAsync();
    }

    private static async Task DumpAsync(NpgsqlDataSource source, string path)
    {
        await using var connection = await source.OpenConnectionAsync();
        // In the file's order, not the table's.
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            "COPY (SELECT street_code, code, name, type, geom, placement, grid_code, community_code FROM points ORDER BY code) TO STDOUT (FORMAT binary)"
        );
        await using var file = File.Create(path);
        await copy.CopyToAsync(file);
    }

    private static async Task CopyAsync(NpgsqlDataSource source, string path)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            "COPY points (street_code, code, name, type, geom, placement, grid_code, community_code) FROM STDIN (FORMAT binary)"
        );
        await using var file = File.OpenRead(path);
        await file.CopyToAsync(copy, 1 << 20);
    }
}
