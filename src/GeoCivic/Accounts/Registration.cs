using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Registers what this slice offers.</summary>
public static class Registration
{
    /// <summary>Accounts and their roles, without the ways in.</summary>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddDbContext<AccountsContext>(
            (provider, options) =>
                options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
        );
        services
            .AddIdentityCore<Account>(o =>
            {
                // Names may be Chinese; what else they may not hold is checked where accounts are made.
                o.User.AllowedUserNameCharacters = "";
                // PasswordRules says what is refused; kinds of characters are not counted.
                o.Password.RequiredLength = 1;
                o.Password.RequiredUniqueChars = 1;
                o.Password.RequireDigit = false;
                o.Password.RequireLowercase = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireNonAlphanumeric = false;
            })
            .AddUserStore<UserOnlyStore<Account, AccountsContext, Guid>>()
            .AddPasswordValidator<PasswordRules>();
        services.AddSingleton<Callers>();
        services.AddScoped<AccountBook>();
        services.AddScoped<SignIn>();
    }

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapSession();
        routes.MapTokens();
        routes.MapAccounts();
        routes.MapAudit();
    }
}
