using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// The rules a geometry obeys before it is stored: on WGS-84, of the layer's type, valid, of a size a
/// street can have, rounded to 1e-7 degree (about 1 cm), outer rings anticlockwise (RFC 7946).
/// Thread-safe.
/// </summary>
public static class GeometryRules
{
    /// <summary>The grid coordinates are rounded to, in degrees.</summary>
    public const double Grid = 1e-7;

    /// <summary>The widest accepted line or area, in degrees of longitude or latitude.</summary>
    public const double MaxDegreesAcross = 5;

    private static readonly PrecisionModel Rounding = new(1 / Grid);
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Checks a geometry against the rules.</summary>
    /// <param name="geometry">Longitude and latitude in degrees on WGS-84, after any datum conversion; null counts as missing.</param>
    /// <param name="allowed">The types the layer takes; a single area becomes a multiple one, and a multiple of one part a single one, where the layer asks for it.</param>
    /// <param name="repair">Whether an invalid area may be repaired, with a note of what changed.</param>
    public static GeometryResult Check(Geometry? geometry, GeometryKinds allowed, bool repair)
    {
        if (geometry is null)
        {
            return Refused("A geometry is needed.");
        }
        if (geometry.IsEmpty)
        {
            return Refused($"The {geometry.GeometryType} is empty.");
        }
        return Ordinates(geometry) is { } outside ? new(null, outside, [])
            : geometry is Point point ? CheckPoint(point, allowed)
            : CheckShape(geometry, allowed, repair);
    }

    private static GeometryResult CheckPoint(Point point, GeometryKinds allowed)
    {
        var stored = Factory.CreatePoint(Round(point.Coordinate));
        return allowed.HasFlag(GeometryKinds.Point) ? new(stored, null, [])
            : allowed.HasFlag(GeometryKinds.MultiPoint)
                ? new(Factory.CreateMultiPoint([stored]), null, [])
            : WrongType(point, allowed);
    }

    private static GeometryResult CheckShape(Geometry geometry, GeometryKinds allowed, bool repair)
    {
        if (Kind(geometry) == GeometryKinds.None)
        {
            return Refused("A GeometryCollection is not accepted; send one geometry of one type.");
        }
        if (Fit(geometry, allowed) is null)
        {
            return WrongType(geometry, allowed);
        }
        if ((EmptyPart(geometry) ?? Extent(geometry)) is { } wide)
        {
            return new(null, wide, []);
        }
        var notes = new List<string>();
        var (cleaned, fault) =
            geometry is IPolygonal
                ? AreaRules.Clean(geometry, repair, Rounding, notes)
                : LineRules.Clean(geometry, notes);
        if (cleaned is null)
        {
            return new(null, fault, []);
        }
        return Fit(cleaned, allowed) is { } fitted
            ? new(Stored(fitted), null, notes)
            : WrongType(cleaned, allowed);
    }

    /// <summary>The geometry as the type the layer asks for, or null when it cannot be.</summary>
    private static Geometry? Fit(Geometry geometry, GeometryKinds allowed)
    {
        var factory = geometry.Factory;
        if (allowed.HasFlag(Kind(geometry)))
        {
            return geometry;
        }
        return geometry switch
        {
            Polygon area when allowed.HasFlag(GeometryKinds.MultiPolygon) =>
                factory.CreateMultiPolygon([area]),
            LineString line when allowed.HasFlag(GeometryKinds.MultiLineString) =>
                factory.CreateMultiLineString([line]),
            MultiPolygon { Count: 1 } areas when allowed.HasFlag(GeometryKinds.Polygon) => areas[0],
            MultiLineString { Count: 1 } lines when allowed.HasFlag(GeometryKinds.LineString) =>
                lines[0],
            MultiPoint { Count: 1 } points when allowed.HasFlag(GeometryKinds.Point) => points[0],
            _ => null,
        };
    }

    private static GeometryKinds Kind(Geometry geometry) =>
        geometry switch
        {
            Point => GeometryKinds.Point,
            MultiPoint => GeometryKinds.MultiPoint,
            LineString => GeometryKinds.LineString,
            MultiLineString => GeometryKinds.MultiLineString,
            Polygon => GeometryKinds.Polygon,
            MultiPolygon => GeometryKinds.MultiPolygon,
            _ => GeometryKinds.None,
        };

    private static RowFault? Ordinates(Geometry geometry)
    {
        var check = new OrdinateCheck();
        geometry.Apply(check);
        return check.Fault;
    }

    private static RowFault? EmptyPart(Geometry geometry)
    {
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            if (geometry.GetGeometryN(i).IsEmpty)
            {
                return Fault($"Part {i + 1} of the {geometry.GeometryType} is empty.");
            }
        }
        return null;
    }

    private static RowFault? Extent(Geometry geometry)
    {
        var jump = new JumpCheck();
        geometry.Apply(jump);
        if (jump.At is { } at)
        {
            return Fault(
                "An edge spans more than 180 degrees of longitude; geometries across the antimeridian are not accepted.",
                at
            );
        }
        var box = geometry.EnvelopeInternal;
        return box.Width > MaxDegreesAcross || box.Height > MaxDegreesAcross
            ? Fault(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The geometry is {box.Width:0.##} by {box.Height:0.##} degrees large; no part of a street is more than {MaxDegreesAcross} degrees across."
                ),
                box.Centre
            )
            : null;
    }

    /// <summary>A copy in the factory of the store, SRID 4326.</summary>
    private static Geometry Stored(Geometry geometry)
    {
        var copy = Factory.CreateGeometry(geometry);
        copy.SRID = 4326;
        return copy;
    }

    internal static Coordinate Round(Coordinate c) =>
        // Adding zero turns -0 into 0, which would otherwise be stored and compared as another byte pattern.
        new(Rounding.MakePrecise(c.X) + 0.0, Rounding.MakePrecise(c.Y) + 0.0);

    internal static RowFault Fault(string reason, Coordinate? at = null) =>
        new(
            RowFault.GeometryField,
            reason,
            Malformed: false,
            Lon: at is null ? null : Rounding.MakePrecise(at.X),
            Lat: at is null ? null : Rounding.MakePrecise(at.Y)
        );

    private static GeometryResult Refused(string reason) => new(null, Fault(reason), []);

    private static GeometryResult WrongType(Geometry geometry, GeometryKinds allowed) =>
        new(
            null,
            Fault(
                $"A {geometry.GeometryType} is not of this layer, which takes {allowed.ToString().Replace(", ", " or ", StringComparison.Ordinal)}.",
                geometry.Coordinate
            ),
            []
        );

    private sealed class OrdinateCheck : ICoordinateSequenceFilter
    {
        public RowFault? Fault { get; private set; }

        public bool Done => Fault is not null;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq, int i)
        {
            var lon = seq.GetX(i);
            var lat = seq.GetY(i);
            if (!double.IsFinite(lon) || !double.IsFinite(lat))
            {
                Fault = new RowFault(
                    RowFault.GeometryField,
                    "An ordinate is not a finite number.",
                    Malformed: true
                );
            }
            else if (Math.Abs(lat) > 90 && Math.Abs(lat) <= 180 && Math.Abs(lon) <= 90)
            {
                Fault = Outside(
                    lon,
                    lat,
                    "longitude and latitude look swapped (longitude comes first)"
                );
            }
            else if (Math.Abs(lat) > 90 || Math.Abs(lon) > 180)
            {
                Fault = Outside(
                    lon,
                    lat,
                    Math.Max(Math.Abs(lon), Math.Abs(lat)) > 1000
                        ? "it looks like metres of a projected system; say which with --crs"
                        : "longitude is -180 to 180 and latitude -90 to 90 degrees"
                );
            }
            else if (lon == 0 && lat == 0)
            {
                Fault = GeometryRules.Fault(
                    "The place is (0, 0), which stands for an unknown place and not for one on land.",
                    new Coordinate(0, 0)
                );
            }
        }

        private static RowFault Outside(double lon, double lat, string why) =>
            new(
                RowFault.GeometryField,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The place ({lon}, {lat}) is not on the globe: {why}."
                ),
                Malformed: false,
                Lon: lon,
                Lat: lat
            );
    }

    private sealed class JumpCheck : ICoordinateSequenceFilter
    {
        public Coordinate? At { get; private set; }

        public bool Done => At is not null;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq, int i)
        {
            if (i > 0 && Math.Abs(seq.GetX(i) - seq.GetX(i - 1)) > 180)
            {
                At = seq.GetCoordinateCopy(i);
            }
        }
    }
}
