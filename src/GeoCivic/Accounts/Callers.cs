using System.Security.Cryptography;
using System.Text;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Accounts;

/// <summary>Finds who is behind a session or a token, with the roles in force today.</summary>
public sealed class Callers(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Hours after its last use at which a session ends by itself.</summary>
    public const int SessionHours = 12;

    /// <summary>The caller behind a session that has not ended, or null.</summary>
    public async Task<Caller?> OfSessionAsync(Guid session, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            Sql.Load("Accounts/caller_of_session.sql"),
            connection
        )
            .With("session", session)
            .With("hours", SessionHours)
            .With("today", BeijingTime.Today(clock));
        return await ReadAsync(command, CallerVia.Session, cancellationToken);
    }

    /// <summary>The caller behind a token that is not revoked and not expired, or null.</summary>
    public async Task<Caller?> OfTokenAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            Sql.Load("Accounts/caller_of_token.sql"),
            connection
        ).With("today", BeijingTime.Today(clock));
        command.Parameters.Add(
            new NpgsqlParameter("secret", NpgsqlDbType.Bytea) { Value = Hash(token) }
        );
        return await ReadAsync(command, CallerVia.Token, cancellationToken);
    }

    /// <summary>An account as the command line acts for it, or null.</summary>
    public async Task<Caller?> OfUserAsync(string userName, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            Sql.Load("Accounts/caller_of_user.sql"),
            connection
        )
            .With("user_name", Normalize(userName))
            .With("today", BeijingTime.Today(clock));
        return await ReadAsync(command, CallerVia.Command, cancellationToken);
    }

    /// <summary>What of a token is stored.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The form of a user name that is compared.</summary>
    public static string Normalize(string userName) => userName.Trim().ToUpperInvariant();

    private static async Task<Caller?> ReadAsync(
        NpgsqlCommand command,
        CallerVia via,
        CancellationToken cancellationToken
    )
    {
        // Asked with every call.
        await using var rows = await command.ReadPreparedAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return null;
        }

        var account = rows.GetGuid(0);
        var (userName, displayName) = (rows.GetString(1), rows.GetString(2));
        Guid? viaId = await rows.IsDBNullAsync(3, cancellationToken) ? null : rows.GetGuid(3);
        var mayWrite = rows.GetBoolean(4);
        var areas = Texts(rows, 5);
        var parents = Texts(rows, 6);
        var grants = new List<Grant>();
        do
        {
            // One row a grant; an account without any has one row without a role.
            if (Roles.TryParse(Text(rows, 7), out var role))
            {
                grants.Add(
                    new Grant(role, Text(rows, 8), Text(rows, 9), Text(rows, 10), Text(rows, 11))
                );
            }
        } while (await rows.ReadAsync(cancellationToken));

        return new Caller(
            account,
            userName,
            displayName,
            via,
            viaId,
            mayWrite,
            grants,
            areas?.Zip(parents!).ToArray()
        );
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static string[]? Texts(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<string[]>(column);
}
