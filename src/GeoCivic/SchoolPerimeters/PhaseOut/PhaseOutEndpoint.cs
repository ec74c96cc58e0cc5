using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.PhaseOut;

/// <summary>
/// The list by which licences near schools run out: venues that may run on until a day, and venues against a rule whose
/// licence ends or has ended. The day that comes first stands first; what has no end stands last.
/// </summary>
public static class PhaseOutEndpoint
{
    private static readonly TableColumn<(ComplianceCell Cell, int? DaysLeft)>[] Columns =
    [
        new("剩余天数", r => (double?)r.DaysLeft),
        .. ComplianceColumn
            .All.Where(c => c.Header is not null)
            .Select(c => new TableColumn<(ComplianceCell Cell, int? DaysLeft)>(
                c.Header!,
                r => c.Value(r.Cell),
                c.Width
            )),
    ];

    /// <summary>Maps the call.</summary>
    public static void MapPerimeterPhaseOut(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/phase-out", GetAsync)
            .WithSummary(
                "Exempt venues and venues against a rule whose licence ends, the soonest first: rows of the compliance table with days_left (negative: over)"
            )
            .Takes(
                Parameters.Street,
                ComplianceEndpoint.On,
                Parameters.Choice(
                    "format",
                    "JSON, CSV with a byte order mark, or a sheet.",
                    "json",
                    "json",
                    "csv",
                    "xlsx"
                )
            );

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
        var question = query.Question(caller, clock);
        var format = query.Choice("format", "json", "json", "csv", "xlsx")!;
        var stop = context.RequestAborted;
        await query.DoneAsync(question, source, stop);

        var names = await facts.CategoryNamesAsync(stop);
        var found = new List<(ComplianceRow Row, DateOnly? Ends)>();
        await foreach (var school in compliance.OfAsync(question, stop))
        {
            found.AddRange(school.Rows.Where(IsListed).Select(r => (r, EndOf(r))));
        }

        // A stable order: rows of one day stay by school, venue and rule.
        var rows = found
            .OrderBy(r => r.Ends ?? DateOnly.MaxValue)
            .Select(r =>
                (
                    new ComplianceCell(
                        r.Row,
                        names.GetValueOrDefault(r.Row.Venue.Category, r.Row.Venue.Category)
                    ),
                    r.Ends?.DayNumber - question.On.DayNumber
                )
            )
            .ToList();
        if (format != "json")
        {
            var day = question.On.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            await PerimeterTable.AnswerAsync(
                context.Response,
                format,
                $"perimeter-phase-out-{day}",
                $"校园周边许可到期-{day}",
                Columns,
                rows,
                stop
            );
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.Body, ComplianceFile.Readable);
        json.WriteStartObject();
        json.WriteString("day", question.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("rows");
        foreach (var (cell, left) in rows)
        {
            ComplianceFile.WriteRow(
                json,
                cell,
                more =>
                {
                    if (left is { } days)
                    {
                        more.WriteNumber("days_left", days);
                    }
                    else
                    {
                        more.WriteNull("days_left");
                    }
                }
            );
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    private static bool IsListed(ComplianceRow row) =>
        row.Decision.Verdict == Verdict.Exempt
        || (row.Decision.Verdict != Verdict.Compliant && row.Venue.LicensedUntil is not null);

    private static DateOnly? EndOf(ComplianceRow row) =>
        row.Decision.Verdict == Verdict.Exempt ? row.Decision.ExemptUntil : row.Venue.LicensedUntil;
}
