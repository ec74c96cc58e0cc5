using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Ownership;

/// <summary>Duties: which body answers for a category in an area, and since when.</summary>
internal static class DutyEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapDuties(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/duties", ListAsync)
            .WithSummary("Duties; with at, those of a day, else every version with its validity")
            .Takes(
                Parameters.Street,
                new QueryParameter("body", "Code of a responsible body."),
                new QueryParameter("category", "Code of an issue category."),
                new QueryParameter("area", "Code of the street, community or grid of the duty."),
                Parameters.Day("at", "Day (Beijing time) on which the duties are in force.")
            );
        routes
            .MapPut("/api/duties/{code}", PutAsync)
            .WithSummary(
                "Enters a version of a duty: {name, category, area, level, body, role, leader_role, from, to}; the version before ends where it starts"
            )
            .Takes(OwnershipEndpoints.Street)
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapPost("/api/duties/{code}/end", EndAsync)
            .WithSummary("Ends a duty: {on}, its last day")
            .Takes(OwnershipEndpoints.Street)
            .Reads("application/json")
            .For(Role.Admin);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var body = query.Text("body", 64);
        var category = query.Text("category", 64);
        var area = query.Text("area", 64);
        var at = query.Day("at");
        query.Done();
        await using var command = source.CreateCommand(Sql.Load("Ownership/list_duties.sql"));
        List(command, caller, street, code: null, body, category, area, at);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static NpgsqlCommand List(
        NpgsqlCommand command,
        Caller caller,
        string? street,
        string? code,
        string? body = null,
        string? category = null,
        string? area = null,
        DateOnly? at = null
    ) =>
        command
            .With("street", street)
            .With("code", code)
            .With("body", body)
            .With("category", category)
            .With("area", area)
            .With("at", at)
            .With(caller.Scope);

    private static async Task<IResult> PutAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var body = await BodyReader.OfAsync(context.Request);
        var name = body.Text("name");
        var category = body.Text("category", 64);
        var area = body.Text("area", 64);
        var level = body.Choice("level", false, "street", "community", "grid");
        var responsible = body.Text("body", 64, required: true);
        var role = body.Choice("role", true, "lead", "cooperating");
        var leader = body.Text("leader_role", 100);
        var (from, until) = Validity(body);
        body.Done();
        await using var change = await StreetChange.BeginAsync(
            source,
            caller,
            street,
            context.RequestAborted
        );
        var clean = StreetChange.Code(code);
        if (category is not null)
        {
            await change.RequireListedAsync("issue_categories", "category", category);
        }

        await RequireBodyAsync(change, street, responsible!, context.RequestAborted);
        var (atLevel, atArea) = await change.AreaAsync(level, area);
        await using var command = change
            .Command(Sql.Load("Ownership/put_duty.sql"))
            .With("street", street)
            .With("code", clean)
            .With("name", name)
            .With("category", category)
            .With("level", atLevel)
            .With("area", atArea)
            .With("body", responsible)
            .With("role", role)
            .With("leader_role", leader)
            .With("from", from)
            .With("until", until)
            .With("today", BeijingTime.Today(clock));
        var outcome = await change.EnterAsync(command, "from");
        return await AnswerAsync(change, caller, street, clean, outcome);
    }

    private static Task<IResult> EndAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    ) =>
        StreetChange.EndAsync(
            "Ownership/end_duty.sql",
            code,
            context,
            caller,
            source,
            clock,
            (change, street, outcome) => AnswerAsync(change, caller, street, code, outcome)
        );

    /// <summary>Reads <c>from</c> and <c>to</c>, both included; the end as tables keep it, the day after.</summary>
    internal static (DateOnly? From, DateOnly? Until) Validity(BodyReader body)
    {
        var from = body.Day("from");
        var to = body.Day("to");
        if (to < from)
        {
            body.Refuse("to", "lies before from");
        }

        // An end that is not given is no end here: the body says all there is, unlike a row of a file.
        return (
            from,
            to is { } last && last < DateOnly.MaxValue ? last.AddDays(1) : DateOnly.MaxValue
        );
    }

    private static async Task RequireBodyAsync(
        StreetChange change,
        string street,
        string body,
        CancellationToken cancellationToken
    )
    {
        await using var command = change
            .Command(
                "SELECT EXISTS (SELECT FROM bodies WHERE street_code = @street AND code = @code)"
            )
            .With("street", street)
            .With("code", body);
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            throw ProblemException.Unacceptable("body", $"the street has no body '{body}'");
        }
    }

    private static async Task<IResult> AnswerAsync(
        StreetChange change,
        Caller caller,
        string street,
        string code,
        string outcome
    )
    {
        await using var command = List(
            change.Command(Sql.Load("Ownership/list_duties.sql")),
            caller,
            street,
            code
        );
        return await change.AnswerAsync(command, "duties", outcome);
    }
}
