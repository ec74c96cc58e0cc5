using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace GeoCivic.Accounts;

/// <summary>
/// Two ways in: a session cookie for people, a bearer token for programs. Both end in a <see cref="Caller"/> among the
/// request's features. Everything needs one of them unless its route says otherwise.
/// </summary>
public static class Authentication
{
    /// <summary>Cookie of a session; the prefix makes browsers insist on Secure, this host and the whole path.</summary>
    public const string CookieName = "__Host-geocivic";

    /// <summary>Claim with the session's id.</summary>
    public const string SessionClaim = "session";

    private const string Either = "either";

    /// <summary>Registers authentication and the rule that everything needs it.</summary>
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<Callers>();
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("GeoCivic");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<KeyRing>((options, keys) => options.XmlRepository = keys);
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(
                Either,
                displayName: null,
                o =>
                    o.ForwardDefaultSelector = context =>
                        context.Request.Headers.Authorization.Count > 0
                            ? TokenHandler.Scheme
                            : CookieAuthenticationDefaults.AuthenticationScheme
            )
            .AddCookie(ConfigureCookie)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(
                TokenHandler.Scheme,
                configureOptions: null
            );
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>The identity that a session's cookie carries: nothing but the session's id.</summary>
    public static ClaimsPrincipal Principal(Guid session) =>
        new(
            new ClaimsIdentity(
                [new Claim(SessionClaim, session.ToString())],
                CookieAuthenticationDefaults.AuthenticationScheme
            )
        );

    /// <summary>Whether a call asks nobody who they are: liveness must not wait for a database that would know.</summary>
    internal static bool IsForAnybody(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.Path = "/";
        options.ExpireTimeSpan = TimeSpan.FromHours(Callers.SessionHours);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = async context =>
        {
            if (IsForAnybody(context.HttpContext))
            {
                return;
            }

            var caller = Guid.TryParse(
                context.Principal?.FindFirstValue(SessionClaim),
                out var session
            )
                ? await context
                    .HttpContext.RequestServices.GetRequiredService<Callers>()
                    .OfSessionAsync(session, context.HttpContext.RequestAborted)
                : null;
            if (caller is null)
            {
                context.RejectPrincipal();
            }
            else
            {
                context.HttpContext.Features.Set(caller);
            }
        };
        options.Events.OnRedirectToLogin = context => Answer(context.HttpContext, 401);
        options.Events.OnRedirectToAccessDenied = context => Answer(context.HttpContext, 403);
    }

    // Programs are answered with a status, not sent to a page; the body follows from the status.
    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>Authorization: Bearer with a program's token.</summary>
public sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Callers callers
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public new const string Scheme = "Bearer";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (Authentication.IsForAnybody(Context))
        {
            return AuthenticateResult.NoResult();
        }

        if (
            !header.StartsWith($"{Scheme} ", StringComparison.OrdinalIgnoreCase)
            || header.Length > 500
            || await callers.OfTokenAsync(
                header[(Scheme.Length + 1)..].Trim(),
                Context.RequestAborted
            )
                is not { } caller
        )
        {
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        }

        Context.Features.Set(caller);
        var principal = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim("token", caller.ViaId.ToString()!)], Scheme)
        );
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}
