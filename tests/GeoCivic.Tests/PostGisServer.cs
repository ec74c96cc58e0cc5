using Npgsql;

namespace GeoCivic.Tests;

/// <summary>
/// The PostGIS server of a test run. In this order: the one named by <c>GEOCIVIC_TEST_DATABASE</c> or
/// <c>ConnectionStrings__GeoCivic</c> (its user must be allowed to create databases; the named database itself is
/// not touched), a container (built with <c>-p:UseTestcontainers=true</c>), a throw-away cluster from the system's
/// PostgreSQL. Tests fail where none of them can be had; they are never skipped.
/// </summary>
public static class PostGisServer
{
    private static readonly Lazy<Task<string>> Server = new(StartAsync);

    /// <summary>To the server's maintenance database, as a user that may create databases.</summary>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    private static async Task<string> StartAsync()
    {
        var configured =
            Environment.GetEnvironmentVariable("GEOCIVIC_TEST_DATABASE")
            ?? Environment.GetEnvironmentVariable("ConnectionStrings__GeoCivic");
        var connectionString = string.IsNullOrWhiteSpace(configured)
            ? await StartOwnAsync()
            : configured;
        await CheckAsync(connectionString);
        return connectionString;
    }

#if USE_TESTCONTAINERS
    // Held for the life of the process; Testcontainers itself removes the container afterwards.
    private static readonly Testcontainers.PostgreSql.PostgreSqlContainer Container =
        new Testcontainers.PostgreSql.PostgreSqlBuilder()
            .WithImage("postgis/postgis:15-3.3")
            .WithDatabase("postgres")
            .Build();

    private static async Task<string> StartOwnAsync()
    {
        await Container.StartAsync();
        return Container.GetConnectionString();
    }
#else
    private static Task<string> StartOwnAsync() => PostGisCluster.StartAsync();
#endif

    private static async Task CheckAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_available_extensions WHERE name IN ('postgis', 'btree_gist')",
            connection
        );
        if ((long)(await command.ExecuteScalarAsync())! != 2)
        {
            throw new InvalidOperationException(
                "The PostgreSQL server of the tests lacks the extensions postgis and btree_gist. "
                    + PostGisCluster.Advice
            );
        }
    }
}
