using Microsoft.EntityFrameworkCore;

namespace GeoCivic.Accounts;

/// <summary>Accounts as Identity stores them; everything else of this slice is embedded SQL.</summary>
public sealed class AccountsContext(DbContextOptions<AccountsContext> options) : DbContext(options)
{
    /// <summary>The accounts.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var account = modelBuilder.Entity<Account>();
        account.ToTable("accounts").HasKey(a => a.Id);
        account.Property(a => a.Id).HasColumnName("account_id").ValueGeneratedNever();
        account.Property(a => a.UserName).HasColumnName("user_name");
        account.Property(a => a.NormalizedUserName).HasColumnName("normalized_user_name");
        account.Property(a => a.DisplayName).HasColumnName("display_name");
        account.Property(a => a.PasswordHash).HasColumnName("password_hash");
        account.Property(a => a.SecurityStamp).HasColumnName("security_stamp");
        account
            .Property(a => a.ConcurrencyStamp)
            .HasColumnName("concurrency_stamp")
            .IsConcurrencyToken();
        account.Property(a => a.DisabledAt).HasColumnName("disabled_at");
        account.Property(a => a.CreatedAt).HasColumnName("created_at").ValueGeneratedOnAdd();
        // Kept elsewhere (sign_in_failures), or not at all: no mail address, no telephone number.
        account
            .Ignore(a => a.Email)
            .Ignore(a => a.NormalizedEmail)
            .Ignore(a => a.EmailConfirmed)
            .Ignore(a => a.PhoneNumber)
            .Ignore(a => a.PhoneNumberConfirmed)
            .Ignore(a => a.TwoFactorEnabled)
            .Ignore(a => a.LockoutEnd)
            .Ignore(a => a.LockoutEnabled)
            .Ignore(a => a.AccessFailedCount);
    }
}
