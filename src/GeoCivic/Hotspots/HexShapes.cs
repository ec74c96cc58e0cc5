using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>The hexagons that touch a street, made once per boundary change and width.</summary>
public sealed class HexShapes
{
    /// <summary>More hexagons over a street are refused.</summary>
    public const int Most = 50_000;

    // Each width keeps its shapes; whoever tries one after the other must not fill the memory.
    private const int MostSizes = 8;

    private readonly ConcurrentDictionary<int, PerRevision<HexStreet>> _sizes = new();

    /// <summary>The hexagons of streets in code order, in the snapshot of the caller's transaction.</summary>
    /// <param name="connection">Inside a repeatable-read transaction.</param>
    /// <param name="size">Width from flat to flat, metres.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="scope">Streets that the caller may know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">400: more than <see cref="Most"/> hexagons on a street.</exception>
    public async Task<IReadOnlyList<HexStreet>> InForceAsync(
        NpgsqlConnection connection,
        int size,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        if (_sizes.Count >= MostSizes && !_sizes.ContainsKey(size))
        {
            _sizes.Clear();
        }

        var made = _sizes.GetOrAdd(
            size,
            width => new PerRevision<HexStreet>((c, s, stop) => LoadAsync(c, width, s, stop))
        );
        var all = new List<HexStreet>();
        await foreach (
            var (_, hexagons) in made.InForceAsync(connection, street, scope, cancellationToken)
        )
        {
            all.Add(hexagons);
        }

        return all;
    }

    private static async Task<HexStreet> LoadAsync(
        NpgsqlConnection connection,
        int size,
        string street,
        CancellationToken cancellationToken
    )
    {
        LonLat? origin = null;
        var areas = new List<(bool IsGrid, Geometry Shape)>();
        await using var command = new NpgsqlCommand(
            Sql.Load("Hotspots/hex_shapes.sql"),
            connection
        ).With("street", street);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            origin = new LonLat(rows.GetDouble(0), rows.GetDouble(1));
            areas.Add(
                (rows.GetBoolean(2), await rows.GetFieldValueAsync<Geometry>(3, cancellationToken))
            );
        }

        return new HexStreet(street, origin, size, areas);
    }
}

/// <summary>The hexagons that touch one street.</summary>
public sealed class HexStreet
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly HexGrid? _grid;
    private readonly List<List<int>> _grids = [];
    private readonly List<AreaShape> _shapes = [];
    private readonly Dictionary<HexCell, int> _places = [];

    internal HexStreet(
        string street,
        LonLat? origin,
        int size,
        IReadOnlyList<(bool IsGrid, Geometry Shape)> areas
    )
    {
        Street = street;
        if (origin is not { } place)
        {
            return;
        }

        Frame = new EqualAreaFrame(place);
        _grid = new HexGrid(Frame, size);
        var touched = new SortedDictionary<(int R, int Q), List<int>>();
        var polygons = new Dictionary<HexCell, Polygon>();
        var grid = 0;
        foreach (var (isGrid, shape) in areas)
        {
            var prepared = PreparedGeometryFactory.Prepare(shape);
            foreach (var cell in Around(shape.EnvelopeInternal))
            {
                if (!polygons.TryGetValue(cell, out var polygon))
                {
                    polygons.Add(cell, polygon = Polygon(cell));
                }

                if (!prepared.Intersects(polygon))
                {
                    continue;
                }

                if (!touched.TryGetValue((cell.R, cell.Q), out var grids))
                {
                    touched.Add((cell.R, cell.Q), grids = []);
                    if (touched.Count > HexShapes.Most)
                    {
                        throw TooMany(street);
                    }
                }

                if (isGrid)
                {
                    grids.Add(grid);
                }
            }

            grid += isGrid ? 1 : 0;
        }

        foreach (var ((r, q), grids) in touched)
        {
            var cell = new HexCell(q, r);
            _places.Add(cell, _shapes.Count);
            _shapes.Add(Shape(cell));
            _grids.Add(grids);
        }
    }

    /// <summary>Street.</summary>
    public string Street { get; }

    /// <summary>The plane they lie in; null while the street has no boundary at all.</summary>
    public EqualAreaFrame? Frame { get; }

    /// <summary>From south to north, in each row from west to east.</summary>
    public IReadOnlyList<AreaShape> Shapes => _shapes;

    /// <summary>Place of each in <see cref="Shapes"/>.</summary>
    public IReadOnlyDictionary<HexCell, int> Places => _places;

    /// <summary>The hexagon of a place, of the street or not; null while the street has no boundary at all.</summary>
    public HexCell? CellOf(LonLat place) => _grid?.CellOf(place);

    /// <summary>Places of the grids that a hexagon touches, in code order.</summary>
    internal IReadOnlyList<int> GridsOf(int place) => place < _grids.Count ? _grids[place] : [];

    /// <summary>Any hexagon, as it is written into answers.</summary>
    internal AreaShape Shape(HexCell cell)
    {
        var code = _grid!.Code(cell);
        var ring = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        var corners = _grid.Corners(cell);
        foreach (var corner in corners.Append(corners[0]))
        {
            ring.Append(CultureInfo.InvariantCulture, $"[{corner.Lon:F7},{corner.Lat:F7}],");
        }

        ring.Length--;
        byte[] Head(string? geometry) =>
            AreaShapes.FeatureHead(Street, "hex", code, code, null, _grid.AreaM2, geometry);
        return new AreaShape(
            code,
            code,
            null,
            _grid.AreaM2,
            _grid.Centre(cell),
            Head(ring.Append("]]}").ToString()),
            Head(geometry: null)
        );
    }

    private static ProblemException TooMany(string street) =>
        ProblemException.ForParameters([
            new ParameterError(
                "size",
                $"makes more than {HexShapes.Most} hexagons on street {street}; take wider ones"
            ),
        ]);

    /// <summary>Hexagons that can meet a box: of every row, and one more on each side, those between its ends.</summary>
    private IEnumerable<HexCell> Around(Envelope box)
    {
        // The sides of a box are no straight lines in the frame: their middles bulge, by far less than a hexagon on any street.
        double[] lons = [box.MinX, (box.MinX + box.MaxX) / 2, box.MaxX];
        double[] lats = [box.MinY, (box.MinY + box.MaxY) / 2, box.MaxY];
        var edge = lons.SelectMany(lon => lats.Select(lat => Frame!.Forward(new LonLat(lon, lat))))
            .ToList();
        var (west, east) = (edge.Min(p => p.X), edge.Max(p => p.X));
        var (south, north) = (edge.Min(p => p.Y), edge.Max(p => p.Y));
        var first = _grid!.CellOf(west, south).R - 1;
        var last = _grid.CellOf(west, north).R + 1;
        if ((last - first) * ((east - west) / _grid.Size) > 20.0 * HexShapes.Most)
        {
            throw TooMany(Street);
        }

        for (var r = first; r <= last; r++)
        {
            var from = (int)Math.Floor((west / _grid.Size) - (r / 2.0)) - 1;
            var to = (int)Math.Ceiling((east / _grid.Size) - (r / 2.0)) + 1;
            for (var q = from; q <= to; q++)
            {
                yield return new HexCell(q, r);
            }
        }
    }

    private Polygon Polygon(HexCell cell)
    {
        var corners = _grid!.Corners(cell);
        return Factory.CreatePolygon([
            .. corners.Append(corners[0]).Select(c => new Coordinate(c.Lon, c.Lat)),
        ]);
    }
}
