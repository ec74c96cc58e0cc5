using System.CommandLine;
using GeoCivic.Accounts;
using GeoCivic.Http;

namespace GeoCivic.Commands;

/// <summary><c>geocivic token add USER</c>.</summary>
public static class TokenCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var user = new Argument<string>("user") { Description = "Sign-in name of the account." };
        var name = new Option<string>("--name")
        {
            Description = "What the token is for.",
            DefaultValueFactory = _ => "command line",
        };
        var days = new Option<int>("--days")
        {
            Description = "Days it is good for.",
            DefaultValueFactory = _ => TokenEndpoints.StandardDays,
        };
        days.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > TokenEndpoints.MaxDays)
            {
                r.AddError($"--days must lie between 1 and {TokenEndpoints.MaxDays}.");
            }
        });
        var readOnly = new Option<bool>("--read-only") { Description = "The token only reads." };
        var add = new Command("add", "Makes a program token for an account and prints it once.")
        {
            user,
            name,
            days,
            readOnly,
        };
        add.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = CommandAccounts.Open();
                var userName = parsed.GetRequiredValue(user);
                var owner =
                    await accounts.Callers.OfUserAsync(userName, cancellationToken)
                    ?? throw new ProblemException(
                        Problems.NotFound,
                        $"There is no account '{userName}' that may sign in."
                    );
                var (_, token, _) = await TokenEndpoints.MakeAsync(
                    accounts.Source,
                    owner,
                    parsed.GetRequiredValue(name),
                    parsed.GetValue(days),
                    parsed.GetValue(readOnly) ? "read" : "write",
                    areas: null,
                    cancellationToken
                );
                await AuditLog.NoteCommandAsync(
                    accounts.Source,
                    TimeProvider.System,
                    "token add",
                    userName,
                    owner.Scope.Keys,
                    cancellationToken
                );
                Console.WriteLine(token);
                return 0;
            }
        );
        return new Command("token", "Program tokens.") { add };
    }
}
