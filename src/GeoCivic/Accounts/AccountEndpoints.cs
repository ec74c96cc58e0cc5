using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Administration of accounts within the administrator's own areas.</summary>
public static class AccountEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/accounts", ListAsync)
            .WithSummary("Accounts that hold something within the caller's areas")
            .Takes(Parameters.Street)
            .For(Role.Admin, Role.Auditor);
        routes
            .MapPost("/api/accounts", AddAsync)
            .WithSummary(
                "Makes an account: {userName, displayName, password, grants: [{role, street, area, body}]}"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapPatch("/api/accounts/{id}", ChangeAsync)
            .WithSummary("Changes an account: {displayName, disabled, password}")
            .Takes()
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapPost("/api/accounts/{id}/grants", GrantAsync)
            .WithSummary("Gives a role for an area: {role, street, area, body}")
            .Takes()
            .Reads("application/json")
            .For(Role.Admin);
        routes
            .MapDelete("/api/accounts/{id}/grants/{grant}", EndGrantAsync)
            .WithSummary("Ends a role today")
            .Takes()
            .For(Role.Admin);
        routes
            .MapPost("/api/handovers", HandOverAsync)
            .WithSummary(
                "Hands a worker's grid over today: {from, to, street, area}, accounts by id"
            )
            .Takes()
            .Reads("application/json")
            .For(Role.Admin);
    }

    /// <summary>Reads one role of a body.</summary>
    private static GrantRequest Read(BodyReader body)
    {
        var role = body.Choice("role", required: true, [.. Roles.Names]);
        var street = body.Text("street", 64);
        var area = body.Text("area", 64);
        var responsible = body.Text("body", 64);
        return new GrantRequest(
            Roles.TryParse(role, out var parsed) ? parsed : Role.Worker,
            street,
            area,
            responsible
        );
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
            .CreateCommand(Sql.Load("Accounts/list_accounts.sql"))
            .With("street", street)
            .With("keys", Keys(caller, Role.Admin, Role.Auditor))
            .With("today", BeijingTime.Today(clock));
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        AccountBook book
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var userName = body.Text("userName", 64, required: true);
        var displayName = body.Text("displayName", 100, required: true);
        var password = body.Secret("password");
        var requests = body.Objects("grants", 50, required: true).Select(Read).ToArray();
        body.Done();
        if (requests.Length == 0)
        {
            throw ProblemException.Unacceptable(
                "grants",
                "must name at least one role; without it nobody could administer the account"
            );
        }

        var grants = new List<Grant>();
        foreach (var request in requests)
        {
            grants.Add(await AllowedAsync(caller, book, request, context.RequestAborted));
        }

        var id = await book.AddAsync(userName!, displayName!, password!);
        foreach (var grant in grants)
        {
            await book.GrantAsync(id, grant, context.RequestAborted);
        }

        return Results.Json(new { id, userName }, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        Caller caller,
        AccountBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var displayName = body.Text("displayName", 100);
        var disabled = body.Flag("disabled");
        var password = body.Has("password") ? body.Secret("password") : null;
        body.Done();
        var account = await AdministeredAsync(
            id,
            caller,
            source,
            clock,
            whole: true,
            context.RequestAborted
        );
        if (disabled is true && account == caller.AccountId)
        {
            throw ProblemException.Unacceptable("disabled", "you cannot shut yourself out");
        }

        if (password is not null)
        {
            await book.SetPasswordAsync(account, password, context.RequestAborted);
        }

        await book.ChangeAsync(account, displayName, disabled, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> GrantAsync(
        string id,
        HttpContext context,
        Caller caller,
        AccountBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var request = Read(body);
        body.Done();
        var account = await AdministeredAsync(
            id,
            caller,
            source,
            clock,
            whole: false,
            context.RequestAborted
        );
        var grant = await AllowedAsync(caller, book, request, context.RequestAborted);
        await book.GrantAsync(account, grant, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> EndGrantAsync(
        string id,
        string grant,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/end_grant.sql"))
            .With("account", Guid.TryParse(id, out var account) ? account : Guid.Empty)
            .With("grant", Guid.TryParse(grant, out var key) ? key : Guid.Empty)
            .With("keys", Keys(caller, Role.Admin))
            .With("self", caller.AccountId)
            .With("today", BeijingTime.Today(clock));
        return await command.ExecuteNonQueryAsync(context.RequestAborted) == 1
            ? Results.NoContent()
            : throw new ProblemException(
                Problems.NotFound,
                "There is no such role in force within your areas. Your own role of administrator is ended by somebody else."
            );
    }

    private static async Task<IResult> HandOverAsync(
        HttpContext context,
        Caller caller,
        AccountBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var from = body.Id("from", required: true);
        var to = body.Id("to", required: true);
        var street = body.Text("street", 64, required: true);
        var area = body.Text("area", 64, required: true);
        body.Done();
        var grant = await AllowedAsync(
            caller,
            book,
            new GrantRequest(Role.Worker, street, area, Body: null),
            context.RequestAborted
        );
        await AdministeredAsync(
            to!.Value.ToString(),
            caller,
            source,
            clock,
            whole: false,
            context.RequestAborted
        );
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/hand_over.sql"))
            .With("id", Guid.CreateVersion7())
            .With("from", from)
            .With("to", to)
            .With("street", grant.Street)
            .With("level", grant.Level)
            .With("area", grant.Area)
            .With("today", BeijingTime.Today(clock));
        return await command.ExecuteScalarAsync(context.RequestAborted) is true
            ? Results.NoContent()
            : throw ProblemException.Unacceptable(
                "from",
                "does not hold this area as a worker today"
            );
    }

    // An administrator gives only within what they administer, and cannot reach above it.
    private static async Task<Grant> AllowedAsync(
        Caller caller,
        AccountBook book,
        GrantRequest request,
        CancellationToken cancellationToken
    )
    {
        var (grant, community) = await book.ResolveAsync(request, cancellationToken);
        var allowed = grant.Street is null
            ? caller.Grants.Any(g => g.Role == Role.Admin && g.Street is null)
            : caller.Holds(
                Role.Admin,
                grant.Street,
                community,
                grant.Level == "grid" ? grant.Area : null
            );
        return allowed
            ? grant
            : throw ProblemException.Unacceptable(
                "area",
                $"'{request.Area ?? request.Street}' is no street, community or grid in force here"
            );
    }

    private static async Task<Guid> AdministeredAsync(
        string id,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock,
        bool whole,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/administered.sql"))
            .With("account", Guid.TryParse(id, out var key) ? key : Guid.Empty)
            .With("keys", Keys(caller, Role.Admin))
            .With("today", BeijingTime.Today(clock));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken) || !rows.GetBoolean(0))
        {
            throw new ProblemException(
                Problems.NotFound,
                "There is no such account within your areas."
            );
        }

        return !whole || rows.GetBoolean(1)
            ? key
            : throw new ProblemException(
                Problems.Forbidden,
                "The account holds roles outside your areas too; only an administrator of all of them may change it."
            );
    }

    private static string[] Keys(Caller caller, params Role[] roles) =>
        [
            .. caller
                .Grants.Where(g => roles.Contains(g.Role))
                .Select(g => g.Key)
                .Where(k => Narrowed(caller, k)),
        ];

    // A token cut down to some areas administers nothing above them.
    private static bool Narrowed(Caller caller, string key) =>
        caller.Scope.Keys.Contains(key, StringComparer.Ordinal);
}
