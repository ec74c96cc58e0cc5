using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Issues;

/// <summary>
/// A street of two grids with two responsible bodies and the people of an issue's life: a service of its own for the
/// class.
/// </summary>
public sealed class IssueStory : ServiceFixture
{
    public const string Street = "life";

    public HttpClient Worker { get; private set; } = null!;

    public HttpClient OtherWorker { get; private set; } = null!;

    public HttpClient Supervisor { get; private set; } = null!;

    public HttpClient Verifier { get; private set; } = null!;

    public HttpClient Lead { get; private set; } = null!;

    public HttpClient Cooperating { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('life', '一生街道'), ('else', '别处街道');
            INSERT INTO bodies (street_code, code, name, kind)
            SELECT s, c, n, (SELECT min(code) FROM body_kinds)
            FROM unnest(ARRAY['life', 'else']) s, (VALUES ('cg', '城管科'), ('wy', '物业')) v (c, n);
            """
        );
        await ImportAsync(
            Datasets.Communities,
            """
            code,name,wkt
            C,社区,"POLYGON((106.50 29.50,106.52 29.50,106.52 29.51,106.50 29.51,106.50 29.50))"
            """,
            "c.csv",
            Street
        );
        await ImportAsync(
            Datasets.Grids,
            """
            code,name,wkt
            G1,一格,"POLYGON((106.50 29.50,106.51 29.50,106.51 29.51,106.50 29.51,106.50 29.50))"
            G2,二格,"POLYGON((106.51 29.50,106.52 29.50,106.52 29.51,106.51 29.51,106.51 29.50))"
            """,
            "g.csv",
            Street
        );
        Worker = await SignInAsAsync("worker", Role.Worker, Street, "G1");
        OtherWorker = await SignInAsAsync("other-worker", Role.Worker, Street, "G2");
        Supervisor = await SignInAsAsync("supervisor", Role.Supervisor, Street);
        Verifier = await SignInAsAsync("verifier", Role.Supervisor, Street);
        Lead = await SignInAsAsync("lead", Role.Handler, Street, body: "cg");
        Cooperating = await SignInAsAsync("cooperating", Role.Handler, Street, body: "wy");
        Admin = await SignInAsAsync("admin", Role.Admin, Street);
    }

    /// <summary>A photo that an account has sent; what is in it does not matter here.</summary>
    public async Task<object> PhotoAsync(string userName, string kind)
    {
        var sha256 = Convert.ToHexStringLower(
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)
        );
        await ExecuteAsync(
            """
            INSERT INTO photos (sha256, media_type, width, height, bytes, received_sha256, uploaded_by)
            SELECT @sha256, 'image/jpeg', 4, 3, 100, @sha256, account_id FROM accounts WHERE user_name = @user;
            INSERT INTO photo_uploads (sha256, account_id)
            SELECT @sha256, account_id FROM accounts WHERE user_name = @user;
            """,
            ("sha256", sha256),
            ("user", userName)
        );
        return new { sha256, kind };
    }

    public static IDictionary<string, object?> Report(params (string Name, object? Value)[] more)
    {
        var report = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["category"] = "illegal_parking",
            ["lon"] = 106.505,
            ["lat"] = 29.505,
        };
        foreach (var (name, value) in more)
        {
            report[name] = value;
        }

        return report;
    }

    /// <summary>A reported issue; answers its id.</summary>
    public async Task<string> ReportedAsync(params (string Name, object? Value)[] more)
    {
        var report = Report(more);
        var issue = await SendAsync(Worker, HttpMethod.Post, "/api/issues", report, 201);
        Assert.Equal(report["id"], issue.GetProperty("id").GetString());
        return (string)report["id"]!;
    }

    /// <summary>An issue dispatched to the lead, and to the cooperating body when asked.</summary>
    public async Task<string> DispatchedAsync(bool cooperating = false)
    {
        var id = await ReportedAsync();
        await StepAsync(Supervisor, id, new { to = "filed" });
        await StepAsync(
            Supervisor,
            id,
            cooperating
                ? new
                {
                    to = "dispatched",
                    body = "cg",
                    cooperating = new[] { "wy" },
                    note = "请处理",
                }
                : new { to = "dispatched", body = "cg" }
        );
        return id;
    }

    /// <summary>Takes a step; answers the properties afterwards, or the problem.</summary>
    public async Task<JsonElement> StepAsync(
        HttpClient who,
        string id,
        object step,
        int status = 200,
        string? code = null
    )
    {
        var body = JsonSerializer.SerializeToNode(step)!.AsObject();
        body["id"] ??= Guid.NewGuid().ToString();
        var answer = await SendAsync(
            who,
            HttpMethod.Post,
            $"/api/issues/{id}/transitions",
            body,
            status,
            code
        );
        return status == 200 ? answer.GetProperty("properties") : answer;
    }

    public async Task<JsonElement> GetAsync(HttpClient who, string id) =>
        (await SendAsync(who, HttpMethod.Get, $"/api/issues/{id}", null, 200)).GetProperty(
            "properties"
        );

    /// <summary>Sends JSON and reads JSON; a problem's code is compared.</summary>
    public static async Task<JsonElement> SendAsync(
        HttpClient who,
        HttpMethod method,
        string path,
        object? body,
        int status,
        string? code = null,
        string? ifMatch = null
    )
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await who.SendAsync(request);
        if (code is not null)
        {
            return await ProblemAsync(response, status, code, $"{method} {path}");
        }

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            (int)response.StatusCode == status,
            $"{method} {path} answered {(int)response.StatusCode}, not {status}: {text[..Math.Min(text.Length, 800)]}"
        );
        using var json = JsonDocument.Parse(text.Length > 0 ? text : "null");
        return json.RootElement.Clone();
    }
}
