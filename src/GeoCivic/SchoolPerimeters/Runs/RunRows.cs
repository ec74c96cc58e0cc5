using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>Reads runs as they are kept, without what they found.</summary>
internal static class RunRows
{
    /// <summary>The runs of a street, the latest first.</summary>
    public static async Task<IReadOnlyList<PerimeterRun>> ListAsync(
        NpgsqlConnection connection,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Runs/list_runs.sql"),
            connection
        ).With("street", street);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<PerimeterRun>();
        while (await rows.ReadAsync(cancellationToken))
        {
            runs.Add(Read(rows));
        }

        return runs;
    }

    /// <summary>The two runs that tell what became another in the days from–to; null where there is none.</summary>
    public static async Task<(PerimeterRun? First, PerimeterRun? Last)> BetweenAsync(
        NpgsqlConnection connection,
        string street,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Runs/runs_between.sql"),
            connection
        )
            .With("street", street)
            .With("from", from)
            .With("to", to);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var first = await rows.ReadAsync(cancellationToken) ? Read(rows) : null;
        return (first, await rows.ReadAsync(cancellationToken) ? Read(rows) : null);
    }

    /// <summary>The number of the last run of a street; 0 before the first.</summary>
    public static async Task<int> LastAsync(
        NpgsqlConnection connection,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(max(seq), 0) FROM perimeter_runs WHERE street_code = @street",
            connection
        ).With("street", street);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The run with an id, or the nightly one of a day.</summary>
    public static async Task<PerimeterRun?> FindAsync(
        NpgsqlConnection connection,
        string street,
        Guid? id,
        DateOnly? night,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Runs/find_run.sql"),
            connection
        )
            .With("street", street)
            .With("run", id)
            .With("night", night);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Read(row) : null;
    }

    private static PerimeterRun Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetInt32(1),
            InBeijing(row.GetDateTime(2)),
            row.GetFieldValue<DateOnly>(3),
            row.GetString(4),
            Counts(row.GetString(5)),
            Counts(row.GetString(6))
        );

    /// <summary>An instant as it is told in Beijing.</summary>
    public static DateTimeOffset InBeijing(DateTime utc) =>
        new DateTimeOffset(utc, TimeSpan.Zero).ToOffset(BeijingTime.Offset);

    private static SortedDictionary<string, int> Counts(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, int>>(json)!, StringComparer.Ordinal);
}
