using System.Text.Json;
using GeoCivic.Exports;
using GeoCivic.Http;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Gives the compliance table out.</summary>
internal static class ComplianceAnswer
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>All rows as <c>csv</c>, <c>xlsx</c> or <c>geojson</c>.</summary>
    public static async Task WriteFileAsync(
        HttpResponse response,
        string format,
        IAsyncEnumerable<ComplianceCell> rows,
        DateOnly day,
        CancellationToken stop
    )
    {
        response.SaveAs($"perimeters-{day:yyyyMMdd}", $"校园周边-{day:yyyyMMdd}", format);
        switch (format)
        {
            case "csv":
                response.ContentType = "text/csv; charset=utf-8";
                await ComplianceFile.WriteCsvAsync(response.Body, rows, stop);
                return;
            case "geojson":
                response.ContentType = "application/geo+json; charset=utf-8";
                await ComplianceFile.WriteGeoJsonAsync(response.Body, rows, stop);
                return;
            default:
                await using (var file = ScratchFile.Create("perimeters"))
                {
                    await ComplianceFile.WriteXlsxAsync(file, rows, stop);
                    file.Position = 0;
                    response.ContentType = XlsxSheet.MediaType;
                    response.ContentLength = file.Length;
                    await file.CopyToAsync(response.Body, stop);
                }

                return;
        }
    }

    /// <summary>A page of rows, with what no rule covers and the network they rest on.</summary>
    public static async Task WriteJsonAsync(
        Stream body,
        IAsyncEnumerable<ComplianceCell> rows,
        ComplianceQuestion question,
        ComplianceFacts facts,
        ComplianceList list,
        CancellationToken stop
    )
    {
        await using var json = new Utf8JsonWriter(body, ComplianceFile.Readable);
        json.WriteStartObject();
        json.WriteString("day", question.On.ToString("yyyy-MM-dd"));
        json.WriteStartArray("rows");
        await foreach (var row in rows.WithCancellation(stop))
        {
            ComplianceFile.WriteRow(json, row);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(stop);
            }
        }

        json.WriteEndArray();
        json.WritePropertyName("network");
        PerimeterJson.Write(json, await facts.NetworkAsync(question, stop));
        json.WritePropertyName("unruled");
        PerimeterJson.Write(json, await facts.UnruledAsync(question, stop));
        if (list.Next is { } next)
        {
            json.WriteString("next", Cursor.Encode(next.Halves.First, next.Halves.Second));
        }
        else
        {
            json.WriteNull("next");
        }

        json.WriteEndObject();
        await json.FlushAsync(stop);
    }
}
