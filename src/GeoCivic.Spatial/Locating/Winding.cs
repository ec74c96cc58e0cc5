using System.Runtime.CompilerServices;

namespace GeoCivic.Spatial.Locating;

/// <summary>One edge's part in the winding number around a point.</summary>
internal static class Winding
{
    /// <summary>Adds the edge's contribution to <paramref name="winding"/>; true when the point is on the edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Edge(
        double x1,
        double y1,
        double x2,
        double y2,
        double x,
        double y,
        ref int winding
    )
    {
        // Wholly above, below or to the left: cannot contain the point, and cannot count. For an edge to the left this
        // also holds after rounding, since subtraction and multiplication round monotonically: |x2−x1| < |x−x1| and
        // |y−y1| ≤ |y2−y1| leave the side with the sign that does not count, or zero.
        if ((y1 > y && y2 > y) || (y1 < y && y2 < y) || (x1 < x && x2 < x))
        {
            return false;
        }

        if (x1 == x2 && y1 == y2)
        {
            return false;
        }

        // Two roundings a term, no fused multiply-add: the very expression PostGIS evaluates.
        double side = ((x2 - x1) * (y - y1)) - ((x - x1) * (y2 - y1));
        if (side == 0)
        {
            // y lies within the edge by the test above.
            return x >= Math.Min(x1, x2) && x <= Math.Max(x1, x2);
        }

        if (side > 0)
        {
            if (y1 <= y && y < y2)
            {
                winding++;
            }
        }
        else if (y2 <= y && y < y1)
        {
            winding--;
        }

        return false;
    }
}
