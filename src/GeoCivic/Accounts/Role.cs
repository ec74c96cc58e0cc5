namespace GeoCivic.Accounts;

/// <summary>What an account may do within an area.</summary>
public enum Role
{
    /// <summary>Grid worker (网格员): visits points, reports problems.</summary>
    Worker,

    /// <summary>Answers for a responsible body (责任单位).</summary>
    Handler,

    /// <summary>Supervisor (督查组): files, dispatches, verifies, cancels; sees covert findings.</summary>
    Supervisor,

    /// <summary>Planner (规划、文明办): schools, gates, venues.</summary>
    Planner,

    /// <summary>Administrator of accounts, duties, lists and imports.</summary>
    Admin,

    /// <summary>Auditor: reads everything, the audit log too, and changes nothing.</summary>
    Auditor,
}

/// <summary>Names of roles in the database and in JSON.</summary>
public static class Roles
{
    /// <summary>All names.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. Enum.GetValues<Role>().Select(r => r.ToName()),
    ];

    /// <summary>The name of a role.</summary>
    public static string ToName(this Role role) =>
        role switch
        {
            Role.Worker => "worker",
            Role.Handler => "handler",
            Role.Supervisor => "supervisor",
            Role.Planner => "planner",
            Role.Admin => "admin",
            Role.Auditor => "auditor",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };

    /// <summary>The role of a name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? name, out Role role)
    {
        foreach (var candidate in Enum.GetValues<Role>())
        {
            if (string.Equals(candidate.ToName(), name, StringComparison.Ordinal))
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }
}
