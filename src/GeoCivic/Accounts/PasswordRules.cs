using System.Globalization;
using GeoCivic.Database;
using Microsoft.AspNetCore.Identity;

namespace GeoCivic.Accounts;

/// <summary>
/// Which passwords are refused: short ones, those that lists of leaked passwords begin with, and the account's own
/// name. No mixture of kinds of characters and no change after a time is asked for (OWASP ASVS 5.0, 6.2.1–6.2.12).
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 8;

    /// <summary>Most characters: hashing more helps nobody.</summary>
    public const int MaxLength = 200;

    private static readonly Lazy<HashSet<string>> Leaked = new(ReadLeaked);

    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(
        UserManager<Account> manager,
        Account user,
        string? password
    ) =>
        Task.FromResult(
            Fault(user.UserName ?? "", password ?? "") is { } fault
                ? IdentityResult.Failed(
                    new IdentityError { Code = "Password", Description = fault }
                )
                : IdentityResult.Success
        );

    /// <summary>Why a password is refused, or null.</summary>
    public static string? Fault(string userName, string password)
    {
        var characters = new StringInfo(password).LengthInTextElements;
        if (characters < MinLength)
        {
            return $"must have at least {MinLength} characters (a sentence is easy to remember)";
        }

        if (password.Length > MaxLength)
        {
            return $"must have at most {MaxLength} characters";
        }

        var plain = password.ToLowerInvariant();
        if (Leaked.Value.Contains(plain) || plain.Distinct().Count() < 4 || IsSequence(plain))
        {
            return "is among the passwords that attackers try first; choose another one";
        }

        return
            userName.Length >= 3
            && plain.Replace(userName.ToLowerInvariant(), "", StringComparison.Ordinal).Length < 6
            && plain.Contains(userName.ToLowerInvariant(), StringComparison.Ordinal)
            ? "is little more than the user name"
            : null;
    }

    private static bool IsSequence(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (Math.Abs(text[i] - text[i - 1]) > 1)
            {
                return false;
            }
        }

        return true;
    }

    private static HashSet<string> ReadLeaked()
    {
        var words = File.ReadLines(Path.Combine(AppPaths.Data, "reference", "common_passwords.txt"))
            .Select(l => l.Trim())
            .Where(l => l.Length > 0 && l[0] != '#')
            .ToArray();
        string[] endings =
        [
            "",
            "1",
            "12",
            "123",
            "1234",
            "12345",
            "123456",
            "1234567",
            "12345678",
            "123456789",
            "0",
            "00",
            "01",
            "11",
            "111",
            "666",
            "888",
            "520",
            "521",
            "1314",
            "5201314",
            "000",
            "007",
            "321",
            "!",
            "1!",
            "123!",
            "@123",
            "#123",
            ".",
            "@",
            "a",
            "abc",
            "!@#",
            "@2020",
            "@2021",
            "@2022",
            "@2023",
            "@2024",
            "@2025",
            "@2026",
            "2018",
            "2019",
            "2020",
            "2021",
            "2022",
            "2023",
            "2024",
            "2025",
            "2026",
            "2027",
            "99",
            "69",
            "88",
            "77",
            "1990",
            "1991",
            "2000",
        ];
        return words
            .SelectMany(w => endings.Select(e => w + e))
            .Where(p => p.Length >= MinLength)
            .ToHashSet(StringComparer.Ordinal);
    }
}
