using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports.Reading;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>A role asked for: the area by its code, which may name a street, a community or a grid.</summary>
public sealed record GrantRequest(Role Role, string? Street, string? Area, string? Body);

/// <summary>Makes and changes accounts and what they hold.</summary>
public sealed class AccountBook(
    NpgsqlDataSource source,
    UserManager<Account> users,
    TimeProvider clock
)
{
    /// <summary>Makes an account.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ProblemException">The name is taken (409), or name or password are refused (422).</exception>
    public async Task<Guid> AddAsync(string userName, string displayName, string password)
    {
        if (
            !StrictText.TryClean(userName, 64, out var clean, out var reason)
            || clean is null
            || clean.Any(c => char.IsWhiteSpace(c) || c is '/' or ':' or '\\')
        )
        {
            throw ProblemException.Unacceptable(
                "userName",
                reason ?? "must be a name without spaces, slashes and colons"
            );
        }

        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = clean,
            DisplayName = displayName,
        };
        var result = await users.CreateAsync(account, password);
        if (result.Succeeded)
        {
            return account.Id;
        }

        var error = result.Errors.First();
        throw error.Code == nameof(IdentityErrorDescriber.DuplicateUserName)
            ? new ProblemException(Problems.Exists, $"There is an account '{clean}' already.")
            : ProblemException.Unacceptable("password", error.Description);
    }

    /// <summary>Gives an account another password and ends its sessions.</summary>
    /// <exception cref="ProblemException">The password is refused.</exception>
    public async Task SetPasswordAsync(
        Guid id,
        string password,
        CancellationToken cancellationToken
    )
    {
        var account = await RequireAsync(id);
        var fault = PasswordRules.Fault(account.UserName!, password);
        if (fault is not null)
        {
            throw ProblemException.Unacceptable("password", fault);
        }

        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        await users.UpdateSecurityStampAsync(account);
        await EndSessionsAsync(id, cancellationToken);
    }

    /// <summary>Changes the title, or shuts an account out.</summary>
    public async Task ChangeAsync(
        Guid id,
        string? displayName,
        bool? disabled,
        CancellationToken cancellationToken
    )
    {
        var account = await RequireAsync(id);
        account.DisplayName = displayName ?? account.DisplayName;
        account.DisabledAt = disabled switch
        {
            true => account.DisabledAt ?? clock.GetUtcNow().UtcDateTime,
            false => null,
            null => account.DisabledAt,
        };
        await users.UpdateAsync(account);
        if (account.DisabledAt is not null)
        {
            await EndSessionsAsync(id, cancellationToken);
        }
    }

    /// <summary>Finds what a request for a role means; a street comes first when a code names several.</summary>
    /// <exception cref="ProblemException">The area or the body is unknown (422).</exception>
    public async Task<(Grant Grant, string? Community)> ResolveAsync(
        GrantRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Area is null or "*" && request.Street is null)
        {
            return request.Body is null
                ? (new Grant(request.Role, null, null, null, null), null)
                : throw ProblemException.Unacceptable("body", "needs a street");
        }

        await using var command = source
            .CreateCommand(Sql.Load("Accounts/resolve_area.sql"))
            .With("street", request.Street)
            .With("area", request.Area ?? request.Street)
            .With("body", request.Body);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            throw ProblemException.Unacceptable(
                "area",
                $"'{request.Area ?? request.Street}' is no street, community or grid in force here"
            );
        }

        if (request.Body is not null && (request.Role != Role.Handler || !rows.GetBoolean(4)))
        {
            throw ProblemException.Unacceptable(
                "body",
                request.Role == Role.Handler
                    ? $"'{request.Body}' is no responsible body of this street"
                    : "is for handlers only"
            );
        }

        return (
            new Grant(
                request.Role,
                rows.GetString(0),
                rows.IsDBNull(1) ? null : rows.GetString(1),
                rows.IsDBNull(2) ? null : rows.GetString(2),
                request.Body
            ),
            rows.IsDBNull(3) ? null : rows.GetString(3)
        );
    }

    /// <summary>Adds a role; the same role for the same area is added once.</summary>
    public async Task GrantAsync(Guid id, Grant grant, CancellationToken cancellationToken)
    {
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/add_grant.sql"))
            .With("id", Guid.CreateVersion7())
            .With("account", id)
            .With("role", grant.Role.ToName())
            .With("street", grant.Street)
            .With("level", grant.Level)
            .With("area", grant.Area)
            .With("body", grant.Body)
            .With("today", BeijingTime.Today(clock));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The account of a name, or null.</summary>
    public Task<Account?> FindAsync(string userName) => users.FindByNameAsync(userName);

    private async Task<Account> RequireAsync(Guid id) =>
        await users.FindByIdAsync(id.ToString())
        ?? throw new ProblemException(Problems.NotFound, "There is no such account.");

    private async Task EndSessionsAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/end_sessions.sql"))
            .With("account", id)
            .With("but", (Guid?)null);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
