using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests;

/// <summary>
/// The specification of the locator as a plain loop over all polygons, rings and edges: PostGIS's point-in-polygon
/// rules, without index, skipping or tables. Shares no code with the locator.
/// </summary>
internal static class BruteForce
{
    internal static int Locate(IReadOnlyList<Geometry> polygons, double x, double y)
    {
        for (int i = 0; i < polygons.Count; i++)
        {
            if (Covers(polygons[i], x, y))
            {
                return i;
            }
        }

        return -1;
    }

    internal static IEnumerable<int> LocateAll(
        IReadOnlyList<Geometry> polygons,
        double x,
        double y
    ) => Enumerable.Range(0, polygons.Count).Where(i => Covers(polygons[i], x, y));

    private static bool Covers(Geometry geometry, double x, double y)
    {
        if (geometry.IsEmpty || !geometry.EnvelopeInternal.Contains(x, y))
        {
            return false;
        }

        for (int part = 0; part < geometry.NumGeometries; part++)
        {
            if (SideOfPolygon((Polygon)geometry.GetGeometryN(part), x, y) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>−1 outside, 0 on the boundary, 1 inside.</returns>
    private static int SideOfPolygon(Polygon polygon, double x, double y)
    {
        if (polygon.IsEmpty)
        {
            return -1;
        }

        int outer = SideOfRing(polygon.ExteriorRing, x, y);
        if (outer <= 0)
        {
            return outer;
        }

        foreach (LineString hole in polygon.InteriorRings)
        {
            int inner = SideOfRing(hole, x, y);
            if (inner >= 0)
            {
                return -inner;
            }
        }

        return 1;
    }

    private static int SideOfRing(LineString ring, double x, double y)
    {
        int winding = 0;
        Coordinate[] c = ring.Coordinates;
        for (int i = 1; i < c.Length; i++)
        {
            Coordinate a = c[i - 1];
            Coordinate b = c[i];
            if (a.X == b.X && a.Y == b.Y)
            {
                continue;
            }

            double side = ((b.X - a.X) * (y - a.Y)) - ((x - a.X) * (b.Y - a.Y));
            bool within =
                x >= Math.Min(a.X, b.X)
                && x <= Math.Max(a.X, b.X)
                && y >= Math.Min(a.Y, b.Y)
                && y <= Math.Max(a.Y, b.Y);
            if (side == 0 && within)
            {
                return 0;
            }

            if (a.Y <= y && y < b.Y && side > 0)
            {
                winding++;
            }
            else if (b.Y <= y && y < a.Y && side < 0)
            {
                winding--;
            }
        }

        return winding == 0 ? -1 : 1;
    }
}
