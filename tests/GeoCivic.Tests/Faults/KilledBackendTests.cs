using System.Diagnostics;
using System.Globalization;
using System.Net;
using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Database;
using GeoCivic.Tests.Http;
using Npgsql;

namespace GeoCivic.Tests.Faults;

/// <summary>A process of the database is killed: PostgreSQL drops every connection and recovers.</summary>
public sealed class KilledBackendTests
{
    [Fact]
    public async Task Calls_answer_503_with_Retry_After_and_ten_seconds_later_all_is_well()
    {
        // A cluster of its own: the kill ends everybody's connections.
        var server = await PostGisCluster.StartAsync();
        var connectionString = new NpgsqlConnectionStringBuilder(server)
        {
            Database = "broken",
            ApplicationName = "geocivic-under-test",
        }.ConnectionString;
        await ExecuteAsync(server, "CREATE DATABASE broken ENCODING 'UTF8' TEMPLATE template0");
        await Schema.MigrateAsync(connectionString, CancellationToken.None);
        var token = await TokenAsync(connectionString);
        var (app, client) = await ServiceFixture.StartAsync(connectionString);
        await using (app)
        using (client)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/api/config"));
            var backend = await BackendAsync(server);
            using (
                var kill = Process.Start(
                    "kill",
                    ["-9", backend.ToString(CultureInfo.InvariantCulture)]
                )
            )
            {
                await kill.WaitForExitAsync();
                Assert.Equal(0, kill.ExitCode);
            }

            var watch = Stopwatch.StartNew();
            var refused = 0;
            TimeSpan? well = null;
            while (watch.Elapsed < TimeSpan.FromSeconds(10))
            {
                var status = await StatusAsync(client, "/api/config");
                Assert.True(
                    status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable,
                    $"{(int)status} after {watch.Elapsed}"
                );
                refused += status == HttpStatusCode.ServiceUnavailable ? 1 : 0;
                well = status == HttpStatusCode.OK ? well ?? watch.Elapsed : null;
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/live"));
                if (well is { } since && watch.Elapsed - since > TimeSpan.FromSeconds(1))
                {
                    break;
                }

                await Task.Delay(20);
            }

            Assert.True(refused > 0, "The kill was not noticed.");
            Assert.NotNull(well);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/ready"));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            await ServiceFixture.ProblemAsync(response, 503, "unavailable", path);
            Assert.True(response.Headers.Contains("Retry-After"));
        }

        return response.StatusCode;
    }

    private static async Task<string> TokenAsync(string connectionString)
    {
        await using var accounts = CommandAccounts.Over(Schema.CreateDataSource(connectionString));
        var id = await accounts.Book.AddAsync("somebody", "Somebody", ServiceFixture.Password);
        await accounts.Book.GrantAsync(
            id,
            new Grant(Role.Auditor, null, null, null, null),
            CancellationToken.None
        );
        var caller = await accounts.Callers.OfUserAsync("somebody", CancellationToken.None);
        var (_, token, _) = await TokenEndpoints.MakeAsync(
            accounts.Source,
            caller!,
            "test",
            1,
            "read",
            areas: null,
            CancellationToken.None
        );
        return token;
    }

    private static async Task<int> BackendAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'geocivic-under-test' LIMIT 1",
            connection
        );
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
