namespace GeoCivic.Spatial.Walking;

/// <summary>
/// Lengths of short lines on the WGS-84 ellipsoid, quickly: the first term of Gauss's mid-latitude formulas (W. Torge,
/// J. Müller, Geodesy, 4th ed. 2012, §6.3.3), in pieces of at most a kilometre, straight in degrees.
/// </summary>
/// <remarks>
/// The terms left out are (Δφ² and Δλ²)/24 of the length: 1 µm in a kilometre. A piece straight in degrees and the geodesic
/// differ by less. Lengths of parts add up to that of the whole.
/// </remarks>
internal static class ShortLine
{
    private const double SemiMajorAxis = 6_378_137;
    private const double Flattening = 1 / 298.257223563;
    private const double E2 = Flattening * (2 - Flattening);
    private const double Longest = 1000;

    /// <summary>Metres of one degree of longitude and of latitude at a latitude.</summary>
    internal static (double X, double Y) Scale(double lat)
    {
        double sin = Math.Sin(lat * Math.PI / 180);
        double w2 = 1 - (E2 * sin * sin);
        double n = SemiMajorAxis / Math.Sqrt(w2);
        double cos = Math.Sqrt(1 - (sin * sin));
        return (n * cos * Math.PI / 180, n * (1 - E2) / w2 * Math.PI / 180);
    }

    /// <summary>Metres between two places.</summary>
    internal static double Metres(double x1, double y1, double x2, double y2)
    {
        double metres = Piece(x1, y1, x2, y2);
        if (metres <= Longest)
        {
            return metres;
        }

        int pieces = (int)Math.Ceiling(metres / Longest);
        double sum = 0;
        var (x, y) = (x1, y1);
        for (int i = 1; i <= pieces; i++)
        {
            double share = (double)i / pieces;
            var (nx, ny) = (x1 + ((x2 - x1) * share), y1 + ((y2 - y1) * share));
            sum += Piece(x, y, nx, ny);
            (x, y) = (nx, ny);
        }

        return sum;
    }

    /// <summary>
    /// The place of a line nearest to a place, as a share of the line, and its distance, in the plane of the place's own
    /// latitude: right to a millimetre within 100 m.
    /// </summary>
    internal static (double Share, double Metres) Nearest(
        (double X, double Y) scale,
        double x,
        double y,
        double x1,
        double y1,
        double x2,
        double y2
    )
    {
        double dx = (x2 - x1) * scale.X;
        double dy = (y2 - y1) * scale.Y;
        double px = (x - x1) * scale.X;
        double py = (y - y1) * scale.Y;
        double square = (dx * dx) + (dy * dy);
        double share = square > 0 ? Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1) : 0;
        double ox = px - (share * dx);
        double oy = py - (share * dy);
        return (share, Math.Sqrt((ox * ox) + (oy * oy)));
    }

    private static double Piece(double x1, double y1, double x2, double y2)
    {
        var (kx, ky) = Scale((y1 + y2) / 2);
        double dx = (x2 - x1) * kx;
        double dy = (y2 - y1) * ky;
        return Math.Sqrt((dx * dx) + (dy * dy));
    }
}
