using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Ownership;

/// <summary>Responsible bodies.</summary>
internal static class BodyEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapBodies(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/bodies", ListAsync)
            .WithSummary("Responsible bodies of the streets the caller may see")
            .Takes(Parameters.Street);
        routes
            .MapPut("/api/bodies/{code}", PutAsync)
            .WithSummary("Adds or changes a body: {name, kind}")
            .Takes(OwnershipEndpoints.Street)
            .Reads("application/json")
            .For(Role.Admin);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Ownership/list_bodies.sql"))
            .With("street", street)
            .With("today", BeijingTime.Today(clock))
            .With(caller.Scope);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> PutAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var body = await BodyReader.OfAsync(context.Request);
        var name = body.Text("name", 200, required: true);
        var kind = body.Text("kind", 40, required: true);
        body.Done();
        await using var change = await StreetChange.BeginAsync(
            source,
            caller,
            street,
            context.RequestAborted
        );
        var clean = StreetChange.Code(code);
        await change.RequireListedAsync("body_kinds", "kind", kind!);
        await using var command = change
            .Command(Sql.Load("Ownership/put_body.sql"))
            .With("street", street)
            .With("code", clean)
            .With("name", name)
            .With("kind", kind);
        var changed = await command.ExecuteNonQueryAsync(context.RequestAborted) > 0;
        await change.CommitAsync();
        return Results.Json(
            new
            {
                street,
                code = clean,
                name,
                kind,
                changed,
            }
        );
    }
}
