using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>
/// A shape prepared for measuring geodesics from it to many others: its edges in plain arrays, in blocks with boxes.
/// Immutable and safe for concurrent use; measuring to a place allocates nothing.
/// </summary>
/// <remarks>
/// <para>
/// Edges are straight in longitude and latitude. For a place P all edges are first measured in the plane whose axes
/// have the lengths of a degree at P. That plane tells a distance d wrong by the share d·tan φ/2R at most (the parallels
/// grow shorter towards the pole), so every edge within twice that share of the nearest can be the nearest: each of
/// these is minimised by Gauss–Newton in the mid-latitude formula (Bomford, Geodesy, 4th ed. 1980, § 2.13), which is exact
/// to the third order, and the pair's geodesic is computed by <see cref="Geodesic"/>. The distance to the pair found
/// exceeds the least distance by less than 1 mm within 10 km of latitude up to 70° (a millionth of a millimetre at
/// 200 m); tests search by brute force.
/// </para>
/// <para>
/// Of two shapes that do not touch, a vertex of one is an end of the nearest pair. Shapes must not cross the
/// antimeridian. Polygons are taken as valid; the even-odd rule says what is inside.
/// </para>
/// </remarks>
public sealed class GeodesicShape
{
    /// <summary>Nearer than this, in metres, is touching: a hundredth of what a stored ordinate's last digit is.</summary>
    public const double TouchMetres = 1e-6;

    private const double EarthRadius = 6_371_000;
    private readonly EdgeTable _edges;

    private GeodesicShape(EdgeTable edges, Envelope box)
    {
        _edges = edges;
        Box = box;
    }

    /// <summary>Its box in degrees.</summary>
    public Envelope Box { get; }

    /// <summary>Whether it is one place.</summary>
    public bool IsPlace => Box.Width == 0 && Box.Height == 0;

    /// <summary>Prepares a shape; it is copied.</summary>
    /// <param name="shape">Point, line, polygon or several of these, WGS-84 degrees, not empty.</param>
    /// <exception cref="ArgumentException">The shape is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static GeodesicShape Of(Geometry shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.IsEmpty)
        {
            throw new ArgumentException("An empty shape has no distance.", nameof(shape));
        }

        return new GeodesicShape(EdgeTable.Of(shape), shape.EnvelopeInternal.Copy());
    }

    /// <summary>The nearest pair to a place: on this shape, and the place.</summary>
    /// <param name="place">WGS-84 degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public Nearest To(LonLat place)
    {
        Degrees.ThrowIfOutOfRange(place.Lon, place.Lat);
        TryWithin(place, double.PositiveInfinity, out var nearest);
        return nearest;
    }

    /// <summary>Whether a place is within some metres, and the nearest pair if so.</summary>
    /// <param name="place">WGS-84 degrees, finite and on the globe.</param>
    /// <param name="metres">The cap, inclusive.</param>
    /// <param name="nearest">The nearest pair: on this shape, and the place.</param>
    public bool TryWithin(LonLat place, double metres, out Nearest nearest)
    {
        var frame = PlaceFrame.At(place.Lon, place.Lat);
        double cap = frame.Slack(Math.Max(metres, TouchMetres));
        double square = _edges.LeastSquare(frame, cap, out bool inside);
        if (inside)
        {
            nearest = new Nearest(0, place, place);
            return metres >= 0;
        }

        double rough = Math.Sqrt(square);
        nearest = new Nearest(double.PositiveInfinity, place, place);
        if (rough > cap)
        {
            return false;
        }

        double most = frame.Slack(frame.Slack(rough));
        nearest = _edges.Refine(place, frame, most * most, nearest);
        if (nearest.Metres <= TouchMetres)
        {
            nearest = new Nearest(0, place, place);
        }

        return nearest.Metres <= metres;
    }

    /// <summary>The nearest pair to another shape: on this shape, and on the other.</summary>
    /// <param name="other">The other shape.</param>
    public Nearest To(GeodesicShape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsPlace)
        {
            return To(other._edges.Vertex(0));
        }

        if (IsPlace)
        {
            return Turned(other.To(_edges.Vertex(0)));
        }

        if (Box.Intersects(other.Box) && _edges.Crossing(other._edges) is LonLat common)
        {
            return new Nearest(0, common, common);
        }

        var best = NearestVertex(other, new Nearest(double.PositiveInfinity, default, default));
        return best.Metres == 0 ? best : Turned(other.NearestVertex(this, Turned(best)));
    }

    private Nearest NearestVertex(GeodesicShape other, Nearest best)
    {
        for (int i = 0; i < other._edges.Vertices && best.Metres > 0; i++)
        {
            if (
                TryWithin(other._edges.Vertex(i), best.Metres, out var found)
                && found.Metres < best.Metres
            )
            {
                best = found;
            }
        }

        return best;
    }

    private static Nearest Turned(Nearest pair) => new(pair.Metres, pair.To, pair.On);

    /// <summary>The plane in which a place is the origin.</summary>
    internal readonly record struct PlaceFrame(
        double Lon,
        double Lat,
        double MetresPerLon,
        double MetresPerLat,
        double Tangent
    )
    {
        internal static PlaceFrame At(double lon, double lat)
        {
            var (perLon, perLat) = Wgs84.MetresPerDegree(lat);
            double tangent = Math.Abs(Math.Tan(lat * Wgs84.RadiansPerDegree));
            return new PlaceFrame(lon, lat, perLon, perLat, Math.Min(tangent, 1000));
        }

        /// <summary>What the plane may tell of something that is truly so far, at most; infinite far away.</summary>
        internal double Slack(double metres)
        {
            double share = (Tangent + 0.02) * metres / (2 * EarthRadius);
            return share > 0.2 || double.IsNaN(share)
                ? double.PositiveInfinity
                : metres * (1 + (1.2 * share) + 1e-7);
        }
    }
}
