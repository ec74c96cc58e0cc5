using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Cells that are new, intensifying, persistent, diminishing, sporadic or historical hot spots.</summary>
public static class TrendEndpoint
{
    private const int StandardWeeks = 12;
    private const int LeastWeeks = 8;
    private const int MostWeeks = 52;
    private static readonly string[] Levels = ["grid", "hex"];

    /// <summary>Maps the call.</summary>
    public static void MapTrends(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/trends", TrendsAsync)
            .WithSummary(
                "Weekly counts and Gi* of each cell, the Mann-Kendall trend of Gi*, and the class that follows: new, intensifying, persistent, diminishing, sporadic, historical or none"
            )
            .Takes([
                Parameters.Street,
                .. DensityQuestion
                    .Parameters(Levels)
                    .Where(p => p.Name is not ("from" or "to" or "state")),
                Parameters.Choice(
                    "state",
                    "Which issues count: all, every open one, or those in one state.",
                    "all",
                    IssueWindow.States
                ),
                Parameters.Whole(
                    "weeks",
                    "Whole weeks from Monday to Sunday.",
                    LeastWeeks,
                    MostWeeks,
                    StandardWeeks
                ),
                Parameters.Day(
                    "to",
                    "The last week is the last that has ended by this day (Beijing time); without it, by today."
                ),
            ]);

    private static async Task<IResult> TrendsAsync(
        HttpContext context,
        Caller caller,
        TrendFinder finder,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var level = query.Choice("level", Levels[0], Levels)!;
        var size = query.Whole(
            "size",
            DensityQuestion.StandardSize,
            DensityQuestion.LeastSize,
            DensityQuestion.GreatestSize
        );
        if (query.Has("size") && level != "hex")
        {
            query.Fault("size", "is for level=hex only");
        }

        var question = new DensityQuestion(level)
        {
            Street = query.Text("street", 64),
            Category = query.Text("category", 64),
            State = query.Choice("state", "all", IssueWindow.States)!,
            Shift = query.Choice("shift", null, IssueWindow.Shifts),
            Size = size,
        };
        var n = query.Whole("weeks", StandardWeeks, LeastWeeks, MostWeeks);
        var today = BeijingTime.Today(clock);
        var to = query.Day("to") ?? today;
        if (to > today)
        {
            query.Fault("to", "lies after today: those weeks have not ended");
        }

        query.Done();
        var weeks = Weeks(to, n);
        var stop = context.RequestAborted;
        await IssueWindow.RequireStreetAsync(source, question.Street, caller.Scope, stop);
        var cells = await finder.FindAsync(question, weeks, caller.Scope, stop);
        return Results.Json(
            new
            {
                weeks = weeks.Select(w => new { w.From, w.To }),
                level,
                lately = TrendClasses.Lately(weeks.Count),
                n = cells.Sum(c => c.Counts.Sum()),
                cells = cells.Select(c => new
                {
                    c.Shape.Code,
                    c.Shape.Name,
                    c.Shape.Parent,
                    c.Street,
                    c.Counts,
                    z = c.Z.Select(Told),
                    c.Hot,
                    mk = new
                    {
                        c.Trend.S,
                        c.Trend.Variance,
                        z = Told(c.Trend.Z),
                        p = Told(c.Trend.P),
                        tau = Told(c.Trend.Tau),
                    },
                    slope = Told(c.Trend.Slope),
                    @class = c.Class.Code(),
                }),
                tally = Enum.GetValues<TrendClass>()
                    .ToDictionary(
                        t => t.Code(),
                        t => cells.Count(c => c.Class == t),
                        StringComparer.Ordinal
                    ),
            }
        );
    }

    /// <summary>The last whole weeks that have ended by a day, oldest first.</summary>
    internal static IReadOnlyList<TimeStep> Weeks(DateOnly to, int n)
    {
        // Sunday is 0: as many days back to the last Sunday, none when it is one.
        var last = to.AddDays(-(int)to.DayOfWeek);
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(w => last.AddDays(-7 * (n - 1 - w)))
                .Select(sunday => new TimeStep(sunday.AddDays(-6), sunday)),
        ];
    }

    private static double? Told(double value) => double.IsNaN(value) ? null : Math.Round(value, 6);
}
