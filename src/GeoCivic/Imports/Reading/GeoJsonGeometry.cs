using System.Text.Json;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Reads a GeoJSON geometry as the standard has it and nothing else: numbers are numbers, positions have
/// two or three of them, rings are closed. Vertices are counted before any geometry is built.
/// </summary>
internal sealed class GeoJsonGeometry(SourceLimits limits)
{
    private static readonly GeometryFactory Factory = new();

    private readonly List<Coordinate> _vertices = [];
    private readonly List<int> _lineEnds = [];
    private readonly List<int> _partEnds = [];
    private bool _hasZ;
    private RowFault? _fault;

    /// <summary>Reads the object the reader is at and leaves the reader at its end, also when it is refused.</summary>
    /// <param name="reader">At the value of a "geometry" member that is not null.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="hasZ">Whether a third ordinate was dropped.</param>
    /// <exception cref="SourceFileException">413: more vertices than a geometry may have.</exception>
    public Geometry? Read(ref Utf8JsonReader reader, out RowFault? fault, out bool hasZ)
    {
        _vertices.Clear();
        _lineEnds.Clear();
        _partEnds.Clear();
        _hasZ = false;
        _fault = null;
        var geometry = ReadObject(ref reader);
        fault = _fault;
        hasZ = _hasZ && fault is null;
        return fault is null ? geometry : null;
    }

    private Geometry? ReadObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse("A geometry must be an object or null.", malformed: true);
            reader.Skip();
            return null;
        }
        string? type = null;
        var nesting = -1;
        var parsed = false;
        var collection = false;
        var found = false;
        Utf8JsonReader coordinates = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                RefuseIf(type is not null, "The geometry names \"type\" twice.");
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : "";
                nesting = Nesting(type);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("coordinates"u8))
            {
                RefuseIf(found, "The geometry names \"coordinates\" twice.");
                reader.Read();
                coordinates = reader;
                parsed = !found && nesting >= 0;
                if (parsed)
                {
                    ReadLevel(ref coordinates, nesting, nesting);
                }
                found = true;
                reader.Skip();
            }
            else
            {
                collection |= reader.ValueTextEquals("geometries"u8);
                RefuseIf(
                    reader.ValueTextEquals("crs"u8),
                    "The geometry has a \"crs\" member, which RFC 7946 removed."
                );
                reader.Read();
                reader.Skip();
            }
        }
        if (_fault is not null)
        {
            return null;
        }
        if (collection || string.Equals(type, "GeometryCollection", StringComparison.Ordinal))
        {
            Refuse(
                "A GeometryCollection is not accepted; send one geometry of one type.",
                malformed: false
            );
            return null;
        }
        if (nesting < 0)
        {
            Refuse(
                type is null
                    ? "The geometry has no \"type\"."
                    : $"'{RowFault.Shorten(type)}' is not a geometry type.",
                malformed: true
            );
            return null;
        }
        if (!found)
        {
            Refuse("The geometry has no \"coordinates\".", malformed: true);
            return null;
        }
        if (!parsed)
        {
            ReadLevel(ref coordinates, nesting, nesting);
        }
        return _fault is null ? Build(type!) : null;
    }

    private static int Nesting(string? type) =>
        type switch
        {
            "Point" => 0,
            "MultiPoint" or "LineString" => 1,
            "MultiLineString" or "Polygon" => 2,
            "MultiPolygon" => 3,
            _ => -1,
        };

    private void ReadLevel(ref Utf8JsonReader reader, int level, int nesting)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Refuse(
                reader.TokenType switch
                {
                    JsonTokenType.Null => "\"coordinates\" holds null where an array belongs.",
                    _ =>
                        $"\"coordinates\" is not nested as its type asks ({nesting + 1} arrays deep).",
                },
                malformed: true
            );
            return;
        }
        if (level == 0)
        {
            ReadPosition(ref reader, nesting);
            return;
        }
        while (_fault is null && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadLevel(ref reader, level - 1, nesting);
        }
        if (level == 1)
        {
            _lineEnds.Add(_vertices.Count);
        }
        else if (level == 2)
        {
            _partEnds.Add(_lineEnds.Count);
        }
    }

    private void ReadPosition(ref Utf8JsonReader reader, int nesting)
    {
        var n = 0;
        double x = 0,
            y = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                Refuse(NotANumber(ref reader, nesting), malformed: true);
                return;
            }
            if (!reader.TryGetDouble(out var value) || !double.IsFinite(value))
            {
                Refuse(
                    $"The ordinate {RowFault.Shorten(GeoJsonNames.Ascii(reader.ValueSpan))} is not a finite number.",
                    malformed: true
                );
                return;
            }
            switch (n++)
            {
                case 0:
                    x = value;
                    break;
                case 1:
                    y = value;
                    break;
                default:
                    _hasZ = true;
                    break;
            }
        }
        if (n == 0 && nesting == 0)
        {
            // "coordinates": [] is how an empty point is written; built, it is refused as empty.
            return;
        }
        if (n < 2)
        {
            Refuse(
                $"A position has {n} ordinate{(n == 1 ? "" : "s")}; longitude and latitude are needed.",
                malformed: true
            );
            return;
        }
        if (n > 3)
        {
            Refuse(
                $"A position has {n} ordinates; two are stored and a third (height) may be there.",
                malformed: false,
                at: new Coordinate(x, y)
            );
            return;
        }
        if (_vertices.Count == limits.MaxVerticesPerGeometry)
        {
            throw new SourceFileException(
                413,
                "too-many-vertices",
                $"A geometry has more than {limits.MaxVerticesPerGeometry} vertices. Simplify it and send the file again."
            );
        }
        _vertices.Add(new Coordinate(x, y));
    }

    private static string NotANumber(ref Utf8JsonReader reader, int nesting) =>
        reader.TokenType switch
        {
            JsonTokenType.String =>
                $"An ordinate is the quoted text \"{RowFault.Shorten(reader.GetString())}\"; ordinates are numbers without quotes.",
            JsonTokenType.Null => "An ordinate is null.",
            JsonTokenType.StartArray =>
                $"\"coordinates\" is not nested as its type asks ({nesting + 1} arrays deep).",
            _ => "An ordinate is not a number.",
        };

    private Geometry? Build(string type)
    {
        if (_vertices.Count == 0)
        {
            Refuse($"The {type} is empty.", malformed: false);
            return null;
        }
        switch (type)
        {
            case "Point":
                return Factory.CreatePoint(_vertices[0]);
            case "MultiPoint":
                return Factory.CreateMultiPointFromCoords([.. _vertices]);
            case "LineString":
                return Line(0, _vertices.Count);
            case "MultiLineString":
                return Lines() is { } lines ? Factory.CreateMultiLineString(lines) : null;
            case "Polygon":
                return Area(0, _lineEnds.Count);
            default:
                return Areas() is { } areas ? Factory.CreateMultiPolygon(areas) : null;
        }
    }

    private LineString? Line(int from, int to)
    {
        if (to - from < 2)
        {
            Refuse(
                $"A line has {to - from} position{(to - from == 1 ? "" : "s")}; it needs at least 2.",
                malformed: false,
                at: to > from ? _vertices[from] : null
            );
            return null;
        }
        return Factory.CreateLineString([.. _vertices[from..to]]);
    }

    private LineString[]? Lines()
    {
        var lines = new LineString[_lineEnds.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            if (Line(i == 0 ? 0 : _lineEnds[i - 1], _lineEnds[i]) is not { } line)
            {
                return null;
            }
            lines[i] = line;
        }
        return lines;
    }

    private Polygon? Area(int firstRing, int endRing)
    {
        if (firstRing == endRing)
        {
            Refuse("A polygon of the geometry is empty.", malformed: false);
            return null;
        }
        var rings = new LinearRing[endRing - firstRing];
        for (var i = 0; i < rings.Length; i++)
        {
            var index = firstRing + i;
            if (Ring(index == 0 ? 0 : _lineEnds[index - 1], _lineEnds[index]) is not { } ring)
            {
                return null;
            }
            rings[i] = ring;
        }
        return Factory.CreatePolygon(rings[0], rings[1..]);
    }

    private Polygon[]? Areas()
    {
        var areas = new Polygon[_partEnds.Count];
        for (var i = 0; i < areas.Length; i++)
        {
            if (Area(i == 0 ? 0 : _partEnds[i - 1], _partEnds[i]) is not { } area)
            {
                return null;
            }
            areas[i] = area;
        }
        return areas;
    }

    private LinearRing? Ring(int from, int to)
    {
        if (to - from < 4)
        {
            Refuse(
                $"A ring has {to - from} positions; it needs at least 4, the last equal to the first.",
                malformed: false,
                at: to > from ? _vertices[from] : null
            );
            return null;
        }
        if (!_vertices[from].Equals2D(_vertices[to - 1]))
        {
            Refuse(
                "A ring is not closed: its last position must equal its first.",
                malformed: false,
                at: _vertices[to - 1]
            );
            return null;
        }
        return Factory.CreateLinearRing([.. _vertices[from..to]]);
    }

    private void RefuseIf(bool wrong, string reason)
    {
        if (wrong)
        {
            Refuse(reason, malformed: true);
        }
    }

    private void Refuse(string reason, bool malformed, Coordinate? at = null) =>
        _fault ??= new RowFault(RowFault.GeometryField, reason, malformed, Lon: at?.X, Lat: at?.Y);
}
