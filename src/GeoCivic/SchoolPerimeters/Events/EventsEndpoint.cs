using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>Stalls and vendors inside the zones around schools: the sheet of a drive.</summary>
public static class EventsEndpoint
{
    /// <summary>Most days of a window.</summary>
    public const int MostDays = 1100;

    private static readonly TableColumn<StallEvent>[] Columns =
    [
        new("问题编号", e => e.Code, 18),
        new("类别", e => e.CategoryName, 14),
        new("发现时间", e => e.FoundAt, 20),
        new("时", e => (double)e.Local.Hour, 6),
        new("时段", e => StallEvent.ShiftName(e.Shift), 12),
        new("上下学高峰", e => e.SchoolPeak),
        new("状态", e => e.StateName),
        new("未办结", e => e.Open),
        new("学校", e => e.SchoolName, 22),
        new("学校编码", e => e.School),
        new("最近校门", e => e.Gate),
        new("距离（米）", e => Metres(e.Metres)),
        new("规则", e => e.RuleName, 30),
        new("规则编号", e => e.Rule, 24),
        new("街道代码", e => e.Street, 14),
        new("学校街道代码", e => e.SchoolStreet, 14),
        new("经度", e => Math.Round(e.Lon, 7), 13),
        new("纬度", e => Math.Round(e.Lat, 7), 13),
    ];

    /// <summary>Maps the call.</summary>
    public static void MapPerimeterEvents(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/events", GetAsync)
            .WithSummary(
                "Issues (stalls, vendors) inside the zones of the rules that name their category, by school and hour"
            )
            .Takes(
                Parameters.Street,
                Parameters.From,
                Parameters.To,
                new QueryParameter(
                    "season",
                    "A drive instead of from and to: 2026-spring is March to May, 2026-autumn September to November. Without any of the three, the latest one."
                )
                {
                    Example = "2026-autumn",
                },
                Parameters.List("school", "Codes of schools."),
                Parameters.List("rule", "Ids of rules."),
                Parameters.Choice(
                    "format",
                    "JSON, CSV with a byte order mark, a sheet, or the drive on paper (专项整治表).",
                    "json",
                    "json",
                    "csv",
                    "xlsx",
                    "docx"
                )
            );

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        StallEvents finder,
        ComplianceFacts facts,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var (from, to, season) = Window(query, BeijingTime.Today(clock));
        var question = new StallQuestion(
            street,
            from,
            to,
            query.Texts("school"),
            query.Texts("rule")
        );
        var format = query.Choice("format", "json", "json", "csv", "xlsx", "docx")!;
        query.Done();
        var stop = context.RequestAborted;
        if (street is not null)
        {
            await Streets.RequireTouchedAsync(source, street, caller.Scope, stop);
        }

        var sheet = new StallSheet(
            from,
            to,
            season,
            await finder.FindAsync(question, caller.Scope, stop)
        );
        if (format == "json")
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(Answer(sheet));
        }

        var days = $"{from:yyyyMMdd}-{to:yyyyMMdd}";
        if (format == "docx")
        {
            var streets = await facts.StreetNamesAsync(
                street is null
                    ? [.. sheet.Events.Select(e => e.Street).Distinct(StringComparer.Ordinal)]
                    : [street],
                stop
            );
            await PerimeterPaper.AnswerAsync(
                context.Response,
                StallDocument.Write(
                    sheet,
                    await finder.RulesAsync(question, sheet.Events, stop),
                    [.. streets.Values.Order(StringComparer.Ordinal)]
                ),
                $"perimeter-events-{days}",
                $"校园周边占道经营专项整治表-{days}",
                stop
            );
            return Results.Empty;
        }

        await PerimeterTable.AnswerAsync(
            context.Response,
            format,
            $"perimeter-events-{days}",
            $"校园周边占道经营-{days}",
            Columns,
            sheet.Events,
            stop
        );
        return Results.Empty;
    }

    private static (DateOnly From, DateOnly To, Season? Season) Window(
        QueryReader query,
        DateOnly today
    )
    {
        var (from, to, code) = (query.Day("from"), query.Day("to"), query.Text("season", 16));
        if (code is not null)
        {
            if (from is not null || to is not null)
            {
                query.Fault("season", "stands instead of from and to");
            }

            if (Season.Of(code) is { } season)
            {
                return (season.From, season.To, season);
            }

            query.Fault("season", "must be a year with spring or autumn, such as 2026-autumn");
            return (today, today, null);
        }

        if (from is null && to is null)
        {
            var latest = Season.Latest(today);
            return (latest.From, latest.To, latest);
        }

        var last = to ?? (from > today ? from.Value : today);
        var first = from ?? (last.DayNumber > 92 ? last.AddDays(-91) : last);
        if (last < first)
        {
            query.Fault("to", "lies before from");
        }
        else if (last.DayNumber - first.DayNumber >= MostDays)
        {
            query.Fault("from", $"begins a window of more than {MostDays} days");
        }

        return (first, last, null);
    }

    private static object Answer(StallSheet sheet) =>
        new
        {
            from = sheet.From,
            to = sheet.To,
            season = sheet.Season?.Code,
            rows = sheet.Events.Select(e => new
            {
                issue = e.Issue,
                code = e.Code,
                category = e.Category,
                category_name = e.CategoryName,
                street = e.Street,
                found_at = e.Local.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss'+08:00'",
                    CultureInfo.InvariantCulture
                ),
                hour = e.Local.Hour,
                shift = e.Shift,
                school_peak = e.SchoolPeak,
                state = e.State,
                state_name = e.StateName,
                open = e.Open,
                school = e.School,
                school_name = e.SchoolName,
                school_street = e.SchoolStreet,
                gate = e.Gate,
                metres = Metres(e.Metres),
                rule = e.Rule,
                rule_name = e.RuleName,
                lon = e.Lon,
                lat = e.Lat,
            }),
            by_school = sheet
                .BySchool()
                .Select(s => new
                {
                    school = s.School,
                    school_street = s.SchoolStreet,
                    name = s.Name,
                    n = s.N,
                    open = s.Open,
                    peak = s.Peak,
                }),
            by_hour = sheet.ByHour(),
        };

    private static double Metres(double metres) =>
        Math.Round(metres, 3, MidpointRounding.AwayFromZero);
}
