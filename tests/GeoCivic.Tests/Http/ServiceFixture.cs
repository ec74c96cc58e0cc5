using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Http;
using GeoCivic.Imports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GeoCivic.Tests.Http;

/// <summary>
/// The real service on a port of its own over a database of its own: <c>IClassFixture&lt;ServiceFixture&gt;</c>, or
/// <see cref="DemoFixture"/> with the demo street in it.
/// </summary>
public class ServiceFixture : IAsyncLifetime
{
    /// <summary>The street that <see cref="DemoCommand"/> loads.</summary>
    public const string DemoStreet = "500103011";

    private PostGisDatabase? database;
    private WebApplication? app;
    private HttpClient? client;

    /// <summary>Asks the running service; paths are relative to its root.</summary>
    public HttpClient Client => client ?? throw NotInitialised();

    /// <summary>The service's database, for what a test wants to see or to plant beside the API.</summary>
    public NpgsqlDataSource Database => (database ?? throw NotInitialised()).DataSource;

    public string ConnectionString => (database ?? throw NotInitialised()).ConnectionString;

    public Importer Importer => Services.GetRequiredService<Importer>();

    public IServiceProvider Services => (app ?? throw NotInitialised()).Services;

    public virtual async Task InitializeAsync()
    {
        database = await PostGisDatabase.CreateAsync();
        (app, client) = await StartAsync(database.ConnectionString);
        client.DefaultRequestHeaders.Authorization = await AuthorizationAsync(
            $"everybody-{Guid.NewGuid():N}"[..20],
            [.. Enum.GetValues<Role>().Select(r => new Grant(r, null, null, null, null))]
        );
    }

    /// <summary>A client signed in as a fresh account with one role; the body is taken as it is.</summary>
    public async Task<HttpClient> SignInAsAsync(
        string userName,
        Role role,
        string? street = DemoStreet,
        string? area = null,
        string? body = null
    )
    {
        using var scope = Services.CreateScope();
        var book = scope.ServiceProvider.GetRequiredService<AccountBook>();
        var (grant, _) = await book.ResolveAsync(
            new GrantRequest(role, street, area, body),
            CancellationToken.None
        );
        var http = NewClient();
        http.DefaultRequestHeaders.Authorization = await AuthorizationAsync(userName, [grant]);
        return http;
    }

    /// <summary>A client signed in with a session's cookie, as browsers are, holding all roles everywhere.</summary>
    public async Task<HttpClient> SignInWithSessionAsync()
    {
        var userName = $"person-{Guid.NewGuid():N}"[..20];
        await AuthorizationAsync(
            userName,
            [.. Enum.GetValues<Role>().Select(r => new Grant(r, null, null, null, null))]
        );
        var http = NewClient();
        using var response = await http.PostAsync(
            "/api/session",
            JsonContent.Create(new { userName, password = Password })
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        http.DefaultRequestHeaders.Add(
            "Cookie",
            response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]
        );
        return http;
    }

    /// <summary>A client that nobody is signed in at.</summary>
    public HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
            }
        )
        {
            BaseAddress = Client.BaseAddress,
        };

    /// <summary>The password of every account that tests make.</summary>
    public const string Password = "a street full of plane trees";

    private async Task<AuthenticationHeaderValue> AuthorizationAsync(
        string userName,
        IEnumerable<Grant> grants
    )
    {
        using var scope = Services.CreateScope();
        var book = scope.ServiceProvider.GetRequiredService<AccountBook>();
        var id = await book.AddAsync(userName, userName, Password);
        foreach (var grant in grants)
        {
            await book.GrantAsync(id, grant, CancellationToken.None);
        }

        var callers = Services.GetRequiredService<Callers>();
        var (_, token, _) = await TokenEndpoints.MakeAsync(
            Database,
            (await callers.OfUserAsync(userName, CancellationToken.None))!,
            "test",
            1,
            "write",
            areas: null,
            CancellationToken.None
        );
        return new AuthenticationHeaderValue("Bearer", token);
    }

    public virtual async Task DisposeAsync()
    {
        client?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    /// <summary>Starts a service over any database, for example one that is not there.</summary>
    public static async Task<(WebApplication App, HttpClient Client)> StartAsync(
        string connectionString,
        params string[] args
    )
    {
        // Each service sweeps its own photos only.
        var photos = Directory.CreateTempSubdirectory("geocivic-test-photos-").FullName;
        var web = WebService.Build([$"--Photos:Directory={photos}", .. args], connectionString);
        web.Lifetime.ApplicationStopped.Register(() => Directory.Delete(photos, recursive: true));
        web.Urls.Clear();
        web.Urls.Add("http://127.0.0.1:0");
        await web.StartAsync();
        // The handler leaves answers as they are: a redirect or an encoding is part of what is tested.
        var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }
        )
        {
            BaseAddress = new Uri(web.Urls.Single()),
        };
        return (web, http);
    }

    /// <summary>Imports a file of the disk through the ordinary importer; a refusal is in the report.</summary>
    public Task<ImportReport> ImportFileAsync(
        Dataset dataset,
        string path,
        string? street = DemoStreet,
        string? crs = "wgs84",
        Func<ImportRequest, ImportRequest>? with = null
    )
    {
        var request = new ImportRequest(dataset, path, Path.GetFileName(path), street)
        {
            Crs = crs,
        };
        return Importer.RunAsync(
            with?.Invoke(request) ?? request,
            progress: null,
            CancellationToken.None
        );
    }

    /// <summary>Imports bytes under a file name, which says by its extension what they are.</summary>
    public async Task<ImportReport> ImportAsync(
        Dataset dataset,
        byte[] content,
        string fileName,
        string? street = DemoStreet,
        string? crs = "wgs84",
        Func<ImportRequest, ImportRequest>? with = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("geocivic-test-import-");
        try
        {
            var path = Path.Combine(folder.FullName, fileName);
            await File.WriteAllBytesAsync(path, content);
            return await ImportFileAsync(dataset, path, street, crs, with);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Imports text, in UTF-8 without a byte order mark.</summary>
    public Task<ImportReport> ImportAsync(
        Dataset dataset,
        string content,
        string fileName,
        string? street = DemoStreet,
        string? crs = "wgs84",
        Func<ImportRequest, ImportRequest>? with = null
    ) => ImportAsync(dataset, Encoding.UTF8.GetBytes(content), fileName, street, crs, with);

    /// <summary>Loads the demo street; its calendar ends today.</summary>
    public Task LoadDemoAsync() =>
        DemoCommand.LoadAsync(
            Importer,
            TimeProvider.System,
            TextWriter.Null,
            CancellationToken.None
        );

    /// <summary>The JSON answer of a call that must succeed with 200.</summary>
    public async Task<JsonDocument> GetJsonAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.StatusCode == HttpStatusCode.OK,
            $"GET {path} answered {(int)response.StatusCode}: {text}"
        );
        return JsonDocument.Parse(text);
    }

    /// <summary>The problem that a call must answer with; checks that type, media type and status agree.</summary>
    public async Task<JsonElement> GetProblemAsync(string path, int status, string code)
    {
        using var response = await Client.GetAsync(path);
        return await ProblemAsync(response, status, code, $"GET {path}");
    }

    /// <summary>Reads a problem; checks that type, media type and status agree.</summary>
    public static async Task<JsonElement> ProblemAsync(
        HttpResponseMessage response,
        int status,
        string code,
        string what
    )
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            (int)response.StatusCode == status,
            $"{what} answered {(int)response.StatusCode}, not {status}: {text[..Math.Min(text.Length, 500)]}"
        );
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement.Clone();
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync();
    }

    private static InvalidOperationException NotInitialised() =>
        new("The fixture is not initialised.");
}

/// <summary>A service with the demo street loaded once for the class.</summary>
public sealed class DemoFixture : ServiceFixture
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await LoadDemoAsync();
    }
}
