using System.Data;
using GeoCivic.Accounts;
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
        Scope scope,
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
            scope,
            cancellationToken
        );
        var areas =
            question.Level == "grid"
                ? grids
                : await shapes.InForceAsync(
                    connection,
                    question.Level,
                    question.Street,
                    scope,
                    cancellationToken
                );
        var places = grids
            .Select((g, place) => (g.Street, place))
            .ToDictionary(p => p.Street, p => p.place, StringComparer.Ordinal);
        var seen = grids.Select(g => Seen.Of(g, scope)).ToArray();
        var counts = areas.Select(a => new long[a.Shapes.Count]).ToArray();
        long unplaced = 0;
        await using (var command = Command(connection, question))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var n = rows.GetInt64(2);
                var embargoed = rows.GetBoolean(3);
                if (!places.TryGetValue(rows.GetString(0), out var street))
                {
                    continue;
                }

                if (!grids[street].Places.TryGetValue(rows.GetString(1), out var area))
                {
                    unplaced += seen[street].Unplaced(embargoed) ? n : 0;
                }
                else if (seen[street].Grid(area, embargoed))
                {
                    if (
                        question.Level != "grid"
                        && !areas[street]
                            .Places.TryGetValue(grids[street].Shapes[area].Parent!, out area)
                    )
                    {
                        unplaced += n;
                    }
                    else
                    {
                        counts[street][area] += n;
                    }
                }
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return new AreaCounts(
            [
                .. areas.SelectMany(
                    (a, street) =>
                        a
                            .Shapes.Select((shape, place) => (shape, counts[street][place]))
                            .Where((_, place) => seen[street].Area(question.Level, a, place))
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

/// <summary>Which grids of a street a caller sees, and where covert findings count for them.</summary>
internal sealed class Seen
{
    private readonly Scope _scope;
    private readonly string _street;
    private readonly bool _wholeCovert;

    // Null where the whole street is seen: the usual case costs nothing a grid.
    private readonly bool[]? _grids;
    private readonly bool[]? _covert;
    private readonly HashSet<string>? _communities;

    private Seen(StreetAreas grids, Scope scope)
    {
        _scope = scope;
        _street = grids.Street;
        _wholeCovert = Scope.Covers(scope.CovertKeys, _street, community: null, grid: null);
        _covert = _wholeCovert ? null : Covered(grids, scope.CovertKeys);
        if (!scope.CoversStreet(_street))
        {
            _grids = Covered(grids, scope.Keys);
            // A community is shown to whoever holds it or a grid in it.
            _communities = grids
                .Shapes.Where((_, place) => _grids[place])
                .Select(g => g.Parent!)
                .ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>What the caller sees of a street.</summary>
    public static Seen Of(StreetAreas grids, Scope scope) => new(grids, scope);

    /// <summary>Whether issues in a grid count.</summary>
    public bool Grid(int place, bool embargoed) =>
        _grids?[place] is not false && (!embargoed || _covert?[place] is not false);

    /// <summary>Whether issues in no grid count.</summary>
    public bool Unplaced(bool embargoed) => _grids is null && (!embargoed || _wholeCovert);

    /// <summary>Whether an area of the answer is shown.</summary>
    public bool Area(string level, StreetAreas areas, int place) =>
        _grids is null
        || (
            level == "grid"
                ? _grids[place]
                : _communities!.Contains(areas.Shapes[place].Code)
                    || _scope.Covers(_street, areas.Shapes[place].Code, grid: null)
        );

    private static bool[] Covered(StreetAreas grids, string[] keys) =>
        [.. grids.Shapes.Select(g => Scope.Covers(keys, grids.Street, g.Parent, g.Code))];
}
