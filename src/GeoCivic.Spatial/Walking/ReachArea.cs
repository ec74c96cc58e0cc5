using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Walking;

/// <summary>
/// The places within so many metres on foot, as an area: on a raster of a two-hundredth of the metres (1 m at least) each
/// knot gets the way to its nearest place of the network and the leg from there, as a door would; the outline is drawn
/// between the knots that are within and those that are not.
/// </summary>
internal sealed class ReachArea
{
    private const int MostKnots = 4_000_000;
    private const double Near = 12;

    private readonly WalkingNetwork _network;
    private readonly WalkingField _field;
    private readonly double _metres;

    internal ReachArea(WalkingNetwork network, WalkingField field, double metres) =>
        (_network, _field, _metres) = (network, field, metres);

    internal Geometry Shape()
    {
        Envelope box = _field.Extent();
        if (box.IsNull)
        {
            return Contour.Shapes.CreatePolygon();
        }

        var scale = ShortLine.Scale(box.Centre.Y);
        double width = (box.Width * scale.X) + (2 * _metres);
        double height = (box.Height * scale.Y) + (2 * _metres);
        double step = Math.Max(1, _metres / 200);
        step = Math.Max(step, Math.Sqrt(width * height / MostKnots));
        // One knot beyond each side is outside for certain.
        int columns = (int)Math.Ceiling(width / step) + 3;
        int rows = (int)Math.Ceiling(height / step) + 3;
        var frame = new RasterFrame(
            box.MinX - ((_metres + step) / scale.X),
            box.MinY - ((_metres + step) / scale.Y),
            step / scale.X,
            step / scale.Y,
            columns,
            rows
        );
        return new Contour(frame, Values(frame, scale), _metres, step).Shape();
    }

    /// <summary>Metres on foot of every knot, infinite where there is no way.</summary>
    private double[] Values(RasterFrame frame, (double X, double Y) scale)
    {
        var nearest = new double[frame.Columns * frame.Rows];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        var along = new double[nearest.Length];
        var edge = new int[nearest.Length];
        var box = new Envelope(
            frame.West,
            frame.West + (frame.Columns * frame.StepX),
            frame.South,
            frame.South + (frame.Rows * frame.StepY)
        );
        box.ExpandBy(
            WalkingNetwork.FarthestSnapMetres / scale.X,
            WalkingNetwork.FarthestSnapMetres / scale.Y
        );
        // The near ones first: in a town they leave few knots to the wide strips.
        int[] ground = [.. _network.GroundNear(box)];
        foreach (double within in (ReadOnlySpan<double>)[Near, WalkingNetwork.FarthestSnapMetres])
        {
            foreach (int segment in ground)
            {
                Paint(frame, scale, segment, within, nearest, along, edge);
            }
        }

        for (int knot = 0; knot < nearest.Length; knot++)
        {
            if (double.IsFinite(nearest[knot]))
            {
                nearest[knot] += _field.MetresTo(edge[knot], along[knot]);
            }
        }

        return nearest;
    }

    /// <summary>Gives a segment the knots that have no nearer one.</summary>
    private void Paint(
        RasterFrame frame,
        (double X, double Y) scale,
        int segment,
        double within,
        double[] nearest,
        double[] along,
        int[] edge
    )
    {
        EdgeTable edges = _network.Edges;
        var (x1, y1) = (edges.X[segment], edges.Y[segment]);
        var (x2, y2) = (edges.X[segment + 1], edges.Y[segment + 1]);
        double mx = within / scale.X;
        double my = within / scale.Y;
        int west = Math.Max(0, (int)((Math.Min(x1, x2) - mx - frame.West) / frame.StepX));
        int east = (int)Math.Ceiling((Math.Max(x1, x2) + mx - frame.West) / frame.StepX);
        int south = Math.Max(0, (int)((Math.Min(y1, y2) - my - frame.South) / frame.StepY));
        int north = (int)Math.Ceiling((Math.Max(y1, y2) + my - frame.South) / frame.StepY);
        for (int row = south; row <= Math.Min(north, frame.Rows - 1); row++)
        {
            double y = frame.South + (row * frame.StepY);
            for (int column = west; column <= Math.Min(east, frame.Columns - 1); column++)
            {
                int knot = (row * frame.Columns) + column;
                if (within > Near && nearest[knot] <= Near)
                {
                    continue;
                }

                var (share, metres) = ShortLine.Nearest(
                    scale,
                    frame.West + (column * frame.StepX),
                    y,
                    x1,
                    y1,
                    x2,
                    y2
                );
                if (metres <= within && metres < nearest[knot])
                {
                    nearest[knot] = metres;
                    edge[knot] = edges.EdgeOf[segment];
                    along[knot] =
                        edges.Along[segment]
                        + ((edges.Along[segment + 1] - edges.Along[segment]) * share);
                }
            }
        }
    }
}

/// <summary>Where the knots of a raster lie, in degrees.</summary>
internal readonly record struct RasterFrame(
    double West,
    double South,
    double StepX,
    double StepY,
    int Columns,
    int Rows
);
