using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>How well bodies keep their deadlines.</summary>
public static class PerformanceEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapPerformance(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/performance", GetAsync)
            .WithSummary(
                "On-time rate (on time ÷ (closed + overdue open), so that a backlog shows) and the rate of what was entered on the day it was found"
            )
            .Takes(
                Parameters.Street.Required(),
                Parameters.Day(
                    "from",
                    "First day (Beijing time) of the dispatch, and of the entry."
                ),
                Parameters.To,
                Parameters.Choice("by", "A row for each of them.", "body", "body", "community")
            );

    private static async Task<IResult> GetAsync(
        HttpContext context,
        NpgsqlDataSource source,
        TimeProvider clock,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var (from, to) = query.Window();
        var by = query.Choice("by", "body", "body", "community");
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = source
            .CreateCommand(Sql.Load("Letters/performance.sql"))
            .With("street", street)
            .With("from", from)
            .With("to", to)
            .With("by", by)
            .With("now", clock.GetUtcNow().UtcDateTime)
            .With(caller.Scope);
        await using var rows = await command.ExecuteReaderAsync(context.RequestAborted);
        JsonNode? total = null;
        var list = new JsonArray();
        while (await rows.ReadAsync(context.RequestAborted))
        {
            var row = JsonNode.Parse(rows.GetString(0))!;
            if (rows.GetBoolean(1))
            {
                total = row;
            }
            else
            {
                list.Add(row);
            }
        }

        return Results.Json(
            new JsonObject
            {
                ["by"] = by,
                ["total"] = total,
                ["rows"] = list,
            }
        );
    }
}
