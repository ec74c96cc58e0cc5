using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>Plans of checks and the runs that follow from them.</summary>
public static class PlanEndpoints
{
    private const int MostDays = 400;

    // A week of what comes and a month of what was; missed runs older than that are history.
    private const int DaysBack = 30;

    private static readonly string[] Statuses = ["missed", "running", "upcoming", "done"];

    /// <summary>Maps the calls.</summary>
    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/plans", ListAsync)
            .WithSummary("Plans of checks as they stand")
            .Takes(Parameters.Street.Required());
        routes
            .MapPost("/api/plans", AddAsync)
            .WithSummary(
                "Enters a plan: {id, street, name, cadence: daily|weekly|monthly|quarterly, type: special|comprehensive, point_types, communities, grids, points, shifts: [day|night|school_peak], share (percent), starts, ends, working_days, note}. Empty lists ask for everything; named points come on top. The same again answers 200"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapPatch("/api/plans/{id}", ChangeAsync)
            .WithSummary(
                "Changes a plan from today on (If-Match required), with the members of a new plan and open_ended; lists replace. A run is judged by what the plan asked for on its first day"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapGet("/api/plans/runs", RunsAsync)
            .WithSummary(
                "Every run with a day in from–to, with points required and seen in each shift, and status missed|running|upcoming|done, counted over the points you may see"
            )
            .Takes(
                Parameters.Street.Required(),
                Parameters.Day("from", $"First day; without it, {DaysBack} days ago."),
                Parameters.Day("to", "Last day; without it, in a week."),
                Parameters.Choice("status", "Runs of one status.", null, Statuses)
            );
        routes
            .MapGet("/api/plans/{id}/run", RunAsync)
            .WithSummary("The points of one run, and in which shifts each was seen")
            .Takes(
                Parameters.Day("first", "First day of the run.").Required(),
                Parameters.Flag("seen", "Points seen in every shift asked for, or the others.")
            )
            .AnswersFeatures();
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
            .CreateCommand(Sql.Load("Inspections/list_plans.sql"))
            .With(caller.Scope)
            .With("street", street);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        PlanBook plans
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var (id, street, added) = await plans.AddAsync(body, caller, context.RequestAborted);
        context.Response.Headers.Location = $"/api/plans?street={Uri.EscapeDataString(street)}";
        return await AnswerAsync(
            context,
            street,
            id,
            caller,
            source,
            added ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        PlanBook plans
    )
    {
        new QueryReader(context.Request).Done();
        var (plan, street) = await FindAsync(id, caller, source, context.RequestAborted);
        var match = IfMatch.Required(context, "plan");
        var body = await BodyReader.OfAsync(context.Request);
        await plans.ChangeAsync(street, plan, match, body, caller, context.RequestAborted);
        return await AnswerAsync(context, street, plan, caller, source, StatusCodes.Status200OK);
    }

    private static async Task<IResult> RunsAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var today = BeijingTime.Today(clock);
        var givenFrom = query.Day("from");
        var givenTo = query.Day("to");
        var status = query.Choice("status", null, Statuses);
        var from = givenFrom ?? (givenTo ?? today).AddDays(-DaysBack);
        var to = givenTo ?? Later(from, today.AddDays(7));
        if (from > to)
        {
            query.Fault("to", "lies before from");
        }
        else if (to.DayNumber - from.DayNumber > MostDays)
        {
            query.Fault("to", $"lies more than {MostDays} days after from");
        }

        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = Judged("list_runs.sql", source, caller, street, from, to, today)
            .With("plan", (Guid?)null)
            .With("status", status);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task RunAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var first = query.Day("first");
        if (first is null)
        {
            query.Fault("first", "is required");
        }

        var seen = query.Flag("seen");
        query.Done();
        var (plan, street) = await FindAsync(id, caller, source, context.RequestAborted);
        var today = BeijingTime.Today(clock);
        await using (
            var exists = Judged(
                    "run_exists.sql",
                    source,
                    caller,
                    street,
                    first!.Value,
                    first.Value,
                    today
                )
                .With("plan", plan)
        )
        {
            if (await exists.ExecuteScalarAsync(context.RequestAborted) is not true)
            {
                throw new ProblemException(
                    Problems.NotFound,
                    "The plan has no run that begins on this day."
                );
            }
        }

        await using var command = Judged(
                "run_points.sql",
                source,
                caller,
                street,
                first.Value,
                first.Value,
                today
            )
            .With("plan", plan)
            .With("seen", seen);
        await FeatureStream.WriteAsync(context, command);
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static NpgsqlCommand Judged(
        string file,
        NpgsqlDataSource source,
        Caller caller,
        string street,
        DateOnly from,
        DateOnly to,
        DateOnly today
    ) =>
        source
            .CreateCommand(Sql.Load($"Inspections/{file}"))
            .With(caller.Scope)
            .With("street", street)
            .With("from", from)
            .With("to", to)
            .With("today", today);

    private static async Task<(Guid Id, string Street)> FindAsync(
        string id,
        Caller caller,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "D", out var plan))
        {
            throw PlanBook.NotFound();
        }

        await using var find = source
            .CreateCommand(Sql.Load("Inspections/find_plan.sql"))
            .With(caller.Scope)
            .With("id", plan);
        var street = await find.ExecuteScalarAsync(cancellationToken) as string;
        if (street is null)
        {
            throw PlanBook.NotFound();
        }

        await using var visible = source
            .CreateCommand(Sql.Load("Inspections/get_plan.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("id", plan);
        return await visible.ExecuteScalarAsync(cancellationToken) is string
            ? (plan, street)
            : throw PlanBook.NotFound();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string street,
        Guid id,
        Caller caller,
        NpgsqlDataSource source,
        int status
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/get_plan.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("id", id);
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        if (!await row.ReadAsync(context.RequestAborted))
        {
            throw PlanBook.NotFound();
        }

        context.Response.Headers.ETag = $"\"{row.GetInt32(1)}\"";
        return Results.Text(row.GetString(0), "application/json", Encoding.UTF8, status);
    }
}
