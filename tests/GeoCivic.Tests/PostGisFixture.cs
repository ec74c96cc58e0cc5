using Npgsql;

namespace GeoCivic.Tests;

/// <summary>A migrated database of its own for a test class: <c>IClassFixture&lt;PostGisFixture&gt;</c>.</summary>
public sealed class PostGisFixture : IAsyncLifetime
{
    private PostGisDatabase? database;

    public NpgsqlDataSource DataSource => Database.DataSource;

    public string ConnectionString => Database.ConnectionString;

    private PostGisDatabase Database =>
        database ?? throw new InvalidOperationException("The fixture is not initialised.");

    public async Task InitializeAsync() => database = await PostGisDatabase.CreateAsync();

    public async Task DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
