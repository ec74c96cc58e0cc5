using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Photos;

/// <summary>
/// Removes what nothing names: photos that were sent but never attached within a day, and files whose record was never
/// committed, for example because the service was killed between the two.
/// </summary>
public sealed partial class PhotoSweep(
    IPhotoStore store,
    NpgsqlDataSource source,
    TimeProvider clock,
    ILogger<PhotoSweep> log
) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>How long a sent photo waits for the issue or visit that names it.</summary>
    public static readonly TimeSpan Unattached = TimeSpan.FromHours(24);

    /// <summary>How long a file waits for its record; together with <see cref="Every"/> less than an hour.</summary>
    public static readonly TimeSpan Unrecorded = TimeSpan.FromMinutes(30);

    private const int Batch = 1000;

    /// <summary>Looks once.</summary>
    /// <returns>Photos without anything that names them, and files without a record, that were removed.</returns>
    public async Task<(int Photos, int Files)> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var unattached = source
            .CreateCommand(Sql.Load("Photos/sweep_photos.sql"))
            .With("before", now.UtcDateTime - Unattached);
        var photos = await unattached.ExecuteNonQueryAsync(cancellationToken);
        var files = store.DeleteLeftovers(now - Unrecorded);
        foreach (var names in store.List().Chunk(Batch))
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            await using (
                var command = source
                    .CreateCommand(Sql.Load("Photos/known_photos.sql"))
                    .With("names", [.. names.Select(n => n.ToString())])
            )
            await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    known.Add(rows.GetString(0));
                }
            }

            files += names.Count(n =>
                !known.Contains(n.ToString()) && store.Delete(n, now - Unrecorded)
            );
        }

        return (photos, files);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // The database or the disk is away, or a photo was attached just now: the next round finds the same.
                LogFailure(log, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep of photos will be tried again")]
    private static partial void LogFailure(ILogger log, Exception exception);
}
