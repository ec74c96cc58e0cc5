using System.Data;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Which issues a choropleth counts, and by which areas.</summary>
/// <param name="Level"><c>community</c> or <c>grid</c>.</param>
/// <param name="Street">Only this street, or null for all.</param>
/// <param name="Category">Only this category, or null for all.</param>
/// <param name="OpenOnly">Only open issues.</param>
/// <param name="From">Found at or after this instant, or null.</param>
/// <param name="To">Found before this instant, or null.</param>
public sealed record DensityQuestion(
    string Level,
    string? Street,
    string? Category,
    bool OpenOnly,
    DateTime? From,
    DateTime? To
);

/// <summary>Issues by area.</summary>
/// <param name="Areas">Each area in force with its number of issues.</param>
/// <param name="Unplaced">Issues in no grid in force.</param>
public sealed record AreaCounts(IReadOnlyList<(AreaShape Area, long Count)> Areas, long Unplaced);

/// <summary>Counts issues by area.</summary>
public sealed class Density(NpgsqlDataSource source, AreaShapes shapes)
{
    /// <summary>The counts in one snapshot of the database.</summary>
    public async Task<AreaCounts> CountAsync(
        DensityQuestion question,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var grids = await shapes.InForceAsync(
            connection,
            "grid",
            question.Street,
            cancellationToken
        );
        var areas =
            question.Level == "grid"
                ? grids
                : await shapes.InForceAsync(
                    connection,
                    question.Level,
                    question.Street,
                    cancellationToken
                );
        var places = grids
            .Select((g, place) => (g.Street, place))
            .ToDictionary(p => p.Street, p => p.place, StringComparer.Ordinal);
        var counts = areas.Select(a => new long[a.Shapes.Count]).ToArray();
        long unplaced = 0;
        await using (var command = Command(connection, question))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var n = rows.GetInt64(2);
                if (
                    places.TryGetValue(rows.GetString(0), out var street)
                    && grids[street].Places.TryGetValue(rows.GetString(1), out var area)
                    && (
                        question.Level == "grid"
                        || areas[street]
                            .Places.TryGetValue(grids[street].Shapes[area].Parent!, out area)
                    )
                )
                {
                    counts[street][area] += n;
                }
                else
                {
                    unplaced += n;
                }
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return new AreaCounts(
            [
                .. areas.SelectMany(
                    (a, street) => a.Shapes.Select((shape, place) => (shape, counts[street][place]))
                ),
            ],
            unplaced
        );
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, DensityQuestion question)
    {
        var everything = question.From is null && question.To is null;
        var file = everything ? "Hotspots/counts_all_time.sql" : "Hotspots/counts_window.sql";
        var command = new NpgsqlCommand(Sql.Load(file), connection)
            .With("street", question.Street)
            .With("category", question.Category)
            .With("open", question.OpenOnly);
        return everything ? command : command.With("from", question.From).With("to", question.To);
    }
}
