using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>Four weeks of visits by the demo's worker, so that some points are done, some due and some overdue today.</summary>
public static class DemoVisits
{
    private const string Street = "500103011";

    /// <summary>Adds them to a demo street without visits.</summary>
    /// <returns>How many were added.</returns>
    public static async Task<int> AddAsync(
        NpgsqlDataSource source,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            Sql.Load("Commands/demo_visits.sql"),
            connection
        )
            .With("street", Street)
            .With("today", BeijingTime.Today(clock))
            .With("now", clock.GetUtcNow().UtcDateTime);
        var added = Convert.ToInt32(
            await command.ExecuteScalarAsync(cancellationToken),
            System.Globalization.CultureInfo.InvariantCulture
        );
        await transaction.CommitAsync(cancellationToken);
        return added;
    }
}
