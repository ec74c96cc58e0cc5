using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.IO;
using NetTopologySuite.Utilities;

namespace GeoCivic.Imports.Reading;

/// <summary>Geometry written in table columns: WKT, or a longitude and a latitude. Results are in file coordinates, SRID 0.</summary>
public static class GeometryText
{
    // A multipolygon opens three parentheses; more is a collection, whose nesting the parser would follow without end.
    private const int MaxNesting = 3;

    private static readonly GeometryFactory Factory = new();

    /// <summary>Reads well-known text; a third ordinate is dropped, EWKT and collections are refused.</summary>
    /// <param name="text">The text of the column.</param>
    /// <param name="field">The column, for the fault.</param>
    /// <param name="limits">Bounds on vertices; null = the defaults.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The geometry; null when the column is empty or refused.</returns>
    /// <exception cref="SourceFileException">413: more vertices than a geometry may have.</exception>
    public static Geometry? ReadWkt(
        string? text,
        string field,
        SourceLimits? limits,
        out RowFault? fault
    )
    {
        fault = null;
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }
        if (Unreadable(trimmed, limits ?? SourceLimits.Default) is { } reason)
        {
            fault = new RowFault(field, reason, Malformed: true, RowFault.Shorten(trimmed));
            return null;
        }
        Geometry geometry;
        try
        {
            geometry = new WKTReader(NtsGeometryServices.Instance)
            {
                IsOldNtsCoordinateSyntaxAllowed = false,
                FixStructure = false,
            }.Read(trimmed);
        }
        catch (ParseException e)
        {
            fault = new RowFault(
                field,
                $"The text is not well-known text (WKT): {e.Message}",
                true,
                RowFault.Shorten(trimmed)
            );
            return null;
        }
        catch (AssertionFailedException)
        {
            fault = new RowFault(
                field,
                "The WKT does not have the form its type asks for.",
                true,
                RowFault.Shorten(trimmed)
            );
            return null;
        }
        catch (ArgumentException e)
        {
            // A line of one point, a ring that is short or open.
            fault = new RowFault(
                field,
                $"The geometry cannot be built: {Plain(e.Message)}",
                false,
                RowFault.Shorten(trimmed)
            );
            return null;
        }
        if (
            !Array.TrueForAll(
                geometry.Coordinates,
                c => double.IsFinite(c.X) && double.IsFinite(c.Y)
            )
        )
        {
            fault = new RowFault(
                field,
                "An ordinate is beyond the largest number.",
                true,
                RowFault.Shorten(trimmed)
            );
            return null;
        }
        if (geometry.IsEmpty)
        {
            fault = new RowFault(
                field,
                $"The {geometry.GeometryType} is empty.",
                false,
                RowFault.Shorten(trimmed)
            );
            return null;
        }
        return Flat(geometry);
    }

    /// <summary>Reads a point from two columns.</summary>
    /// <param name="lon">Longitude, or easting of a projected system.</param>
    /// <param name="lat">Latitude, or northing.</param>
    /// <param name="lonField">The column of the longitude, for the fault.</param>
    /// <param name="latField">The column of the latitude, for the fault.</param>
    /// <param name="fault">What is wrong; null when both are empty.</param>
    /// <returns>The point; null when both are empty or one is refused.</returns>
    public static Point? ReadPoint(
        string? lon,
        string? lat,
        string lonField,
        string latField,
        out RowFault? fault
    )
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(lon) && string.IsNullOrWhiteSpace(lat))
        {
            return null;
        }
        if (!StrictNumber.TryParse(lon, out var x, out var reason))
        {
            fault = new RowFault(
                lonField,
                $"The value {reason}.",
                !string.IsNullOrWhiteSpace(lon),
                RowFault.Shorten(lon)
            );
            return null;
        }
        if (!StrictNumber.TryParse(lat, out var y, out reason))
        {
            fault = new RowFault(
                latField,
                $"The value {reason}.",
                !string.IsNullOrWhiteSpace(lat),
                RowFault.Shorten(lat)
            );
            return null;
        }
        return Factory.CreatePoint(new Coordinate(x, y));
    }

    private static string? Unreadable(string text, SourceLimits limits)
    {
        if (text.StartsWith("SRID", StringComparison.OrdinalIgnoreCase))
        {
            return "The text is EWKT with an SRID of its own; send plain WKT and say the system with --crs.";
        }
        int depth = 0,
            commas = 0;
        var closed = false;
        foreach (var c in text)
        {
            if (closed && !char.IsWhiteSpace(c))
            {
                return "Something follows the end of the WKT.";
            }
            switch (c)
            {
                case '(':
                    if (++depth > MaxNesting)
                    {
                        return "The WKT is nested too deep; collections are not accepted.";
                    }
                    break;
                case ')':
                    depth--;
                    closed = depth == 0;
                    break;
                case ',':
                    commas++;
                    break;
                default:
                    if (!char.IsAscii(c) || (char.IsControl(c) && !char.IsWhiteSpace(c)))
                    {
                        return "The WKT holds a character that is not ASCII, such as a full-width digit or comma.";
                    }
                    break;
            }
        }
        if (commas >= limits.MaxVerticesPerGeometry)
        {
            throw new SourceFileException(
                413,
                "too-many-vertices",
                $"A geometry has more than {limits.MaxVerticesPerGeometry} vertices. Simplify it and send the file again."
            );
        }
        if (text.Contains("COLLECTION", StringComparison.OrdinalIgnoreCase))
        {
            return "A GEOMETRYCOLLECTION is not accepted; send one geometry of one type.";
        }
        return
            text.Contains("NAN", StringComparison.OrdinalIgnoreCase)
            || text.Contains("INF", StringComparison.OrdinalIgnoreCase)
            ? "An ordinate is not a finite number."
            : null;
    }

    // The first sentence; .NET appends the parameter's name.
    private static string Plain(string message)
    {
        var end = message.IndexOf(" (Parameter", StringComparison.Ordinal);
        var text = end > 0 ? message[..end] : message;
        return text.TrimEnd('.') + ".";
    }

    /// <summary>A copy with two ordinates, so that no height reaches the database.</summary>
    private static Geometry Flat(Geometry geometry)
    {
        var copy = Factory.CreateGeometry(geometry);
        return new GeometryEditor(Factory).Edit(copy, new TwoOrdinates());
    }

    private sealed class TwoOrdinates : GeometryEditor.CoordinateOperation
    {
        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) =>
            Array.ConvertAll(coordinates, c => new Coordinate(c.X, c.Y));
    }
}
