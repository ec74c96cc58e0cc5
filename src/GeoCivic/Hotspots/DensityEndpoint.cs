using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Issues by area for the choropleth.</summary>
public static class DensityEndpoint
{
    private const int MostClasses = 7;

    /// <summary>Maps the call.</summary>
    public static void MapDensity(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/density", DensityAsync)
            .WithSummary("Issues by community or grid, with the class breaks used")
            .Takes(
                Parameters.Choice("level", "Level of the areas.", "grid", "community", "grid"),
                Parameters.Street,
                new QueryParameter("category", "Code of an issue category."),
                Parameters.Choice("state", "Which issues count.", "open", "open", "all"),
                Parameters.From,
                Parameters.To,
                Parameters.Choice(
                    "measure",
                    "Issues, or issues per square kilometre (geodesic).",
                    "count",
                    "count",
                    "per_km2"
                ),
                Parameters.Flag(
                    "geometry",
                    "Whether the shapes come too (the default), or only the numbers."
                )
            )
            .AnswersFeatures();

    private static async Task DensityAsync(HttpContext context, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var level = query.Choice("level", "grid", "community", "grid");
        var street = query.Text("street", 64);
        var category = query.Text("category", 64);
        var state = query.Choice("state", "open", "open", "all");
        var (from, to) = query.Window();
        var measure = query.Choice("measure", "count", "count", "per_km2");
        var shapes = query.Flag("geometry") ?? true;
        query.Done();

        NpgsqlCommand Filtered(string file)
        {
            var counts = Sql.Load(
                from is null && to is null
                    ? "Hotspots/counts_all_time.sql"
                    : "Hotspots/counts_window.sql"
            );
            var command = source
                .CreateCommand(
                    Sql.Load(file).Replace("{{counts}}", counts, StringComparison.Ordinal)
                )
                .With("street", street)
                .With("category", category)
                .With("open", string.Equals(state, "open", StringComparison.Ordinal));
            return from is null && to is null ? command : command.With("from", from).With("to", to);
        }

        await using var unplaced = Filtered("Hotspots/unplaced.sql");
        var orphans = (long)(await unplaced.ExecuteScalarAsync(context.RequestAborted))!;
        var values = new List<double>();
        long total = 0;
        await using var density = Filtered("Hotspots/density.sql")
            .With("level", level)
            .With("measure", measure)
            .With("shapes", shapes);
        await FeatureStream.WriteAsync(
            context,
            density,
            (_, _) =>
            {
                var breaks = ClassBreaks.Quantiles(values, MostClasses);
                return new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["level"] = level,
                    ["measure"] = measure,
                    ["method"] = "quantile",
                    ["breaks"] = breaks,
                    ["classes"] = ClassBreaks.Classes(values, breaks),
                    ["zeros"] = values.Count(v => v == 0),
                    ["total"] = total + orphans,
                    ["unplaced"] = orphans,
                };
            },
            each: row =>
            {
                values.Add(row.GetDouble(1));
                total += row.GetInt64(2);
            }
        );
    }
}
