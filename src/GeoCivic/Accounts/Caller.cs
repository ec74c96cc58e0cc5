using GeoCivic.Http;

namespace GeoCivic.Accounts;

/// <summary>A role held for an area.</summary>
/// <param name="Role">The role.</param>
/// <param name="Street">Null: every street.</param>
/// <param name="Level"><c>community</c> or <c>grid</c>; null: the whole street.</param>
/// <param name="Area">Code of the community or grid.</param>
/// <param name="Body">Responsible body that a handler answers for.</param>
public sealed record Grant(Role Role, string? Street, string? Level, string? Area, string? Body)
{
    /// <summary>The area as a scope key.</summary>
    public string Key => Accounts.Scope.Key(Street, Level, Area);
}

/// <summary>How a caller proved who they are.</summary>
public enum CallerVia
{
    /// <summary>A person's session cookie.</summary>
    Session,

    /// <summary>A program's token.</summary>
    Token,

    /// <summary>The command line of the service.</summary>
    Command,
}

/// <summary>
/// Who calls, with the roles in force at this moment: read with every request, so that a role taken away is gone at
/// once. Binds as a parameter of endpoint handlers.
/// </summary>
public sealed class Caller
{
    /// <summary>Makes a caller.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="userName">Its sign-in name.</param>
    /// <param name="displayName">The title others see.</param>
    /// <param name="via">How they proved it.</param>
    /// <param name="viaId">Session or token.</param>
    /// <param name="mayWrite">False for a token that only reads.</param>
    /// <param name="grants">Roles in force.</param>
    /// <param name="narrowing">Areas (with the key above each) a token is cut down to, or null.</param>
    public Caller(
        Guid accountId,
        string userName,
        string displayName,
        CallerVia via,
        Guid? viaId,
        bool mayWrite,
        IReadOnlyList<Grant> grants,
        IReadOnlyList<(string Key, string Parent)>? narrowing = null
    )
    {
        AccountId = accountId;
        UserName = userName;
        DisplayName = displayName;
        Via = via;
        ViaId = viaId;
        MayWrite = mayWrite;
        Grants = grants;
        Scope = new Scope(
            Narrow(grants.Select(g => g.Key), narrowing),
            Narrow(
                grants.Where(g => g.Role is Role.Supervisor or Role.Auditor).Select(g => g.Key),
                narrowing
            )
        );
    }

    /// <summary>The account.</summary>
    public Guid AccountId { get; }

    /// <summary>Its sign-in name.</summary>
    public string UserName { get; }

    /// <summary>The title others see.</summary>
    public string DisplayName { get; }

    /// <summary>How they proved who they are.</summary>
    public CallerVia Via { get; }

    /// <summary>The session or token.</summary>
    public Guid? ViaId { get; }

    /// <summary>False for a token that only reads.</summary>
    public bool MayWrite { get; }

    /// <summary>Roles in force today.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>What they may see.</summary>
    public Scope Scope { get; }

    /// <summary>Whether they hold a role anywhere.</summary>
    public bool Has(Role role) => Grants.Any(g => g.Role == role);

    /// <summary>Whether they hold a role at a place; a place in no grid needs the whole street.</summary>
    public bool Holds(Role role, string street, string? community = null, string? grid = null) =>
        Scope.Covers(street, community, grid)
        && Scope.Covers(
            [.. Grants.Where(g => g.Role == role).Select(g => g.Key)],
            street,
            community,
            grid
        );

    /// <summary>Bodies of a street that the caller answers for.</summary>
    public string[] BodiesIn(string street) =>
        [
            .. Grants
                .Where(g =>
                    g is { Role: Role.Handler, Body: not null }
                    && string.Equals(g.Street, street, StringComparison.Ordinal)
                )
                .Select(g => g.Body!)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Refuses an act that needs a role at a place which the caller can see.</summary>
    /// <exception cref="ProblemException">The caller holds none of the roles there.</exception>
    public void Require(string street, string? community, string? grid, params Role[] roles)
    {
        if (!Array.Exists(roles, r => Holds(r, street, community, grid)))
        {
            throw new ProblemException(
                Problems.Forbidden,
                $"This needs the role {string.Join(" or ", roles.Select(r => r.ToName()))} for {grid ?? community ?? street}."
            );
        }
    }

    /// <summary>The caller of a request that passed the sign-in.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(
            Of(context) ?? throw new ProblemException(Problems.NotSignedIn, "Nobody is signed in.")
        );

    /// <summary>The caller of a request, or null.</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    private static string[] Narrow(
        IEnumerable<string> granted,
        IReadOnlyList<(string Key, string Parent)>? narrowing
    )
    {
        string[] keys = [.. granted.Distinct(StringComparer.Ordinal)];
        return narrowing is null
            ? keys
            :
            [
                .. narrowing
                    .Where(n =>
                        keys.Contains("*", StringComparer.Ordinal)
                        || keys.Contains(n.Key, StringComparer.Ordinal)
                        || keys.Contains(n.Parent, StringComparer.Ordinal)
                        || keys.Contains(n.Key.Split('/')[0], StringComparer.Ordinal)
                    )
                    .Select(n => n.Key),
            ];
    }
}
