using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace GeoCivic.Database;

/// <summary>Connections and the schema.</summary>
public static class Schema
{
    /// <summary>A pool for one database that reads and writes NetTopologySuite geometries.</summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        // Compiling a plan costs more than any of the queries here, which are short and many.
        builder.ConnectionStringBuilder.Options =
            $"{builder.ConnectionStringBuilder.Options} -c jit=off".Trim();
        builder.UseNetTopologySuite();
        return builder.Build();
    }

    /// <summary>Brings the schema up to date: EF keeps the history table and the lock; each step is one SQL file.</summary>
    /// <exception cref="PostgresException">The database refuses, for example because PostGIS is not installed.</exception>
    public static async Task MigrateAsync(
        string connectionString,
        CancellationToken cancellationToken
    )
    {
        var options = new DbContextOptionsBuilder<GeoCivicContext>()
            .UseNpgsql(connectionString)
            // Migrations are hand-written SQL; there is no model snapshot to compare with.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
        await using var context = new GeoCivicContext(options);
        await context.Database.MigrateAsync(cancellationToken);
        // A pool opened before the extension existed has not loaded its types.
        NpgsqlConnection.ClearAllPools();
        await using var source = CreateDataSource(connectionString);
        await ReferenceData.LoadAsync(source, AppPaths.Data, cancellationToken);
    }
}
