using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>
/// The patrol coverage map: which points, and which metres of street, nobody has seen. A point was seen when it was
/// visited, a line or an area in full; a road was seen where it lies within <see cref="ReachMetres"/> (geodesic) of a
/// visited point's geometry, or of a check-in whose position is known as well as that. Visits before a locked door
/// (<c>unreachable</c>) show nothing, covert ones count for those who may know of them.
/// </summary>
public static class PatrolCoverageEndpoint
{
    /// <summary>Metres to either side that somebody sees of a road.</summary>
    public const double ReachMetres = 30;

    private const int MostDays = 366;

    /// <summary>Maps the call.</summary>
    public static void MapPatrolCoverage(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/patrol-coverage", GetAsync)
            .WithSummary(
                "Which points and which metres of street were seen in a window (this week, Monday to Sunday): points, and roads cut into seen and unseen lines with geodesic metres; totals by shift and community"
            )
            .Takes(
                Parameters.Street.Required(),
                Parameters.Day("from", "First day (Beijing time); without it, the Monday of to."),
                Parameters.Day("to", "Last day; without it, six days after from."),
                Parameters.Choice("shift", "Visits of one shift.", null, NewVisit.Shifts)
            )
            .AnswersFeatures();

    /// <summary>The Monday of a day's week.</summary>
    internal static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static async Task GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var givenFrom = query.Day("from");
        var givenTo = query.Day("to");
        var shift = query.Choice("shift", null, NewVisit.Shifts);
        var from = givenFrom ?? MondayOf(givenTo ?? BeijingTime.Today(clock));
        var to = givenTo ?? from.AddDays(6);
        if (from > to)
        {
            query.Fault("to", "lies before from");
        }
        else if (to.DayNumber - from.DayNumber >= MostDays)
        {
            query.Fault("to", $"makes more than {MostDays} days");
        }

        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        // Roads are told apart by community; by grid only for who holds single grids, since it takes ten times as long.
        var level =
            !caller.Scope.CoversStreet(street)
            && Array.Exists(
                caller.Scope.Keys,
                k => k.StartsWith($"{street}/g/", StringComparison.Ordinal)
            )
                ? "grid"
                : "community";
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/patrol_coverage.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("from", BeijingTime.StartOf(from))
            .With("to", BeijingTime.StartOf(to.AddDays(1)))
            .With("shift", shift)
            .With("level", level)
            .With("reach", ReachMetres);
        await using var rows = await command.ExecuteReaderAsync(context.RequestAborted);
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        await using var text = new StreamWriter(
            context.Response.Body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            64 * 1024
        );
        await text.WriteAsync("{\"type\":\"FeatureCollection\",\"features\":[");
        var first = true;
        while (await rows.ReadAsync(context.RequestAborted))
        {
            var row = rows.GetString(1);
            if (rows.GetInt32(0) == 0)
            {
                await text.WriteAsync(first ? row : $",\n{row}");
                first = false;
            }
            else
            {
                await text.WriteAsync(
                    $"],\"from\":\"{from:yyyy-MM-dd}\",\"to\":\"{to:yyyy-MM-dd}\",\"shift\":{(shift is null ? "null" : $"\"{shift}\"")},\"reach_metres\":{ReachMetres},{row[1..]}\n"
                );
            }
        }
    }
}
