using System.Diagnostics;
using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Check;
using GeoCivic.Spatial;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// One what-if check among 500 campuses and 10,000 grids against the bare indexed query behind it: PostGIS's distance of
/// the place from every campus within the same metres, by the index on the campuses' geography.
/// </summary>
internal static class CheckBenchmark
{
    private const int Places = 300;

    private const string Bare = """
        SELECT s.street_code, s.code, s.name, s.kind, ST_Distance(s.geom::geography, @place::geography),
               (SELECT min(ST_Distance(g.geom::geography, @place::geography)) FROM gates g WHERE g.street_code = s.street_code AND g.school_code = s.code)
        FROM schools s WHERE ST_DWithin(s.geom::geography, @place::geography, @metres)
        """;

    internal static async Task RunAsync(TextWriter output)
    {
        string connectionString = Measure.ConnectionString();
        await using var source = Schema.CreateDataSource(connectionString);
        string folder = Directory.CreateTempSubdirectory("geocivic-bench-").FullName;
        try
        {
            await BenchStreet.CreateAsync(source, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await BenchCampuses.FillAsync(source, BenchCampuses.Make());
        await using (var connection = await source.OpenConnectionAsync())
        {
            await BenchCampuses.ExecuteAsync(
                connection,
                """
                SELECT put_rule_pack(jsonb_build_object('format', 1, 'pack', 'bench', 'version', '1', 'name', 'bench', 'name_en', 'bench',
                    'region', 'bench', 'rules', jsonb_build_array(jsonb_build_object(
                        'id', 'bench.karaoke', 'name', 'rule', 'name_en', 'rule', 'school_kinds', '["primary"]'::jsonb,
                        'venue_categories', '["karaoke"]'::jsonb, 'metres', 200, 'from', 'campus_boundary', 'how', 'straight',
                        'method_settled', true, 'certainty', 'high', 'citation', '{"text": "t", "article": "a", "verified": false}'::jsonb))), 'loaded');
                INSERT INTO gates (street_code, code, school_code, geom)
                SELECT street_code, code, code, ST_PointN(ST_ExteriorRing(geom), 1) FROM schools;
                ANALYZE gates;
                """
            );
        }

        await using var app = WebService.Build(
            ["--Logging:LogLevel:Default=Warning", "--Perimeters:Nightly=false"],
            connectionString
        );
        var check = app.Services.GetRequiredService<PlaceCheck>();
        var random = new Random(7);
        var places = Enumerable
            .Range(0, Places)
            .Select(_ => BenchCampuses.Somewhere(random))
            .ToList();
        async Task<(TimeSpan, int)> AskAsync(LonLat place)
        {
            long start = Stopwatch.GetTimestamp();
            var answer = await check.AtAsync(
                place,
                "karaoke",
                new DateOnly(2026, 11, 22),
                schoolKinds: null,
                new Scope(["*"], ["*"]),
                CancellationToken.None
            );
            return (Stopwatch.GetElapsedTime(start), answer.Allowed == true ? 1 : 0);
        }

        foreach (var place in places.Take(50))
        {
            await AskAsync(place);
            await BareAsync(source, place);
        }

        var (ours, forbidden, bare) = (
            new List<TimeSpan>(),
            new List<TimeSpan>(),
            new List<TimeSpan>()
        );
        foreach (var place in places)
        {
            bare.Add(await BareAsync(source, place));
            var (time, allowed) = await AskAsync(place);
            (allowed == 1 ? ours : forbidden).Add(time);
        }

        var baseline = Timing.Of(bare);
        await output.WriteLineAsync($"one check of {Places} random places");
        await output.WriteLineAsync(
            "| what | places | best, ms | median, ms | times the bare query |"
        );
        await output.WriteLineAsync("|---|---:|---:|---:|---:|");
        foreach (
            var (what, times) in (IEnumerable<(string, List<TimeSpan>)>)
                [
                    ("bare indexed query (baseline)", bare),
                    ("whole check", [.. ours, .. forbidden]),
                    ("of these: allowed", ours),
                    ("of these: not allowed, with the nearest place where it would be", forbidden),
                ]
        )
        {
            var timing = Timing.Of(times);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {what} | {times.Count} | {timing.Best.TotalMilliseconds:F2} | {timing.Median.TotalMilliseconds:F2} | {timing.Median / baseline.Median:F2} |"
                )
            );
        }
    }

    private static async Task<TimeSpan> BareAsync(NpgsqlDataSource source, LonLat place)
    {
        long start = Stopwatch.GetTimestamp();
        await using var command = source
            .CreateCommand(Bare)
            .With("place", new Point(place.Lon, place.Lat))
            .With("metres", 500.0);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            rows.GetString(2);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
