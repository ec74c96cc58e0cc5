using System.Buffers.Binary;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// One record of a .shp file as a geometry, two-dimensional (ESRI Shapefile Technical Description, July 1998).
/// </summary>
internal static class ShapeGeometry
{
    private const int Null = 0;
    private const int PartsAt = 44;

    private static readonly GeometryFactory Factory = new();

    /// <summary>Whether a type has heights or measures, which are left out.</summary>
    internal static bool HasMore(int type) => type is > 10 and < 30;

    /// <summary>Whether a type is read at all: points, lines, areas and point sets, with or without heights and measures.</summary>
    internal static bool IsKnown(int type) =>
        type is Null or 1 or 3 or 5 or 8 or 11 or 13 or 15 or 18 or 21 or 23 or 25 or 28;

    /// <summary>Reads the content of a record, from its type on.</summary>
    /// <param name="content">Bytes after the record's header.</param>
    /// <param name="limits">Bounds on vertices.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The geometry in file coordinates; null for a null shape or a fault.</returns>
    /// <exception cref="SourceFileException">413: more vertices than a geometry may have.</exception>
    internal static Geometry? Read(
        ReadOnlySpan<byte> content,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        fault = null;
        if (content.Length < 4)
        {
            return Refuse("The shape is cut short.", out fault);
        }

        var type = BinaryPrimitives.ReadInt32LittleEndian(content);
        if (!IsKnown(type))
        {
            return Refuse($"Shapes of type {type} are not read.", out fault);
        }

        try
        {
            return (type % 10) switch
            {
                Null => null,
                1 => One(content, out fault),
                8 => Many(content, limits, out fault),
                3 => Lines(content, limits, out fault),
                _ => Areas(content, limits, out fault),
            };
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or IndexOutOfRangeException
                        or InvalidDataException
                        or OverflowException
            )
        {
            // Counts that point beyond the record, a ring that is short or open.
            return Refuse("The shape does not have the form its type asks for.", out fault);
        }
    }

    private static Point? One(ReadOnlySpan<byte> content, out RowFault? fault)
    {
        var place = Place(content, 4);
        if (!IsFinite(place))
        {
            Refuse("An ordinate is not a finite number.", out fault);
            return null;
        }

        fault = null;
        return Factory.CreatePoint(place);
    }

    private static MultiPoint? Many(
        ReadOnlySpan<byte> content,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        var count = Count(content, 36, limits);
        var places = Places(content, 40, 0, count, out fault);
        return fault is null ? Factory.CreateMultiPointFromCoords(places) : null;
    }

    private static Geometry? Lines(
        ReadOnlySpan<byte> content,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        var parts = Parts(content, limits, out fault);
        if (fault is not null)
        {
            return null;
        }

        LineString[] lines = [.. parts.Select(Factory.CreateLineString)];
        return lines.Length == 1 ? lines[0] : Factory.CreateMultiLineString(lines);
    }

    // Outer rings run clockwise, holes the other way; a hole belongs to the smallest outer ring around it. Files whose
    // writer minded no direction have none that runs clockwise: then what lies in another ring is a hole.
    private static Geometry? Areas(
        ReadOnlySpan<byte> content,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        var parts = Parts(content, limits, out fault);
        if (fault is not null)
        {
            return null;
        }

        var rings = parts.ConvertAll(p => Factory.CreateLinearRing(p));
        var shells = rings.FindAll(r => !r.IsCCW);
        if (shells.Count == 0)
        {
            shells = rings.FindAll(r => !rings.Exists(o => o != r && Holds(o, r)));
        }

        var holes = shells.ToDictionary(s => s, _ => new List<LinearRing>());
        foreach (var ring in rings.Where(r => !holes.ContainsKey(r)))
        {
            var around = shells.Where(s => Holds(s, ring)).MinBy(s => s.EnvelopeInternal.Area);
            if (around is null)
            {
                return Refuse("A hole lies outside of every outer ring.", out fault);
            }

            holes[around].Add(ring);
        }

        Polygon[] areas = [.. shells.Select(s => Factory.CreatePolygon(s, [.. holes[s]]))];
        return areas.Length == 1 ? areas[0] : Factory.CreateMultiPolygon(areas);
    }

    // By a corner that is not on the outer ring; rings that share all corners are left to the rules for areas.
    private static bool Holds(LinearRing outer, LinearRing inner)
    {
        if (!outer.EnvelopeInternal.Covers(inner.EnvelopeInternal))
        {
            return false;
        }

        var corners = outer.Coordinates;
        foreach (var corner in inner.Coordinates)
        {
            switch (PointLocation.LocateInRing(corner, corners))
            {
                case Location.Interior:
                    return true;
                case Location.Exterior:
                    return false;
            }
        }

        return false;
    }

    private static List<Coordinate[]> Parts(
        ReadOnlySpan<byte> content,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        var partCount = Count(content, 36, limits);
        var pointCount = Count(content, 40, limits);
        var from = checked(PartsAt + (4 * partCount));
        var parts = new List<Coordinate[]>(partCount);
        fault = null;
        for (var i = 0; i < partCount; i++)
        {
            var first = Int(content, PartsAt + (4 * i));
            var end = i + 1 < partCount ? Int(content, PartsAt + (4 * (i + 1))) : pointCount;
            if (first < 0 || end <= first || end > pointCount)
            {
                Refuse("The parts of the shape do not follow one another.", out fault);
                return parts;
            }

            parts.Add(Places(content, from, first, end - first, out fault));
            if (fault is not null)
            {
                return parts;
            }
        }

        if (parts.Count == 0)
        {
            Refuse("The shape is empty.", out fault);
        }

        return parts;
    }

    private static Coordinate[] Places(
        ReadOnlySpan<byte> content,
        int from,
        int first,
        int count,
        out RowFault? fault
    )
    {
        fault = null;
        var places = new Coordinate[count];
        for (var i = 0; i < count; i++)
        {
            places[i] = Place(content, from + (16 * (first + i)));
            if (!IsFinite(places[i]))
            {
                Refuse("An ordinate is not a finite number.", out fault);
                return [];
            }
        }

        return places;
    }

    private static int Count(ReadOnlySpan<byte> content, int at, SourceLimits limits)
    {
        var count = Int(content, at);
        if (count > limits.MaxVerticesPerGeometry)
        {
            throw new SourceFileException(
                413,
                "too-many-vertices",
                $"A geometry has more than {limits.MaxVerticesPerGeometry} vertices. Simplify it and send the file again."
            );
        }

        return count >= 0 ? count : throw new InvalidDataException("A count is negative.");
    }

    private static int Int(ReadOnlySpan<byte> content, int at) =>
        BinaryPrimitives.ReadInt32LittleEndian(content[at..]);

    private static Coordinate Place(ReadOnlySpan<byte> content, int at) =>
        new(
            BinaryPrimitives.ReadDoubleLittleEndian(content[at..]),
            BinaryPrimitives.ReadDoubleLittleEndian(content[(at + 8)..])
        );

    // Smaller than -1e38 means "no data" in this format.
    private static bool IsFinite(Coordinate place) =>
        double.IsFinite(place.X) && double.IsFinite(place.Y) && place.X > -1e38 && place.Y > -1e38;

    private static Geometry? Refuse(string reason, out RowFault? fault)
    {
        fault = new RowFault(RowFault.GeometryField, reason, Malformed: true);
        return null;
    }
}
