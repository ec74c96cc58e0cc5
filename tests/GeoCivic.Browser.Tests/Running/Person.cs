using System.Net.Http.Json;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using Npgsql;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>Somebody with an account at a site, signed in once for all visits.</summary>
/// <param name="UserName">To sign in with; the password is <see cref="Password"/>.</param>
/// <param name="DisplayName">The title that others see.</param>
/// <param name="Session">Value of the session's cookie.</param>
public sealed record Person(string UserName, string DisplayName, string Session)
{
    /// <summary>The password of everybody in these tests.</summary>
    public const string Password = "eleven quiet plane trees";

    /// <summary>Makes the account with the service's own code, and signs in over the network.</summary>
    public static async Task<Person> MakeAsync(
        string connectionString,
        Uri address,
        string userName,
        string displayName,
        params GrantRequest[] roles
    )
    {
        await using var accounts = CommandAccounts.Over(NpgsqlDataSource.Create(connectionString));
        var id = await accounts.Book.AddAsync(userName, displayName, Password);
        foreach (var role in roles)
        {
            var (grant, _) = await accounts.Book.ResolveAsync(role, CancellationToken.None);
            await accounts.Book.GrantAsync(id, grant, CancellationToken.None);
        }

        using var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/session", UriKind.Relative),
            new { userName, password = Password }
        );
        answer.EnsureSuccessStatusCode();
        var start = Authentication.CookieName + "=";
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(each => each.StartsWith(start, StringComparison.Ordinal));
        return new Person(userName, displayName, cookie[start.Length..].Split(';')[0]);
    }

    /// <summary>Gives a browser profile the session, as if the person had signed in there before.</summary>
    public Task EnterAsync(IBrowserContext context, Uri address) =>
        context.AddCookiesAsync([
            new()
            {
                Name = Authentication.CookieName,
                Value = Session,
                // A cookie belongs to the host, whatever the port; loopback counts as secure.
                Url = $"https://{address.Host}",
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Strict,
            },
        ]);

    /// <summary>A client of the service for what is asked or done beside the page.</summary>
    public HttpClient Client(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
        {
            BaseAddress = address,
        };
        client.DefaultRequestHeaders.Add("Cookie", $"{Authentication.CookieName}={Session}");
        return client;
    }
}
