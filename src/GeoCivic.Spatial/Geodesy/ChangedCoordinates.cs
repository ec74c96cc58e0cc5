using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>Takes a shape to other coordinates, its long edges divided first so that they stay where they are.</summary>
internal sealed class ChangedCoordinates(
    double longest,
    double metresPerX,
    double metresPerY,
    Func<Coordinate, Coordinate> change
) : GeometryTransformer
{
    private const int MostParts = 10_000;

    /// <inheritdoc/>
    protected override CoordinateSequence TransformCoordinates(
        CoordinateSequence coords,
        Geometry parent
    )
    {
        var changed = new List<Coordinate>(coords.Count);
        for (int i = 0; i < coords.Count; i++)
        {
            var to = coords.GetCoordinate(i);
            if (i > 0)
            {
                Divide(coords.GetCoordinate(i - 1), to, changed);
            }

            changed.Add(change(to));
        }

        // A ring must close exactly.
        if (
            changed.Count > 1
            && coords.GetCoordinate(0).Equals2D(coords.GetCoordinate(coords.Count - 1))
        )
        {
            changed[^1] = changed[0].Copy();
        }

        return Factory.CoordinateSequenceFactory.Create([.. changed]);
    }

    private void Divide(Coordinate from, Coordinate to, List<Coordinate> changed)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        double length = double.Hypot(dx * metresPerX, dy * metresPerY);
        int parts = (int)Math.Clamp(Math.Ceiling(length / longest), 1, MostParts);
        for (int k = 1; k < parts; k++)
        {
            double share = (double)k / parts;
            changed.Add(change(new Coordinate(from.X + (share * dx), from.Y + (share * dy))));
        }
    }
}
