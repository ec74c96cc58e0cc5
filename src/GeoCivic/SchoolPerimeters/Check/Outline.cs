using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>The rings of a zone in plain arrays. Immutable.</summary>
public sealed class Outline
{
    private readonly Coordinate[][] _rings;

    /// <summary>Takes the rings of polygons.</summary>
    public Outline(Geometry zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Box = zone.EnvelopeInternal.Copy();
        _rings =
        [
            .. Enumerable
                .Range(0, zone.NumGeometries)
                .Select(zone.GetGeometryN)
                .OfType<Polygon>()
                .SelectMany(part => part.InteriorRings.Prepend(part.ExteriorRing))
                .Select(ring => ring.Coordinates),
        ];
    }

    /// <summary>Its box in degrees.</summary>
    public Envelope Box { get; }

    /// <summary>The closed rings.</summary>
    public IReadOnlyList<Coordinate[]> Rings => _rings;

    /// <summary>Whether a place is inside, by the even-odd rule.</summary>
    public bool Holds(LonLat place)
    {
        if (!Box.Contains(place.Lon, place.Lat))
        {
            return false;
        }

        var odd = false;
        foreach (var ring in _rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                odd ^=
                    (a.Y > place.Lat) != (b.Y > place.Lat)
                    && place.Lon < a.X + ((b.X - a.X) * ((place.Lat - a.Y) / (b.Y - a.Y)));
            }
        }

        return odd;
    }
}
