using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>Visits of points, with what reviewers write to them.</summary>
public static class VisitEndpoints
{
    private const int StandardLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary>Maps the calls.</summary>
    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/visits", EnterAsync)
            .WithSummary(
                "Enters a visit: {id, point, street, started_at, lon, lat, crs, accuracy_m, shift, checklist, version, answers: [{item, answer, note}], result, note, photos: [{sha256, kind}], covert}. The same again answers 200"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Worker, Role.Supervisor);
        routes
            .MapGet("/api/visits", ListAsync)
            .WithSummary("Visits, the latest received first; geometry is where the device was")
            .Takes(
                Parameters.Street,
                new QueryParameter("point", "Code of a point."),
                Parameters.Community,
                Parameters.Grid,
                Parameters.Choice("account", "The caller's own visits.", null, "me"),
                Parameters.Choice("shift", "Shift.", null, NewVisit.Shifts),
                Parameters.Choice("result", "What came of it.", null, NewVisit.Results),
                Parameters.Flag("outside", "Check-ins outside, or not outside, the geofence."),
                Parameters.Flag("covert", "Covert inspections, or the others."),
                Parameters.Day("from", "First day (Beijing time) of the visit."),
                Parameters.To,
                Parameters.Limit(StandardLimit, $"Visits on a page, at most {MaxLimit}."),
                Parameters.Cursor
            )
            .AnswersFeatures();
        routes
            .MapGet("/api/visits/{id}", GetAsync)
            .WithSummary("One visit with answers, photos and comments")
            .Takes()
            .AnswersFeature();
        routes
            .MapPost("/api/visits/{id}/comments", CommentAsync)
            .WithSummary("A reviewer's comment, shown to the worker at the point: {id, text}")
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Supervisor);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VisitBook visits
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var (id, added) = await visits.EnterAsync(body, caller, context.RequestAborted);
        var (feature, _) = await FindAsync(id, caller, source, context.RequestAborted);
        return Answer(context, id, feature, added);
    }

    private static async Task<IResult> CommentAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VisitBook visits
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var visit = ReadId(id);
        var (_, place) = await FindAsync(visit, caller, source, context.RequestAborted);
        caller.Require(place.Street, place.Community, place.Grid, Role.Supervisor);
        var added = await visits.CommentAsync(
            body,
            place.Street,
            visit,
            caller,
            context.RequestAborted
        );
        var (feature, _) = await FindAsync(visit, caller, source, context.RequestAborted);
        return Answer(context, visit, feature, added);
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var (feature, _) = await FindAsync(ReadId(id), caller, source, context.RequestAborted);
        return Results.Text(feature, "application/geo+json", Encoding.UTF8);
    }

    private static async Task ListAsync(HttpContext context, Caller caller, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var point = query.Text("point", 64);
        var community = query.Text("community", 64);
        var grid = query.Text("grid", 64);
        var account = query.Choice("account", null, "me");
        var shift = query.Choice("shift", null, NewVisit.Shifts);
        var result = query.Choice("result", null, NewVisit.Results);
        var outside = query.Flag("outside");
        var covert = query.Flag("covert");
        var (from, to) = query.Window();
        var limit = query.Limit("limit", StandardLimit, MaxLimit);
        var (afterTime, afterId) = Cursor.ReadInstant(query);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/list_visits.sql"))
            .With(caller.Scope)
            .With("me", caller.AccountId)
            .With("street", street)
            .With("point", point)
            .With("community", community)
            .With("grid", grid)
            .With("account", account is null ? null : (Guid?)caller.AccountId)
            .With("shift", shift)
            .With("result", result)
            .With("outside", outside)
            .With("covert", covert)
            .With("from", from)
            .With("to", to)
            .With("after_time", afterTime)
            .With("after_id", afterId)
            .With("limit", limit + 1);
        await FeatureStream.WriteAsync(
            context,
            command,
            (count, keys) => RecordList.PageMembers(count, matched: null, keys),
            limit
        );
    }

    private static Guid ReadId(string id) =>
        Guid.TryParseExact(id, "D", out var visit)
            ? visit
            : throw new ProblemException(Problems.NotFound, "There is no such visit.");

    private static async Task<(
        string Feature,
        (string Street, string? Community, string? Grid) Place
    )> FindAsync(
        Guid id,
        Caller caller,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/get_visit.sql"))
            .With(caller.Scope)
            .With("me", caller.AccountId)
            .With("id", id);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            ? (
                rows.GetString(0),
                (rows.GetString(1), rows.GetValue(3) as string, rows.GetValue(4) as string)
            )
            : throw new ProblemException(Problems.NotFound, "There is no such visit.");
    }

    private static IResult Answer(HttpContext context, Guid id, string feature, bool added)
    {
        context.Response.Headers.Location = $"/api/visits/{id}";
        return Results.Text(
            feature,
            "application/geo+json",
            Encoding.UTF8,
            added ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }
}
