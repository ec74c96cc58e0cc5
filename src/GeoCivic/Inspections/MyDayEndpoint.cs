using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>What the day asks of a worker.</summary>
public static class MyDayEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapMyDay(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/my-day", GetAsync)
            .WithSummary(
                "How many of the caller's points are overdue, due today, done and to come, and the open comments of reviewers"
            )
            .Takes();

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/my_day.sql"))
            .With(caller.Scope)
            .With("me", caller.AccountId)
            .With("today", BeijingTime.Today(clock));
        return await JsonText.OneAsync(command, context.RequestAborted);
    }
}
