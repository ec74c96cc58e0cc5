using System.Buffers.Text;
using System.Security.Cryptography;
using GeoCivic.Accounts;

namespace GeoCivic.Commands;

/// <summary>
/// One account a role for the demo street, and a second supervisor, because who rectified may not verify and who found
/// a problem should not. Their passwords are made anew for every database.
/// </summary>
public static class DemoAccounts
{
    private const string Street = "500103011";

    /// <summary>User name, title, role, area and body of each.</summary>
    public static readonly IReadOnlyList<(
        string UserName,
        string Title,
        Role Role,
        string Area,
        string? Body
    )> All =
    [
        ("worker", "双钢路社区第01网格网格员", Role.Worker, "500103011019001", null),
        ("handler", "执法大队经办人", Role.Handler, Street, "B09"),
        ("supervisor", "督查组一组", Role.Supervisor, Street, null),
        ("verifier", "督查组二组", Role.Supervisor, Street, null),
        ("planner", "规划与文明办", Role.Planner, Street, null),
        ("admin", "街道管理员", Role.Admin, Street, null),
        ("auditor", "审计员", Role.Auditor, Street, null),
    ];

    /// <summary>Makes those that are missing.</summary>
    /// <returns>The sign-ins made, one line each: user name, password, title.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(
        AccountBook book,
        CancellationToken cancellationToken
    )
    {
        var made = new List<string>();
        foreach (var (userName, title, role, area, body) in All)
        {
            if (await book.FindAsync(userName) is not null)
            {
                continue;
            }

            var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
            var (grant, _) = await book.ResolveAsync(
                new GrantRequest(role, Street, area, body),
                cancellationToken
            );
            var id = await book.AddAsync(userName, title, password);
            await book.GrantAsync(id, grant, cancellationToken);
            made.Add($"{userName, -12} {password}   {title}");
        }

        return made;
    }
}
