using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Exports;
using GeoCivic.Http;
using GeoCivic.Issues;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>The ledger of issues (问题台账) as a file.</summary>
public static class LedgerEndpoint
{
    private const string Csv = "text/csv";

    /// <summary>Maps the call.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/ledger", GetAsync)
            .WithSummary(
                "The ledger of issues (问题台账): the issues of the same filter, all of them"
            )
            .Takes([
                .. IssueFilter.All,
                Parameters.Choice(
                    "format",
                    "A sheet, CSV with a byte order mark, or JSON.",
                    "json",
                    "xlsx",
                    "csv",
                    "json"
                ),
                Parameters.Instant(
                    "as_of",
                    "The ledger as it stood at that instant, by what was recorded until then. Filters look at the states of that instant."
                ),
            ])
            .Answers(XlsxSheet.MediaType);

    private static async Task GetAsync(
        HttpContext context,
        NpgsqlDataSource source,
        TimeProvider clock,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var filter = new IssueFilter(query);
        var format = query.Choice("format", "json", "xlsx", "csv", "json")!;
        var asOf = query.Instant("as_of");
        query.Done();

        var now = asOf ?? clock.GetUtcNow().UtcDateTime;
        var stop = context.RequestAborted;
        var request = context.Request;
        await using var command = filter
            .Apply(source.CreateCommand(Text(asOf is not null)), caller, now)
            .With("link_base", $"{request.Scheme}://{request.Host}{request.PathBase}/?issue=");
        // A ledger may be long; who asks for it no more ends it.
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var day = now + BeijingTime.Offset;
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (format == "json")
        {
            response.ContentType = "application/json; charset=utf-8";
            await LedgerFile.WriteJsonAsync(response.Body, rows, now, stop);
            return;
        }

        response.SaveAs($"ledger-{day:yyyyMMdd-HHmm}", $"问题台账-{day:yyyyMMdd-HHmm}", format);
        if (format == "csv")
        {
            response.ContentType = $"{Csv}; charset=utf-8";
            await LedgerFile.WriteCsvAsync(response.Body, rows, stop);
            return;
        }

        // What is wrong with a row shows only at its end: so it is made in a file, not in memory.
        await using var file = ScratchFile.Create("ledger");
        await LedgerFile.WriteXlsxAsync(file, rows, stop);
        file.Position = 0;
        response.ContentType = XlsxSheet.MediaType;
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, stop);
    }

    // Behind what stands in for the tables of issues and tasks, the same text reads the past.
    private static string Text(bool past) =>
        past
            ? Sql.Load("Letters/issues_as_of.sql")
                + Sql.Load("Letters/ledger.sql")
                    .Replace("issue_due(", "issue_due_as_of(@now, ", StringComparison.Ordinal)
            : Sql.Load("Letters/ledger.sql");
}
