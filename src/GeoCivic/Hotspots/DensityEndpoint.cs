using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Geography;
using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Issues by area for the choropleth.</summary>
public static class DensityEndpoint
{
    private const int MostClasses = 7;
    private const int FlushBytes = 64 * 1024;

    // Chinese names stay readable; the answer is JSON of its own content type, never part of a page.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

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

    private static async Task DensityAsync(HttpContext context, Density density)
    {
        var query = new QueryReader(context.Request);
        var level = query.Choice("level", "grid", "community", "grid")!;
        var street = query.Text("street", 64);
        var category = query.Text("category", 64);
        var state = query.Choice("state", "open", "open", "all");
        var (from, to) = query.Window();
        var measure = query.Choice("measure", "count", "count", "per_km2")!;
        var shapes = query.Flag("geometry") ?? true;
        query.Done();

        var question = new DensityQuestion(level, street, category, state == "open", from, to);
        var counts = await density.CountAsync(question, context.RequestAborted);
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        await WriteAsync(
            context.Response.BodyWriter,
            counts,
            level,
            measure,
            shapes,
            context.RequestAborted
        );
    }

    private static async Task WriteAsync(
        PipeWriter output,
        AreaCounts counts,
        string level,
        string measure,
        bool shapes,
        CancellationToken cancellationToken
    )
    {
        await using var json = new Utf8JsonWriter(output, Options);
        var values = new List<double>(counts.Areas.Count);
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteStartArray("features"u8);
        foreach (var (area, n) in counts.Areas)
        {
            var value = measure == "count" ? n : Math.Round(n / (area.AreaM2 / 1e6), 3);
            values.Add(value);
            WriteFeature(json, area, level, n, value, shapes);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
                await output.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        var breaks = ClassBreaks.Quantiles(values, MostClasses);
        json.WriteString("level"u8, level);
        json.WriteString("measure"u8, measure);
        json.WriteString("method"u8, "quantile"u8);
        json.WritePropertyName("breaks"u8);
        JsonSerializer.Serialize(json, breaks, JsonSerializerOptions.Web);
        json.WritePropertyName("classes"u8);
        JsonSerializer.Serialize(
            json,
            ClassBreaks.Classes(values, breaks),
            JsonSerializerOptions.Web
        );
        json.WriteNumber("zeros"u8, values.Count(v => v == 0));
        json.WriteNumber("total"u8, counts.Areas.Sum(a => a.Count) + counts.Unplaced);
        json.WriteNumber("unplaced"u8, counts.Unplaced);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteFeature(
        Utf8JsonWriter json,
        AreaShape area,
        string level,
        long n,
        double value,
        bool shapes
    )
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, area.Code);
        json.WritePropertyName("geometry"u8);
        if (shapes)
        {
            // PostGIS wrote it; checking it again would cost more than all the rest.
            json.WriteRawValue(area.GeometryJson, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartObject("properties"u8);
        json.WriteString("code"u8, area.Code);
        json.WriteString("name"u8, area.Name);
        json.WriteString("level"u8, level);
        json.WriteString("parent"u8, area.Parent);
        json.WriteString("street"u8, area.Street);
        json.WriteNumber("count"u8, n);
        json.WriteNumber("value"u8, value);
        json.WriteNumber("area_m2"u8, Math.Round(area.AreaM2, 1));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
