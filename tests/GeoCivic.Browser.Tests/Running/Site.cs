using GeoCivic.Accounts;
using GeoCivic.Tests;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>A database of its own, the service over it and a browser: what one class of browser tests needs.</summary>
public abstract class Site : IAsyncLifetime
{
    private PostGisDatabase? database;

    private Chromium? chromium;

    private RunningService? service;

    private Person? planner;

    public Uri Address => Started(service).Address;

    public IBrowser Browser => Started(chromium).Browser;

    public string ConnectionString => Started(database).ConnectionString;

    /// <summary>Plans and administers everywhere: sees all that is not about one's own work.</summary>
    public Person Planner => Started(planner);

    public async Task InitializeAsync()
    {
        database = await PostGisDatabase.CreateAsync();
        await PrepareAsync();
        service = await RunningService.ServeAsync(ConnectionString);
        planner = await AddPersonAsync(
            "site-planner",
            "街道规划岗",
            new GrantRequest(Role.Planner, null, "*", null),
            new GrantRequest(Role.Admin, null, "*", null)
        );
        await PrepareServedAsync();
        chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        if (service is not null)
        {
            await service.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    /// <summary>Puts into the migrated, empty database what the tests look at.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>Makes, through the running service, what else the tests need.</summary>
    protected virtual Task PrepareServedAsync() => Task.CompletedTask;

    /// <summary>Makes an account and signs it in.</summary>
    public Task<Person> AddPersonAsync(
        string userName,
        string displayName,
        params GrantRequest[] roles
    ) => Person.MakeAsync(ConnectionString, Address, userName, displayName, roles);

    /// <summary>Runs one command of the service's command line against this database.</summary>
    protected Task<string> RunAsync(params string[] arguments) =>
        RunningService.RunAsync(ConnectionString, arguments);

    private static T Started<T>(T? part)
        where T : class =>
        part ?? throw new InvalidOperationException("The site has not been started.");
}

/// <summary>The demo street, loaded as a person would load it.</summary>
public sealed class DemoSite : Site
{
    public const string Street = "500103011";

    public const int Points = 666;

    /// <summary>A responsible body of the demo.</summary>
    public const string Body = "B09";

    private Person? everybody;

    /// <summary>Holds every role for the street, and so sees every screen.</summary>
    public Person Everybody =>
        everybody ?? throw new InvalidOperationException("The site has not been started.");

    protected override Task PrepareAsync() => RunAsync("demo", "load", "--no-stories");

    protected override async Task PrepareServedAsync() =>
        everybody = await AddPersonAsync(
            "everybody",
            "街道综合岗",
            [
                .. Enum.GetValues<Role>()
                    .Select(role => new GrantRequest(
                        role,
                        Street,
                        null,
                        role == Role.Handler ? Body : null
                    )),
            ]
        );
}

/// <summary>All classes that only look at the demo street share one.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoSite>
{
    public const string Name = "demo street";
}

/// <summary>The classes that work at desks have a street of their own, since some of them change it.</summary>
[CollectionDefinition(Name)]
public sealed class OfficeCollection : ICollectionFixture<DemoSite>
{
    public const string Name = "offices";
}
