using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Assessments;

/// <summary>Mock assessments with their scores rolled up the tree, and two of them compared.</summary>
public static class MockEndpoints
{
    private const int MostListed = 50;

    /// <summary>Maps the calls.</summary>
    public static void MapMockAssessments(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/mock-assessments", EnterAsync)
            .WithSummary(
                "Enters a mock assessment: {id, street, tree, name, held_on, note, results: [{indicator, score (0–100)} or {indicator, point, outcome: ok|bad|na, note}]}; without tree, on the newest. What has no result is not assessed, never zero. The same again answers 200"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapGet("/api/mock-assessments", ListAsync)
            .WithSummary($"The latest {MostListed} mock assessments of a street with their totals")
            .Takes(Parameters.Street.Required());
        routes
            .MapGet("/api/mock-assessments/{id}", GetAsync)
            .WithSummary(
                "One mock assessment: every node with its score (weighted mean of what was assessed below it) and the share assessed, the points that were bad, and the difference to another run"
            )
            .Takes(
                new QueryParameter(
                    "compare",
                    "Id of another mock assessment of the street; nodes are matched by code."
                )
            );
    }

    private static async Task<IResult> EnterAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        MockBook book,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var draft = MockDraft.Read(body, clock);
        var added = await book.EnterAsync(draft, body.Digest(), caller, context.RequestAborted);
        context.Response.Headers.Location = $"/api/mock-assessments/{draft.Id}";
        return Results.Text(
            Text((await ReadAsync(draft.Id, caller, source, context.RequestAborted)).Answer()),
            "application/json",
            System.Text.Encoding.UTF8,
            added ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = source
            .CreateCommand(Sql.Load("Assessments/list_mocks.sql"))
            .With("street", street)
            .With("limit", MostListed);
        var list = new JsonArray();
        await using (var rows = await command.ExecuteReaderAsync(context.RequestAborted))
        {
            while (await rows.ReadAsync(context.RequestAborted))
            {
                var run = new MockRun(rows.GetString(0), rows.GetString(1));
                list.Add((JsonNode)run.Summary());
            }
        }

        return Results.Text(
            Text(new JsonObject { ["assessments"] = list }),
            "application/json",
            System.Text.Encoding.UTF8
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var compare = query.Id("compare");
        query.Done();
        if (!Guid.TryParseExact(id, "D", out var assessment))
        {
            throw NotFound();
        }

        var run = await ReadAsync(assessment, caller, source, context.RequestAborted);
        var before = compare is { } with
            ? await ReadAsync(with, caller, source, context.RequestAborted)
            : null;
        if (before is not null && before.Street != run.Street)
        {
            throw NotFound();
        }

        return Results.Text(
            Text(run.Answer(before)),
            "application/json",
            System.Text.Encoding.UTF8
        );
    }

    private static async Task<MockRun> ReadAsync(
        Guid id,
        Caller caller,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Assessments/get_mock.sql"))
            .With(caller.Scope)
            .With("id", id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new MockRun(row.GetString(0), row.GetString(1))
            : throw NotFound();
    }

    // Chinese stays readable; the answer is JSON of its own, never part of a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Text(JsonNode node) => node.ToJsonString(Readable);

    private static ProblemException NotFound() =>
        new(Problems.NotFound, "There is no such mock assessment.");
}
