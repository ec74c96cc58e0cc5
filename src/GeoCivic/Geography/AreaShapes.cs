using System.Collections.Concurrent;
using System.Text;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>An area in force as answers show it.</summary>
/// <param name="Street">Street.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Parent">Code of the parent.</param>
/// <param name="AreaM2">Surface, geodesic square metres.</param>
/// <param name="GeometryJson">The shape as GeoJSON text, UTF-8.</param>
public sealed record AreaShape(
    string Street,
    string Code,
    string Name,
    string? Parent,
    double AreaM2,
    byte[] GeometryJson
);

/// <summary>
/// The shapes in force, written as GeoJSON once per boundary change: of a choropleth only the numbers change from call to
/// call, and writing the shapes is most of its work.
/// </summary>
public sealed class AreaShapes
{
    private sealed record Entry(long Revision, IReadOnlyList<AreaShape> Shapes);

    private readonly ConcurrentDictionary<(string Street, string Level), Entry> _entries = new();

    /// <summary>The areas of a level in force in the snapshot of the caller's transaction, by street and code.</summary>
    /// <param name="connection">Inside a repeatable-read transaction, so that shapes and numbers belong together.</param>
    /// <param name="level"><c>community</c> or <c>grid</c>.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<AreaShape>> InForceAsync(
        NpgsqlConnection connection,
        string level,
        string? street,
        CancellationToken cancellationToken
    )
    {
        var revisions = new List<(string Street, long Revision)>();
        await using (
            var command = new NpgsqlCommand(
                Database.Sql.Load("Geography/revisions.sql"),
                connection
            ).With("street", street)
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                revisions.Add((rows.GetString(0), rows.GetInt64(1)));
            }
        }

        var all = new List<AreaShape>();
        foreach (var (code, revision) in revisions)
        {
            if (!_entries.TryGetValue((code, level), out var entry) || entry.Revision != revision)
            {
                entry = new Entry(
                    revision,
                    await LoadAsync(connection, level, code, cancellationToken)
                );
                _entries[(code, level)] = entry;
            }

            all.AddRange(entry.Shapes);
        }

        return all;
    }

    private static async Task<IReadOnlyList<AreaShape>> LoadAsync(
        NpgsqlConnection connection,
        string level,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Database.Sql.Load("Geography/area_shapes.sql"),
            connection
        )
            .With("street", street)
            .With("level", level);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var shapes = new List<AreaShape>();
        while (await rows.ReadAsync(cancellationToken))
        {
            shapes.Add(
                new AreaShape(
                    street,
                    rows.GetString(0),
                    rows.GetString(1),
                    await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetString(2),
                    rows.GetDouble(3),
                    Encoding.UTF8.GetBytes(rows.GetString(4))
                )
            );
        }

        return shapes;
    }
}
