using System.Text;
using System.Text.Json;

namespace GeoCivic.Imports.Reading;

/// <summary>Turns the bytes of one Feature into a row: properties as text, and its geometry.</summary>
internal sealed class GeoJsonFeature(SourceColumns columns, SourceLimits limits)
{
    private readonly GeoJsonGeometry _geometry = new(limits);
    private readonly JsonReaderOptions _options = new() { MaxDepth = limits.MaxJsonDepth };
    private readonly int _idPlace = IdPlace(columns);
    private char[] _name = new char[256];

    /// <summary>Features whose third ordinate was dropped.</summary>
    public int DroppedZ { get; private set; }

    /// <summary>Fills a row begun for this feature; what is wrong becomes its fault.</summary>
    public void Read(ReadOnlySpan<byte> bytes, SourceRow row)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, _options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                row.Refuse(Wrong("row", "A feature must be a JSON object."));
                return;
            }
            ReadMembers(bytes, ref reader, row);
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped half of a surrogate pair.
            row.Refuse(
                Wrong("row", "A text holds half of a surrogate pair (\\uD800 to \\uDFFF alone).")
            );
        }
        if (row.Fault is { Field: RowFault.GeometryField })
        {
            row.Geometry = null;
        }
    }

    private void ReadMembers(ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader, SourceRow row)
    {
        var seen = Members.None;
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member =
                reader.ValueTextEquals("type"u8) ? Members.Type
                : reader.ValueTextEquals("properties"u8) ? Members.Properties
                : reader.ValueTextEquals("geometry"u8) ? Members.Geometry
                : reader.ValueTextEquals("id"u8) ? Members.Id
                : reader.ValueTextEquals("crs"u8) ? Members.Crs
                : Members.None;
            if (member != Members.None && (seen & member) != Members.None)
            {
                row.Refuse(Wrong("row", $"The feature names \"{reader.GetString()}\" twice."));
            }
            seen |= member;
            reader.Read();
            switch (member)
            {
                case Members.Type:
                    if (
                        reader.TokenType != JsonTokenType.String
                        || !reader.ValueTextEquals("Feature"u8)
                    )
                    {
                        row.Refuse(
                            Wrong(
                                "row",
                                "The \"type\" of an element of \"features\" must be \"Feature\"."
                            )
                        );
                    }
                    reader.Skip();
                    break;
                case Members.Properties:
                    ReadProperties(bytes, ref reader, row);
                    break;
                case Members.Geometry:
                    ReadGeometry(ref reader, row);
                    break;
                case Members.Id:
                    id = ReadId(ref reader, row);
                    break;
                case Members.Crs:
                    row.Refuse(
                        Wrong("crs", "A feature has a \"crs\" member, which RFC 7946 removed.")
                    );
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (!seen.HasFlag(Members.Type))
        {
            row.Refuse(Wrong("row", "A feature must have \"type\": \"Feature\"."));
        }
        if (id is not null && !row.Has(GeoJsonNames.Id))
        {
            row.Set(_idPlace, id);
        }
    }

    private static int IdPlace(SourceColumns columns)
    {
        columns.TryAdd(GeoJsonNames.Id);
        return columns.IndexOf(GeoJsonNames.Id);
    }

    private void ReadGeometry(ref Utf8JsonReader reader, SourceRow row)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        var geometry = _geometry.Read(ref reader, out var fault, out var hasZ);
        if (fault is not null)
        {
            row.Refuse(fault);
            return;
        }
        row.Geometry = geometry;
        DroppedZ += hasZ ? 1 : 0;
    }

    private static string? ReadId(ref Utf8JsonReader reader, SourceRow row)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = reader.GetString()!;
                if (text.Contains('\0', StringComparison.Ordinal))
                {
                    row.Refuse(StrictText.HoldsNul(GeoJsonNames.Id, text));
                }
                return text;
            case JsonTokenType.Number:
                return GeoJsonNames.Ascii(reader.ValueSpan);
            case JsonTokenType.Null:
                return null;
            default:
                row.Refuse(
                    Wrong(GeoJsonNames.Id, "The \"id\" of a feature must be a text or a number.")
                );
                reader.Skip();
                return null;
        }
    }

    private void ReadProperties(ReadOnlySpan<byte> bytes, ref Utf8JsonReader reader, SourceRow row)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            row.Refuse(Wrong("properties", "\"properties\" must be an object or null."));
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = Place(ref reader, row);
            reader.Read();
            var name = place >= 0 ? columns.Names[place] : "properties";
            var value = ReadValue(bytes, ref reader, name, row);
            if (place >= 0 && !row.Set(place, value))
            {
                row.Refuse(
                    Wrong(name, $"The property \"{RowFault.Shorten(name)}\" is given twice.")
                );
            }
        }
    }

    /// <summary>The place of the property the reader is at; only a name not seen before costs a string.</summary>
    private int Place(ref Utf8JsonReader reader, SourceRow row)
    {
        if (reader.ValueSpan.Length > _name.Length)
        {
            _name = new char[reader.ValueSpan.Length];
        }
        var length = reader.CopyString(_name);
        var span = _name.AsSpan(0, length);
        var place = columns.IndexOf(span);
        if (place >= 0)
        {
            return place;
        }
        if (span.Contains('\0'))
        {
            row.Refuse(StrictText.HoldsNul("properties", span.ToString()));
            return -1;
        }
        if (columns.Count > limits.MaxColumns)
        {
            throw TableHeader.TooManyColumns(columns.Count, limits);
        }
        columns.TryAdd(span.ToString());
        return columns.Count - 1;
    }

    private string? ReadValue(
        ReadOnlySpan<byte> bytes,
        ref Utf8JsonReader reader,
        string name,
        SourceRow row
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Number:
                return GeoJsonNames.Ascii(reader.ValueSpan);
            case JsonTokenType.String:
                var text = reader.GetString()!;
                if (text.Length > limits.MaxFieldChars)
                {
                    row.Refuse(
                        new RowFault(
                            name,
                            $"The value is longer than {limits.MaxFieldChars} characters.",
                            false
                        )
                    );
                    return null;
                }
                if (text.Contains('\0', StringComparison.Ordinal))
                {
                    row.Refuse(StrictText.HoldsNul(name, text));
                }
                return text;
            default:
                return RawNested(bytes, ref reader, name, row);
        }
    }

    /// <summary>The raw text of an object or array, its keys checked to be distinct and its texts to be storable.</summary>
    private static string RawNested(
        ReadOnlySpan<byte> bytes,
        ref Utf8JsonReader reader,
        string name,
        SourceRow row
    )
    {
        var from = (int)reader.TokenStartIndex;
        var keys = new Stack<HashSet<string>?>();
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    keys.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.StartArray:
                    keys.Push(null);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    keys.Pop();
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    var text = reader.GetString()!;
                    if (text.Contains('\0', StringComparison.Ordinal))
                    {
                        row.Refuse(StrictText.HoldsNul(name, text));
                    }
                    if (reader.TokenType == JsonTokenType.PropertyName && !keys.Peek()!.Add(text))
                    {
                        row.Refuse(
                            Wrong(
                                name,
                                $"\"{RowFault.Shorten(text)}\" is given twice in one object."
                            )
                        );
                    }
                    break;
                default:
                    break;
            }
        } while (keys.Count > 0 && reader.Read());
        return Encoding.UTF8.GetString(bytes[from..(int)reader.BytesConsumed]);
    }

    private static RowFault Wrong(string field, string reason) =>
        new(field, reason, Malformed: true);

    [Flags]
    private enum Members
    {
        None = 0,
        Type = 1,
        Properties = 2,
        Geometry = 4,
        Id = 8,
        Crs = 16,
    }
}
