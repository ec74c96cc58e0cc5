using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Reading the audit log.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps the call.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/audit", ListAsync)
            .WithSummary(
                "Who read or changed what, newest first; format=csv exports up to 100,000 lines"
            )
            .Takes(
                Parameters.From,
                Parameters.To,
                new QueryParameter("account", "User name."),
                new QueryParameter("method", "HTTP method."),
                Parameters.Choice("format", "Form of the answer.", "json", "json", "csv"),
                Parameters.Limit(200, "Lines; more than 100000 are cut to that."),
                new QueryParameter("before", "Number of a line: only older ones.")
            )
            .For(Role.Auditor, Role.Admin);

    private static async Task ListAsync(HttpContext context, Caller caller, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var (from, to) = query.Window();
        var account = query.Text("account", 64);
        var method = query.Text("method", 10);
        var format = query.Choice("format", "json", "json", "csv");
        var limit = query.Limit("limit", format == "csv" ? 100_000 : 200, 100_000);
        var before = query.Number("before", 1, 9e15);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/list_audit.sql"))
            .With("from", from)
            .With("to", to)
            .With("account", account is null ? null : Callers.Normalize(account))
            .With("method", method?.ToUpperInvariant())
            .With("before", before)
            .With("limit", limit)
            .With("csv", format == "csv")
            .With(
                "keys",
                [
                    .. caller
                        .Grants.Where(g => g.Role is Role.Auditor or Role.Admin && g.Level is null)
                        .Select(g => g.Key)
                        .Intersect(caller.Scope.Keys, StringComparer.Ordinal),
                ]
            );
        await using var rows = await command.ExecuteReaderAsync(context.RequestAborted);
        var response = context.Response;
        response.ContentType =
            format == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        if (format == "csv")
        {
            response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
            // With its mark, so that Excel and WPS read the Chinese.
            await response.WriteAsync(
                "\uFEFFnumber,at,user,via,address,method,route,target,status\r\n",
                context.RequestAborted
            );
        }
        else
        {
            await response.WriteAsync("{\"entries\":[", context.RequestAborted);
        }

        var first = true;
        while (await rows.ReadAsync(context.RequestAborted))
        {
            var line = rows.GetString(0);
            await response.WriteAsync(
                format == "csv" ? $"{line}\r\n" : (first ? "" : ",\n") + line,
                context.RequestAborted
            );
            first = false;
        }

        if (format == "json")
        {
            await response.WriteAsync("]}", context.RequestAborted);
        }
    }
}
