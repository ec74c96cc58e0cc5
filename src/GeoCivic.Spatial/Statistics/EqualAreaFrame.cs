namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// A plane around an origin in which equal surfaces of the ground have equal surfaces: Lambert's azimuthal equal-area
/// projection of the GRS80 ellipsoid, metres eastwards (x) and northwards (y).
/// </summary>
/// <remarks>
/// J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, pp. 187–190: forward by equations
/// (24-2), (24-13), (24-17)–(24-20), (3-11)–(3-13) and (14-15), inverse by (24-26)–(24-29) and (3-16). GRS80 is what CGCS2000
/// uses; WGS-84's ellipsoid differs from it by 0.1 mm in the polar axis.
/// </remarks>
public sealed class EqualAreaFrame
{
    private const double A = 6378137;
    private const double Flattening = 1 / 298.257222101;
    private const double E2 = Flattening * (2 - Flattening);
    private const double Degree = Math.PI / 180;
    private static readonly double E = Math.Sqrt(E2);
    private static readonly double Qp = Q(1);

    // Radius of the sphere with the ellipsoid's surface (3-13).
    private static readonly double Rq = A * Math.Sqrt(Qp / 2);

    private readonly double _lambda0;
    private readonly double _sinBeta1;
    private readonly double _cosBeta1;
    private readonly double _d;

    /// <summary>A frame around an origin.</summary>
    /// <param name="origin">WGS-84 or CGCS2000, degrees; no pole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The origin is not on the globe, or within 0.01° of a pole.</exception>
    public EqualAreaFrame(LonLat origin)
    {
        Degrees.ThrowIfOutOfRange(origin.Lon, origin.Lat);
        if (Math.Abs(origin.Lat) > 89.99)
        {
            throw new ArgumentOutOfRangeException(
                nameof(origin),
                origin,
                "The origin lies too near to a pole."
            );
        }

        Origin = origin;
        _lambda0 = origin.Lon * Degree;
        var sin = Math.Sin(origin.Lat * Degree);
        _sinBeta1 = Q(sin) / Qp;
        _cosBeta1 = Math.Sqrt(1 - (_sinBeta1 * _sinBeta1));
        var m1 = Math.Cos(origin.Lat * Degree) / Math.Sqrt(1 - (E2 * sin * sin)); // (14-15)
        _d = A * m1 / (Rq * _cosBeta1); // (24-20)
    }

    /// <summary>Where x and y are 0.</summary>
    public LonLat Origin { get; }

    /// <summary>Metres east and north of the origin.</summary>
    /// <param name="place">Degrees; not the point opposite to the origin.</param>
    public (double X, double Y) Forward(LonLat place)
    {
        var sinBeta = Q(Math.Sin(place.Lat * Degree)) / Qp;
        var cosBeta = Math.Sqrt(1 - (sinBeta * sinBeta));
        var dLambda = (place.Lon * Degree) - _lambda0;
        var (sin, cos) = Math.SinCos(dLambda);
        var b = Rq * Math.Sqrt(2 / (1 + (_sinBeta1 * sinBeta) + (_cosBeta1 * cosBeta * cos))); // (24-19)
        return (
            b * _d * cosBeta * sin, // (24-17)
            b / _d * ((_cosBeta1 * sinBeta) - (_sinBeta1 * cosBeta * cos)) // (24-18)
        );
    }

    /// <summary>The place of metres east and north of the origin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Farther away than the globe reaches.</exception>
    public LonLat Inverse(double x, double y)
    {
        var rho = Math.Sqrt((x / _d * (x / _d)) + (_d * y * _d * y)); // (24-28)
        if (rho == 0)
        {
            return Origin;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(rho, 2 * Rq, nameof(x));
        var (sinC, cosC) = Math.SinCos(2 * Math.Asin(rho / (2 * Rq))); // (24-29)
        var q = Qp * ((cosC * _sinBeta1) + (_d * y * sinC * _cosBeta1 / rho)); // (24-27)
        var lambda =
            _lambda0
            + Math.Atan2(
                x * sinC,
                (_d * rho * _cosBeta1 * cosC) - (_d * _d * y * _sinBeta1 * sinC)
            ); // (24-26)
        return new LonLat(Math.IEEERemainder(lambda / Degree, 360), Latitude(q) / Degree);
    }

    /// <summary>q of a latitude's sine (3-12).</summary>
    private static double Q(double sin) =>
        (1 - E2) * ((sin / (1 - (E2 * sin * sin))) + (Math.Atanh(E * sin) / E));

    /// <summary>The latitude of q (3-16); each step gains more than two digits.</summary>
    private static double Latitude(double q)
    {
        var phi = Math.Asin(Math.Clamp(q / 2, -1, 1));
        for (var i = 0; i < 12; i++)
        {
            var (sin, cos) = Math.SinCos(phi);
            if (cos < 1e-9)
            {
                break;
            }

            var w = 1 - (E2 * sin * sin);
            var step = w * w / (2 * cos) * ((q / (1 - E2)) - (sin / w) - (Math.Atanh(E * sin) / E));
            phi += step;
            if (Math.Abs(step) < 1e-15)
            {
                break;
            }
        }

        return phi;
    }
}
