using System.Globalization;
using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>How often points are visited: general frequencies, a street's duty list, points given to certain workers.</summary>
public static class VisitRuleEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapVisitRules(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/visit-rules", ListAsync)
            .WithSummary(
                "Visit frequencies in force: the general ones (street null) and the street's own, which replace them for their types"
            )
            .Takes(Parameters.Street);
        routes
            .MapPut("/api/visit-rules", PutAsync)
            .WithSummary(
                "A street's duty list from today: {rules: [{point_type, shift, every_days, note}]}; an empty list returns to the general frequencies"
            )
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapPut("/api/points/{code}/workers", AssignAsync)
            .WithSummary(
                "Gives a point to certain workers of its grid: {workers: [userName]}; an empty list gives it back to all of them"
            )
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Admin, Role.Supervisor);
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
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/list_visit_rules.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("day", BeijingTime.Today(clock));
        var list = (string)(await command.ExecuteScalarAsync(context.RequestAborted))!;
        return Results.Text($"{{\"rules\":{list}}}", "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var street = await StreetRule.ReadAsync(context, caller, source);
        var body = await BodyReader.OfAsync(context.Request);
        var rules = new List<(string Type, string Shift, string Days, string Note)>();
        foreach (var rule in body.Objects("rules", most: 500, required: true))
        {
            var type = rule.Text("point_type", 64, required: true) ?? "";
            var shift = rule.Choice("shift", required: true, NewVisit.Shifts) ?? "";
            var days = rule.Whole("every_days", 1, 366, required: true) ?? 0;
            if (rules.Exists(r => r.Type == type && r.Shift == shift))
            {
                rule.Fault("shift", "is there twice for this type");
            }

            rules.Add(
                (
                    type,
                    shift,
                    days.ToString(CultureInfo.InvariantCulture),
                    rule.Text("note", 200) ?? ""
                )
            );
        }

        body.Done();
        string[] types = [.. rules.Select(r => r.Type)];
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await CheckAsync(connection, types, context.RequestAborted);
        await using var put = new NpgsqlCommand(
            Sql.Load("Inspections/put_visit_rules.sql"),
            connection
        )
            .With("street", street)
            .With("day", BeijingTime.Today(clock))
            .With("types", types)
            .With("shifts", [.. rules.Select(r => r.Shift)])
            .With("days", [.. rules.Select(r => r.Days)])
            .With("notes", [.. rules.Select(r => r.Note)]);
        await put.ExecuteNonQueryAsync(context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection,
        string[] types,
        CancellationToken cancellationToken
    )
    {
        await using var unknown = new NpgsqlCommand(
            Sql.Load("Inspections/unknown_types.sql"),
            connection
        ).With("types", types);
        if (await unknown.ExecuteScalarAsync(cancellationToken) is string[] and [var first, ..])
        {
            throw ProblemException.Unacceptable("rules", $"'{first}' is no type of points");
        }
    }

    private static async Task<IResult> AssignAsync(
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
        var workers = body.Texts("workers", most: 20, maxLength: 64);
        if (workers is null)
        {
            body.Fault("workers", "is required");
        }

        body.Done();
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await using (
            var find = new NpgsqlCommand(Sql.Load("Inspections/point_for_visit.sql"), connection)
                .With(caller.Scope)
                .With("street", street)
                .With("point", code)
        )
        await using (var rows = await find.ExecuteReaderAsync(context.RequestAborted))
        {
            if (!await rows.ReadAsync(context.RequestAborted))
            {
                throw new ProblemException(
                    Problems.NotFound,
                    $"There is no evaluation point '{code}'."
                );
            }

            var grids = await rows.GetFieldValueAsync<string[]>(3, context.RequestAborted);
            caller.Require(
                street,
                rows.GetValue(2) as string,
                grids is [var grid, ..] ? grid : null,
                Role.Admin,
                Role.Supervisor
            );
        }

        await using var assign = new NpgsqlCommand(
            Sql.Load("Inspections/assign_workers.sql"),
            connection
        )
            .With("street", street)
            .With("point", code)
            .With("workers", [.. workers!.Select(w => w.ToUpperInvariant())])
            .With("day", BeijingTime.Today(clock));
        if (await assign.ExecuteScalarAsync(context.RequestAborted) is string unknown)
        {
            throw ProblemException.Unacceptable(
                "workers",
                $"'{unknown}' is no worker of this point's grid, community or street"
            );
        }

        await transaction.CommitAsync(context.RequestAborted);
        return Results.NoContent();
    }
}
