using GeoCivic.Accounts;

namespace GeoCivic.Bulletins;

/// <summary>A bulletin without its content.</summary>
/// <param name="Street">Its street.</param>
/// <param name="Id">The client's id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Period">What it speaks of.</param>
internal sealed record Bulletin(string Street, Guid Id, string Kind, BulletinPeriod Period)
{
    /// <summary>The street's name when it was issued; now for a draft.</summary>
    public required string StreetName { get; init; }

    /// <summary>Whether it was issued.</summary>
    public bool Issued => IssuedAt is not null;

    /// <summary>Number, null for a draft.</summary>
    public string? Number { get; init; }

    /// <summary>The issued bulletin it corrects.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>The number of that bulletin.</summary>
    public string? ReplacesNumber { get; init; }

    /// <summary>The issued bulletin that corrects this one.</summary>
    public Guid? ReplacedBy { get; init; }

    /// <summary>Its number.</summary>
    public string? ReplacedByNumber { get; init; }

    /// <summary>What the supervisor adds: the work of the days to come.</summary>
    public string? Note { get; init; }

    /// <summary>When it was drafted.</summary>
    public DateTime MadeAt { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTime? IssuedAt { get; init; }

    /// <summary>Title of who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>The formula it was graded by; null for a draft, which takes the one in force.</summary>
    public (string Street, int Version)? Formula { get; init; }

    /// <summary>Its title.</summary>
    public string Title => BulletinKind.Title(Kind, StreetName);

    /// <summary>Who reads what was issued: everybody who holds the whole street but grid workers.</summary>
    public static readonly Role[] Readers =
    [
        Role.Handler,
        Role.Supervisor,
        Role.Planner,
        Role.Admin,
        Role.Auditor,
    ];
}
