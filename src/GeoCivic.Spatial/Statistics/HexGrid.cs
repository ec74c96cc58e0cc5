using System.Globalization;

namespace GeoCivic.Spatial.Statistics;

/// <summary>A hexagon by its axial coordinates.</summary>
/// <param name="Q">Steps eastwards.</param>
/// <param name="R">Steps to the north-east (60° from east).</param>
public readonly record struct HexCell(int Q, int R)
{
    /// <summary>The six hexagons that share an edge, counter-clockwise from the east.</summary>
    public IEnumerable<HexCell> Neighbours =>
        [
            new(Q + 1, R),
            new(Q, R + 1),
            new(Q - 1, R + 1),
            new(Q - 1, R),
            new(Q, R - 1),
            new(Q + 1, R - 1),
        ];
}

/// <summary>
/// Equal hexagons without gaps over an equal-area frame, so that each holds the same surface of ground. A point belongs to
/// the hexagon whose centre is nearest in the frame. Hexagon (0, 0) lies on the frame's origin, so ids stay as long as it
/// does.
/// </summary>
/// <param name="frame">The plane.</param>
/// <param name="size">Width from one flat side to the opposite one, which is also the distance of neighbouring centres, metres.</param>
public sealed class HexGrid(EqualAreaFrame frame, int size)
{
    private const double HalfRoot3 = 0.86602540378443864676;

    /// <summary>Width from one flat side to the opposite one, metres.</summary>
    public int Size => size;

    /// <summary>Surface of each hexagon, m²: size² · √3 / 2.</summary>
    public double AreaM2 => (double)size * size * HalfRoot3;

    /// <summary>The hexagon of a place.</summary>
    public HexCell CellOf(LonLat place)
    {
        var (x, y) = frame.Forward(place);
        return CellOf(x, y);
    }

    /// <summary>The hexagon of a point of the frame, metres.</summary>
    public HexCell CellOf(double x, double y)
    {
        // Axial coordinates as real numbers; rounding all three cube coordinates and giving up the one that was rounded
        // most finds the nearest centre.
        var r = y / (size * HalfRoot3);
        var q = (x / size) - (r / 2);
        var s = -q - r;
        var (nq, nr, ns) = (Math.Round(q), Math.Round(r), Math.Round(s));
        var (dq, dr, ds) = (Math.Abs(nq - q), Math.Abs(nr - r), Math.Abs(ns - s));
        if (dq > dr && dq > ds)
        {
            nq = -nr - ns;
        }
        else if (dr > ds)
        {
            nr = -nq - ns;
        }

        return new HexCell((int)nq, (int)nr);
    }

    /// <summary>The centre in the frame, metres.</summary>
    public (double X, double Y) CentreInFrame(HexCell cell) =>
        (size * (cell.Q + (cell.R / 2.0)), size * HalfRoot3 * cell.R);

    /// <summary>The centre, degrees.</summary>
    public LonLat Centre(HexCell cell)
    {
        var (x, y) = CentreInFrame(cell);
        return frame.Inverse(x, y);
    }

    /// <summary>The six corners in the frame, metres, counter-clockwise from the south-east.</summary>
    public (double X, double Y)[] CornersInFrame(HexCell cell)
    {
        var (x, y) = CentreInFrame(cell);
        var half = size / 2.0;
        // Half a side, which is also what the slanted sides rise: size / (2 √3).
        var rise = size / (4 * HalfRoot3);
        return
        [
            (x + half, y - rise),
            (x + half, y + rise),
            (x, y + (2 * rise)),
            (x - half, y + rise),
            (x - half, y - rise),
            (x, y - (2 * rise)),
        ];
    }

    /// <summary>The six corners, degrees, counter-clockwise.</summary>
    public LonLat[] Corners(HexCell cell) =>
        Array.ConvertAll(CornersInFrame(cell), c => frame.Inverse(c.X, c.Y));

    /// <summary>The id: <c>h</c>, size, two axial coordinates.</summary>
    public string Code(HexCell cell) =>
        string.Create(CultureInfo.InvariantCulture, $"h{size}:{cell.Q}:{cell.R}");

    /// <summary>Reads an id as <see cref="Code"/> writes it, and nothing else.</summary>
    public static bool TryParse(string? code, out int size, out HexCell cell)
    {
        (size, cell) = (0, default);
        var parts = code?.Split(':');
        if (
            parts is not [['h', .. var width], var first, var second]
            || !Whole(width, out size)
            || size <= 0
            || !Whole(first, out var q)
            || !Whole(second, out var r)
        )
        {
            return false;
        }

        cell = new HexCell(q, r);
        return true;

        // One spelling a number: neither +1, 01 nor -0.
        static bool Whole(string text, out int number) =>
            int.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out number
            )
            && string.Equals(
                number.ToString(CultureInfo.InvariantCulture),
                text,
                StringComparison.Ordinal
            );
    }
}
