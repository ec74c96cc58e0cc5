using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>Rounds lines and sets of points, and refuses lines of no length.</summary>
internal static class LineRules
{
    public static (Geometry? Geometry, RowFault? Fault) Clean(Geometry geometry, List<string> notes)
    {
        if (geometry is MultiPoint)
        {
            return (
                geometry.Factory.CreateMultiPointFromCoords(
                    Array.ConvertAll(geometry.Coordinates, GeometryRules.Round)
                ),
                null
            );
        }
        var removed = 0;
        var lines = new LineString[geometry.NumGeometries];
        for (var i = 0; i < lines.Length; i++)
        {
            var coordinates = Distinct(
                geometry.GetGeometryN(i).Coordinates,
                round: true,
                ref removed
            );
            if (coordinates.Length < 2)
            {
                return (
                    null,
                    GeometryRules.Fault(
                        "The line has no length: all its positions are the same.",
                        coordinates[0]
                    )
                );
            }
            lines[i] = geometry.Factory.CreateLineString(coordinates);
        }
        NoteRemoved(removed, notes);
        return (
            geometry is LineString ? lines[0] : geometry.Factory.CreateMultiLineString(lines),
            null
        );
    }

    /// <summary>The positions without those equal to the one before; counts what it leaves out of the unrounded ones.</summary>
    public static Coordinate[] Distinct(Coordinate[] coordinates, bool round, ref int removed)
    {
        var kept = new List<Coordinate>(coordinates.Length);
        Coordinate? before = null;
        foreach (var raw in coordinates)
        {
            if (before is not null && raw.Equals2D(before))
            {
                removed++;
                continue;
            }
            before = raw;
            var c = round ? GeometryRules.Round(raw) : raw;
            if (kept.Count == 0 || !kept[^1].Equals2D(c))
            {
                kept.Add(c);
            }
        }
        return [.. kept];
    }

    public static void NoteRemoved(int removed, List<string> notes)
    {
        if (removed > 0)
        {
            notes.Add($"{removed} repeated {(removed == 1 ? "vertex" : "vertices")} removed");
        }
    }
}
