using System.Buffers.Text;
using System.Security.Cryptography;
using GeoCivic.Accounts;

namespace GeoCivic.Commands;

/// <summary>
/// The accounts that act in demo stories: those one can sign in to, and further workers and handlers whose passwords
/// nobody has.
/// </summary>
internal sealed class DemoPeople(CommandAccounts accounts, string street)
{
    private static readonly Dictionary<string, (string Title, string Area)> Workers = new(
        StringComparer.Ordinal
    )
    {
        ["worker-rmc"] = ("人民村社区网格员", "500103011014"),
        ["worker-hfx"] = ("华福巷社区网格员", "500103011017"),
    };

    private readonly Dictionary<string, Caller> _known = new(StringComparer.Ordinal);

    /// <summary>An account by its user name.</summary>
    public Task<Caller> OfAsync(string userName, CancellationToken cancellationToken) =>
        Workers.TryGetValue(userName, out var worker)
            ? OfAsync(
                userName,
                worker.Title,
                new GrantRequest(Role.Worker, street, worker.Area, null),
                cancellationToken
            )
            : OfAsync(userName, title: null, request: null, cancellationToken);

    /// <summary>Who handles for a body.</summary>
    public Task<Caller> HandlerAsync(string body, string name, CancellationToken cancellationToken)
    {
        var known = DemoAccounts.All.FirstOrDefault(a => a.Role == Role.Handler && a.Body == body);
        return known.UserName is { } userName
            ? OfAsync(userName, cancellationToken)
            : OfAsync(
                $"handler-{body.ToLowerInvariant()}",
                $"{name}经办人",
                new GrantRequest(Role.Handler, street, street, body),
                cancellationToken
            );
    }

    private async Task<Caller> OfAsync(
        string userName,
        string? title,
        GrantRequest? request,
        CancellationToken cancellationToken
    )
    {
        if (_known.TryGetValue(userName, out var caller))
        {
            return caller;
        }

        if (request is not null && await accounts.Book.FindAsync(userName) is null)
        {
            var (grant, _) = await accounts.Book.ResolveAsync(request, cancellationToken);
            var id = await accounts.Book.AddAsync(
                userName,
                title!,
                Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24))
            );
            await accounts.Book.GrantAsync(id, grant, cancellationToken);
        }

        return _known[userName] =
            await accounts.Callers.OfUserAsync(userName, cancellationToken)
            ?? throw new InvalidOperationException($"There is no demo account {userName}.");
    }
}
