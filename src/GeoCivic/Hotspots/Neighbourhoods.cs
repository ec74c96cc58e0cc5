using System.Collections.Concurrent;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>
/// Who is whose neighbour among the cells of a street. What PostGIS says of the grids' borders is kept until the boundaries
/// or the rivers change.
/// </summary>
public sealed class Neighbourhoods(NpgsqlDataSource source)
{
    // A neighbourhood of this many cells each is not local any more, and a request must not fill the memory.
    private const int MostEntries = 4_000_000;

    private readonly ConcurrentDictionary<string, (string Revision, StreetNeighbours Made)> _made =
        new(StringComparer.Ordinal);

    /// <summary>Weights among cells of one street, in their order; no cell is its own neighbour.</summary>
    /// <param name="street">The street.</param>
    /// <param name="level"><c>grid</c> or <c>hex</c>.</param>
    /// <param name="cells">The cells that take part: whoever sees a part of the street has that part's neighbours.</param>
    /// <param name="rule">Who counts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">400: the distance makes far too many neighbours.</exception>
    public async Task<SpatialWeights> AmongAsync(
        string street,
        string level,
        IReadOnlyList<DensityCell> cells,
        NeighbourRule rule,
        CancellationToken cancellationToken
    )
    {
        var known = await OfStreetAsync(street, cancellationToken);
        var points = cells
            .Select(c => known.Centres.TryGetValue(c.Code, out var centre) ? centre : c.Centre)
            .ToArray();
        if (rule.Weights == "queen")
        {
            var places = cells
                .Select((cell, place) => (cell.Code, place))
                .ToDictionary(c => c.Code, c => c.place, StringComparer.Ordinal);
            return SpatialWeights.FromPairs(
                cells.Count,
                level == "grid"
                    ? GridPairs(known, places, rule.AcrossRiver)
                    : HexPairs(known, places, points, rule.AcrossRiver)
            );
        }

        var weights = Near(points, rule);
        return rule.AcrossRiver || known.River.IsNone
            ? weights
            : weights.Where((i, j) => !known.River.Parts(points[i], points[j]));
    }

    private static List<(int, int)> GridPairs(
        StreetNeighbours known,
        Dictionary<string, int> places,
        bool across
    )
    {
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
        StreetNeighbours known,
        Dictionary<string, int> places,
        LonLat[] points,
        bool across
    )
    {
        var hexagons = new Dictionary<HexCell, int>(places.Count);
        foreach (var (code, place) in places)
        {
            if (HexGrid.TryParse(code, out _, out var cell))
            {
                hexagons.Add(cell, place);
            }
        }

        var pairs = new List<(int, int)>(hexagons.Count * 3);
        foreach (var (cell, place) in hexagons)
        {
            // Each edge once: three of the six directions.
            foreach (var neighbour in cell.Neighbours.Take(3))
            {
                if (
                    hexagons.TryGetValue(neighbour, out var other)
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

    private async Task<StreetNeighbours> OfStreetAsync(
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // One snapshot, so that what is kept belongs to the revision it is kept under.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellationToken
        );
        NpgsqlCommand Command(string file) =>
            new NpgsqlCommand(Sql.Load($"Hotspots/{file}.sql"), connection).With("street", street);
        var revision = "";
        await using (var command = Command("neighbour_revision"))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await rows.ReadAsync(cancellationToken))
            {
                revision = $"{rows.GetInt64(0)} {rows.GetString(1)}";
            }
        }

        if (_made.TryGetValue(street, out var made) && made.Revision == revision)
        {
            return made.Made;
        }

        var touching = new List<(string, string, bool)>();
        await using (var command = Command("grid_neighbours"))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                touching.Add((rows.GetString(0), rows.GetString(1), rows.GetBoolean(2)));
            }
        }

        var centres = new Dictionary<string, LonLat>(StringComparer.Ordinal);
        await using (var command = Command("grid_centres"))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                centres.Add(rows.GetString(0), new LonLat(rows.GetDouble(1), rows.GetDouble(2)));
            }
        }

        var rivers = new List<Geometry>();
        await using (var command = Command("rivers"))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                rivers.Add(await rows.GetFieldValueAsync<Geometry>(0, cancellationToken));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        var fresh = new StreetNeighbours(touching, centres, new River(rivers));
        _made[street] = (revision, fresh);
        return fresh;
    }

    private sealed record StreetNeighbours(
        IReadOnlyList<(string A, string B, bool AcrossRiver)> Touching,
        IReadOnlyDictionary<string, LonLat> Centres,
        River River
    );
}
