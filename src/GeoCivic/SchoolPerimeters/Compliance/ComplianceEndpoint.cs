using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>The compliance table: one row a school × venue × rule.</summary>
public static class ComplianceEndpoint
{
    /// <summary>The day whose rules and licences count.</summary>
    public static readonly QueryParameter On = Parameters.Day(
        "on",
        "Day (Beijing time) whose rules and licences count; without it, today."
    );

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
        var question = query.Question(caller, clock) with
        {
            Schools = query.Texts("school"),
            Venues = query.Texts("venue"),
            Categories = query.Texts("category"),
            Rules = query.Texts("rule"),
            Within = query.Number("within", 0, ComplianceQuestion.MostWithin),
        };
        var verdicts = query.Choices("verdict", RuleCodes.Verdicts);
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

        var stop = context.RequestAborted;
        await query.DoneAsync(question, source, stop);

        var names = await facts.CategoryNamesAsync(stop);
        var list = new ComplianceList(
            new ComplianceFilter(verdicts, text, after),
            paged ? limit : int.MaxValue,
            names
        );
        var rows = list.CellsAsync(
            compliance,
            question with
            {
                From = after is { } a ? (a.SchoolStreet, a.School) : null,
            },
            stop
        );
        // What can be refused is refused before the first byte goes out.
        await using var ahead = await Ahead.OfAsync(rows, stop);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (format == "json")
        {
            response.ContentType = "application/json; charset=utf-8";
            await ComplianceAnswer.WriteJsonAsync(
                response.Body,
                ahead.Rows(),
                question,
                facts,
                list,
                stop
            );
            return;
        }

        await ComplianceAnswer.WriteFileAsync(response, format, ahead.Rows(), question.On, stop);
    }
}
