using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Assessments;

/// <summary>The veto board.</summary>
public static class VetoEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapVetoes(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/veto-indicators", ListAsync)
            .WithSummary(
                "The veto board of a street: every indicator with what is raised and not cleared; raised counts the red ones"
            )
            .Takes(Parameters.Street.Required());
        routes
            .MapGet("/api/veto-indicators/{id}", GetAsync)
            .WithSummary("One veto indicator with its whole history, the latest first")
            .Takes();
        routes
            .MapPost("/api/veto-indicators", AddAsync)
            .WithSummary(
                "Enters an indicator by hand: {id, street, code, name, basis}; basis cites what says so. The same again answers 200"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapPatch("/api/veto-indicators/{id}", ChangeAsync)
            .WithSummary(
                "Changes the wording or retires it (If-Match required): {name, basis, retired}"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapPost("/api/veto-indicators/{id}/alarms", RaiseAsync)
            .WithSummary("Raises it: {id, reason, issue}. The same again answers 200")
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapPost("/api/veto-indicators/{id}/alarms/{alarm}/clear", ClearAsync)
            .WithSummary("Clears what somebody else raised: {id, evidence}")
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
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
            .CreateCommand(Sql.Load("Assessments/list_vetoes.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("me", caller.AccountId);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        return AnswerAsync(context, IdOf(id), caller, source, StatusCodes.Status200OK);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VetoBook book
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var (id, added) = await book.AddAsync(body, caller, context.RequestAborted);
        context.Response.Headers.Location = $"/api/veto-indicators/{id}";
        return await AnswerAsync(context, id, caller, source, Status(added));
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VetoBook book
    )
    {
        new QueryReader(context.Request).Done();
        var indicator = IdOf(id);
        var match = IfMatch.Required(context, "indicator");
        var body = await BodyReader.OfAsync(context.Request);
        await book.ChangeAsync(indicator, match, body, caller, context.RequestAborted);
        return await AnswerAsync(context, indicator, caller, source, StatusCodes.Status200OK);
    }

    private static async Task<IResult> RaiseAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VetoBook book
    )
    {
        new QueryReader(context.Request).Done();
        var indicator = IdOf(id);
        var body = await BodyReader.OfAsync(context.Request);
        var added = await book.RaiseAsync(indicator, body, caller, context.RequestAborted);
        return await AnswerAsync(context, indicator, caller, source, Status(added));
    }

    private static async Task<IResult> ClearAsync(
        string id,
        string alarm,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        VetoBook book
    )
    {
        new QueryReader(context.Request).Done();
        var indicator = IdOf(id);
        var raised = IdOf(alarm);
        var body = await BodyReader.OfAsync(context.Request);
        await book.ClearAsync(indicator, raised, body, caller, context.RequestAborted);
        return await AnswerAsync(context, indicator, caller, source, StatusCodes.Status200OK);
    }

    private static int Status(bool added) =>
        added ? StatusCodes.Status201Created : StatusCodes.Status200OK;

    private static Guid IdOf(string id) =>
        Guid.TryParseExact(id, "D", out var indicator) ? indicator : throw VetoBook.NotFound();

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        Guid id,
        Caller caller,
        NpgsqlDataSource source,
        int status
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Assessments/get_veto.sql"))
            .With(caller.Scope)
            .With("id", id)
            .With("me", caller.AccountId);
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        if (!await row.ReadAsync(context.RequestAborted))
        {
            throw VetoBook.NotFound();
        }

        context.Response.Headers.ETag = $"\"{row.GetInt32(1)}\"";
        return Results.Text(row.GetString(0), "application/json", Encoding.UTF8, status);
    }
}
