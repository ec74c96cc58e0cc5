using GeoCivic.Accounts;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>The account operations for a command, over the configured database.</summary>
public sealed class CommandAccounts : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CommandAccounts(ServiceProvider services)
    {
        _services = services;
    }

    /// <summary>Makes, changes and finds accounts.</summary>
    public AccountBook Book => _services.GetRequiredService<AccountBook>();

    /// <summary>Reads what accounts hold.</summary>
    public Callers Callers => _services.GetRequiredService<Callers>();

    /// <summary>The database.</summary>
    public NpgsqlDataSource Source => _services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Opens the configured database.</summary>
    public static CommandAccounts Open() => Over(CommandRunner.OpenDatabase());

    /// <summary>Uses a pool, which is closed with it.</summary>
    public static CommandAccounts Over(NpgsqlDataSource source)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => source);
        services.AddAccounts();
        return new CommandAccounts(services.BuildServiceProvider());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
