using System.Runtime.CompilerServices;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>The compliance table: one row a school × venue × rule.</summary>
public static class ComplianceEndpoint
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const int FlushBytes = 64 * 1024;

    /// <summary>The day whose rules and licences count.</summary>
    public static readonly QueryParameter On = Parameters.Day(
        "on",
        "Day (Beijing time) whose rules and licences count; without it, today."
    );

    private sealed record Filter(string[]? Verdicts, string? Text, RowKey? After);

    /// <summary>Maps the call.</summary>
    public static void MapCompliance(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/compliance", GetAsync)
            .WithSummary(
                "Verdicts on venues around schools: one row a school × venue × rule with both distances, their uncertainty and the wording"
            )
            .Takes(
                Parameters.Street,
                Parameters.List("school", "Codes of schools."),
                Parameters.List("venue", "Codes of venues."),
                Parameters.List("category", "Codes of venue categories."),
                Parameters.List("rule", "Ids of rules."),
                Parameters.List(
                    "verdict",
                    "compliant, violating, disputed, to_be_surveyed, exempt."
                ),
                Parameters.Number(
                    "within",
                    "Metres from the campus. Without it 500, or as far as the longest limit and its uncertainty reach.",
                    0,
                    ComplianceQuestion.MostWithin
                ),
                On,
                Parameters.Contains("names or codes of schools or venues"),
                Parameters.Page,
                Parameters.Cursor,
                Parameters.Choice(
                    "format",
                    "JSON in pages, or all rows as CSV with a byte order mark, a sheet, or GeoJSON; these are cut only when limit is given.",
                    "json",
                    "json",
                    "csv",
                    "xlsx",
                    "geojson"
                )
            )
            .Answers("application/json");

    private static async Task GetAsync(
        HttpContext context,
        Caller caller,
        ComplianceRows compliance,
        ComplianceFacts facts,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var question = new ComplianceQuestion(
            caller.Scope,
            query.Day("on") ?? BeijingTime.Today(clock)
        )
        {
            Street = query.Text("street", 64),
            Schools = query.Texts("school"),
            Venues = query.Texts("venue"),
            Categories = query.Texts("category"),
            Rules = query.Texts("rule"),
            Within = query.Number("within", 0, ComplianceQuestion.MostWithin),
        };
        var verdicts = query.Texts("verdict");
        if (verdicts?.Any(v => RuleCodes.ToVerdict(v) is null) == true)
        {
            query.Fault("verdict", $"takes {string.Join(", ", RuleCodes.Verdicts)}");
        }

        var text = query.Text("q", 100);
        var format = query.Choice("format", "json", "json", "csv", "xlsx", "geojson")!;
        var paged = format == "json" || query.Has("limit");
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        RowKey? after = null;
        if (Cursor.Read(query) is { } halves)
        {
            if (RowKey.TryRead(halves, out var key))
            {
                after = key;
            }
            else
            {
                query.Fault("cursor", "is not a cursor that this service gave");
            }
        }

        query.Done();
        var stop = context.RequestAborted;
        if (question.Street is { } street)
        {
            await Streets.RequireTouchedAsync(source, street, caller.Scope, stop);
        }

        var names = await facts.CategoryNamesAsync(stop);
        var page = new Page(paged ? limit : int.MaxValue);
        var rows = CellsAsync(
            compliance,
            question with
            {
                From = after is { } a ? (a.SchoolStreet, a.School) : null,
            },
            new Filter(verdicts, text, after),
            names,
            page,
            stop
        );
        // What can be refused is refused before the first byte goes out.
        await using var ahead = await Ahead.OfAsync(rows, stop);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (format == "json")
        {
            response.ContentType = "application/json; charset=utf-8";
            await WriteJsonAsync(response.Body, ahead.Rows(), question, facts, page, stop);
            return;
        }

        await WriteFileAsync(response, format, ahead.Rows(), question.On, stop);
    }

    private static async Task WriteFileAsync(
        HttpResponse response,
        string format,
        IAsyncEnumerable<ComplianceCell> rows,
        DateOnly day,
        CancellationToken stop
    )
    {
        response.Headers.ContentDisposition =
            $"attachment; filename=\"perimeters-{day:yyyyMMdd}.{format}\"; filename*=UTF-8''{Uri.EscapeDataString($"校园周边-{day:yyyyMMdd}.{format}")}";
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
                await using (var file = Scratch())
                {
                    await ComplianceFile.WriteXlsxAsync(file, rows, stop);
                    file.Position = 0;
                    response.ContentType = Xlsx;
                    response.ContentLength = file.Length;
                    await file.CopyToAsync(response.Body, stop);
                }

                return;
        }
    }

    private static async Task WriteJsonAsync(
        Stream body,
        IAsyncEnumerable<ComplianceCell> rows,
        ComplianceQuestion question,
        ComplianceFacts facts,
        Page page,
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
        if (page.Next is { } next)
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

    private static async IAsyncEnumerable<ComplianceCell> CellsAsync(
        ComplianceRows compliance,
        ComplianceQuestion question,
        Filter filter,
        IReadOnlyDictionary<string, string> names,
        Page page,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        RowKey last = default;
        var count = 0;
        await foreach (var school in compliance.OfAsync(question, cancellationToken))
        {
            foreach (var row in school.Rows.Where(r => Passes(r, filter)))
            {
                if (count == page.Limit)
                {
                    page.Next = last;
                    yield break;
                }

                count++;
                last = row.Key;
                yield return new ComplianceCell(
                    row,
                    names.GetValueOrDefault(row.Venue.Category, row.Venue.Category)
                );
            }
        }
    }

    private static bool Passes(ComplianceRow row, Filter filter)
    {
        return (filter.After is not { } after || row.Key.IsAfter(after))
            && filter.Verdicts?.Contains(row.Decision.Verdict.ToName(), StringComparer.Ordinal)
                != false
            && (
                filter.Text is null
                || Holds(row.School.Name)
                || Holds(row.School.Code)
                || Holds(row.Venue.Name)
                || Holds(row.Venue.Code)
            );

        bool Holds(string value) => value.Contains(filter.Text, StringComparison.OrdinalIgnoreCase);
    }

    // A zip made of a stream that cannot go back holds sizes behind the data, which not every office program reads.
    private static FileStream Scratch()
    {
        var path = Path.Combine(Path.GetTempPath(), $"geocivic-perimeters-{Guid.NewGuid():N}.xlsx");
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        if (!OperatingSystem.IsWindows())
        {
            // It lives on without a name, so that not even a killed service leaves it behind.
            File.Delete(path);
        }

        return file;
    }

    private sealed class Page(int limit)
    {
        public int Limit => limit;

        public RowKey? Next { get; set; }
    }
}
