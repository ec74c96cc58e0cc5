using GeoCivic.Accounts;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Bulletins;

/// <summary>The formula that grades communities and bodies: visible, versioned, a street's own.</summary>
public static class FormulaEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapGradingFormula(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/grading-formula", GetAsync)
            .WithSummary("The formula in force: indicators with weight and scale, thresholds")
            .Takes(Parameters.Street.Required())
            .For(Bulletin.Readers);
        routes
            .MapPut("/api/grading-formula", PutAsync)
            .WithSummary(
                "Makes the next version of a street's formula; issued bulletins keep theirs"
            )
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        NpgsqlDataSource source,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var stop = context.RequestAborted;
        await BulletinEndpoints.StreetAsync(source, street, caller, Bulletin.Readers, stop);
        await using var connection = await source.OpenConnectionAsync(stop);
        return Results.Json(
            BulletinJson.Of(await FormulaBook.ReadAsync(connection, street, null, stop))
        );
    }

    private static async Task<IResult> PutAsync(
        HttpContext context,
        NpgsqlDataSource source,
        TimeProvider clock,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var stop = context.RequestAborted;
        await BulletinEndpoints.StreetAsync(
            source,
            street,
            caller,
            [Role.Supervisor, Role.Admin],
            stop
        );
        var body = await BodyReader.OfAsync(context.Request);
        var version = body.Whole("version", 1, int.MaxValue, required: true) ?? 0;
        var min = body.Whole("min_tasks", 1, 1000, required: true) ?? 1;
        var excellent = body.Number("excellent", 0.01, 100, required: true) ?? 0;
        var good = body.Number("good", 0.01, 100, required: true) ?? 0;
        var fair = body.Number("fair", 0.01, 100, required: true) ?? 0;
        if (!(excellent > good && good > fair))
        {
            body.Refuse("excellent", "must be above good, and good above fair");
        }

        var communities = Indicators(body, "communities", "community");
        var bodies = Indicators(body, "bodies", "body");
        body.Done();
        var formula = await FormulaBook.AddAsync(
            source,
            new GradingFormula(street, version, min, excellent, good, fair, communities, bodies),
            caller.AccountId,
            clock.GetUtcNow().UtcDateTime,
            stop
        );
        return Results.Json(BulletinJson.Of(formula));
    }

    private static List<Indicator> Indicators(BodyReader body, string member, string subject)
    {
        var list = new List<Indicator>();
        foreach (var entry in body.Objects(member, most: 20, required: true))
        {
            var code =
                entry.Choice("indicator", required: true, GradingFormula.Indicators[subject]) ?? "";
            var weight = entry.Number("weight", 0.001, 1000, required: true) ?? 1;
            var zero = entry.Number("zero_at", 0, 1_000_000, required: true) ?? 0;
            var full = entry.Number("full_at", 0, 1_000_000, required: true) ?? 1;
            if (zero == full)
            {
                entry.Refuse("full_at", "must differ from zero_at");
            }

            if (code.Length > 0 && list.Exists(i => i.Code == code))
            {
                entry.Fault("indicator", "is there twice");
            }

            list.Add(new Indicator(code, weight, zero, full));
        }

        if (list.Count == 0)
        {
            body.Fault(member, "needs at least one indicator");
        }

        return list;
    }
}
