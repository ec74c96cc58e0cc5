using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Reads well-known binary (OGC 06-103r4, clause 8.2) as two-dimensional geometry. Not NetTopologySuite's reader: that
/// follows collections into collections until the stack ends, and takes counts as they are said before it sees the bytes.
/// </summary>
internal ref struct WellKnownBinary(ReadOnlySpan<byte> bytes, SourceLimits limits)
{
    private const int PointType = 1;
    private const int LineType = 2;
    private const int AreaType = 3;
    private const int CollectionType = 7;

    // The bits by which JTS and PostGIS say Z, M and SRID, where the standard adds 1000, 2000 or 3000.
    private const uint HasZ = 0x8000_0000;
    private const uint HasM = 0x4000_0000;
    private const uint HasSrid = 0x2000_0000;

    private const string BadForm = "The shape does not have the form its type asks for.";

    private static readonly GeometryFactory Factory = new();

    private ReadOnlySpan<byte> _rest = bytes;
    private bool _little;
    private int _ordinates;
    private int _vertices;

    /// <summary>Whether there were heights or measures, which are left out.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads the one geometry that the bytes hold.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The geometry; null with a fault.</returns>
    /// <exception cref="SourceFileException">413: more vertices than a geometry may have.</exception>
    public Geometry? Read(out RowFault? fault)
    {
        fault = null;
        try
        {
            var type = Type();
            var geometry = type switch
            {
                PointType => Factory.CreatePoint(Places(1)[0]),
                LineType => Line(),
                AreaType => Area(),
                4 or 5 or 6 => Several(type - 3),
                CollectionType => throw new NotSupportedException(
                    "A GeometryCollection is not accepted; send one geometry of one type."
                ),
                >= 8 and <= 14 => throw new NotSupportedException(
                    "Curved shapes are not read. Convert them to straight pieces (ogr2ogr -nlt CONVERT_TO_LINEAR) and send the file again."
                ),
                _ => throw new NotSupportedException($"Shapes of type {type} are not read."),
            };
            return geometry.IsEmpty ? throw new NotSupportedException("The geometry is empty.")
                : _rest.IsEmpty ? geometry
                : throw new InvalidDataException("Something follows the end of the geometry.");
        }
        catch (NotSupportedException e)
        {
            fault = new RowFault(RowFault.GeometryField, e.Message, Malformed: false);
        }
        catch (InvalidDataException e)
        {
            fault = new RowFault(RowFault.GeometryField, e.Message, Malformed: true);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            // The bytes end, a line of one point, a ring that is short or open.
            fault = new RowFault(RowFault.GeometryField, BadForm, Malformed: true);
        }

        return null;
    }

    private LineString Line() => Factory.CreateLineString(Places(Count()));

    private Polygon Area()
    {
        // A ring has at least its count.
        var rings = new LinearRing[Count(atLeast: 4)];
        for (var i = 0; i < rings.Length; i++)
        {
            var corners = Places(Count());
            rings[i] =
                corners.Length > 0
                    ? Factory.CreateLinearRing(corners)
                    : throw new InvalidDataException(BadForm);
        }

        return rings.Length == 0
            ? Factory.CreatePolygon()
            : Factory.CreatePolygon(rings[0], rings[1..]);
    }

    // Parts are of the one simple type, so nothing is nested deeper than this.
    private Geometry Several(int type)
    {
        // Each with a byte order, a type and a count, or a place.
        var parts = new Geometry[Count(atLeast: 9)];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Type() != type)
            {
                throw new InvalidDataException(BadForm);
            }

            parts[i] = type switch
            {
                PointType => Factory.CreatePoint(Places(1)[0]),
                LineType => Line(),
                _ => Area(),
            };
        }

        return type switch
        {
            PointType => Factory.CreateMultiPoint(Array.ConvertAll(parts, p => (Point)p)),
            LineType => Factory.CreateMultiLineString(Array.ConvertAll(parts, p => (LineString)p)),
            _ => Factory.CreateMultiPolygon(Array.ConvertAll(parts, p => (Polygon)p)),
        };
    }

    private int Type()
    {
        _little = _rest[0] switch
        {
            0 => false,
            1 => true,
            _ => throw new InvalidDataException(BadForm),
        };
        _rest = _rest[1..];
        var said = Number();
        if ((said & HasSrid) != 0)
        {
            throw new InvalidDataException(
                "The geometry has an SRID of its own, which the format does not allow."
            );
        }

        var plain = said & ~(HasZ | HasM);
        _ordinates =
            2
            + ((said & HasZ) != 0 || plain / 1000 is 1 or 3 ? 1 : 0)
            + ((said & HasM) != 0 || plain / 1000 is 2 or 3 ? 1 : 0);
        HasMore |= _ordinates > 2;
        return plain < 4000 ? (int)(plain % 1000) : (int)plain;
    }

    private Coordinate[] Places(int count)
    {
        var size = _ordinates * sizeof(double);
        _vertices += count;
        if (_vertices > limits.MaxVerticesPerGeometry)
        {
            throw TooMany();
        }

        if (count > _rest.Length / size)
        {
            throw new InvalidDataException(BadForm);
        }

        var places = new Coordinate[count];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (Ordinate(0), Ordinate(sizeof(double)));
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                throw new InvalidDataException("An ordinate is not a finite number.");
            }

            places[i] = new Coordinate(x, y);
            _rest = _rest[size..];
        }

        return places;
    }

    /// <summary>How many things follow; never more than the bytes have room for.</summary>
    private int Count(int atLeast = 2 * sizeof(double))
    {
        var count = Number();
        if (count > _rest.Length / atLeast)
        {
            throw new InvalidDataException(BadForm);
        }

        return count <= limits.MaxVerticesPerGeometry ? (int)count : throw TooMany();
    }

    private uint Number()
    {
        var number = _little
            ? BinaryPrimitives.ReadUInt32LittleEndian(_rest)
            : BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return number;
    }

    private readonly double Ordinate(int at) =>
        _little
            ? BinaryPrimitives.ReadDoubleLittleEndian(_rest[at..])
            : BinaryPrimitives.ReadDoubleBigEndian(_rest[at..]);

    private readonly SourceFileException TooMany() =>
        new(
            413,
            "too-many-vertices",
            $"A geometry has more than {limits.MaxVerticesPerGeometry} vertices. Simplify it and send the file again."
        );
}
