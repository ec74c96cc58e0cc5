using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>When issues are found: hour by weekday, shifts, and school peak against the time it covers.</summary>
public static class ProfileEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapProfiles(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/profiles", ProfileAsync)
            .WithSummary(
                "Issues by weekday and hour of finding (Beijing time) and by shift, with the share found in school peak against the share of time it covers"
            )
            .Takes([.. IssueWindow.Parameters, Parameters.Community, Parameters.Grid]);

    private static async Task<IResult> ProfileAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var window = IssueWindow.Read(query);
        var community = query.Text("community", 64);
        var grid = query.Text("grid", 64);
        query.Done();
        var stop = context.RequestAborted;
        await IssueWindow.RequireStreetAsync(source, window.Street, caller.Scope, stop);
        var week = await ShiftWeek.ReadAsync(source, stop);

        var hours = Enumerable.Range(0, 7).Select(_ => new long[24]).ToArray();
        var shifts = IssueWindow.Shifts.ToDictionary(s => s, _ => 0L, StringComparer.Ordinal);
        var (first, last) = (DateOnly.MaxValue, DateOnly.MinValue);
        await using var command = window
            .Apply(source.CreateCommand(Sql.Load("Hotspots/profile_hours.sql")), caller.Scope)
            .With("community", community)
            .With("grid", grid);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var n = rows.GetInt64(3);
            hours[rows.GetInt32(0) - 1][rows.GetInt32(1)] += n;
            shifts[rows.GetString(2)] += n;
            var (from, to) = (rows.GetFieldValue<DateOnly>(4), rows.GetFieldValue<DateOnly>(5));
            (first, last) = (from < first ? from : first, to > last ? to : last);
        }

        var total = shifts.Values.Sum();
        var today = BeijingTime.Today(clock);
        // The days that count are those asked for; without a bound, those on which something was found.
        first = window.From ?? (total > 0 ? first : today);
        last = window.To ?? (total > 0 ? last : today);
        last = last < first ? first : last;
        var peak = shifts["school_peak"];
        var share = total > 0 ? (double)peak / total : (double?)null;
        var expected = week.Share("school_peak", first, last);
        return Results.Json(
            new
            {
                hours,
                total,
                byShift = shifts,
                schoolPeak = new
                {
                    windows = week.Stretches("school_peak"),
                    n = peak,
                    share,
                    expectedShare = expected,
                    ratio = share / expected,
                },
                days = new { from = first, to = last },
            }
        );
    }
}
