using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace GeoCivic.Spatial.Walking;

/// <summary>
/// The outline of the knots of a raster that are at most a limit: marching squares (W. E. Lorensen, H. E. Cline, Computer
/// Graphics 21, 1987, in two dimensions), the two parts of an ambiguous square kept apart. The outermost knots must be above it.
/// </summary>
internal sealed class Contour
{
    internal static readonly GeometryFactory Shapes = new(new PrecisionModel(), 4326);

    private const int Bottom = 0;
    private const int Right = 1;
    private const int Top = 2;
    private const int Left = 3;

    // By which corners of a square are inside (1 lower left, 2 lower right, 4 upper right, 8 upper left): from which side to
    // which the outline runs, the inside at its left.
    private static readonly (int From, int To)[][] Runs =
    [
        [],
        [(Bottom, Left)],
        [(Right, Bottom)],
        [(Right, Left)],
        [(Top, Right)],
        [(Bottom, Left), (Top, Right)],
        [(Top, Bottom)],
        [(Top, Left)],
        [(Left, Top)],
        [(Bottom, Top)],
        [(Right, Bottom), (Left, Top)],
        [(Right, Top)],
        [(Left, Right)],
        [(Bottom, Right)],
        [(Left, Bottom)],
        [],
    ];

    private readonly RasterFrame _frame;
    private readonly double[] _values;
    private readonly double _limit;
    private readonly double _step;

    internal Contour(RasterFrame frame, double[] values, double limit, double step) =>
        (_frame, _values, _limit, _step) = (frame, values, limit, step);

    internal Geometry Shape()
    {
        var next = new SortedDictionary<int, int>();
        for (int row = 0; row + 1 < _frame.Rows; row++)
        {
            for (int column = 0; column + 1 < _frame.Columns; column++)
            {
                int at = (row * _frame.Columns) + column;
                int corners =
                    (Inside(at) ? 1 : 0)
                    | (Inside(at + 1) ? 2 : 0)
                    | (Inside(at + 1 + _frame.Columns) ? 4 : 0)
                    | (Inside(at + _frame.Columns) ? 8 : 0);
                foreach (var (from, to) in Runs[corners])
                {
                    next.Add(Side(at, from), Side(at, to));
                }
            }
        }

        return Polygons(next);
    }

    private bool Inside(int knot) => _values[knot] <= _limit;

    // Sides have numbers: twice the knot they start at, and 1 more if they go up.
    private int Side(int knot, int side) =>
        side switch
        {
            Bottom => 2 * knot,
            Right => (2 * (knot + 1)) + 1,
            Top => 2 * (knot + _frame.Columns),
            _ => (2 * knot) + 1,
        };

    private Geometry Polygons(SortedDictionary<int, int> next)
    {
        var shells = new List<LinearRing>();
        var holes = new List<LinearRing>();
        while (next.Count > 0)
        {
            int first = next.First().Key;
            var ring = new List<Coordinate>();
            for (int side = first; next.Remove(side, out int following); side = following)
            {
                ring.Add(Place(side));
            }

            ring.Add(ring[0].Copy());
            LinearRing closed = Shapes.CreateLinearRing([.. ring]);
            (closed.IsCCW ? shells : holes).Add(closed);
        }

        var inner = holes.ToLookup(hole => shells.IndexOf(ShellOf(hole, shells)));
        Polygon[] parts =
        [
            .. shells.Select((shell, i) => Shapes.CreatePolygon(shell, [.. inner[i]])),
        ];
        if (parts.Length == 0)
        {
            return Shapes.CreatePolygon();
        }

        Geometry shape = parts.Length == 1 ? parts[0] : Shapes.CreateMultiPolygon(parts);
        // Stairs of the raster are not the outline's.
        double degrees = Math.Min(_frame.StepX, _frame.StepY) / 4;
        return DouglasPeuckerSimplifier.Simplify(shape, degrees);
    }

    /// <summary>The smallest outline around a hole.</summary>
    private static LinearRing ShellOf(LinearRing hole, List<LinearRing> shells) =>
        shells
            .Where(shell => shell.EnvelopeInternal.Contains(hole.EnvelopeInternal))
            .Where(shell =>
                NetTopologySuite.Algorithm.PointLocation.IsInRing(
                    hole.GetCoordinateN(0),
                    shell.CoordinateSequence
                )
            )
            .MinBy(shell => shell.EnvelopeInternal.Area)!;

    private Coordinate Place(int side)
    {
        int knot = side / 2;
        int other = side % 2 == 0 ? knot + 1 : knot + _frame.Columns;
        var (a, b) = (_values[knot], _values[other]);
        // Between two ways the metres jump: the outline then runs half way.
        double share =
            Math.Abs(b - a) <= 3 * _step ? Math.Clamp((_limit - a) / (b - a), 0.05, 0.95) : 0.5;
        var (column, row) = (knot % _frame.Columns, knot / _frame.Columns);
        return new Coordinate(
            _frame.West + ((column + (side % 2 == 0 ? share : 0)) * _frame.StepX),
            _frame.South + ((row + (side % 2 == 0 ? 0 : share)) * _frame.StepY)
        );
    }
}
