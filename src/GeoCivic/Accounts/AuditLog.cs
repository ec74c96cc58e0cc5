using System.Threading.Channels;
using GeoCivic.Database;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Accounts;

/// <summary>One line of the audit log.</summary>
public sealed record AuditEntry(
    DateTime At,
    Guid? AccountId,
    string UserName,
    string Via,
    string? Address,
    string Method,
    string Route,
    string Target,
    int Status,
    string[] Scope
);

/// <summary>
/// Notes who read or changed what. A change is noted before its answer is complete; reads are collected and written in
/// batches, so that looking at the map costs nothing. The table can only be added to.
/// </summary>
public sealed partial class AuditLog(
    NpgsqlDataSource source,
    TimeProvider clock,
    ILogger<AuditLog> log
) : BackgroundService
{
    private const int MostInBatch = 1000;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);
    private const string TriedName = "geocivic.tried-name";

    private readonly Channel<AuditEntry> _reads = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>The address of the connection itself: headers such as X-Forwarded-For can say anything.</summary>
    public static string Address(HttpContext context) =>
        context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>Notes the calls of the API, the tiles and the description; outside the handling of exceptions, so that the status is final.</summary>
    public static void Use(WebApplication app)
    {
        var audit = app.Services.GetRequiredService<AuditLog>();
        app.Use(
            async (context, next) =>
            {
                // The handling of exceptions forgets the endpoint.
                var endpoint = context.GetEndpoint() as RouteEndpoint;
                var route = endpoint?.RoutePattern.RawText;
                var asks =
                    HttpMethods.IsGet(context.Request.Method)
                    || HttpMethods.IsHead(context.Request.Method)
                    || endpoint?.Metadata.GetMetadata<Question>() is not null;
                await next(context);
                if (route is not null && !Skips(route))
                {
                    await audit.NoteAsync(context, route, asks);
                }
            }
        );
    }

    /// <summary>Says which name somebody tried to sign in with.</summary>
    public static void Name(HttpContext context, string userName) =>
        context.Items[TriedName] = userName;

    /// <summary>Notes an act of the command line.</summary>
    public static async Task NoteCommandAsync(
        NpgsqlDataSource source,
        TimeProvider clock,
        string command,
        string target,
        string[] scope,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await WriteAsync(
            connection,
            [
                new AuditEntry(
                    clock.GetUtcNow().UtcDateTime,
                    AccountId: null,
                    Environment.UserName,
                    "command",
                    Address: null,
                    "RUN",
                    command,
                    target,
                    0,
                    scope
                ),
            ],
            cancellationToken
        );
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<AuditEntry>();
        // Reads on until the channel is completed, so that what was noted before a stop is written.
        while (await _reads.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // A moment for the next ones: a commit for each would be in their way.
            if (_reads.Reader.Count < MostInBatch)
            {
                await Task.WhenAny(
                    _reads.Reader.Completion,
                    Task.Delay(Gather, CancellationToken.None)
                );
            }

            while (batch.Count < MostInBatch && _reads.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await WriteBatchAsync(batch);
            batch.Clear();
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _reads.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    private static bool Skips(string route) =>
        route.StartsWith("/health", StringComparison.Ordinal)
        || route.StartsWith("/problems", StringComparison.Ordinal);

    private async Task NoteAsync(HttpContext context, string route, bool asks)
    {
        var caller = Caller.Of(context);
        var entry = new AuditEntry(
            clock.GetUtcNow().UtcDateTime,
            caller?.AccountId,
            caller?.UserName ?? context.Items[TriedName] as string ?? "",
            caller?.Via switch
            {
                CallerVia.Session => "session",
                CallerVia.Token => "token",
                _ => "nobody",
            },
            Address(context),
            context.Request.Method,
            route,
            Cut($"{context.Request.Path}{context.Request.QueryString}"),
            context.Response.StatusCode,
            caller?.Scope.Keys ?? []
        );
        if (asks)
        {
            await _reads.Writer.WriteAsync(entry, CancellationToken.None);
            return;
        }

        try
        {
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
            await WriteAsync(connection, [entry], CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            LogLost(log, e, entry.Method, entry.Target, entry.Status);
        }
    }

    private async Task WriteBatchAsync(List<AuditEntry> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(
                    CancellationToken.None
                );
                await WriteAsync(connection, batch, CancellationToken.None);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (attempt == 5)
                {
                    LogLost(log, e, "GET", $"{batch.Count} reads", 0);
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt), clock, CancellationToken.None);
            }
        }
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<AuditEntry> entries,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            Sql.Load("Accounts/copy_audit.sql"),
            cancellationToken
        );
        foreach (var e in entries)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(e.At, NpgsqlDbType.TimestampTz, cancellationToken);
            if (e.AccountId is { } account)
            {
                await copy.WriteAsync(account, NpgsqlDbType.Uuid, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
            }

            foreach (
                var text in (string?[])[e.UserName, e.Via, e.Address, e.Method, e.Route, e.Target]
            )
            {
                if (text is null)
                {
                    await copy.WriteNullAsync(cancellationToken);
                }
                else
                {
                    await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
                }
            }

            await copy.WriteAsync(e.Status, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(
                e.Scope,
                NpgsqlDbType.Array | NpgsqlDbType.Text,
                cancellationToken
            );
        }

        await copy.CompleteAsync(cancellationToken);
    }

    // A request may hold what PostgreSQL's text cannot.
    private static string Cut(string target)
    {
        var clean = target.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= 1000 ? clean : clean[..1000];
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Not in the audit log: {Method} {Target} answered {Status}"
    )]
    private static partial void LogLost(
        ILogger log,
        Exception exception,
        string method,
        string target,
        int status
    );
}
