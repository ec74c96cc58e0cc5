using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace GeoCivic.Http;

/// <summary>
/// Streams a GeoJSON FeatureCollection: the database makes each feature's final text, this only joins them, so that
/// memory does not grow with the answer.
/// </summary>
public static class FeatureStream
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Writes features, one per row of the command (first column, JSON text).</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="command">Its first column is a feature.</param>
    /// <param name="trailer">Further members, known when all rows are read; gets the number of rows.</param>
    /// <param name="limit">When more rows than this come, the last is not written: it only proves that there are more.</param>
    public static async Task WriteAsync(
        HttpContext context,
        NpgsqlCommand command,
        Func<long, (string First, string Second)?, IReadOnlyDictionary<string, object?>>? trailer =
            null,
        int limit = int.MaxValue
    )
    {
        await using var rows = await command.ExecuteReaderAsync(context.RequestAborted);
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        var writer = context.Response.BodyWriter;
        Write(writer, "{\"type\":\"FeatureCollection\",\"features\":[");
        long count = 0;
        (string, string)? key = null;
        var more = false;
        var pending = 0;
        while (await rows.ReadAsync(context.RequestAborted))
        {
            if (count == limit)
            {
                more = true;
                break;
            }

            if (count++ > 0)
            {
                Write(writer, ",\n");
            }

            pending += Write(writer, rows.GetString(0));
            if (count == limit)
            {
                key = (Key(rows, 1), Key(rows, 2));
            }

            if (pending > FlushBytes)
            {
                pending = 0;
                await writer.FlushAsync(context.RequestAborted);
            }
        }

        Write(writer, "]");
        foreach (
            var (name, value) in trailer?.Invoke(count, more ? key : null)
                ?? new Dictionary<string, object?>(StringComparer.Ordinal)
        )
        {
            Write(
                writer,
                $",{JsonSerializer.Serialize(name)}:{JsonSerializer.Serialize(value, JsonSerializerOptions.Web)}"
            );
        }

        Write(writer, "}\n");
        await writer.FlushAsync(context.RequestAborted);
    }

    private static string Key(NpgsqlDataReader rows, int column) =>
        rows.GetValue(column) switch
        {
            DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
            var other => other.ToString()!,
        };

    private static int Write(PipeWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        var span = writer.GetSpan(bytes);
        var written = Encoding.UTF8.GetBytes(text, span);
        writer.Advance(written);
        return written;
    }
}
