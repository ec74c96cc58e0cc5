using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>
/// Makes a run of every street with schools and venues once a Beijing day, after one in the morning. Several processes of
/// the service may try: the first one makes it.
/// </summary>
public sealed partial class NightlyRuns(
    RunBook book,
    NpgsqlDataSource source,
    TimeProvider clock,
    ILogger<NightlyRuns> log
) : BackgroundService
{
    /// <summary>How often it looks whether a night is due.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <summary>When the night's runs begin, Beijing time: imports of the evening are done by then.</summary>
    public static readonly TimeSpan Begins = TimeSpan.FromHours(1);

    /// <summary>Makes what is due.</summary>
    /// <returns>Runs made.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().ToOffset(BeijingTime.Offset).TimeOfDay < Begins)
        {
            return 0;
        }

        var made = 0;
        foreach (var street in await DueAsync(cancellationToken))
        {
            var (_, now) = await book.MakeAsync(street, new RunOrder("nightly"), cancellationToken);
            made += now ? 1 : 0;
        }

        return made;
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
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The database is away: the next look finds the same night due.
                LogFailure(log, e);
            }
        }
    }

    private async Task<IReadOnlyList<string>> DueAsync(CancellationToken cancellationToken)
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Runs/streets_due.sql"))
            .With("day", BeijingTime.Today(clock));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var streets = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            streets.Add(rows.GetString(0));
        }

        return streets;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The nightly run of street {Street} will be tried again"
    )]
    private static partial void LogStreet(ILogger log, string street, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The nightly run of school surroundings will be tried again"
    )]
    private static partial void LogFailure(ILogger log, Exception exception);
}
