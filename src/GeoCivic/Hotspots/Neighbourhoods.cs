using System.Collections.Concurrent;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>
/// Who is whose neighbour among cells. What PostGIS says of the grids' borders is kept until the boundaries
/// or the rivers change.
/// </summary>
public sealed class Neighbourhoods(NpgsqlDataSource source)
{
    // A neighbourhood of this many cells each is not local any more, and a request must not fill the memory.
    private const int MostEntries = 4_000_000;

    // Sets of streets that are kept; whoever sees several sees the same ones again.
    private const int MostSets = 200;

    private readonly ConcurrentDictionary<string, (string Revision, Known Made)> _made = new(
        StringComparer.Ordinal
    );

    /// <summary>Weights among cells, in their order; no cell is its own neighbour.</summary>
    /// <param name="level"><c>grid</c> or <c>hex</c>.</param>
    /// <param name="cells">
    /// The cells that take part: whoever sees a part of a street has that part's neighbours. Grids of several streets are
    /// neighbours across the streets' border; hexagons are laid over each street alone.
    /// </param>
    /// <param name="rule">Who counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">400: the distance makes far too many neighbours, or the streets lie too far apart to measure.</exception>
    public async Task<SpatialWeights> AmongAsync(
        string level,
        IReadOnlyList<DensityCell> cells,
        NeighbourRule rule,
        CancellationToken cancellationToken
    )
    {
        var known = await KnownAsync(
            [.. cells.Select(c => c.Street).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var points = cells
            .Select(c =>
                level == "grid" && known.Centres.TryGetValue((c.Street, c.Code), out var centre)
                    ? centre
                    : c.Centre
            )
            .ToArray();
        if (rule.Weights == "queen")
        {
            return SpatialWeights.FromPairs(
                cells.Count,
                level == "grid"
                    ? GridPairs(known, cells, rule.AcrossRiver)
                    : HexPairs(known, cells, points, rule.AcrossRiver)
            );
        }

        var weights = Near(points, rule);
        return rule.AcrossRiver || known.River.IsNone
            ? weights
            : weights.Where((i, j) => !known.River.Parts(points[i], points[j]));
    }

    private static List<(int, int)> GridPairs(
        Known known,
        IReadOnlyList<DensityCell> cells,
        bool across
    )
    {
        var places = cells
            .Select((cell, place) => (Key: (cell.Street, cell.Code), place))
            .ToDictionary(c => c.Key, c => c.place);
        var pairs = new List<(int, int)>(known.Touching.Count);
        foreach (var (a, b, river) in known.Touching)
        {
            if (
                (across || !river)
                && places.TryGetValue(a, out var placeA)
                && places.TryGetValue(b, out var placeB)
            )
            {
                pairs.Add((placeA, placeB));
            }
        }

        return pairs;
    }

    private static List<(int, int)> HexPairs(
        Known known,
        IReadOnlyList<DensityCell> cells,
        LonLat[] points,
        bool across
    )
    {
        var hexagons = new Dictionary<(string Street, HexCell Cell), int>(cells.Count);
        for (var place = 0; place < cells.Count; place++)
        {
            if (HexGrid.TryParse(cells[place].Code, out _, out var cell))
            {
                hexagons.Add((cells[place].Street, cell), place);
            }
        }

        var pairs = new List<(int, int)>(hexagons.Count * 3);
        foreach (var ((street, cell), place) in hexagons)
        {
            // Each edge once: three of the six directions.
            foreach (var neighbour in cell.Neighbours.Take(3))
            {
                if (
                    hexagons.TryGetValue((street, neighbour), out var other)
                    && (across || !known.River.Parts(points[place], points[other]))
                )
                {
                    pairs.Add((place, other));
                }
            }
        }

        return pairs;
    }

    private static SpatialWeights Near(LonLat[] points, NeighbourRule rule)
    {
        var frame = MetreFrame.Around(
            Array.ConvertAll(points, p => p.Lon),
            Array.ConvertAll(points, p => p.Lat)
        );
        var x = new double[points.Length];
        var y = new double[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            (x[i], y[i]) = frame.Forward(points[i].Lon, points[i].Lat);
            if (Math.Abs(x[i]) > MetreFrame.FarthestMetres)
            {
                throw ProblemException.ForParameters([
                    new ParameterError(
                        "street",
                        "is needed for weights by distance: the streets lie too far apart to be measured in one plane"
                    ),
                ]);
            }
        }

        if (rule.Weights == "knn")
        {
            return SpatialWeights.Nearest(x, y, rule.K);
        }

        try
        {
            return SpatialWeights.WithinDistance(x, y, rule.DistanceMetres, MostEntries);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw ProblemException.ForParameters([
                new ParameterError(
                    "distance_metres",
                    $"makes more than {MostEntries} neighbours; take a shorter one, or wider cells"
                ),
            ]);
        }
    }

    private async Task<Known> KnownAsync(string[] streets, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // One snapshot, so that what is kept belongs to the revision it is kept under.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellationToken
        );
        async Task ReadAsync(string file, Func<NpgsqlDataReader, Task> take)
        {
            await using var command = new NpgsqlCommand(
                Sql.Load($"Hotspots/{file}.sql"),
                connection
            ).With("streets", streets);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                await take(rows);
            }
        }

        Task Take(Action action)
        {
            action();
            return Task.CompletedTask;
        }

        var revision = "";
        await ReadAsync(
            "neighbour_revision",
            row => Take(() => revision += $"{row.GetString(0)}\n")
        );
        var key = string.Join('\n', streets);
        if (_made.TryGetValue(key, out var made) && made.Revision == revision)
        {
            return made.Made;
        }

        var touching = new List<((string, string), (string, string), bool)>();
        await ReadAsync(
            "grid_neighbours",
            row =>
                Take(() =>
                    touching.Add(
                        (
                            (row.GetString(0), row.GetString(1)),
                            (row.GetString(2), row.GetString(3)),
                            row.GetBoolean(4)
                        )
                    )
                )
        );
        var centres = new Dictionary<(string, string), LonLat>();
        await ReadAsync(
            "grid_centres",
            row =>
                Take(() =>
                    centres.Add(
                        (row.GetString(0), row.GetString(1)),
                        new LonLat(row.GetDouble(2), row.GetDouble(3))
                    )
                )
        );
        var rivers = new List<Geometry>();
        await ReadAsync(
            "rivers",
            async row => rivers.Add(await row.GetFieldValueAsync<Geometry>(0, cancellationToken))
        );
        await transaction.CommitAsync(cancellationToken);
        if (_made.Count >= MostSets)
        {
            _made.Clear();
        }

        var fresh = new Known(touching, centres, new River(rivers));
        _made[key] = (revision, fresh);
        return fresh;
    }

    /// <summary>What PostGIS says of some streets; cells by street and code.</summary>
    private sealed record Known(
        IReadOnlyList<(
            (string Street, string Code) A,
            (string Street, string Code) B,
            bool AcrossRiver
        )> Touching,
        IReadOnlyDictionary<(string Street, string Code), LonLat> Centres,
        River River
    );
}
