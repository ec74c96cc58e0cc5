using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Tests.Http;
using Npgsql;

namespace GeoCivic.Tests.Accounts;

/// <summary>Sessions, tokens, wrong passwords, and what the audit log keeps of them.</summary>
public sealed class SignInTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static JsonContent Json(object body) => JsonContent.Create(body);

    private async Task<string> PersonAsync(string prefix)
    {
        var userName = $"{prefix}-{Guid.NewGuid():N}"[..20];
        await service.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES ('s1', 'Street one'), ('s2', 'Street two') ON CONFLICT DO NOTHING"
        );
        (await service.SignInAsAsync(userName, Role.Supervisor, "s1")).Dispose();
        return userName;
    }

    private async Task<(HttpClient Client, JsonElement Session)> SessionAsync(string userName)
    {
        var client = service.NewClient();
        using var response = await client.PostAsync(
            "/api/session",
            Json(new { userName, password = ServiceFixture.Password })
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-geocivic=", cookie, StringComparison.Ordinal);
        foreach (var part in (string[])["secure", "httponly", "samesite=strict", "path=/"])
        {
            Assert.Contains(part, cookie.ToLowerInvariant(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("domain=", cookie.ToLowerInvariant(), StringComparison.Ordinal);
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        return (client, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    [Theory]
    [InlineData("/api/config")]
    [InlineData("/api/issues")]
    [InlineData("/api/session")]
    [InlineData("/tiles/points/0/0/0.mvt")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing/of/that/name")]
    public async Task Nothing_is_answered_to_nobody(string path)
    {
        using var nobody = service.NewClient();
        using var response = await nobody.GetAsync(path);
        await ServiceFixture.ProblemAsync(response, 401, "not-signed-in", path);
    }

    [Fact]
    public async Task A_session_says_who_and_ends_when_signed_out_even_for_a_copied_cookie()
    {
        var userName = await PersonAsync("person");
        var (client, session) = await SessionAsync(userName);
        using (client)
        {
            Assert.Equal(userName, session.GetProperty("userName").GetString());
            var role = session.GetProperty("roles").EnumerateArray().Single();
            Assert.Equal("supervisor", role.GetProperty("role").GetString());
            Assert.Equal("Street one", role.GetProperty("streetName").GetString());
            Assert.Equal(
                ["s1"],
                session.GetProperty("areas").EnumerateArray().Select(a => a.GetString()!)
            );
            using var before = await client.GetAsync("/api/session");
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
            using var end = await client.DeleteAsync("/api/session");
            Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
            using var after = await client.GetAsync("/api/session");
            await ServiceFixture.ProblemAsync(after, 401, "not-signed-in", "after signing out");
        }
    }

    [Fact]
    public async Task A_restarted_service_knows_the_cookie()
    {
        var (client, _) = await SessionAsync(await PersonAsync("restart"));
        using (client)
        {
            var (app, other) = await ServiceFixture.StartAsync(service.ConnectionString);
            await using (app)
            using (other)
            {
                other.DefaultRequestHeaders.Add(
                    "Cookie",
                    client.DefaultRequestHeaders.GetValues("Cookie")
                );
                using var response = await other.GetAsync("/api/session");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }
    }

    [Fact]
    public async Task The_eleventh_wrong_password_waits_and_another_account_does_not()
    {
        var userName = await PersonAsync("locked");
        var other = await PersonAsync("other");
        using var client = service.NewClient();
        for (var i = 0; i < SignIn.MostForAccount; i++)
        {
            // Capitals and spaces are the same account: they give no further tries.
            using var wrong = await client.PostAsync(
                "/api/session",
                Json(
                    new
                    {
                        userName = i % 2 == 0 ? userName : $" {userName.ToUpperInvariant()}",
                        password = "wrong wrong",
                    }
                )
            );
            await ServiceFixture.ProblemAsync(wrong, 401, "sign-in-failed", $"try {i + 1}");
        }

        // A header that claims another address changes nothing.
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        using var eleventh = await client.PostAsync(
            "/api/session",
            Json(new { userName, password = ServiceFixture.Password })
        );
        await ServiceFixture.ProblemAsync(
            eleventh,
            429,
            "too-many-attempts",
            "the right one, too late"
        );
        Assert.InRange(
            int.Parse(
                eleventh.Headers.GetValues("Retry-After").Single(),
                System.Globalization.CultureInfo.InvariantCulture
            ),
            1,
            SignIn.Minutes * 60
        );
        (await SessionAsync(other)).Client.Dispose();
        // Not for ever: when the failures are old enough the right password counts again.
        await service.ExecuteAsync(
            "UPDATE sign_in_failures SET failed_at = failed_at - INTERVAL '15 minutes' WHERE normalized_user_name = @name",
            ("name", userName.ToUpperInvariant())
        );
        (await SessionAsync(userName)).Client.Dispose();
    }

    [Theory]
    [InlineData("""{"userName":"a"}""", 400, "password")]
    [InlineData("""{"userName":"a","password":7}""", 400, "password")]
    [InlineData("""{"userName":"a","password":"b","role":"admin"}""", 400, "role")]
    public async Task A_faulty_sign_in_names_the_member(string body, int status, string field)
    {
        using var nobody = service.NewClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await nobody.PostAsync("/api/session", content);
        var problem = await ServiceFixture.ProblemAsync(response, status, "invalid-body", body);
        Assert.Contains(
            problem.GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("field").GetString() == field
        );
    }

    [Theory]
    [InlineData("""{"userName":"a","userName":"b","password":"c"}""", "application/json", 400)]
    [InlineData("""["userName"]""", "application/json", 400)]
    [InlineData("""{"userName":"\u0000","password":"c"}""", "application/json", 400)]
    [InlineData("""userName=a&password=b""", "application/x-www-form-urlencoded", 415)]
    [InlineData("""{"userName":"a","password":"b"}""", "text/plain", 415)]
    public async Task What_is_no_sign_in_is_refused(string body, string type, int status)
    {
        using var nobody = service.NewClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var response = await nobody.PostAsync("/api/session", content);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("short", false)]
    [InlineData("password123", false)]
    [InlineData("Woaini1314", false)]
    [InlineData("11112222", false)]
    [InlineData("abcdefghijk", false)]
    [InlineData("wanggeyuan1", false, "wanggeyuan")]
    [InlineData("correct horse battery", true)]
    [InlineData("大溪沟的黄葛树很大", true)]
    public void Short_leaked_and_own_names_are_no_passwords(
        string password,
        bool good,
        string user = "somebody"
    ) => Assert.Equal(good, PasswordRules.Fault(user, password) is null);

    [Fact]
    public async Task A_token_is_shown_once_stored_hashed_narrowed_read_only_and_revoked()
    {
        var (client, _) = await SessionAsync(await PersonAsync("owner"));
        using (client)
        {
            using var made = await client.PostAsync(
                "/api/tokens",
                Json(
                    new
                    {
                        name = "reader",
                        access = "read",
                        days = 5,
                        areas = new[] { "s1" },
                    }
                )
            );
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            Assert.True(made.Headers.CacheControl!.NoStore);
            var answer = await made.Content.ReadFromJsonAsync<JsonElement>();
            var token = answer.GetProperty("token").GetString()!;
            using var list = JsonDocument.Parse(await client.GetStringAsync("/api/tokens"));
            Assert.DoesNotContain(token, list.RootElement.GetRawText(), StringComparison.Ordinal);
            Assert.Equal(
                0L,
                await service.ScalarAsync<long>(
                    "SELECT count(*) FROM tokens WHERE position(@token::bytea IN secret_sha256) > 0",
                    ("token", System.Text.Encoding.UTF8.GetBytes(token))
                )
            );

            using var program = service.NewClient();
            program.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var reads = await program.GetAsync("/api/issues?street=s1");
            Assert.Equal(HttpStatusCode.OK, reads.StatusCode);
            using var writes = await program.PostAsync(
                "/api/imports/points?street=s1",
                Json(new { })
            );
            await ServiceFixture.ProblemAsync(writes, 403, "forbidden", "a reading token writes");
            using var breeds = await program.PostAsync("/api/tokens", Json(new { }));
            await ServiceFixture.ProblemAsync(breeds, 403, "forbidden", "a token makes tokens");

            using var foreign = await client.PostAsync(
                "/api/tokens",
                Json(new { areas = new[] { "s2" } })
            );
            await ServiceFixture.ProblemAsync(foreign, 422, "unacceptable", "an area of others");

            using var revoked = await client.DeleteAsync(
                $"/api/tokens/{answer.GetProperty("id").GetString()}"
            );
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            using var after = await program.GetAsync("/api/issues?street=s1");
            await ServiceFixture.ProblemAsync(after, 401, "not-signed-in", "revoked");
        }
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing()
    {
        var (client, _) = await SessionAsync(await PersonAsync("victim"));
        using (client)
        {
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
            using var response = await client.DeleteAsync("/api/session");
            await ServiceFixture.ProblemAsync(response, 403, "cross-origin", "forged");
            client.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
            using var still = await client.GetAsync("/api/session");
            Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        }
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions()
    {
        var userName = await PersonAsync("changing");
        var (first, _) = await SessionAsync(userName);
        var (second, _) = await SessionAsync(userName);
        using (first)
        using (second)
        {
            using var weak = await first.PostAsync(
                "/api/session/password",
                Json(new { current = ServiceFixture.Password, @new = "12345678" })
            );
            await ServiceFixture.ProblemAsync(weak, 422, "unacceptable", "a leaked one");
            using var wrong = await first.PostAsync(
                "/api/session/password",
                Json(new { current = "not this one", @new = "another good sentence" })
            );
            await ServiceFixture.ProblemAsync(wrong, 401, "sign-in-failed", "the old one is wrong");
            using var changed = await first.PostAsync(
                "/api/session/password",
                Json(new { current = ServiceFixture.Password, @new = "another good sentence" })
            );
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
            using var own = await first.GetAsync("/api/session");
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            using var others = await second.GetAsync("/api/session");
            Assert.Equal(HttpStatusCode.Unauthorized, others.StatusCode);
        }
    }

    [Fact]
    public async Task The_audit_log_tells_who_did_what_and_cannot_be_changed()
    {
        var userName = await PersonAsync("watched");
        var (client, _) = await SessionAsync(userName);
        using (client)
        {
            using var read = await client.GetAsync("/api/issues?street=s1&q=needle");
            using var refused = await client.PostAsync("/api/accounts", Json(new { }));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var auditor = await service.SignInAsAsync(
            $"auditor-{Guid.NewGuid():N}"[..20],
            Role.Auditor,
            "s1"
        );
        using var elsewhere = await service.SignInAsAsync(
            $"auditor-{Guid.NewGuid():N}"[..20],
            Role.Auditor,
            "s2"
        );
        JsonElement[] entries = [];
        // Reads are written in batches a moment later.
        for (var i = 0; i < 50 && entries.Length < 3; i++)
        {
            await Task.Delay(100);
            var log = await auditor.GetFromJsonAsync<JsonElement>($"/api/audit?account={userName}");
            entries = [.. log.GetProperty("entries").EnumerateArray()];
        }

        Assert.Contains(
            entries,
            e =>
                e.GetProperty("target").GetString()!.Contains("needle", StringComparison.Ordinal)
                && e.GetProperty("status").GetInt32() == 200
        );
        Assert.Contains(
            entries,
            e =>
                e.GetProperty("route").GetString() == "/api/accounts"
                && e.GetProperty("status").GetInt32() == 403
        );
        Assert.Contains(
            entries,
            e =>
                e.GetProperty("route").GetString() == "/api/session"
                && e.GetProperty("method").GetString() == "POST"
        );
        var other = await elsewhere.GetFromJsonAsync<JsonElement>($"/api/audit?account={userName}");
        Assert.Empty(other.GetProperty("entries").EnumerateArray());
        var csv = await auditor.GetByteArrayAsync($"/api/audit?account={userName}&format=csv");
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);

        foreach (
            var sql in (string[])
                ["UPDATE audit_log SET status = 200", "DELETE FROM audit_log", "TRUNCATE audit_log"]
        )
        {
            await Assert.ThrowsAsync<PostgresException>(() => service.ExecuteAsync(sql));
        }
    }

    [Fact]
    public async Task What_is_older_than_a_year_may_go()
    {
        await service.ExecuteAsync(
            "INSERT INTO audit_log (at, user_name, via, method, route, target, status, scope) VALUES (now() - INTERVAL '366 days', 'old', 'nobody', 'GET', '/', '/', 200, '{}')"
        );
        await service.ExecuteAsync("DELETE FROM audit_log WHERE at < now() - INTERVAL '1 year'");
        Assert.Equal(
            0L,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM audit_log WHERE user_name = 'old'"
            )
        );
    }
}
