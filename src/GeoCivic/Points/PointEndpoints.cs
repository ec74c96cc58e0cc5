using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Points;

/// <summary>Evaluation points.</summary>
public static class PointEndpoints
{
    /// <summary>Maps the calls of this slice.</summary>
    public static void MapPoints(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/points", ListAsync)
            .WithSummary("Evaluation points with their grid, community, workers and what is due")
            .Takes(
                Parameters.Street,
                Parameters.Bbox,
                Parameters.List("type", "Codes of point types."),
                Parameters.Community,
                Parameters.Grid,
                Parameters.Placement,
                Parameters.Choice(
                    "assignee",
                    "The points the caller visits as a worker.",
                    null,
                    "me"
                ),
                Parameters.Contains("names or codes"),
                Parameters.At,
                Parameters.Page,
                Parameters.Cursor
            )
            .AnswersFeatures();
        routes
            .MapGet("/api/points/{code}", GetAsync)
            .WithSummary("One evaluation point with its latest issues, visits and comments")
            .Takes(Parameters.Street, Parameters.At)
            .AnswersFeature();
    }

    private static async Task ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var bbox = query.Bbox();
        var types = query.Texts("type");
        var community = query.Text("community", 64);
        var grid = query.Text("grid", 64);
        var placement = query.Choice("placement", null, "inside", "snapped", "orphan");
        var assignee = query.Choice("assignee", null, "me");
        var q = query.Text("q", 100);
        var at = query.Day("at");
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var after = Cursor.Read(query);
        query.Done();

        NpgsqlCommand Filtered(string file) =>
            source
                .CreateCommand(Sql.Load(file))
                .With("street", street)
                .With("code", (string?)null)
                .With("bbox", bbox)
                .With("types", types)
                .With("community", community)
                .With("grid", grid)
                .With("placement", placement)
                .With("contains", Query.Contains(q))
                .With("at", at)
                .With("assignee", assignee is null ? null : (Guid?)caller.AccountId)
                .With("today", BeijingTime.Today(clock))
                .With(caller.Scope);

        await using var count = Filtered("Points/count_points.sql");
        var matched = (long)(await count.ExecuteScalarAsync(context.RequestAborted))!;
        await using var command = Filtered("Points/list_points.sql");
        await RecordList.StreamAsync(context, command, after, limit, matched);
    }

    private static async Task<IResult> GetAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var at = query.Day("at");
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Points/list_points.sql"))
            .With("street", street)
            .With("code", code)
            .With("bbox", (NetTopologySuite.Geometries.Geometry?)null)
            .With("types", (string[]?)null)
            .With("community", (string?)null)
            .With("grid", (string?)null)
            .With("placement", (string?)null)
            .With("contains", (string?)null)
            .With("at", at)
            .With("assignee", (Guid?)null)
            .With("today", BeijingTime.Today(clock))
            .With("after_street", (string?)null)
            .With("after_code", (string?)null)
            .With("limit", 1)
            .With(caller.Scope);
        string feature;
        string inStreet;
        await using (var rows = await command.ExecuteReaderAsync(context.RequestAborted))
        {
            if (!await rows.ReadAsync(context.RequestAborted))
            {
                throw new ProblemException(
                    Problems.NotFound,
                    $"There is no evaluation point '{code}'."
                );
            }

            feature = rows.GetString(0);
            inStreet = rows.GetString(1);
        }

        var answer = JsonNode.Parse(feature)!.AsObject();
        await using var issues = source
            .CreateCommand(Sql.Load("Points/point_issues.sql"))
            .With("street", inStreet)
            .With(caller.Scope)
            .With("code", code);
        answer["properties"]!["issues"] = JsonNode.Parse(
            (string)(await issues.ExecuteScalarAsync(context.RequestAborted))!
        );
        await using var visits = source
            .CreateCommand(Sql.Load("Points/point_visits.sql"))
            .With("street", inStreet)
            .With(caller.Scope)
            .With("code", code);
        var seen = JsonNode
            .Parse((string)(await visits.ExecuteScalarAsync(context.RequestAborted))!)!
            .AsObject();
        foreach (var name in (string[])["visits", "comments"])
        {
            var part = seen[name];
            seen.Remove(name);
            answer["properties"]![name] = part;
        }

        return Results.Json(answer, contentType: "application/geo+json");
    }
}
