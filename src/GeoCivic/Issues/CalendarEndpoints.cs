using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial.Calendar;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>The working calendar and the rules of time limits, for administrators.</summary>
public static class CalendarEndpoints
{
    private static readonly string[] Stages = ["file", "reply", "rectify"];

    /// <summary>Maps the calls.</summary>
    public static void MapCalendar(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/calendar", GetCalendarAsync)
            .WithSummary("Known years of the working calendar, and the exceptional days of one")
            .Takes(
                new QueryParameter("year", "The year; without it, this year.")
                {
                    Type = Microsoft.OpenApi.JsonSchemaType.Integer,
                    Min = "1",
                }
            );
        routes
            .MapPut("/api/calendar/{year}", PutCalendarAsync)
            .WithSummary(
                "Enters the notice of a year: {notice, days: [{date, is_working, name}]}. Limits computed before stay as they are"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapGet("/api/clock-rules", GetRulesAsync)
            .WithSummary("Time limits by stage and category: general ones and those of a street")
            .Takes(Parameters.Street);
        routes
            .MapPut("/api/clock-rules", PutRulesAsync)
            .WithSummary(
                "Replaces the rules of a street: {rules: [{category, stage, unit, amount}]}; the general ones stand behind them"
            )
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Admin);
    }

    private static async Task<IResult> GetCalendarAsync(
        HttpContext context,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var today = BeijingTime.Today(clock);
        var year = query.Limit("year", today.Year, 9999);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Issues/get_calendar.sql"))
            .With("year", year)
            // The notice of the next year comes in autumn; before October nobody misses it.
            .With("last_needed", today.Month >= 10 ? today.Year + 1 : today.Year)
            .With("this_year", today.Year);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> PutCalendarAsync(
        string year,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        // One calendar serves every street, so only who administers all of them, or a street as a whole, changes it.
        if (!caller.Grants.Any(g => g.Role == Role.Admin && g.Level is null))
        {
            throw new ProblemException(
                Problems.Forbidden,
                "The calendar needs an administrator of a whole street."
            );
        }

        if (
            year.Length != 4
            || !int.TryParse(year, System.Globalization.NumberStyles.None, null, out var number)
            || number is < 1949 or > 2200
        )
        {
            throw new ProblemException(Problems.NotFound, "A year has four digits, 1949 to 2200.");
        }

        var body = await BodyReader.OfAsync(context.Request);
        var notice = body.Text("notice", 200, required: true);
        var days = ReadDays(body, number);
        body.Done();
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await using var command = new NpgsqlCommand(Sql.Load("Issues/put_calendar.sql"), connection)
            .With("year", number)
            .With("notice", notice)
            .With("now", clock.GetUtcNow().UtcDateTime)
            .With("days", JsonSerializer.Serialize(days));
        await command.ExecuteNonQueryAsync(context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        await using var answer = source
            .CreateCommand(Sql.Load("Issues/get_calendar.sql"))
            .With("year", number)
            .With("last_needed", number)
            .With("this_year", number);
        return await JsonText.OneAsync(answer, context.RequestAborted);
    }

    private sealed record Day(string Date, bool IsWorking, string Name);

    private static List<Day> ReadDays(BodyReader body, int year)
    {
        var days = new List<Day>();
        foreach (var entry in body.Objects("days", 366, required: true))
        {
            var date = entry.Day("date", required: true);
            var working = entry.Flag("is_working");
            if (working is null)
            {
                entry.Fault("is_working", "is required");
            }

            var name = entry.Text("name", 100, required: true);
            if (date is { } day && day.Year != year)
            {
                entry.Refuse("date", $"lies outside {year}");
            }
            else if (date is { } known && days.Exists(d => d.Date == $"{known:yyyy-MM-dd}"))
            {
                entry.Refuse("date", "is named twice");
            }
            else if (date is { } good && working is { } works && name is not null)
            {
                days.Add(new Day($"{good:yyyy-MM-dd}", works, name));
            }
        }

        // New Year's Day is a holiday by law: a list without it is of another year, or not complete.
        if (days.Count > 0 && !days.Exists(d => d.Date == $"{year}-01-01" && !d.IsWorking))
        {
            body.Refuse("days", $"must list {year}-01-01 as a holiday");
        }

        return days;
    }

    private static async Task<IResult> GetRulesAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Issues/get_clock_rules.sql"))
            .With("street", street)
            .With(caller.Scope);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> PutRulesAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await Streets.RequireAsync(source, street, caller.Scope, context.RequestAborted);
        caller.Require(street, null, null, Role.Admin);
        var body = await BodyReader.OfAsync(context.Request);
        var rules = new List<(string? Category, string Stage, string Unit, int Amount)>();
        foreach (var entry in body.Objects("rules", 500, required: true))
        {
            var category = entry.Text("category", 64);
            var stage = entry.Choice("stage", required: true, Stages);
            var unit = entry.Choice("unit", required: true, [.. DeadlineUnits.Codes]);
            var amount = entry.Whole("amount", 1, 1000, required: true);
            if (rules.Exists(r => r.Category == category && r.Stage == stage))
            {
                entry.Refuse("stage", "has two rules for the category");
            }
            else if (stage is not null && unit is not null && amount is { } n)
            {
                rules.Add((category, stage, unit, n));
            }
        }

        body.Done();
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await using (
            var command = new NpgsqlCommand(Sql.Load("Issues/put_clock_rules.sql"), connection)
                .With("street", street)
                .With("categories", rules.Select(r => r.Category ?? "*").ToArray())
                .With("stages", rules.Select(r => r.Stage).ToArray())
                .With("units", rules.Select(r => r.Unit).ToArray())
                .With("amounts", JsonSerializer.Serialize(rules.Select(r => r.Amount)))
        )
        {
            var unknown = (string[])(await command.ExecuteScalarAsync(context.RequestAborted))!;
            if (unknown.Length > 0)
            {
                throw ProblemException.Unacceptable(
                    "rules",
                    $"names categories that are not in the list: {string.Join(", ", unknown)}"
                );
            }
        }

        await transaction.CommitAsync(context.RequestAborted);
        await using var answer = source
            .CreateCommand(Sql.Load("Issues/get_clock_rules.sql"))
            .With("street", street)
            .With(caller.Scope);
        return await JsonText.OneAsync(answer, context.RequestAborted);
    }
}
