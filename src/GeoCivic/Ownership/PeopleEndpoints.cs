using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Ownership;

/// <summary>People on grids, communities and the street: posts with their titles (网格长, 楼栋长, 包保领导 …).</summary>
internal static class PeopleEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/people", ListAsync)
            .WithSummary("People and their posts; with at, those of a day, else every version")
            .Takes(
                Parameters.Street,
                new QueryParameter(
                    "area",
                    "Code of the street, a community (with its grids) or a grid."
                ),
                Parameters.Day("at", "Day (Beijing time) on which the posts are held.")
            );
        routes
            .MapPut("/api/people/{code}", PutAsync)
            .WithSummary(
                "Enters a version of a post: {name, role, area, level, building, unit, from, to}; the version before ends where it starts"
            )
            .Takes(OwnershipEndpoints.Street)
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapPost("/api/people/{code}/end", EndAsync)
            .WithSummary("Ends a post: {on}, its last day")
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
        var area = query.Text("area", 64);
        var at = query.Day("at");
        query.Done();
        await using var command = List(
            source.CreateCommand(Sql.Load("Ownership/list_people.sql")),
            caller,
            clock,
            street,
            code: null,
            area,
            at
        );
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static NpgsqlCommand List(
        NpgsqlCommand command,
        Caller caller,
        TimeProvider clock,
        string? street,
        string? code,
        string? area = null,
        DateOnly? at = null
    ) =>
        command
            .With("street", street)
            .With("code", code)
            .With("area", area)
            .With("at", at)
            .With("today", BeijingTime.Today(clock))
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
        var name = body.Text("name", 200, required: true);
        var role = body.Text("role", 64, required: true);
        var area = body.Text("area", 64);
        var level = body.Choice("level", false, "street", "community", "grid");
        var building = body.Text("building", 100);
        var unit = body.Text("unit", 40);
        var (from, until) = DutyEndpoints.Validity(body);
        body.Done();
        await using var change = await StreetChange.BeginAsync(
            source,
            caller,
            street,
            context.RequestAborted
        );
        var clean = StreetChange.Code(code);
        await change.RequireListedAsync("people_roles", "role", role!);
        var (atLevel, atArea) = await change.AreaAsync(level, area);
        await using var command = change
            .Command(Sql.Load("Ownership/put_person.sql"))
            .With("street", street)
            .With("code", clean)
            .With("name", name)
            .With("role", role)
            .With("level", atLevel)
            .With("area", atArea)
            .With("building", building)
            .With("unit", unit)
            .With("from", from)
            .With("until", until)
            .With("today", BeijingTime.Today(clock));
        var outcome = await change.EnterAsync(command, "from");
        return await AnswerAsync(change, caller, clock, street, clean, outcome);
    }

    private static Task<IResult> EndAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    ) =>
        StreetChange.EndAsync(
            "Ownership/end_person.sql",
            code,
            context,
            caller,
            source,
            clock,
            (change, street, outcome) => AnswerAsync(change, caller, clock, street, code, outcome)
        );

    private static async Task<IResult> AnswerAsync(
        StreetChange change,
        Caller caller,
        TimeProvider clock,
        string street,
        string code,
        string outcome
    )
    {
        await using var command = List(
            change.Command(Sql.Load("Ownership/list_people.sql")),
            caller,
            clock,
            street,
            code
        );
        return await change.AnswerAsync(command, "people", outcome);
    }
}
