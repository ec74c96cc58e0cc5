using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
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
    }

    private static async Task ListAsync(HttpContext context, Caller caller, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var filter = new IssueFilter(query);
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var (afterFound, afterId) = After(query);
        query.Done();

        NpgsqlCommand Filtered(string file) =>
            filter.Apply(source.CreateCommand(Sql.Load(file))).With(caller.Scope);

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

    private static (DateTime? Found, Guid? Id) After(QueryReader query)
    {
        if (Cursor.Read(query) is not { } keys)
        {
            return (null, null);
        }

        if (
            DateTime.TryParseExact(
                keys.First,
                "O",
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var found
            )
            && found.Kind == DateTimeKind.Utc
            && Guid.TryParse(keys.Second, out var id)
        )
        {
            return (found, id);
        }

        query.Fault("cursor", "is not a cursor that this service gave");
        return (null, null);
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var at = query.Day("at");
        query.Done();
        if (!Guid.TryParse(id, out var key))
        {
            throw new ProblemException(Problems.NotFound, "There is no issue with this id.");
        }

        await using var command = source
            .CreateCommand(Sql.Load("Issues/get_issue.sql"))
            .With("id", key)
            .With("at", at)
            .With(caller.Scope);
        return await JsonText.OneAsync(command, context.RequestAborted, "application/geo+json");
    }
}
