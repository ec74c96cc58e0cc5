using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>Issues as mapped records.</summary>
public static class IssueEndpoints
{
    /// <summary>Maps the calls of this slice.</summary>
    public static void MapIssues(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/issues", ListAsync)
            .WithSummary("Issues, newest first")
            .Takes([.. IssueFilter.All, Parameters.Page, Parameters.Cursor])
            .AnswersFeatures();
        routes
            .MapGet("/api/issues/{id}", GetAsync)
            .WithSummary("One issue")
            .Takes(Parameters.At)
            .AnswersFeature();
        routes
            .MapGet("/api/issues/counts", CountAsync)
            .WithSummary(
                "Issues counted by state, category, lead body and whether they are overdue"
            )
            .Takes(IssueFilter.All);
        routes
            .MapGet("/api/issues/nearby", NearbyAsync)
            .WithSummary("Open issues of a category around a place, nearest first, at most 20")
            .Takes(
                Parameters.Lon,
                Parameters.Lat,
                Parameters.Crs,
                new QueryParameter("category", "Code of the category.") { IsRequired = true },
                Parameters.Number(
                    "radius",
                    "Metres; without it, the category's own radius of duplicates.",
                    0,
                    1000
                )
            )
            .AnswersFeatures();
    }

    private static async Task<IResult> CountAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var filter = new IssueFilter(query);
        query.Done();
        await using var command = filter.Apply(
            source.CreateCommand(Sql.Load("Issues/count_groups.sql")),
            caller,
            clock.GetUtcNow().UtcDateTime
        );
        var rows = (string)(await command.ExecuteScalarAsync(context.RequestAborted))!;
        return Results.Text($"{{\"rows\":{rows}}}", "application/json", Encoding.UTF8);
    }

    private static async Task NearbyAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var place = query.Place();
        var category = query.Text("category", 64);
        if (category is null)
        {
            query.Fault("category", "is required");
        }

        var radius = query.Number("radius", 0, 1000);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Issues/nearby_issues.sql"))
            .With("place", new Point(place!.Value.Lon, place.Value.Lat))
            .With("category", category)
            .With("radius", radius)
            .With("at", (DateOnly?)null)
            .With("now", clock.GetUtcNow().UtcDateTime)
            .With(caller.Scope);
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var filter = new IssueFilter(query);
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var (afterFound, afterId) = Cursor.ReadInstant(query);
        query.Done();

        var now = clock.GetUtcNow().UtcDateTime;
        NpgsqlCommand Filtered(string file) =>
            filter.Apply(source.CreateCommand(Sql.Load(file)), caller, now);

        await using var count = Filtered("Issues/count_issues.sql");
        var matched = (long)(await count.ExecuteScalarAsync(context.RequestAborted))!;
        await using var command = Filtered("Issues/list_issues.sql")
            .With("after_found", afterFound)
            .With("after_id", afterId)
            .With("limit", limit + 1);
        await FeatureStream.WriteAsync(
            context,
            command,
            (returned, last) => RecordList.PageMembers(returned, matched, last),
            limit
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        IssuePage page
    )
    {
        var query = new QueryReader(context.Request);
        var at = query.Day("at");
        query.Done();
        return await page.AnswerAsync(context, IdOf(id), caller, at);
    }

    /// <summary>The id in an address.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    internal static Guid IdOf(string text) =>
        Guid.TryParse(text, out var id)
            ? id
            : throw new ProblemException(Problems.NotFound, "There is no issue with this id.");
}
