using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>Signing in and out.</summary>
public static class SessionEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/session", StartAsync)
            .WithSummary(
                "Signs a person in: {userName, password}; the answer sets the session's cookie"
            )
            .Takes()
            .Reads("application/json")
            .AllowAnonymous();
        routes
            .MapGet("/api/session", GetAsync)
            .WithSummary("Who is signed in, with which roles and areas")
            .Takes();
        routes.MapDelete("/api/session", EndAsync).WithSummary("Signs out").Takes().ForOwnAffairs();
        routes
            .MapPost("/api/session/password", ChangePasswordAsync)
            .WithSummary("Gives oneself another password: {current, new}; ends the other sessions")
            .Takes()
            .Reads("application/json")
            .ForOwnAffairs();
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        SignIn signIn,
        Callers callers,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var userName = body.Text("userName", 64, required: true);
        var password = body.Secret("password");
        body.Done();
        AuditLog.Name(context, userName!);
        var session = await signIn.StartAsync(
            userName!,
            password!,
            AuditLog.Address(context),
            context.RequestAborted
        );
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            Authentication.Principal(session)
        );
        var caller = await callers.OfSessionAsync(session, context.RequestAborted);
        context.Features.Set(caller);
        return await AnswerAsync(caller!, source, context.RequestAborted);
    }

    private static Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        return AnswerAsync(caller, source, context.RequestAborted);
    }

    private static async Task<IResult> EndAsync(HttpContext context, Caller caller, SignIn signIn)
    {
        new QueryReader(context.Request).Done();
        await signIn.EndAsync(caller.ViaId!.Value, context.RequestAborted);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context,
        Caller caller,
        SignIn signIn,
        UserManager<Account> users,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var current = body.Secret("current");
        var next = body.Secret("new");
        body.Done();
        // The old password is asked as at sign-in, so that an open screen is no way to guess it.
        var check = await signIn.StartAsync(
            caller.UserName,
            current!,
            AuditLog.Address(context),
            context.RequestAborted
        );
        await signIn.EndAsync(check, context.RequestAborted);
        var account = await users.FindByIdAsync(caller.AccountId.ToString());
        var result = await users.ChangePasswordAsync(account!, current!, next!);
        if (!result.Succeeded)
        {
            throw ProblemException.Unacceptable("new", result.Errors.First().Description);
        }

        await using var command = source
            .CreateCommand(Sql.Load("Accounts/end_sessions.sql"))
            .With("account", caller.AccountId)
            .With("but", caller.ViaId);
        await command.ExecuteNonQueryAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> AnswerAsync(
        Caller caller,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/session.sql"))
            .With("account", caller.AccountId)
            .With("user_name", caller.UserName)
            .With("display_name", caller.DisplayName)
            .With("roles", [.. caller.Grants.Select(g => g.Role.ToName())])
            .With("streets", [.. caller.Grants.Select(g => g.Street ?? "")])
            .With("levels", [.. caller.Grants.Select(g => g.Level ?? "")])
            .With("areas", [.. caller.Grants.Select(g => g.Area ?? "")])
            .With("bodies", [.. caller.Grants.Select(g => g.Body ?? "")]);
        return await JsonText.OneAsync(command, cancellationToken);
    }
}
