using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace GeoCivic.Hotspots;

/// <summary>The rivers of a street's base map, and whether the straight way between two places leads across one.</summary>
internal sealed class River
{
    private readonly IPreparedGeometry? _water;
    private readonly IPreparedGeometry? _lines;

    /// <summary>Rivers drawn as areas or as lines, WGS-84.</summary>
    public River(IReadOnlyCollection<Geometry> shapes)
    {
        _water = Prepared(shapes.Where(s => s.Dimension == Dimension.Surface));
        _lines = Prepared(shapes.Where(s => s.Dimension == Dimension.Curve));
    }

    /// <summary>Whether there is none.</summary>
    public bool IsNone => _water is null && _lines is null;

    /// <summary>
    /// Whether the way from one place to another meets a river's line, or leaves the land, passes water and comes to land
    /// again. Where one end lies in the water itself, nothing is crossed.
    /// </summary>
    public bool Parts(LonLat a, LonLat b)
    {
        if (IsNone)
        {
            return false;
        }

        var way = GeometryFactory.Default.CreateLineString([
            new Coordinate(a.Lon, a.Lat),
            new Coordinate(b.Lon, b.Lat),
        ]);
        return _lines?.Intersects(way) is true
            || (
                _water?.Intersects(way) is true && way.Difference(_water.Geometry).NumGeometries > 1
            );
    }

    private static IPreparedGeometry? Prepared(IEnumerable<Geometry> shapes)
    {
        var all = shapes.ToList();
        return all.Count == 0
            ? null
            : PreparedGeometryFactory.Prepare(
                NetTopologySuite.Operation.Union.UnaryUnionOp.Union(all)
            );
    }
}
