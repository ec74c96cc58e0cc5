using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.Benchmarks;

/// <summary>
/// 1,000,000 random points × 10,000 irregular quadrilaterals: <see cref="PolygonLocator"/> on one core against the best
/// plan found for PostGIS, which is spared both the transfer of results and the choice among several covering polygons.
/// </summary>
internal static class LocatorBenchmark
{
    private const int Points = 1_000_000;
    private const int Columns = 100;
    private const int Rows = 100;

    internal static async Task RunAsync(TextWriter output)
    {
        var random = new Random(20261121);
        Polygon[] grids = Tiling(random);
        double[] lons = new double[Points];
        double[] lats = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            lons[i] = 106.5 + (random.NextDouble() * 0.1);
            lats[i] = 29.5 + (random.NextDouble() * 0.1);
        }

        int[] located = new int[Points];
        PolygonLocator locator = PolygonLocator.Build(grids);
        Timing build = Measure.Run(5, 15, () => locator = PolygonLocator.Build(grids));
        Timing locate = Measure.Run(3, 15, () => locator.Locate(lons, lats, located));
        int found = located.Count(g => g >= 0);

        await using PostGisPlans postGis = await PostGisPlans.LoadAsync(
            Measure.ConnectionString(),
            lons,
            lats,
            grids
        );
        List<PlanTiming> plans = await postGis.RunAsync();
        PlanTiming best = plans.MinBy(p => p.Time.Best)!;
        if (plans.Any(p => p.Pairs != found))
        {
            throw new InvalidOperationException(
                $"The locator placed {found} points, PostGIS {string.Join('/', plans.Select(p => p.Pairs).Distinct())}."
            );
        }

        await WriteAsync(output, found, build, locate, plans, best);
    }

    private static async Task WriteAsync(
        TextWriter output,
        int found,
        Timing build,
        Timing locate,
        List<PlanTiming> plans,
        PlanTiming best
    )
    {
        await output.WriteLineAsync(
            $"locator: {Points:N0} random points, {Columns * Rows:N0} irregular quadrilaterals, {found:N0} points covered"
        );
        await output.WriteLineAsync(
            $"{"", -62} {"best ms", 9} {"median ms", 10} {"points/s", 12} {"ratio", 8}"
        );
        foreach (PlanTiming plan in plans)
        {
            await WriteRowAsync($"PostGIS: {plan.Plan}, {plan.Workers} workers", plan.Time);
        }

        await WriteRowAsync("GeoCivic locator: locate, one core", locate);
        await WriteRowAsync("GeoCivic locator: build and locate, one core", build + locate);
        await output.WriteLineAsync(
            $"ratio = how many times as fast as the best plan of PostGIS ({best.Plan}, {best.Workers} workers), best times"
        );
        await output.WriteLineAsync(
            $"build {build.Median.TotalMilliseconds:F1} ms against locate {locate.Median.TotalMilliseconds:F1} ms (medians): ratio {build.Median / locate.Median:F2}"
        );

        Task WriteRowAsync(string name, Timing time) =>
            output.WriteLineAsync(
                $"{name, -62} {time.Best.TotalMilliseconds, 9:F1} {time.Median.TotalMilliseconds, 10:F1} {Points / time.Best.TotalSeconds, 12:N0} {best.Time.Best / time.Best, 8:F2}"
            );
    }

    private static Polygon[] Tiling(Random random)
    {
        var nodes = new Coordinate[Columns + 1, Rows + 1];
        for (int i = 0; i <= Columns; i++)
        {
            for (int j = 0; j <= Rows; j++)
            {
                nodes[i, j] = new Coordinate(
                    Math.Round(106.5 + ((i + Jitter()) * 0.1 / Columns), 7),
                    Math.Round(29.5 + ((j + Jitter()) * 0.1 / Rows), 7)
                );
            }
        }

        var quads = new Polygon[Columns * Rows];
        for (int q = 0; q < quads.Length; q++)
        {
            (int j, int i) = Math.DivRem(q, Columns);
            quads[q] = new Polygon(
                new LinearRing([
                    nodes[i, j],
                    nodes[i + 1, j],
                    nodes[i + 1, j + 1],
                    nodes[i, j + 1],
                    nodes[i, j].Copy(),
                ])
            )
            {
                SRID = 4326,
            };
        }

        return quads;

        double Jitter() => (random.NextDouble() - 0.5) * 0.8;
    }
}
