using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Exports;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Writes rows of the compliance table as they come; memory does not grow with them.</summary>
internal static class ComplianceFile
{
    /// <summary>Options of every JSON text of this slice: Chinese stays readable.</summary>
    public static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int FlushBytes = 64 * 1024;
    private static readonly ComplianceColumn[] Table =
    [
        .. ComplianceColumn.All.Where(c => c.Header is not null),
    ];
    private static readonly ComplianceColumn[] Members =
    [
        .. ComplianceColumn.All.Where(c => c.Name is not null),
    ];

    /// <summary>A sheet.</summary>
    public static async Task WriteXlsxAsync(
        Stream file,
        IAsyncEnumerable<ComplianceCell> rows,
        CancellationToken cancellationToken
    )
    {
        await using var sheet = new XlsxSheet(
            file,
            "校园周边",
            [.. Table.Select(c => new XlsxColumn(c.Header!, c.Width))],
            filters: true
        );
        var values = new object?[Table.Length];
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] =
                    Table[i].Value(row) is var value && value is bool truth
                        ? YesOrNo(truth)
                        : value;
            }

            sheet.Write(values);
        }

        sheet.Complete();
    }

    /// <summary>CSV in UTF-8 with a byte order mark.</summary>
    public static async Task WriteCsvAsync(
        Stream file,
        IAsyncEnumerable<ComplianceCell> rows,
        CancellationToken cancellationToken
    )
    {
        var headers = Table.Select(c => c.Header!).ToArray();
        await using var csv = new CsvExport(file, headers[..^2], headers[^2..]);
        var values = new string?[Table.Length];
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Table[i].Value(row) switch
                {
                    null => null,
                    bool truth => YesOrNo(truth),
                    double number => number.ToString("0.#######", CultureInfo.InvariantCulture),
                    DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    var text => (string)text,
                };
            }

            await csv.WriteAsync(values);
        }

        await csv.CompleteAsync();
    }

    /// <summary>A GeoJSON FeatureCollection with the venue's place as geometry.</summary>
    public static async Task WriteGeoJsonAsync(
        Stream file,
        IAsyncEnumerable<ComplianceCell> rows,
        CancellationToken cancellationToken
    )
    {
        await using var json = new Utf8JsonWriter(file, Readable);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WritePropertyName("geometry");
            PerimeterJson.Write(json, row.Row.Venue.Place);
            json.WritePropertyName("properties");
            WriteRow(json, row);
            json.WriteEndObject();
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>A row as a JSON object.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="row">The row.</param>
    /// <param name="more">Writes members that other lists add to it.</param>
    /// <param name="without">Members that are left out.</param>
    public static void WriteRow(
        Utf8JsonWriter json,
        ComplianceCell row,
        Action<Utf8JsonWriter>? more = null,
        IReadOnlySet<string>? without = null
    )
    {
        json.WriteStartObject();
        foreach (var column in Members)
        {
            if (without?.Contains(column.Name!) == true)
            {
                continue;
            }

            json.WritePropertyName(column.Name!);
            WriteValue(json, column.Value(row));
        }

        var citation = row.Row.Rule.Citation;
        json.WriteStartObject("citation");
        json.WriteString("text", citation.Text);
        json.WriteString("text_en", citation.TextEn);
        json.WriteString("article", citation.Article);
        json.WriteString("link", citation.Link);
        json.WriteString("link_text", citation.LinkText);
        json.WriteBoolean("verified", citation.Verified);
        json.WriteEndObject();
        more?.Invoke(json);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    private static string YesOrNo(bool truth) => truth ? "是" : "否";
}
