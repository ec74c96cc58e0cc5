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
        var byGrid = new Dictionary<(string Street, string Code), long>();
        await using (var command = Command(connection, question))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var grid = await rows.IsDBNullAsync(1, cancellationToken) ? "" : rows.GetString(1);
                byGrid[(rows.GetString(0), grid)] = rows.GetInt64(2);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        var counts = new Dictionary<(string Street, string Code), long>();
        foreach (var grid in grids)
        {
            if (byGrid.Remove((grid.Street, grid.Code), out var n))
            {
                var area = (grid.Street, question.Level == "grid" ? grid.Code : grid.Parent!);
                counts[area] = counts.GetValueOrDefault(area) + n;
            }
        }

        return new AreaCounts(
            [.. areas.Select(a => (a, counts.GetValueOrDefault((a.Street, a.Code))))],
            byGrid.Values.Sum()
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
