using System.Diagnostics;
using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.SchoolPerimeters.Compliance;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// All venues within 200 m of all campuses, 500 × 50,000: the candidates and the measuring of the compliance table against
/// PostGIS's <c>ST_DWithin(geography)</c> with an index on the venues' geography, and both against an exact reference.
/// </summary>
internal static class PerimetersBenchmark
{
    private const string PostGis = """
        SELECT s.code, v.code FROM schools s JOIN venues v ON ST_DWithin(v.geom::geography, s.geom::geography, 200)
        """;

    internal static async Task RunAsync(TextWriter output)
    {
        await using var source = Schema.CreateDataSource(Measure.ConnectionString());
        var ground = BenchCampuses.Make();
        await BenchCampuses.FillAsync(source, ground);
        var plain = new HashSet<(string, string)>();
        var ours = new HashSet<(string, string)>();
        var baseline = await Measure.RunAsync(1, 3, async () => plain = await PostGisAsync(source));
        var table = await Measure.RunAsync(1, 5, async () => ours = await OursAsync(source));
        long start = Stopwatch.GetTimestamp();
        var (exact, close) = Exact(ground);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{BenchCampuses.Schools} campuses × {BenchCampuses.Venues:N0} venues, {exact.Count:N0} pairs within 200 m, {close:N0} of all within 0.1 m of the limit (reference: {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s)"
            )
        );
        await output.WriteLineAsync(
            "| what | best, ms | median, ms | times as fast | differences |"
        );
        await output.WriteLineAsync("|---|---:|---:|---:|---:|");
        await WriteAsync(
            output,
            "ST_DWithin(geography), indexed (baseline)",
            baseline,
            baseline,
            plain,
            exact
        );
        await WriteAsync(
            output,
            "candidates and geodesics of the table",
            table,
            baseline,
            ours,
            exact
        );
        if (!ours.SetEquals(exact))
        {
            throw new InvalidOperationException("The rows are not those of the reference.");
        }
    }

    private static async Task WriteAsync(
        TextWriter output,
        string what,
        Timing timing,
        Timing baseline,
        HashSet<(string, string)> rows,
        HashSet<(string, string)> exact
    )
    {
        int differences = rows.Except(exact).Count() + exact.Except(rows).Count();
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {timing.Best.TotalMilliseconds:F0} | {timing.Median.TotalMilliseconds:F0} | {baseline.Median / timing.Median:F1} | {differences} |"
            )
        );
    }

    private static async Task<HashSet<(string, string)>> PostGisAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(PostGis);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync();
        var found = new HashSet<(string, string)>();
        while (await rows.ReadAsync())
        {
            found.Add((rows.GetString(0), rows.GetString(1)));
        }

        return found;
    }

    private static async Task<HashSet<(string, string)>> OursAsync(NpgsqlDataSource source)
    {
        var reading = new ComplianceGround(source);
        var question = new ComplianceQuestion(new Scope(["*"], ["*"]), new DateOnly(2026, 11, 22));
        var schools = (await reading.SchoolsAsync(question, CancellationToken.None)).ToDictionary(
            s => (s.Street, s.Code)
        );
        var found = new HashSet<(string, string)>();
        await foreach (
            var (key, venues) in reading.VenuesAsync(
                question,
                BenchCampuses.Limit,
                shape: null,
                CancellationToken.None
            )
        )
        {
            var measuring = new SchoolMeasuring(schools[key], network: null, reach: 0);
            foreach (var venue in venues)
            {
                if (measuring.To(venue, BenchCampuses.Limit) is not null)
                {
                    found.Add((key.Code, venue.Code));
                }
            }
        }

        return found;
    }

    private static (HashSet<(string, string)> Pairs, int Close) Exact(BenchCampuses.Ground ground)
    {
        var found = new HashSet<(string, string)>();
        int close = 0;
        for (int s = 0; s < ground.Campuses.Count; s++)
        {
            var campus = ground.Campuses[s];
            var box = GeoCivic.Spatial.Geodesy.GeodesicBox.Around(campus.EnvelopeInternal, 210);
            for (int v = 0; v < ground.Places.Count; v++)
            {
                var place = ground.Places[v];
                if (!box.Contains(place.Lon, place.Lat))
                {
                    continue;
                }

                // Far from the limit the plane tells as well.
                double metres = BenchCampuses.PlaneMetres(campus, place);
                if (Math.Abs(metres - BenchCampuses.Limit) < 5)
                {
                    metres = BenchCampuses.Reference(campus, place);
                    close += Math.Abs(metres - BenchCampuses.Limit) <= 0.1 ? 1 : 0;
                }

                if (
                    metres <= BenchCampuses.Limit
                    || campus.Covers(new NetTopologySuite.Geometries.Point(place.Lon, place.Lat))
                )
                {
                    found.Add((BenchCampuses.Ground.School(s), BenchCampuses.Ground.Venue(v)));
                }
            }
        }

        return (found, close);
    }
}
