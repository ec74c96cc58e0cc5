using System.Collections.Concurrent;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>
/// Locators of all streets in memory. Each call reads the streets' revisions (one short query) and rebuilds what a
/// boundary change has made old, so that an answer is never older than the last commit.
/// </summary>
public sealed class GridLocators(NpgsqlDataSource source)
{
    private sealed record Entry(long Revision, GridLocator Locator);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The grid in force that covers a place; streets in code order, the first that has one.</summary>
    /// <param name="lon">Longitude, degrees WGS-84.</param>
    /// <param name="lat">Latitude, degrees WGS-84.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(string Street, string Grid, string Community)?> LocateAsync(
        double lon,
        double lat,
        string? street,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var revisions = new List<(string Street, long Revision)>();
        await using (
            var command = new NpgsqlCommand(
                Database.Sql.Load("Geography/revisions.sql"),
                connection
            )
        )
        {
            command.Parameters.Add(
                new("street", NpgsqlTypes.NpgsqlDbType.Text)
                {
                    Value = (object?)street ?? DBNull.Value,
                }
            );
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                revisions.Add((rows.GetString(0), rows.GetInt64(1)));
            }
        }

        foreach (var (code, revision) in revisions)
        {
            if (!_entries.TryGetValue(code, out var entry) || entry.Revision != revision)
            {
                entry = new Entry(
                    revision,
                    await GridLocator.LoadAsync(connection, code, cancellationToken)
                );
                _entries[code] = entry;
            }

            if (entry.Locator.Locate(lon, lat) is { } found)
            {
                return (code, found.Grid, found.Community);
            }
        }

        return null;
    }
}
