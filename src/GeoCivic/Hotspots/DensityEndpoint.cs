using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using GeoCivic.Accounts;
using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Issues by cell for the choropleth.</summary>
public static class DensityEndpoint
{
    private const int FlushBytes = 64 * 1024;
    private static readonly string[] Levels = ["grid", "community", "hex"];

    private static readonly DensityMeasure[] Measures = Enum.GetValues<DensityMeasure>();

    /// <summary>Maps the call.</summary>
    public static void MapDensity(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/density", DensityAsync)
            .WithSummary("Issues by community, grid or hexagon, with the class breaks used")
            .Takes([
                Parameters.Street,
                .. DensityQuestion.Parameters(Levels),
                DensityQuestion.MeasureParameter(Measures),
                .. ClassParameters,
                Parameters.Flag(
                    "geometry",
                    "Whether the shapes come too (the default), or only the numbers."
                ),
            ])
            .AnswersFeatures();

    /// <summary>How values are divided into classes.</summary>
    internal static QueryParameter[] ClassParameters =>
        [
            Parameters.Choice(
                "breaks",
                "How the values above zero are divided: as many cells in each class, classes of equal width, or natural breaks (Fisher–Jenks).",
                ClassBreaks.Methods[0],
                [.. ClassBreaks.Methods]
            ),
            Parameters.Whole("classes", "The most classes.", 2, 9, 7),
        ];

    /// <summary>Reads how values are divided into classes.</summary>
    internal static (string Method, int Classes) ReadClasses(QueryReader query) =>
        (
            query.Choice("breaks", ClassBreaks.Methods[0], [.. ClassBreaks.Methods])!,
            query.Whole("classes", 7, 2, 9)
        );

    private static async Task DensityAsync(HttpContext context, Caller caller, Density density)
    {
        var query = new QueryReader(context.Request);
        var question = DensityQuestion.Read(query, query.Text("street", 64), Levels) with
        {
            Measure = DensityQuestion.ReadMeasure(query, Measures),
        };
        var (method, classes) = ReadClasses(query);
        var shapes = query.Flag("geometry") ?? true;
        query.Done();

        var answer = await density.CountAsync(question, caller.Scope, context.RequestAborted);
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        await WriteAsync(
            context.Response.BodyWriter,
            question,
            answer,
            (method, classes),
            shapes,
            context.RequestAborted
        );
    }

    private static async Task WriteAsync(
        PipeWriter output,
        DensityQuestion question,
        DensityAnswer answer,
        (string Method, int Classes) divided,
        bool shapes,
        CancellationToken cancellationToken
    )
    {
        var values = new List<double>(answer.Cells.Count);
        var first = true;
        output.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);
        foreach (var cell in answer.Cells)
        {
            // Classes are made of the numbers that are told, so that both agree.
            double? value = cell.Value is { } exact ? Math.Round(exact, 4) : null;
            if (!first)
            {
                output.Write(",\n"u8);
            }

            first = false;
            if (value is { } told)
            {
                values.Add(told);
            }

            WriteFeature(output, cell, shapes, value);
            if (output.UnflushedBytes > FlushBytes)
            {
                await output.FlushAsync(cancellationToken);
            }
        }

        var breaks = ClassBreaks.Of(divided.Method, values, divided.Classes);
        var summary = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                question.Level,
                Measure = DensityQuestion.CodeOf(question.Measure),
                divided.Method,
                Breaks = breaks,
                Classes = ClassBreaks.Classes(values, breaks),
                Zeros = answer.Cells.Count(c => c.Status == CellStatus.Zero),
                NoData = answer.Cells.Count(c => c.Status == CellStatus.NoData),
                NeverVisited = answer.Cells.Count(c => c.Status == CellStatus.NeverVisited),
                answer.Total,
                answer.Unplaced,
            },
            JsonSerializerOptions.Web
        );
        output.Write("],"u8);
        // The summary's members follow the features in the same object: its opening brace is left out.
        output.Write(summary.AsSpan(1));
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteFeature(PipeWriter output, DensityCell cell, bool shape, double? value)
    {
        const int Numbers = 256;
        var head = shape ? cell.Shape.Feature : cell.Shape.FeatureWithoutShape;
        var span = output.GetSpan(head.Length + Numbers);
        head.CopyTo(span);
        var status = DensityQuestion.CodeOf(cell.Status);
        var because =
            cell.Points is { } points ? $",\"points\":{points}"
            : cell.Visits is { } visits ? $",\"visits\":{visits}"
            : cell.Overdue is { } overdue ? $",\"overdue\":{overdue}"
            : "";
        if (
            !Utf8.TryWrite(
                span[head.Length..],
                CultureInfo.InvariantCulture,
                $"\"count\":{cell.Count},\"value\":{value ?? 0}",
                out var written
            )
        )
        {
            throw TooLittle();
        }

        var at = head.Length + written;
        if (value is null)
        {
            // In place of the 0 that ends it.
            at--;
            "null"u8.CopyTo(span[at..]);
            at += 4;
        }

        if (!Utf8.TryWrite(span[at..], $",\"status\":\"{status}\"{because}}}}}", out written))
        {
            throw TooLittle();
        }

        output.Advance(at + written);

        static InvalidOperationException TooLittle() =>
            new("The numbers of a feature need more room than they ever can.");
    }
}
