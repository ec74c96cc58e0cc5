using System.Globalization;
using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Tests;

/// <summary>A database of its own, cloned from a template that is migrated once per run; dropped when disposed of.</summary>
public sealed class PostGisDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];

    private static int count;

    private readonly string name;

    private PostGisDatabase(string name, string connectionString)
    {
        this.name = name;
        ConnectionString = connectionString;
        DataSource = Schema.CreateDataSource(connectionString);
    }

    /// <summary>Of the fresh database; the user may do anything in it.</summary>
    public string ConnectionString { get; }

    /// <summary>Reads and writes NetTopologySuite geometries.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>A clone of the migrated template: schema and reference data, no streets.</summary>
    public static async Task<PostGisDatabase> CreateAsync() =>
        await CreateAsync(await Template.Value);

    /// <summary>A database without any table; not even the extensions are there.</summary>
    public static Task<PostGisDatabase> CreateEmptyAsync() => CreateAsync("template0");

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<PostGisDatabase> CreateAsync(string template)
    {
        var fresh = NextName();
        await ExecuteAsync($"CREATE DATABASE {fresh} TEMPLATE {template}");
        return new PostGisDatabase(fresh, await ConnectionStringAsync(fresh));
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var template = NextName() + "_template";
        await ExecuteAsync($"CREATE DATABASE {template} TEMPLATE template0 ENCODING 'UTF8'");
        // Without a pool: a template cannot be cloned while anybody is connected to it.
        var unpooled = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync(template))
        {
            Pooling = false,
        };
        await Schema.MigrateAsync(unpooled.ConnectionString, CancellationToken.None);
        return template;
    }

    private static string NextName() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"geocivic_test_{Run}_{Interlocked.Increment(ref count)}"
        );

    private static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await PostGisServer.ConnectionStringAsync())
        {
            Database = database,
            IncludeErrorDetail = true,
        }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            await PostGisServer.ConnectionStringAsync()
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
