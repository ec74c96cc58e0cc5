using System.Buffers.Text;
using System.Security.Cryptography;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Tokens for programs: shown once, kept as a hash, revocable.</summary>
public static class TokenEndpoints
{
    /// <summary>Days a token is good for when nothing is said.</summary>
    public const int StandardDays = 90;

    /// <summary>Most days.</summary>
    public const int MaxDays = 730;

    /// <summary>Maps the calls.</summary>
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/tokens", ListAsync)
            .WithSummary("The caller's own tokens, without their secrets")
            .Takes();
        routes
            .MapPost("/api/tokens", AddAsync)
            .WithSummary(
                "Makes a token: {name, days, access: read or write, areas: codes it is cut down to}; shown this once"
            )
            .Takes()
            .Reads("application/json")
            .ForOwnAffairs();
        routes
            .MapDelete("/api/tokens/{id}", RevokeAsync)
            .WithSummary("Revokes a token at once")
            .Takes()
            .ForOwnAffairs();
    }

    /// <summary>Makes a token and stores its hash.</summary>
    /// <returns>Its id and the token itself, which cannot be had again.</returns>
    /// <exception cref="ProblemException">An area is not among the account's.</exception>
    public static async Task<(Guid Id, string Token, DateTime ExpiresAt)> MakeAsync(
        NpgsqlDataSource source,
        Caller owner,
        string name,
        int days,
        string access,
        string[]? areas,
        CancellationToken cancellationToken
    )
    {
        var token = $"gct_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var id = Guid.CreateVersion7();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/add_token.sql"))
            .With(owner.Scope)
            .With("id", id)
            .With("account", owner.AccountId)
            .With("name", name)
            .With("access", access)
            .With("days", days)
            .With("areas", areas);
        command.Parameters.AddWithValue("secret", Callers.Hash(token));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            throw ProblemException.Unacceptable(
                "areas",
                "must be codes of streets, communities or grids within your own areas"
            );
        }

        return (id, token, rows.GetDateTime(0));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/list_tokens.sql"))
            .With("account", caller.AccountId);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var name = body.Text("name", 100) ?? "token";
        var days = body.Whole("days", 1, MaxDays) ?? StandardDays;
        var access = body.Choice("access", required: false, "read", "write") ?? "write";
        var areas = body.Texts("areas");
        body.Done();
        var (id, token, expiresAt) = await MakeAsync(
            source,
            caller,
            name,
            days,
            access,
            areas,
            context.RequestAborted
        );
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                id,
                name,
                access,
                areas,
                expiresAt,
                token,
            },
            statusCode: StatusCodes.Status201Created
        );
    }

    private static async Task<IResult> RevokeAsync(
        string id,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/revoke_token.sql"))
            .With("id", Guid.TryParse(id, out var key) ? key : Guid.Empty)
            .With("account", caller.AccountId);
        return await command.ExecuteNonQueryAsync(context.RequestAborted) == 1
            ? Results.NoContent()
            : throw new ProblemException(Problems.NotFound, "You have no token with this id.");
    }
}
