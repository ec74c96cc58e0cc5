using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Spatial;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>The cells of one answer, and the place of a counted row among them as far as the caller may see it.</summary>
internal sealed class CellFrame(string level, Scope scope)
{
    /// <summary>No cell holds it.</summary>
    public const int Unplaced = -1;

    /// <summary>The caller may not know of it.</summary>
    public const int Hidden = -2;

    private readonly List<StreetFrame> _streets = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Streets in code order.</summary>
    public IReadOnlyList<StreetFrame> Streets => _streets;

    /// <summary>Cells that are areas in force.</summary>
    public void Add(IReadOnlyList<StreetAreas> grids, IReadOnlyList<StreetAreas> areas)
    {
        foreach (var (g, a) in grids.Zip(areas))
        {
            Add(new AreaFrame(g, a, level, Seen.Of(g, scope)));
        }
    }

    /// <summary>Cells that are hexagons.</summary>
    public void Add(IReadOnlyList<StreetAreas> grids, IReadOnlyList<HexStreet> hexagons)
    {
        foreach (var (g, h) in grids.Zip(hexagons))
        {
            Add(new HexFrame(g, h, Seen.Of(g, scope)));
        }
    }

    /// <summary>All cells, with street and place.</summary>
    public IEnumerable<(int Street, int Place, AreaShape Shape)> Cells() =>
        _streets.SelectMany(
            (frame, street) => frame.Shapes.Select((shape, place) => (street, place, shape))
        );

    /// <summary>Whether a cell with so many issues is part of the answer.</summary>
    public bool IsShown(int street, int place, long n) => _streets[street].IsShown(place, n);

    /// <summary>
    /// Sums rows of street, grid ('' for none), number, whether it is covert; for hexagons then longitude and latitude.
    /// </summary>
    public async Task<Tally> TallyAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var tally = new Tally(_streets.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (_places.TryGetValue(rows.GetString(0), out var street))
            {
                tally.Add(street, PlaceOf(street, rows, 3, 4), rows.GetInt64(2));
            }
        }

        return tally;
    }

    /// <summary>The place of a street among the frames, or null when the caller may not know of it.</summary>
    public int? StreetOf(string code) => _places.TryGetValue(code, out var street) ? street : null;

    /// <summary>The cell of a row whose second column is a grid.</summary>
    public int PlaceOf(int street, NpgsqlDataReader row, int covert, int lon) =>
        _streets[street]
            .PlaceOf(
                row.GetString(1),
                row.GetBoolean(covert),
                level == "hex" ? new LonLat(row.GetDouble(lon), row.GetDouble(lon + 1)) : default
            );

    private void Add(StreetFrame frame)
    {
        _places.Add(frame.Code, _streets.Count);
        _streets.Add(frame);
    }
}

/// <summary>The cells of one street.</summary>
internal abstract class StreetFrame(StreetAreas grids, Seen seen)
{
    /// <summary>Street.</summary>
    public string Code => grids.Street;

    /// <summary>The cells; hexagons outside the street are added as issues come up there.</summary>
    public abstract IReadOnlyList<AreaShape> Shapes { get; }

    protected StreetAreas Grids => grids;

    protected Seen Seen => seen;

    /// <summary>The cell of something in a grid ('' for none).</summary>
    public int PlaceOf(string grid, bool covert, LonLat place)
    {
        if (!grids.Places.TryGetValue(grid, out var g))
        {
            return seen.Unplaced(covert) ? InNoGrid(place) : CellFrame.Hidden;
        }

        return seen.Grid(g, covert) ? InGrid(g, place) : CellFrame.Hidden;
    }

    /// <summary>Whether a cell with so many issues is part of the answer.</summary>
    public abstract bool IsShown(int place, long n);

    protected abstract int InGrid(int grid, LonLat place);

    protected abstract int InNoGrid(LonLat place);
}

/// <summary>Areas in force of one street as cells.</summary>
internal sealed class AreaFrame(StreetAreas grids, StreetAreas areas, string level, Seen seen)
    : StreetFrame(grids, seen)
{
    /// <inheritdoc/>
    public override IReadOnlyList<AreaShape> Shapes => areas.Shapes;

    /// <inheritdoc/>
    public override bool IsShown(int place, long n) => Seen.Area(level, areas, place);

    protected override int InGrid(int grid, LonLat place) =>
        level == "grid" ? grid
        : areas.Places.TryGetValue(Grids.Shapes[grid].Parent!, out var area) ? area
        : CellFrame.Unplaced;

    protected override int InNoGrid(LonLat place) => CellFrame.Unplaced;
}

/// <summary>Hexagons over one street as cells.</summary>
internal sealed class HexFrame(StreetAreas grids, HexStreet hexagons, Seen seen)
    : StreetFrame(grids, seen)
{
    // Those of the street are shared between calls; those outside it belong to this answer.
    private readonly List<AreaShape> _shapes = [.. hexagons.Shapes];
    private readonly Dictionary<Spatial.Statistics.HexCell, int> _outside = [];

    /// <inheritdoc/>
    public override IReadOnlyList<AreaShape> Shapes => _shapes;

    /// <inheritdoc/>
    public override bool IsShown(int place, long n) =>
        n > 0
        || Seen.Everything
        || hexagons.GridsOf(place).Any(g => Seen.Grid(g, embargoed: false));

    protected override int InGrid(int grid, LonLat place) => InNoGrid(place);

    protected override int InNoGrid(LonLat place)
    {
        if (hexagons.CellOf(place) is not { } cell)
        {
            return CellFrame.Unplaced;
        }

        if (
            hexagons.Places.TryGetValue(cell, out var known)
            || _outside.TryGetValue(cell, out known)
        )
        {
            return known;
        }

        _outside.Add(cell, _shapes.Count);
        _shapes.Add(hexagons.Shape(cell));
        return _shapes.Count - 1;
    }
}

/// <summary>Numbers by cell.</summary>
internal sealed class Tally(int streets)
{
    private readonly Dictionary<int, long>[] _counts =
    [
        .. Enumerable.Range(0, streets).Select(_ => new Dictionary<int, long>()),
    ];

    /// <summary>What is in no cell.</summary>
    public long Unplaced { get; private set; }

    /// <summary>The number of a cell.</summary>
    public long this[int street, int place] => _counts[street].GetValueOrDefault(place);

    /// <summary>Adds to a cell, to what is in none, or, of what is hidden, nothing.</summary>
    public void Add(int street, int place, long n)
    {
        if (place >= 0)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _counts[street],
                place,
                out _
            ) += n;
        }
        else if (place == CellFrame.Unplaced)
        {
            Unplaced += n;
        }
    }
}
