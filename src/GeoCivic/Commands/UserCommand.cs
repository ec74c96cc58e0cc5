using System.CommandLine;
using GeoCivic.Accounts;
using GeoCivic.Http;

namespace GeoCivic.Commands;

/// <summary><c>geocivic user add</c>, <c>user password</c>, <c>user list</c>: the first administrator is made here.</summary>
public static class UserCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Sign-in name." };
        var role = new Option<string>("--role")
        {
            Description = $"One of {string.Join(", ", Roles.Names)}.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. Roles.Names]);
        var area = new Option<string[]>("--area")
        {
            Description = "Codes of streets, communities or grids; * for everywhere.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var street = new Option<string>("--street")
        {
            Description = "Street of the areas, where a code is used in several streets.",
        };
        var body = new Option<string>("--body")
        {
            Description = "Responsible body that a handler answers for.",
        };
        var display = new Option<string>("--display-name")
        {
            Description = "Title that others see; the sign-in name when not given.",
        };
        var add = new Command(
            "add",
            "Makes an account, or gives an existing one a further role. The password is asked, or read from standard input."
        )
        {
            name,
            role,
            area,
            street,
            body,
            display,
        };
        add.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = CommandAccounts.Open();
                _ = Roles.TryParse(parsed.GetRequiredValue(role), out var held);
                return await AddAsync(
                    accounts,
                    parsed.GetRequiredValue(name),
                    parsed.GetValue(display),
                    parsed
                        .GetRequiredValue(area)
                        .Select(a => new GrantRequest(
                            held,
                            parsed.GetValue(street),
                            a,
                            parsed.GetValue(body)
                        ))
                        .ToArray(),
                    cancellationToken
                );
            }
        );
        var password = new Command("password", "Gives an account another password.") { name };
        password.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = CommandAccounts.Open();
                var userName = parsed.GetRequiredValue(name);
                var account =
                    await accounts.Book.FindAsync(userName)
                    ?? throw new ProblemException(
                        Problems.NotFound,
                        $"There is no account '{userName}'."
                    );
                await accounts.Book.SetPasswordAsync(
                    account.Id,
                    ReadPassword(userName),
                    cancellationToken
                );
                Console.WriteLine($"{userName} has another password; its sessions have ended.");
                return 0;
            }
        );
        return new Command("user", "Accounts.") { add, password };
    }

    private static async Task<int> AddAsync(
        CommandAccounts accounts,
        string userName,
        string? displayName,
        GrantRequest[] requests,
        CancellationToken cancellationToken
    )
    {
        var grants = new List<Grant>();
        foreach (var request in requests)
        {
            grants.Add((await accounts.Book.ResolveAsync(request, cancellationToken)).Grant);
        }

        var existing = await accounts.Book.FindAsync(userName);
        var id =
            existing?.Id
            ?? await accounts.Book.AddAsync(
                userName,
                displayName ?? userName,
                ReadPassword(userName)
            );
        foreach (var grant in grants)
        {
            await accounts.Book.GrantAsync(id, grant, cancellationToken);
        }

        await AuditLog.NoteCommandAsync(
            accounts.Source,
            TimeProvider.System,
            "user add",
            $"{userName} {string.Join(' ', grants.Select(g => $"{g.Role.ToName()}@{g.Key}"))}",
            [.. grants.Select(g => g.Key)],
            cancellationToken
        );
        Console.WriteLine(
            $"{(existing is null ? "Added" : "Extended")} {userName}: {string.Join(", ", grants.Select(g => $"{g.Role.ToName()} for {g.Area ?? g.Street ?? "everywhere"}"))}."
        );
        if (grants.Exists(g => g is { Role: Role.Handler, Body: null }))
        {
            Console.WriteLine("Note: a handler without --body can read, but answers for no body.");
        }

        return 0;
    }

    private static string ReadPassword(string userName)
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine()?.TrimEnd('\r')
                ?? throw new ProblemException(
                    Problems.InvalidBody,
                    "Standard input has no line with the password."
                );
        }

        Console.Error.Write($"Password for {userName}: ");
        var text = new System.Text.StringBuilder();
        for (
            var key = Console.ReadKey(true);
            key.Key != ConsoleKey.Enter;
            key = Console.ReadKey(true)
        )
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
