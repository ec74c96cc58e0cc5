using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>Compliance over time: runs, and what became another between them and why.</summary>
public static class RunEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapPerimeterRuns(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/perimeters/runs", MakeAsync)
            .WithSummary(
                "Looks at all schools of a street now and keeps what it finds: {id?, street}. 201; the same id again 200"
            )
            .Takes()
            .Reads("application/json")
            .Answers("application/json")
            .For(Role.Planner, Role.Admin);
        routes
            .MapGet("/api/perimeters/runs", ListAsync)
            .WithSummary("The runs of a street, the latest first")
            .Takes(Parameters.Street.Required())
            .Answers("application/json");
        routes
            .MapGet("/api/perimeters/changes", ChangesAsync)
            .WithSummary(
                "Verdicts that became others in the days from–to and what changed of what they follow from"
            )
            .Takes(
                Parameters.Street.Required(),
                Parameters.Day(
                    "from",
                    "First day (Beijing time); without it, since the first run."
                ),
                Parameters.Day("to", "Last day (Beijing time), included; without it, today.")
            )
            .Answers("application/json");
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context,
        Caller caller,
        RunBook book,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var id = body.Id("id");
        var street = body.Text("street", 64, required: true);
        body.Done();
        var stop = context.RequestAborted;
        await Streets.RequireAsync(source, street!, caller.Scope, stop);
        caller.Require(street!, community: null, grid: null, Role.Planner, Role.Admin);
        var (run, made) = await book.MakeAsync(
            street!,
            new RunOrder("asked", caller.AccountId, id, body.Digest()),
            stop
        );
        return Results.Json(
            run,
            PerimeterJson.Snake,
            statusCode: made ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        RunBook book,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await Streets.RequireAsync(source, street, caller.Scope, context.RequestAborted);
        return Results.Json(
            new { Runs = await book.ListAsync(street, context.RequestAborted) },
            PerimeterJson.Snake
        );
    }

    private static async Task<IResult> ChangesAsync(
        HttpContext context,
        Caller caller,
        RunBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var (from, to) = query.Days();
        query.Done();
        await Streets.RequireAsync(source, street, caller.Scope, context.RequestAborted);
        var first = from ?? DateOnly.MinValue;
        var last = to ?? BeijingTime.Today(clock);
        var (before, after, changes) = await book.ChangesAsync(
            street,
            first,
            last,
            context.RequestAborted
        );
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                From = from ?? before?.Day,
                To = last,
                FromRun = before,
                ToRun = after,
                Tally = PerimeterChange.Count(changes),
                Changes = changes,
            },
            PerimeterJson.Snake
        );
    }
}
