using System.Diagnostics;
using System.Globalization;
using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Check;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// One what-if check among 500 campuses and 10,000 grids against the bare indexed query behind it: PostGIS's distance of
/// the place from every campus within the metres that the check lists, and from its nearest gate, by the index on the
/// campuses' geography, on a pooled connection, prepared. In turn for each place, so that both have the same machine.
/// </summary>
internal static class CheckBenchmark
{
    private const int Places = 300;
    private const int WarmUps = 60;
    private const int CompileRuns = 1500;

    private const string Bare = """
        SELECT s.street_code, s.code, s.name, s.kind, ST_Distance(s.geom::geography, @place::geography),
               (SELECT min(ST_Distance(g.geom::geography, @place::geography)) FROM gates g WHERE g.street_code = s.street_code AND g.school_code = s.code)
        FROM schools s WHERE ST_DWithin(s.geom::geography, @place::geography, @metres)
        """;

    private const string Explanation = """
        Baseline: one statement for one place, on a connection of the service's own pool, prepared: the schools within 500 m
        (which the check lists) by the index on the campuses' geography, each with PostGIS's distance of campus and gates.
        Check: one prepared round trip for the category, the streets, the schools near and what has changed, and from
        memory the rest: street of the place, rules in force, geodesic distances, verdicts, and where the place is not
        allowed the nearest within 1 km that is. Endpoint: POST /api/perimeters/check by HTTP, from the request to the last
        byte of the answer, with sign-in by token (a round trip of its own), JSON, and both explanations. "First": a
        check that keeps nothing yet: schools not asked about before are read, and zones drawn.
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

        var random = new Random(7);
        var places = Enumerable
            .Range(0, Places + WarmUps)
            .Select(_ => BenchCampuses.Somewhere(random))
            .ToList();
        var times = new SortedDictionary<string, List<TimeSpan>>(StringComparer.Ordinal);
        void Note(string what, TimeSpan time)
        {
            times.TryAdd(what, []);
            times[what].Add(time);
        }

        await using var app = WebService.Build(
            [
                "--Logging:LogLevel:Default=Warning",
                "--Perimeters:Nightly=false",
                "--urls",
                "http://127.0.0.1:0",
            ],
            connectionString
        );
        await app.StartAsync();
        using var client = await SignedInAsync(app);
        var check = app.Services.GetRequiredService<PlaceCheck>();
        var pool = app.Services.GetRequiredService<NpgsqlDataSource>();
        // Until the programs are compiled for good, as those of a running service are; and then with nothing kept.
        for (int i = 0; i < CompileRuns; i++)
        {
            var somewhere = BenchCampuses.Somewhere(random);
            await BareAsync(pool, somewhere);
            await AskAsync(check, somewhere);
            await PostAsync(client, somewhere);
        }

        var fresh = new PlaceCheck(
            pool,
            app.Services.GetRequiredService<PlaceFinder>(),
            app.Services.GetRequiredService<GridLocators>(),
            ActivatorUtilities.CreateInstance<KnownSchools>(app.Services),
            ActivatorUtilities.CreateInstance<RuleBook>(app.Services)
        );
        foreach (bool known in (bool[])[false, true])
        {
            foreach (var place in known ? places.Skip(WarmUps) : places)
            {
                var bare = (await BareAsync(pool, place)).Time;
                var (time, allowed) = await AskAsync(known ? check : fresh, place);
                TimeSpan? endpoint = known ? await PostAsync(client, place) : null;
                foreach (
                    string where in (string[])
                        [
                            "all places",
                            allowed ? "allowed" : "not allowed, with the nearest place that is",
                        ]
                )
                {
                    string what = known ? where : $"first: {where}";
                    Note($"{what} | 1 bare indexed query", bare);
                    Note($"{what} | 2 check", time);
                    if (endpoint is { } whole)
                    {
                        Note($"{what} | 3 endpoint", whole);
                        Note(
                            $"{what} | 4 an endpoint that answers at once",
                            await AliveAsync(client)
                        );
                    }
                }
            }
        }

        await app.StopAsync();
        await output.WriteLineAsync($"one check of {Places} random places");
        await output.WriteLineAsync(Explanation);
        await output.WriteLineAsync(
            "| places | what | number | best, ms | median, ms | times the bare query |"
        );
        await output.WriteLineAsync("|---|---|---:|---:|---:|---:|");
        foreach (var (what, all) in times)
        {
            string where = what.Split(" | ")[0];
            var baseline = Timing.Of(times[$"{where} | 1 bare indexed query"]);
            var timing = Timing.Of(all);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {where} | {what.Split(" | ")[1][2..]} | {all.Count} | {timing.Best.TotalMilliseconds:F2} | {timing.Median.TotalMilliseconds:F2} | {timing.Median / baseline.Median:F2} |"
                )
            );
        }
    }

    private static async Task<TimeSpan> AliveAsync(HttpClient client)
    {
        long start = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync("/health/live");
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<HttpClient> SignedInAsync(WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        var book = scope.ServiceProvider.GetRequiredService<AccountBook>();
        string userName = $"bench-{Guid.NewGuid():N}"[..20];
        var id = await book.AddAsync(userName, userName, Guid.NewGuid().ToString());
        await book.GrantAsync(
            id,
            new Grant(Role.Planner, null, null, null, null),
            CancellationToken.None
        );
        var callers = app.Services.GetRequiredService<Callers>();
        var (_, token, _) = await TokenEndpoints.MakeAsync(
            app.Services.GetRequiredService<NpgsqlDataSource>(),
            (await callers.OfUserAsync(userName, CancellationToken.None))!,
            "bench",
            1,
            "write",
            areas: null,
            CancellationToken.None
        );
        return new HttpClient
        {
            BaseAddress = new Uri(app.Urls.First()),
            DefaultRequestHeaders = { Authorization = new("Bearer", token) },
        };
    }

    private static async Task<(TimeSpan Time, bool Allowed)> AskAsync(
        PlaceCheck check,
        LonLat place
    )
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var answer = await check.AtAsync(
                place,
                "karaoke",
                new DateOnly(2026, 11, 22),
                schoolKinds: null,
                new Scope(["*"], ["*"]),
                CancellationToken.None
            );
            return (Stopwatch.GetElapsedTime(start), answer.Allowed == true);
        }
        catch (ProblemException)
        {
            // Beside the ground.
            return (Stopwatch.GetElapsedTime(start), false);
        }
    }

    private static async Task<TimeSpan> PostAsync(HttpClient client, LonLat place)
    {
        using var body = new StringContent(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"lon":{{place.Lon}},"lat":{{place.Lat}},"category":"karaoke","on":"2026-11-22"}"""
            ),
            Encoding.UTF8,
            "application/json"
        );
        long start = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync("/api/perimeters/check", body);
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<(TimeSpan Time, int Schools)> BareAsync(
        NpgsqlDataSource source,
        LonLat place
    )
    {
        long start = Stopwatch.GetTimestamp();
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Bare, connection)
            .With("place", new Point(place.Lon, place.Lat))
            .With("metres", 500.0);
        await using var rows = await command.ReadPreparedAsync(CancellationToken.None);
        int schools = 0;
        while (await rows.ReadAsync())
        {
            rows.GetString(2);
            rows.GetDouble(4);
            schools++;
        }

        return (Stopwatch.GetElapsedTime(start), schools);
    }
}
