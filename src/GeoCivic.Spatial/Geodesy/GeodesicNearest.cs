using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>The nearest pair of places of two shapes.</summary>
/// <param name="Metres">The geodesic between them, metres; 0 when the shapes touch or overlap.</param>
/// <param name="On">The place on the first shape.</param>
/// <param name="To">The place on the second shape; where they touch, the same.</param>
public readonly record struct Nearest(double Metres, LonLat On, LonLat To);

/// <summary>The shortest geodesic between two shapes whose edges are straight in longitude and latitude (RFC 7946).</summary>
/// <remarks>See <see cref="GeodesicShape"/> for how and how exactly; prepare a shape once that is measured often.</remarks>
public static class GeodesicNearest
{
    /// <summary>Measures.</summary>
    /// <param name="a">Point, line, polygon or several of these, WGS-84 degrees, not empty.</param>
    /// <param name="b">Likewise.</param>
    /// <exception cref="ArgumentException">A shape is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    public static Nearest Between(Geometry a, Geometry b) =>
        GeodesicShape.Of(a).To(GeodesicShape.Of(b));
}
