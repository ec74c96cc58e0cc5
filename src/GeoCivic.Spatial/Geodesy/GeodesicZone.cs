using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Buffer;
using NetTopologySuite.Operation.OverlayNG;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>The ground within some metres of a shape, measured along the ellipsoid.</summary>
/// <remarks>
/// The shape is offset in the transverse Mercator plane around its middle (<see cref="MetreFrame"/>), which is conformal
/// and has scale 1 there: 30 km east or west of the middle lengths are told 0.001 % too long, 2 mm in 200 m. Edges are
/// straight in longitude and latitude, before and after, so long ones are divided. The circles' chords lie half outside,
/// half inside. Altogether the zone's outline errs by less than 0.1 m up to 5 km around shapes up to 60 km wide. (A
/// buffer of 200 units in Web Mercator covers only 200 m · cos φ: 174 m at 29.5° N.)
/// </remarks>
public static class GeodesicZone
{
    /// <summary>The widest zone, metres.</summary>
    public const double MostMetres = 50_000;

    // An edge of 200 m strays from its straight line in degrees by L² tan φ / 8R, 0.5 mm at 30° and 2 mm at 70°.
    private const double LongestEdge = 200;
    private const double MostSagitta = 0.03;

    /// <summary>The zone around a shape, the shape with it.</summary>
    /// <param name="shape">Point, line, polygon or several of these, WGS-84 degrees.</param>
    /// <param name="metres">How far, from 0 to <see cref="MostMetres"/>; 0 gives the shape itself.</param>
    /// <returns>A polygon or multipolygon, shells counter-clockwise, WGS-84 degrees; empty for an empty shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The metres or an ordinate are not finite or out of range.</exception>
    public static Geometry Around(Geometry shape, double metres)
    {
        ArgumentNullException.ThrowIfNull(shape);
        // Written so that NaN fails too.
        if (!(metres >= 0 && metres <= MostMetres))
        {
            throw new ArgumentOutOfRangeException(
                nameof(metres),
                metres,
                "A zone is from 0 to 50,000 m wide."
            );
        }

        if (shape.IsEmpty || metres == 0)
        {
            return shape.Copy();
        }

        var middle = shape.EnvelopeInternal.Centre;
        var frame = new MetreFrame(new LonLat(middle.X, middle.Y));
        var (perLon, perLat) = Wgs84.MetresPerDegree(middle.Y);
        var plane = new ChangedCoordinates(LongestEdge, perLon, perLat, Forward).Transform(shape);
        // Of a quarter circle's n chords each has the sagitta r·(1 − cos(π/4n)) ≈ r·(π/4n)²/2.
        int chords = (int)Math.Ceiling(Math.PI / 4 * Math.Sqrt(metres / (2 * MostSagitta)));
        double sagitta = metres * (1 - Math.Cos(Math.PI / (4 * chords)));
        var offset = new BufferOp(
            plane,
            new BufferParameters(chords)
            {
                // What the buffer may smooth of the shape, as a share of the distance: a centimetre.
                SimplifyFactor = Math.Min(0.01, 0.01 / metres),
            }
        ).GetResultGeometry(metres + (sagitta / 2));
        return Oriented(new ChangedCoordinates(LongestEdge, 1, 1, Inverse).Transform(offset));

        Coordinate Forward(Coordinate c)
        {
            var (x, y) = frame.Forward(c.X, c.Y);
            return new Coordinate(x, y);
        }

        Coordinate Inverse(Coordinate c)
        {
            var place = frame.Inverse(c.X, c.Y);
            return new Coordinate(place.Lon, place.Lat);
        }
    }

    /// <summary>The union of zones.</summary>
    /// <param name="zones">Polygons and multipolygons, WGS-84 degrees; they may overlap.</param>
    /// <returns>A polygon or multipolygon, shells counter-clockwise; empty when there is none.</returns>
    public static Geometry Dissolve(IEnumerable<Geometry> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        var all = zones.Where(zone => !zone.IsEmpty).ToArray();
        return all.Length == 0
            ? new MultiPolygon([])
            : Oriented(OverlayNGRobust.Union(new GeometryFactory().BuildGeometry(all)));
    }

    // RFC 7946: shells counter-clockwise, holes clockwise; the normal form has them the other way round.
    private static Geometry Oriented(Geometry zone) => zone.Normalized().Reverse();
}
