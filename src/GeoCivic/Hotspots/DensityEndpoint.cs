using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using GeoCivic.Accounts;
using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Issues by area for the choropleth.</summary>
public static class DensityEndpoint
{
    private const int MostClasses = 7;
    private const int FlushBytes = 64 * 1024;

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

    private static async Task DensityAsync(HttpContext context, Caller caller, Density density)
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
        var counts = await density.CountAsync(question, caller.Scope, context.RequestAborted);
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
        var values = new List<double>(counts.Areas.Count);
        output.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);
        foreach (var (area, n) in counts.Areas)
        {
            var value = measure == "count" ? n : Math.Round(n / (area.AreaM2 / 1e6), 3);
            if (values.Count > 0)
            {
                output.Write(",\n"u8);
            }

            values.Add(value);
            WriteFeature(output, shapes ? area.Feature : area.FeatureWithoutShape, n, value);
            if (output.UnflushedBytes > FlushBytes)
            {
                await output.FlushAsync(cancellationToken);
            }
        }

        var breaks = ClassBreaks.Quantiles(values, MostClasses);
        var summary = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Level = level,
                Measure = measure,
                Method = "quantile",
                Breaks = breaks,
                Classes = ClassBreaks.Classes(values, breaks),
                Zeros = values.Count(v => v == 0),
                Total = counts.Areas.Sum(a => a.Count) + counts.Unplaced,
                counts.Unplaced,
            },
            JsonSerializerOptions.Web
        );
        output.Write("],"u8);
        // The summary's members follow the features in the same object: its opening brace is left out.
        output.Write(summary.AsSpan(1));
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteFeature(PipeWriter output, byte[] head, long n, double value)
    {
        const int Numbers = 96;
        var span = output.GetSpan(head.Length + Numbers);
        head.CopyTo(span);
        if (
            !Utf8.TryWrite(
                span[head.Length..],
                CultureInfo.InvariantCulture,
                $"\"count\":{n},\"value\":{value}}}}}",
                out var written
            )
        )
        {
            throw new InvalidOperationException(
                "The numbers of a feature need more room than they ever can."
            );
        }

        output.Advance(head.Length + written);
    }
}
