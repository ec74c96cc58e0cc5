using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Accounts;

/// <summary>Administrators reach as far as their own areas.</summary>
public sealed class AccountAdministrationTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Community = "500103011012";
    private const string Grid = "500103011012001";

    private static string Name(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..20];

    private async Task<HttpClient> AdminAsync(
        string? street = ServiceFixture.DemoStreet,
        string? area = null
    ) => await demo.SignInAsAsync(Name("admin"), Role.Admin, street, area);

    private static async Task<Guid> AddAsync(
        HttpClient admin,
        string userName,
        params object[] grants
    )
    {
        using var response = await admin.PostAsJsonAsync(
            "/api/accounts",
            new
            {
                userName,
                displayName = "第一网格网格员",
                password = ServiceFixture.Password,
                grants,
            }
        );
        Assert.True(
            response.StatusCode == HttpStatusCode.Created,
            await response.Content.ReadAsStringAsync()
        );
        return (await response.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("id")
            .GetGuid();
    }

    private static object Worker(string area) =>
        new
        {
            role = "worker",
            street = ServiceFixture.DemoStreet,
            area,
        };

    [Fact]
    public async Task An_account_made_is_listed_changed_and_shut_out()
    {
        using var admin = await AdminAsync();
        var userName = Name("made");
        var id = await AddAsync(admin, userName, Worker(Grid));
        var list = await admin.GetFromJsonAsync<JsonElement>("/api/accounts");
        var own = list.GetProperty("accounts")
            .EnumerateArray()
            .Single(a => a.GetProperty("userName").GetString() == userName);
        Assert.Equal(Grid, own.GetProperty("grants")[0].GetProperty("area").GetString());

        using var client = demo.NewClient();
        using var signedIn = await client.PostAsJsonAsync(
            "/api/session",
            new { userName, password = ServiceFixture.Password }
        );
        client.DefaultRequestHeaders.Add(
            "Cookie",
            signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]
        );
        using var before = await client.GetAsync("/api/points");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using var disabled = await admin.PatchAsJsonAsync(
            $"/api/accounts/{id}",
            new { disabled = true }
        );
        Assert.Equal(HttpStatusCode.NoContent, disabled.StatusCode);
        using var after = await client.GetAsync("/api/points");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);

        using var again = await admin.PostAsJsonAsync(
            "/api/accounts",
            new
            {
                userName,
                displayName = "x",
                password = ServiceFixture.Password,
                grants = new[] { Worker(Grid) },
            }
        );
        await ServiceFixture.ProblemAsync(again, 409, "exists", "the same name");
    }

    [Fact]
    public async Task An_administrator_of_a_community_gives_nothing_above_it()
    {
        using var admin = await AdminAsync(area: Community);
        await AddAsync(admin, Name("inside"), Worker(Grid));
        foreach (
            var area in (string[])
                [ServiceFixture.DemoStreet, "500103011013", "500103011013001", "*"]
        )
        {
            using var response = await admin.PostAsJsonAsync(
                "/api/accounts",
                new
                {
                    userName = Name("outside"),
                    displayName = "x",
                    password = ServiceFixture.Password,
                    grants = new[] { new { role = "worker", area } },
                }
            );
            await ServiceFixture.ProblemAsync(response, 422, "unacceptable", area);
        }

        // Nor does it reach an account that holds something elsewhere.
        using var street = await AdminAsync();
        var both = await AddAsync(street, Name("both"), Worker(Grid), Worker("500103011013001"));
        using var password = await admin.PatchAsJsonAsync(
            $"/api/accounts/{both}",
            new { password = "taken over by another" }
        );
        await ServiceFixture.ProblemAsync(
            password,
            403,
            "forbidden",
            "an account of two communities"
        );
        var other = await AddAsync(street, Name("other"), Worker("500103011013001"));
        using var unknown = await admin.PatchAsJsonAsync(
            $"/api/accounts/{other}",
            new { disabled = true }
        );
        await ServiceFixture.ProblemAsync(unknown, 404, "not-found", "an account elsewhere");
    }

    [Fact]
    public async Task A_grid_handed_over_changes_hands_at_once()
    {
        using var admin = await AdminAsync();
        var (leaving, coming) = (Name("leaving"), Name("coming"));
        var from = await AddAsync(admin, leaving, Worker(Grid), Worker("500103011012002"));
        var to = await AddAsync(admin, coming, Worker("500103011012003"));
        using var handed = await admin.PostAsJsonAsync(
            "/api/handovers",
            new
            {
                from,
                to,
                street = ServiceFixture.DemoStreet,
                area = Grid,
            }
        );
        Assert.Equal(HttpStatusCode.NoContent, handed.StatusCode);
        var list = await admin.GetFromJsonAsync<JsonElement>("/api/accounts");
        string[] Areas(string name) =>
            [
                .. list.GetProperty("accounts")
                    .EnumerateArray()
                    .Single(a => a.GetProperty("userName").GetString() == name)
                    .GetProperty("grants")
                    .EnumerateArray()
                    .Select(g => g.GetProperty("area").GetString()!)
                    .Order(StringComparer.Ordinal),
            ];
        Assert.Equal(["500103011012002"], Areas(leaving));
        Assert.Equal([Grid, "500103011012003"], Areas(coming));
        using var twice = await admin.PostAsJsonAsync(
            "/api/handovers",
            new
            {
                from,
                to,
                street = ServiceFixture.DemoStreet,
                area = Grid,
            }
        );
        await ServiceFixture.ProblemAsync(twice, 422, "unacceptable", "handed over already");
    }
}
