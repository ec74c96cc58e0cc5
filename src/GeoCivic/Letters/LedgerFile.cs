using System.Globalization;
using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Exports;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>Writes the rows of the ledger as they come; memory does not grow with them.</summary>
internal static class LedgerFile
{
    private const string InstantText = "yyyy-MM-dd HH:mm:ss";
    private const int FlushBytes = 64 * 1024;

    /// <summary>A sheet.</summary>
    public static async Task WriteXlsxAsync(
        Stream file,
        NpgsqlDataReader rows,
        CancellationToken cancellationToken
    )
    {
        var columns = LedgerColumn.All;
        var address = Ordinal("url");
        await using var sheet = new XlsxSheet(
            file,
            "问题台账",
            [.. columns.Select(c => new XlsxColumn(c.Header, c.Width, c.Wraps))],
            filters: true
        );
        var values = new object?[columns.Count];
        while (await rows.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows.IsDBNull(i)
                    ? null
                    : columns[i].Value switch
                    {
                        LedgerValue.Flag => YesOrNo(rows.GetBoolean(i)),
                        LedgerValue.Link => new XlsxLink(
                            rows.GetString(i),
                            rows.GetString(address)
                        ),
                        LedgerValue.Degrees => Math.Round(rows.GetDouble(i), 7),
                        _ => rows.GetValue(i),
                    };
            }

            sheet.Write(values);
        }

        sheet.Complete();
    }

    /// <summary>CSV in UTF-8 with a byte order mark; times are Beijing's, as a spreadsheet takes them.</summary>
    public static async Task WriteCsvAsync(
        Stream file,
        NpgsqlDataReader rows,
        CancellationToken cancellationToken
    )
    {
        var columns = LedgerColumn.All;
        var places = columns.Count(c => c.Value == LedgerValue.Degrees);
        var headers = columns.Select(c => c.Header).ToArray();
        await using var csv = new CsvExport(file, headers[..^places], headers[^places..]);
        var values = new string?[columns.Count];
        while (await rows.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows.IsDBNull(i)
                    ? null
                    : columns[i].Value switch
                    {
                        LedgerValue.Flag => YesOrNo(rows.GetBoolean(i)),
                        LedgerValue.Instant => (rows.GetDateTime(i) + BeijingTime.Offset).ToString(
                            InstantText,
                            CultureInfo.InvariantCulture
                        ),
                        LedgerValue.Number => rows.GetDouble(i)
                            .ToString(CultureInfo.InvariantCulture),
                        LedgerValue.Degrees => rows.GetDouble(i)
                            .ToString("0.#######", CultureInfo.InvariantCulture),
                        _ => rows.GetString(i),
                    };
            }

            await csv.WriteAsync(values);
        }

        await csv.CompleteAsync();
    }

    /// <summary>One JSON object: as of when, and the rows.</summary>
    public static async Task WriteJsonAsync(
        Stream file,
        NpgsqlDataReader rows,
        DateTime asOf,
        CancellationToken cancellationToken
    )
    {
        await using var json = new Utf8JsonWriter(
            file,
            new JsonWriterOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
        json.WriteStartObject();
        json.WriteString("as_of", Rfc3339(asOf));
        json.WriteStartArray("rows");
        long count = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            count++;
            WriteRow(json, rows);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("count", count);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader rows)
    {
        json.WriteStartObject();
        for (var i = 0; i < LedgerColumn.All.Count; i++)
        {
            var column = LedgerColumn.All[i];
            json.WritePropertyName(column.Name);
            if (rows.IsDBNull(i))
            {
                json.WriteNullValue();
                continue;
            }

            switch (column.Value)
            {
                case LedgerValue.Flag:
                    json.WriteBooleanValue(rows.GetBoolean(i));
                    break;
                case LedgerValue.Instant:
                    json.WriteStringValue(Rfc3339(rows.GetDateTime(i)));
                    break;
                case LedgerValue.Number:
                    json.WriteNumberValue(rows.GetDouble(i));
                    break;
                case LedgerValue.Degrees:
                    json.WriteNumberValue(Math.Round(rows.GetDouble(i), 7));
                    break;
                default:
                    json.WriteStringValue(rows.GetString(i));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string Rfc3339(DateTime utc) =>
        (utc + BeijingTime.Offset).ToString(
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'+08:00'",
            CultureInfo.InvariantCulture
        );

    private static string YesOrNo(bool truth) => truth ? "是" : "否";

    private static int Ordinal(string name) =>
        LedgerColumn.All.Select((c, i) => (c.Name, i)).Single(c => c.Name == name).i;
}
