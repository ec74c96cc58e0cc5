using GeoCivic.Accounts;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>What comes back after it was struck off.</summary>
public static class RecurrenceEndpoint
{
    private const int StandardDays = 30;
    private const double StandardMetres = 50;

    /// <summary>Maps the call.</summary>
    public static void MapRecurrence(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/recurrence", ListAsync)
            .WithSummary(
                "Issues of one category found again near where one was struck off, closed or put right, and the places where that happens most. rate is the share of those followed for the whole span that came back"
            )
            .Takes(
                Parameters.Street,
                Parameters.Day("from", "First day (Beijing time) of closing."),
                Parameters.Day("to", "Last day of closing, included."),
                IssueWindow.OneCategory,
                Parameters.Number(
                    "days",
                    "Found again within so many days after closing; a whole number.",
                    1,
                    366,
                    StandardDays
                ),
                Parameters.Number(
                    "metres",
                    "And within so many metres (geodesic).",
                    1,
                    1000,
                    StandardMetres
                )
            );

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        Recurrences recurrences,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var (from, to) = (query.Day("from"), query.Day("to"));
        if (from > to)
        {
            query.Fault("to", "lies before from");
        }

        var question = new RecurrenceQuestion(
            street,
            from,
            to,
            query.Text("category", 64),
            ClusterEndpoints.Whole(query, "days", query.Number("days", 1, 366)) ?? StandardDays,
            query.Number("metres", 1, 1000) ?? StandardMetres
        );
        query.Done();
        var stop = context.RequestAborted;
        await IssueWindow.RequireStreetAsync(source, street, caller.Scope, stop);
        var all = await recurrences.FindAsync(question, caller.Scope, stop);
        var back = all.Where(r => r.Later is not null).ToList();
        // Of what was closed lately nobody knows yet whether it stays away.
        var until = clock.GetUtcNow().UtcDateTime.AddDays(-question.Days);
        var followed = all.Where(r => r.ClosedAt <= until).ToList();
        return Results.Json(
            new
            {
                parameters = question,
                recurring = back.Select(r => new
                {
                    earlier = new
                    {
                        r.Id,
                        r.Code,
                        closed_at = ClusterEndpoints.BeijingText(r.ClosedAt),
                    },
                    later = new
                    {
                        r.Later!.Id,
                        r.Later.Code,
                        found_at = ClusterEndpoints.BeijingText(r.Later.FoundAt),
                    },
                    r.Category,
                    days = Math.Round((r.Later.FoundAt - r.ClosedAt).TotalDays, 2),
                    metres = Math.Round(r.Later.Metres, 2),
                    r.Community,
                    r.Grid,
                }),
                places = Recurrences
                    .Places(all)
                    .Select(p => new
                    {
                        p.Lon,
                        p.Lat,
                        p.Category,
                        p.Times,
                        last = ClusterEndpoints.BeijingText(p.Last),
                        issues = p.Issues.Select(i => new { i.Id, i.Code }),
                    }),
                n = back.Count,
                eligible = all.Count,
                followed = followed.Count,
                rate = followed.Count > 0
                    ? followed.Count(r => r.Later is not null) / (double)followed.Count
                    : (double?)null,
            }
        );
    }
}
