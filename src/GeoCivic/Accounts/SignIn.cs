using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Signs people in, slowly for those who guess.</summary>
public sealed class SignIn(
    NpgsqlDataSource source,
    UserManager<Account> users,
    IPasswordHasher<Account> hasher
)
{
    /// <summary>Wrong passwords for an account from one address before both wait.</summary>
    public const int MostForAccount = 10;

    /// <summary>Wrong passwords from one address, whatever the account; offices share an address.</summary>
    public const int MostForAddress = 100;

    /// <summary>Minutes after which a wrong password is forgotten.</summary>
    public const int Minutes = 15;

    // Spends the time of a comparison for names that do not exist, so that timing does not tell which do.
    private static readonly Lazy<string> NobodysHash = new(() =>
        new PasswordHasher<Account>().HashPassword(new Account(), Guid.NewGuid().ToString())
    );

    /// <summary>Starts a session.</summary>
    /// <param name="userName">As typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="address">Where from: the connection's own address, never a header's.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The session's id.</returns>
    /// <exception cref="ProblemException">Wrong (401), or too often wrong (429).</exception>
    public async Task<Guid> StartAsync(
        string userName,
        string password,
        string address,
        CancellationToken cancellationToken
    )
    {
        await CheckPatienceAsync(userName, address, cancellationToken);
        var account = await users.FindByNameAsync(userName);
        var right = account?.PasswordHash is not null
            ? await users.CheckPasswordAsync(account, password)
            : hasher.VerifyHashedPassword(new Account(), NobodysHash.Value, password)
                is PasswordVerificationResult.Success
                && false;
        if (!right || account!.DisabledAt is not null)
        {
            await NoteFailureAsync(userName, address, cancellationToken);
            throw new ProblemException(Problems.SignInFailed, "Name or password are wrong.");
        }

        var session = Guid.CreateVersion7();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/start_session.sql"))
            .With("session", session)
            .With("account", account.Id)
            .With("address", address)
            .With("user_name", Callers.Normalize(userName));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return session;
    }

    /// <summary>Ends a session; a copy of its cookie is worth nothing afterwards.</summary>
    public async Task EndAsync(Guid session, CancellationToken cancellationToken)
    {
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/end_session.sql"))
            .With("session", session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CheckPatienceAsync(
        string userName,
        string address,
        CancellationToken cancellationToken
    )
    {
        await using var command = Failures("Accounts/count_failures.sql", userName, address)
            .With("most_for_account", MostForAccount)
            .With("most_for_address", MostForAddress);
        if (await command.ExecuteScalarAsync(cancellationToken) is double seconds)
        {
            var wait = Math.Max(1, (int)Math.Ceiling(seconds));
            throw new ProblemException(
                Problems.TooManyAttempts,
                string.Create(CultureInfo.InvariantCulture, $"Wait {wait} seconds."),
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["retryAfter"] = wait }
            );
        }
    }

    private async Task NoteFailureAsync(
        string userName,
        string address,
        CancellationToken cancellationToken
    )
    {
        await using var command = Failures("Accounts/note_failure.sql", userName, address);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Failures(string file, string userName, string address) =>
        source
            .CreateCommand(Sql.Load(file))
            .With("user_name", Callers.Normalize(userName))
            .With("address", address)
            .With("minutes", Minutes);
}
