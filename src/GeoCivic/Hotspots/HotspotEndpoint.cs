using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Hotspots;

/// <summary>Hot and cold cells that are not chance.</summary>
public static class HotspotEndpoint
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Maps the calls.</summary>
    public static void MapHotspots(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/hotspots", HotspotsAsync)
            .WithSummary(
                "Hot and cold cells told from chance: Getis-Ord Gi* or local Moran's I, with probability and false discovery rate"
            )
            .Takes([
                .. HotspotQuestion.Parameters,
                Parameters.Flag(
                    "geometry",
                    "Whether the shapes come too (the default), or only the numbers."
                ),
            ])
            .AnswersFeatures();
        routes
            .MapGet("/api/hotspots/explain", ExplainAsync)
            .WithSummary("Why a cell is hot, cold or neither, in plain Chinese and English")
            .Takes([CellParameter, .. HotspotQuestion.Parameters]);
        routes
            .MapGet("/api/hotspots/records", HotspotRecords.ListAsync)
            .WithSummary("The issues that were counted in a cell, newest first")
            .Takes([CellParameter, .. HotspotRecords.Parameters])
            .AnswersFeatures();
    }

    /// <summary>The parameter that names a cell.</summary>
    internal static QueryParameter CellParameter =>
        new QueryParameter("cell", "Code of a cell of the answer of /api/hotspots.").Required();

    /// <summary>Reads the cell that a call is about.</summary>
    internal static string ReadCell(QueryReader query)
    {
        var cell = query.Text("cell", 64);
        if (cell is null)
        {
            query.Fault("cell", "is required");
        }

        return cell ?? "";
    }

    private static async Task HotspotsAsync(
        HttpContext context,
        Caller caller,
        HotspotFinder finder
    )
    {
        var query = new QueryReader(context.Request);
        var question = HotspotQuestion.Read(query);
        var shapes = query.Flag("geometry") ?? true;
        query.Done();

        var map = await finder.FindAsync(question, caller.Scope, context.RequestAborted);
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        var output = context.Response.BodyWriter;
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Options);
        output.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);
        for (var i = 0; i < map.Values.Length; i++)
        {
            var shape = map.Counts.Cells[i].Shape;
            output.Write(i > 0 ? ",\n"u8 : ""u8);
            output.Write(shapes ? shape.Feature : shape.FeatureWithoutShape);
            buffer.ResetWrittenCount();
            json.Reset();
            WriteNumbers(json, map, i);
            json.Flush();
            // The head ends inside the properties: the opening brace of the numbers is left out.
            output.Write(buffer.WrittenSpan[1..]);
            output.Write("}"u8);
            if (output.UnflushedBytes > FlushBytes)
            {
                await output.FlushAsync(context.RequestAborted);
            }
        }

        buffer.ResetWrittenCount();
        json.Reset();
        WriteSummary(json, map);
        await json.FlushAsync(context.RequestAborted);
        output.Write("],"u8);
        output.Write(buffer.WrittenSpan[1..]);
        await output.FlushAsync(context.RequestAborted);
    }

    private static async Task ExplainAsync(
        HttpContext context,
        Caller caller,
        HotspotExplainer explainer
    )
    {
        var query = new QueryReader(context.Request);
        var cell = ReadCell(query);
        var question = HotspotQuestion.Read(query);
        query.Done();
        var explanation = await explainer.ExplainAsync(
            question,
            cell,
            caller.Scope,
            context.RequestAborted
        );
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Options);
        explanation.Write(json);
        await json.FlushAsync(context.RequestAborted);
    }

    private static void WriteNumbers(Utf8JsonWriter json, HotspotMap map, int cell)
    {
        var counted = map.Counts.Cells[cell];
        json.WriteStartObject();
        json.WriteNumber("count"u8, counted.Count);
        json.WriteNumberOrNull("value"u8, map.Values[cell]);
        if (counted.Points is { } points)
        {
            json.WriteNumber("points"u8, points);
        }

        if (counted.Visits is { } visits)
        {
            json.WriteNumber("visits"u8, visits);
        }

        json.WriteNumber("neighbours"u8, map.NeighboursOf(cell).Count());
        WriteStatistic(json, map, cell);
        json.WriteEndObject();
    }

    /// <summary>Writes the statistic, p, q and the class of a cell as members.</summary>
    internal static void WriteStatistic(Utf8JsonWriter json, HotspotMap map, int cell)
    {
        json.WriteNumberOrNull(
            map.Question.LocalMoran ? "moran_i"u8 : "gi_star"u8,
            map.StatisticOf(cell)
        );
        json.WriteNumberOrNull("p"u8, map.POf(cell));
        json.WriteNumberOrNull("q"u8, map.QOf(cell));
        json.WriteString("class"u8, map.ClassOf(cell));
    }

    private static void WriteSummary(Utf8JsonWriter json, HotspotMap map)
    {
        json.WriteStartObject();
        json.WriteString("level"u8, map.Question.Counted.Level);
        json.WriteString("measure"u8, DensityQuestion.CodeOf(map.Question.Counted.Measure));
        json.WriteString("statistic"u8, map.Question.LocalMoran ? "local_moran" : "gi_star");
        json.WriteNumber("n"u8, map.Moments.N);
        json.WriteNumber("mean"u8, map.Moments.Mean);
        json.WriteNumber("sd"u8, map.Moments.Sd);
        json.WriteNumber("total"u8, map.Counts.Total);
        json.WriteNumber("unplaced"u8, map.Counts.Unplaced);
        json.WriteStartObject("parameters"u8);
        foreach (var (name, value) in map.Question.Parts())
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
        var tally = Enumerable
            .Range(0, map.Values.Length)
            .CountBy(map.ClassOf)
            .ToDictionary(StringComparer.Ordinal);
        json.WriteStartObject("tally"u8);
        IEnumerable<string> classes = map.Question.LocalMoran
            ? Enum.GetValues<MoranQuadrant>().Select(q => q.Word())
            : HotSpots.AllWords;
        foreach (var word in classes)
        {
            json.WriteNumber(word, tally.GetValueOrDefault(word));
        }

        json.WriteEndObject();
        var (zh, en) = HotspotWords.Method(map.Question);
        json.WriteStartObject("method"u8);
        json.WriteString("zh"u8, zh);
        json.WriteString("en"u8, en);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a number, or null for NaN.</summary>
    internal static void WriteNumberOrNull(
        this Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        double value
    )
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
