using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.KeyPlaces;

/// <summary>Key places (重点部位): named, watched, compared with last month.</summary>
public static class KeyPlaceEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapKeyPlaces(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/key-places", ListAsync)
            .WithSummary(
                "Key places of a street with the issues inside this month and last, what is open, and whether a visit is due"
            )
            .Takes(Parameters.Street)
            .AnswersFeatures();
        routes
            .MapPost("/api/key-places", AddAsync)
            .WithSummary(
                "Saves a key place: {id, street, name, category, geometry | from_cluster: {from, to, category, state, shift, eps_metres, min_points, cluster}, watch_days, note}. 201; the same again 200"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapGet("/api/key-places/{id}", GetAsync)
            .WithSummary("One key place, also a retired one; its ETag is what changes need")
            .Takes()
            .AnswersFeature();
        routes
            .MapPatch("/api/key-places/{id}", ChangeAsync)
            .WithSummary(
                "Changes a key place (If-Match required): {name, category, geometry, watch_days, note, clear: [category, watch_days, note]}"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapDelete("/api/key-places/{id}", RetireAsync)
            .WithSummary("Retires a key place (If-Match required); its history stays")
            .Takes()
            .AnswersFeature()
            .For(Role.Supervisor, Role.Admin);
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
        query.Done();
        if (street is not null)
        {
            await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        }

        await using var command = source
            .CreateCommand(Sql.Load("KeyPlaces/list_key_places.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("today", BeijingTime.Today(clock));
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        KeyPlaceBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var place = KeyPlaceBody.ReadNew(await BodyReader.OfAsync(context.Request));
        var made = await book.AddAsync(place, caller, context.RequestAborted);
        if (made)
        {
            context.Response.Headers.Location = $"/api/key-places/{place.Id}";
        }

        return await AnswerAsync(
            context,
            place.Id!.Value,
            caller,
            source,
            clock,
            made ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        return await AnswerAsync(context, IdOf(id), caller, source, clock);
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        Caller caller,
        KeyPlaceBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var place = IdOf(id);
        var match = IfMatch.Required(context, "key place");
        var change = KeyPlaceBody.ReadChange(await BodyReader.OfAsync(context.Request));
        await book.ChangeAsync(place, change, caller, match, context.RequestAborted);
        return await AnswerAsync(context, place, caller, source, clock);
    }

    private static async Task<IResult> RetireAsync(
        string id,
        HttpContext context,
        Caller caller,
        KeyPlaceBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var place = IdOf(id);
        var match = IfMatch.Required(context, "key place");
        await book.ChangeAsync(place, change: null, caller, match, context.RequestAborted);
        return await AnswerAsync(context, place, caller, source, clock);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        Guid id,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock,
        int status = StatusCodes.Status200OK
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("KeyPlaces/get_key_place.sql"))
            .With(caller.Scope)
            .With("id", id)
            .With("today", BeijingTime.Today(clock));
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        if (!await row.ReadAsync(context.RequestAborted))
        {
            throw NotFound();
        }

        context.Response.Headers.ETag = KeyPlaceBook.TagOf(row.GetInt32(1));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(row.GetString(0), "application/geo+json", Encoding.UTF8, status);
    }

    private static Guid IdOf(string text) =>
        Guid.TryParse(text, out var id) ? id : throw NotFound();

    private static ProblemException NotFound() =>
        new(Problems.NotFound, "There is no key place with this id.");
}
