using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>Checklists, chosen by type of point, shift and version of the assessment system.</summary>
public static class ChecklistEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapChecklists(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/checklists", ListAsync)
            .WithSummary(
                "Checklists in force; with street, point_type and shift only the one that a visit answers"
            )
            .Takes(
                Parameters.Street,
                new QueryParameter("point_type", "Code of a type of points."),
                Parameters.Choice("shift", "Shift.", null, NewVisit.Shifts),
                Parameters.Day("at", "Day (Beijing time); without it, today.")
            );
        routes
            .MapPut("/api/checklists/{code}", PutAsync)
            .WithSummary(
                "A street's own checklist from today: {version, name, name_en, point_type, shift, items: [{item, text, text_en, category}]}. A version that visits answered stays as it is"
            )
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Admin);
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
        var type = query.Text("point_type", 64);
        var shift = query.Choice("shift", null, NewVisit.Shifts);
        var at = query.Day("at") ?? BeijingTime.Today(clock);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Inspections/list_checklists.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("type", type)
            .With("shift", shift)
            .With("day", at);
        var list = (string)(await command.ExecuteScalarAsync(context.RequestAborted))!;
        return Results.Text($"{{\"checklists\":{list}}}", "application/json", Encoding.UTF8);
    }

    private static async Task<IResult> PutAsync(
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var street = await StreetRule.ReadAsync(context, caller, source);
        var body = await BodyReader.OfAsync(context.Request);
        var version = body.Text("version", 64, required: true);
        var name = body.Text("name", 200, required: true);
        var nameEn = body.Text("name_en", 200);
        var type = body.Text("point_type", 64, required: true);
        var shift = body.Choice("shift", required: false, NewVisit.Shifts);
        var items = ReadItems(body);
        if (!StreetRule.IsCode(code))
        {
            body.Fault("code", "in the address must be 1 to 64 letters, digits, - or _");
        }

        body.Done();
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await CheckCodesAsync(connection, type!, items, context.RequestAborted);
        await using var used = new NpgsqlCommand(
            Sql.Load("Inspections/checklist_in_use.sql"),
            connection
        )
            .With("street", street)
            .With("code", code)
            .With("version", version);
        if (await used.ExecuteScalarAsync(context.RequestAborted) is true)
        {
            throw new ProblemException(
                Problems.VersionInUse,
                $"Visits answered version {version}; give the changed list another version."
            );
        }

        await using var put = new NpgsqlCommand(
            Sql.Load("Inspections/put_checklist.sql"),
            connection
        )
            .With("street", street)
            .With("code", code)
            .With("version", version)
            .With("name", name)
            .With("name_en", nameEn)
            .With("type", type)
            .With("shift", shift)
            .With("day", BeijingTime.Today(clock))
            .With("items", [.. items.Select(i => i.Item)])
            .With("texts", [.. items.Select(i => i.Text)])
            .With("texts_en", [.. items.Select(i => i.TextEn)])
            .With("categories", [.. items.Select(i => i.Category)]);
        await put.ExecuteNonQueryAsync(context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static List<(string Item, string Text, string TextEn, string Category)> ReadItems(
        BodyReader body
    )
    {
        var items = new List<(string, string, string, string)>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in body.Objects("items", most: 200, required: true))
        {
            var code = item.Text("item", 64, required: true);
            var text = item.Text("text", 500, required: true);
            if (code is not null && !met.Add(code))
            {
                item.Fault("item", "is there twice");
            }

            items.Add(
                (
                    code ?? "",
                    text ?? "",
                    item.Text("text_en", 500) ?? "",
                    item.Text("category", 64) ?? ""
                )
            );
        }

        if (items.Count == 0)
        {
            body.Fault("items", "must have at least one item");
        }

        return items;
    }

    private static async Task CheckCodesAsync(
        NpgsqlConnection connection,
        string type,
        List<(string Item, string Text, string TextEn, string Category)> items,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Inspections/unknown_codes.sql"),
            connection
        )
            .With("type", type)
            .With("categories", [.. items.Select(i => i.Category)]);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        if (rows.GetBoolean(0))
        {
            throw ProblemException.Unacceptable("point_type", $"'{type}' is no type of points");
        }

        if (await rows.GetFieldValueAsync<string[]>(1, cancellationToken) is [var unknown, ..])
        {
            throw ProblemException.Unacceptable("items", $"'{unknown}' is no category of issues");
        }
    }
}
