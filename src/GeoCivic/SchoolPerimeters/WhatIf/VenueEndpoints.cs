using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>Adding, changing and deleting venues.</summary>
public static class VenueEndpoints
{
    private static readonly QueryParameter VenueStreet = new("street", "Street of the venue.");

    /// <summary>Maps the calls.</summary>
    public static void MapVenueChanges(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/venues", AddAsync)
            .WithSummary(
                "Adds a venue: {id?, street, code?, name, category, lon, lat | geometry, crs?, licensed_from?, licensed_until?, accuracy?}. 201; the same id again 200"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Planner, Role.Admin);
        routes
            .MapPatch("/api/venues/{code}", ChangeAsync)
            .WithSummary(
                "Changes a venue (If-Match with the revision required): {name, category, lon, lat | geometry, crs, licensed_from, licensed_until, accuracy, clear: [licensed_from, licensed_until, accuracy]}"
            )
            .Takes(VenueStreet.Required())
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Planner, Role.Admin);
        routes
            .MapDelete("/api/venues/{code}", DeleteAsync)
            .WithSummary(
                "Deletes a venue (If-Match with the revision required); runs keep what they found of it. 204"
            )
            .Takes(VenueStreet.Required())
            .For(Role.Planner, Role.Admin);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        VenueBook book,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var venue = VenueBody.ReadNew(await BodyReader.OfAsync(context.Request));
        var (code, made) = await book.AddAsync(venue, caller, context.RequestAborted);
        if (made)
        {
            context.Response.Headers.Location =
                $"/api/venues/{Uri.EscapeDataString(code)}?street={Uri.EscapeDataString(venue.Street!)}";
        }

        return await AnswerAsync(
            context,
            source,
            caller,
            venue.Street!,
            code,
            made ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> ChangeAsync(
        string code,
        HttpContext context,
        Caller caller,
        VenueBook book,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var match = IfMatch.Required(context, "venue");
        var change = VenueBody.ReadChange(await BodyReader.OfAsync(context.Request));
        await book.ChangeAsync(street, code, change, match, caller, context.RequestAborted);
        return await AnswerAsync(context, source, caller, street, code, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(
        string code,
        HttpContext context,
        Caller caller,
        VenueBook book
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var match = IfMatch.Required(context, "venue");
        await book.DeleteAsync(street, code, match, caller, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        NpgsqlDataSource source,
        Caller caller,
        string street,
        string code,
        int status
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/WhatIf/get_venue.sql"))
            .With("street", street)
            .With("code", code)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        if (!await row.ReadAsync(context.RequestAborted))
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no venue '{code}' that you may see."
            );
        }

        context.Response.Headers.ETag = PlaceBook.TagOf(row.GetInt32(1));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(row.GetString(0), "application/geo+json", Encoding.UTF8, status);
    }
}
