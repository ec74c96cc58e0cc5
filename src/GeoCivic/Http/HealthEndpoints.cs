using Npgsql;

namespace GeoCivic.Http;

/// <summary>Liveness and readiness.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/health/live", () => Results.Json(new { status = "live" }))
            .WithSummary("The process answers")
            .AllowAnonymous();
        routes
            .MapGet("/health/ready", ReadyAsync)
            .WithSummary("PostGIS takes and measures a geometry")
            .AllowAnonymous();
    }

    // Writes into a temporary table, so that a read-only or full database is not called ready.
    private static async Task<IResult> ReadyAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                Database.Sql.Load("Http/ready.sql"),
                connection
            )
            {
                CommandTimeout = 5,
            };
            var metres = (double)(await command.ExecuteScalarAsync(cancellationToken))!;
            await transaction.RollbackAsync(cancellationToken);
            return metres > 0
                ? Results.Json(new { status = "ready" })
                : throw new InvalidOperationException("PostGIS measured nothing.");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new ProblemException(
                Problems.Unavailable,
                "The database does not take writes at the moment."
            );
        }
    }
}
