using System.Globalization;
using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Exports;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>The letter book: 问题通知函, 部门答复函, 工作提示函.</summary>
public static class LetterEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapLetters(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/letters", ListAsync)
            .WithSummary("Letters, newest first; drafts for those who can confirm them")
            .Takes(
                Parameters.Street,
                Parameters.List("kind", "notice, reply, reminder."),
                Parameters.List("state", "draft, issued, void."),
                new QueryParameter("issue", "Id of an issue: letters about it."),
                new QueryParameter("body", "Code of a responsible body: letters to or from it."),
                Parameters.Page,
                Parameters.Cursor
            );
        routes.MapGet("/api/letters/{id}", GetAsync).WithSummary("The words of a letter").Takes();
        routes
            .MapGet("/api/letters/{id}.docx", DocxAsync)
            .WithSummary("A letter as a document on the street's letterhead")
            .Takes()
            .Answers(DocxPaper.MediaType);
        routes
            .MapPost("/api/letters/{id}/confirm", ConfirmAsync)
            .WithSummary("Lets a drafted reminder go out: it gets its number")
            .Takes()
            .For(Role.Supervisor);
        routes
            .MapPost("/api/letters/{id}/void", VoidAsync)
            .WithSummary("Discards a drafted reminder, or declares one that went out void")
            .Takes()
            .For(Role.Supervisor);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        NpgsqlDataSource source,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var kinds = Words(query, "kind", LetterKinds.All);
        var states = Words(query, "state", "draft", "issued", "void");
        var issue = query.Text("issue", 64);
        var body = query.Text("body", 64);
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var (afterAt, afterId) = Cursor.ReadInstant(query);
        Guid? issueId = Guid.TryParse(issue, out var parsed) ? parsed : null;
        if (issue is not null && issueId is null)
        {
            query.Fault("issue", "must be the id of an issue");
        }

        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Letters/list_letters.sql"))
            .With("street", street)
            .With("kinds", kinds)
            .With("states", states)
            .With("issue", issueId)
            .With("body", body)
            .With("after_at", afterAt)
            .With("after_id", afterId)
            .With("limit", limit + 1)
            .With(caller.Scope);
        await using var rows = await command.ExecuteReaderAsync(context.RequestAborted);
        var letters = new JsonArray();
        string? next = null;
        (DateTime At, Guid Id) last = default;
        while (await rows.ReadAsync(context.RequestAborted))
        {
            if (letters.Count == limit)
            {
                next = Cursor.Encode(
                    last.At.ToString("O", CultureInfo.InvariantCulture),
                    last.Id.ToString()
                );
                break;
            }

            letters.Add(JsonNode.Parse(rows.GetString(0)));
            last = (rows.GetDateTime(1), rows.GetGuid(2));
        }

        return Results.Json(new JsonObject { ["letters"] = letters, ["next"] = next });
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        NpgsqlDataSource source,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        var letter = await StoredLetter.FindAsync(source, id, caller, context.RequestAborted);
        return Results.Json(letter.ToJson());
    }

    private static async Task<IResult> DocxAsync(
        string id,
        HttpContext context,
        NpgsqlDataSource source,
        LetterTemplates templates,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        var letter = await StoredLetter.FindAsync(source, id, caller, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(
            templates.Write(letter.Street, letter.Sheet),
            DocxPaper.MediaType,
            $"{letter.Sheet.Title}{letter.Sheet.Number}.docx"
        );
    }

    private static async Task<IResult> ConfirmAsync(
        string id,
        HttpContext context,
        NpgsqlDataSource source,
        Reminders reminders,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        await reminders.ConfirmAsync(StoredLetter.Key(id), caller, context.RequestAborted);
        var letter = await StoredLetter.FindAsync(source, id, caller, context.RequestAborted);
        return Results.Json(letter.ToJson());
    }

    private static async Task<IResult> VoidAsync(
        string id,
        HttpContext context,
        NpgsqlDataSource source,
        Reminders reminders,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        await reminders.VoidAsync(StoredLetter.Key(id), caller, context.RequestAborted);
        var letter = await StoredLetter.FindAsync(source, id, caller, context.RequestAborted);
        return Results.Json(letter.ToJson());
    }

    private static string[]? Words(QueryReader query, string name, params string[] words)
    {
        var given = query.Texts(name);
        if (given is not null && given.Except(words, StringComparer.Ordinal).Any())
        {
            query.Fault(name, $"must be one or several of {string.Join(", ", words)}");
        }

        return given;
    }
}
