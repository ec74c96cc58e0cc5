using Microsoft.AspNetCore.Identity;

namespace GeoCivic.Accounts;

/// <summary>Somebody or some program that signs in.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The title that others see beside an act; not necessarily a person's name.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Since when the account may not sign in.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>When it was made.</summary>
    public DateTime CreatedAt { get; private set; }
}
