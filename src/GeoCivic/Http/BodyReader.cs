using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.Http;

/// <summary>One fault of a body.</summary>
/// <param name="Field">Member, <c>outer.inner</c> or <c>list[0].inner</c> within others.</param>
/// <param name="Reason">What is expected.</param>
public sealed record FieldError(string Field, string Reason);

/// <summary>
/// Reads a JSON object strictly and collects every fault before it answers: unknown, doubled or missing members, values
/// of another type, numbers out of range, times without an offset. The counterpart of <see cref="QueryReader"/>.
/// </summary>
public sealed partial class BodyReader
{
    private const int MostBytes = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    private readonly JsonElement _object;
    private readonly string _path;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<BodyReader> _inner = [];
    private readonly List<FieldError> _errors;
    private readonly List<FieldError> _refusals;

    private BodyReader(
        JsonElement element,
        string path,
        List<FieldError> errors,
        List<FieldError> refusals
    )
    {
        _object = element;
        _path = path;
        _errors = errors;
        _refusals = refusals;
    }

    /// <summary>Reads the body of a request, at most 1 MiB.</summary>
    /// <exception cref="ProblemException">It is not a JSON object: 415, 413 or 400.</exception>
    public static async Task<BodyReader> OfAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(
                Problems.UnsupportedMediaType,
                "This call reads application/json."
            );
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (
            (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0
        )
        {
            if (bytes.Length + read > MostBytes)
            {
                throw new ProblemException(Problems.TooLarge, "The body is larger than 1 MiB.");
            }

            bytes.Write(buffer, 0, read);
        }

        return Of(bytes.ToArray());
    }

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="ProblemException">It is not a JSON object.</exception>
    public static BodyReader Of(ReadOnlyMemory<byte> json)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ProblemException(
                Problems.InvalidBody,
                $"The body is no JSON that can be read: {e.Message}"
            );
        }

        return root.ValueKind == JsonValueKind.Object
            ? new BodyReader(root, "", [], [])
            : throw new ProblemException(Problems.InvalidBody, "The body must be a JSON object.");
    }

    /// <summary>
    /// SHA-256 of what the body says: members in order of their names, null like absent, numbers and texts as they
    /// stand. Two bodies that differ only in blanks or order have the same.
    /// </summary>
    public byte[] Digest()
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            WriteCanonical(writer, _object);
        }

        return SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (
                    var member in element
                        .EnumerateObject()
                        .Where(m => m.Value.ValueKind != JsonValueKind.Null)
                        .OrderBy(m => m.Name, StringComparer.Ordinal)
                )
                {
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in element.EnumerateArray())
                {
                    WriteCanonical(writer, entry);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>Whether a member is there and not null.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>A text of at most <paramref name="maxLength"/> characters, normalised to NFC and trimmed, or null.</summary>
    public string? Text(string name, int maxLength = 200, bool required = false)
    {
        if (Value(name, required, JsonValueKind.String, "a text") is not { } element)
        {
            return null;
        }

        string raw;
        try
        {
            raw = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Fault(name, "holds characters that are not text");
            return null;
        }

        if (!StrictText.TryClean(raw, maxLength, out var text, out var reason))
        {
            Fault(name, reason!);
            return null;
        }

        if (required && string.IsNullOrEmpty(text))
        {
            Fault(name, "is empty");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A text as it stands, for passwords: not trimmed, not normalised.</summary>
    public string? Secret(string name, int maxLength = 1000)
    {
        if (Value(name, required: true, JsonValueKind.String, "a text") is not { } element)
        {
            return null;
        }

        try
        {
            var text = element.GetString()!;
            if (text.Length <= maxLength)
            {
                return text;
            }

            Fault(name, "is too long");
        }
        catch (InvalidOperationException)
        {
            Fault(name, "holds characters that are not text");
        }

        return null;
    }

    /// <summary>One of a few words, or null.</summary>
    public string? Choice(string name, bool required, params IReadOnlyCollection<string> words)
    {
        var text = Text(name, 100, required);
        if (text is not null && !words.Contains(text, StringComparer.Ordinal))
        {
            Fault(name, $"must be one of {string.Join(", ", words)}");
            return null;
        }

        return text;
    }

    /// <summary>A finite number within a closed range, or null. Values out of range are refused with 422.</summary>
    public double? Number(string name, double min, double max, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Number, "a number") is not { } element)
        {
            return null;
        }

        if (!element.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Fault(name, "must be a finite number");
            return null;
        }

        if (!(number >= min && number <= max))
        {
            Refuse(
                name,
                string.Create(CultureInfo.InvariantCulture, $"must lie between {min} and {max}")
            );
            return null;
        }

        return number;
    }

    /// <summary>A whole number within a closed range, or null.</summary>
    public int? Whole(string name, int min, int max, bool required = false)
    {
        var number = Number(name, min, max, required);
        if (number is { } n && n != Math.Floor(n))
        {
            Fault(name, "must be a whole number");
            return null;
        }

        return (int?)number;
    }

    /// <summary>True or false, or null.</summary>
    public bool? Flag(string name)
    {
        switch (Member(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            default:
                Fault(name, "must be true or false");
                return null;
        }
    }

    /// <summary>A UUID, or null.</summary>
    public Guid? Id(string name, bool required = false)
    {
        if (Text(name, 64, required) is not { } text)
        {
            return null;
        }

        if (!Guid.TryParseExact(text, "D", out var id) || id == Guid.Empty)
        {
            Fault(name, "must be a UUID such as 0190f2a4-7c1e-7d3a-9b52-4f0c9a1d2e3f");
            return null;
        }

        return id;
    }

    /// <summary>A day, or null.</summary>
    public DateOnly? Day(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text)
        {
            return null;
        }

        if (!StrictDate.TryParse(text, out var day, out var reason))
        {
            Fault(name, reason ?? "must be a day such as 2026-03-05");
            return null;
        }

        return day;
    }

    /// <summary>An instant with its offset (RFC 3339) as UTC, or null.</summary>
    public DateTime? Instant(string name, bool required = false)
    {
        if (Text(name, 64, required) is not { } text)
        {
            return null;
        }

        if (!TryInstant(text, out var instant))
        {
            Fault(name, "must be a time with its offset such as 2026-03-05T14:05:00+08:00");
            return null;
        }

        return instant;
    }

    /// <summary>Reads an instant with its offset (RFC 3339) as UTC.</summary>
    internal static bool TryInstant(string text, out DateTime utc)
    {
        utc = default;
        if (
            !Rfc3339().IsMatch(text)
            || !DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var instant
            )
        )
        {
            return false;
        }

        utc = instant.UtcDateTime;
        return true;
    }

    /// <summary>Texts, or null.</summary>
    public string[]? Texts(string name, int most = 100, int maxLength = 200)
    {
        if (Value(name, required: false, JsonValueKind.Array, "a list of texts") is not { } list)
        {
            return null;
        }

        if (list.GetArrayLength() > most)
        {
            Fault(name, $"has more than {most} entries");
            return null;
        }

        var texts = new List<string>();
        foreach (var element in list.EnumerateArray())
        {
            if (
                element.ValueKind != JsonValueKind.String
                || !StrictText.TryClean(element.GetString()!, maxLength, out var text, out _)
                || string.IsNullOrEmpty(text)
            )
            {
                Fault(name, $"entry {texts.Count + 1} must be a text");
                return null;
            }

            texts.Add(text);
        }

        return [.. texts];
    }

    /// <summary>The objects of a list, each with a reader; empty when the member is not there.</summary>
    public IReadOnlyList<BodyReader> Objects(string name, int most = 100, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Array, "a list of objects") is not { } list)
        {
            return [];
        }

        if (list.GetArrayLength() > most)
        {
            Fault(name, $"has more than {most} entries");
            return [];
        }

        var readers = new List<BodyReader>();
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                Fault(name, $"entry {readers.Count + 1} must be an object");
                return [];
            }

            var inner = new BodyReader(
                element,
                $"{_path}{name}[{readers.Count}].",
                _errors,
                _refusals
            );
            readers.Add(inner);
            _inner.Add(inner);
        }

        return readers;
    }

    /// <summary>One object within, with a reader, or null.</summary>
    public BodyReader? Object(string name, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Object, "an object") is not { } element)
        {
            return null;
        }

        var inner = new BodyReader(element, $"{_path}{name}.", _errors, _refusals);
        _inner.Add(inner);
        return inner;
    }

    /// <summary>An area as GeoJSON in WGS-84, by the rules of imported ones, as a MultiPolygon; or null.</summary>
    public Geometry? Area(string name, bool required = false) =>
        Shape(name, GeometryKinds.MultiPolygon, Datum.Wgs84, required);

    /// <summary>A GeoJSON geometry moved to WGS-84, by the rules of imported ones; or null.</summary>
    /// <param name="name">The member.</param>
    /// <param name="kinds">The types it may have.</param>
    /// <param name="datum">The system of its coordinates, one of the built-in ones.</param>
    /// <param name="required">Whether it must be there.</param>
    public Geometry? Shape(string name, GeometryKinds kinds, Datum datum, bool required = false)
    {
        if (Value(name, required, JsonValueKind.Object, "a GeoJSON geometry") is not { } element)
        {
            return null;
        }

        var json = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(element));
        json.Read();
        var read = new GeoJsonGeometry(SourceLimits.Default).Read(ref json, out var fault, out _);
        if (fault is null && read is not null && datum.IsBuiltIn)
        {
            DatumFilter.TryApply(read, datum, out fault);
        }

        if (fault is null)
        {
            (read, fault, _) = GeometryRules.Check(read, kinds, repair: false);
        }

        if (fault is { Malformed: true })
        {
            Fault(name, fault.Reason);
        }
        else if (fault is not null)
        {
            Refuse(name, fault.Reason);
        }

        return fault is null ? read : null;
    }

    /// <summary>The built-in coordinate system that the member <c>crs</c> names; WGS-84 when it is not given.</summary>
    public Datum Crs()
    {
        var datum = Datum.Wgs84;
        if (Text("crs", 20) is { } crs)
        {
            if (!Datum.TryParse(crs, out datum, out var reason))
            {
                Fault("crs", reason);
            }
            else if (!datum.IsBuiltIn)
            {
                Fault("crs", "must be wgs84, cgcs2000, gcj02 or bd09; files may have others");
                datum = default;
            }
        }

        return datum;
    }

    /// <summary>A place in WGS-84 from <c>lon</c>, <c>lat</c> and <c>crs</c>; null when not given or faulty.</summary>
    public LonLat? Place(bool required)
    {
        if (Ordinate("lat") is > 90 or < -90 && Ordinate("lon") is >= -90 and <= 90)
        {
            Refuse("lat", "lies outside ±90; longitude and latitude look swapped");
        }

        var lon = Number("lon", -180, 180, required);
        var lat = Number("lat", -90, 90, required);
        var datum = Datum.Wgs84;
        if (Text("crs", 20) is { } crs)
        {
            if (!Datum.TryParse(crs, out datum, out var reason))
            {
                Fault("crs", reason);
            }
            else if (!datum.IsBuiltIn)
            {
                Fault("crs", "must be wgs84, cgcs2000, gcj02 or bd09 for a single place");
                datum = default;
            }
        }

        if (Has("lon") != Has("lat") && !required)
        {
            Fault(Has("lon") ? "lat" : "lon", "is required beside the other ordinate");
        }

        return lon is { } x && lat is { } y && datum.IsBuiltIn ? datum.ToWgs84(x, y) : null;
    }

    private double? Ordinate(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Number } element
        && element.TryGetDouble(out var number)
            ? number
            : null;

    /// <summary>Notes a member that cannot be read; the answer will be 400.</summary>
    public void Fault(string name, string reason) => Note(_errors, name, reason);

    /// <summary>Notes a member that can be read but not accepted; the answer will be 422.</summary>
    public void Refuse(string name, string reason) => Note(_refusals, name, reason);

    /// <summary>Ends reading.</summary>
    /// <exception cref="ProblemException">A member was faulty, or one was given that the call does not have.</exception>
    public void Done()
    {
        NoteUnknown();
        if (_errors.Count > 0)
        {
            throw ProblemException.ForFields(Problems.InvalidBody, [.. _errors, .. _refusals]);
        }

        if (_refusals.Count > 0)
        {
            throw ProblemException.ForFields(Problems.Unacceptable, _refusals);
        }
    }

    private void NoteUnknown()
    {
        foreach (
            var name in _object
                .EnumerateObject()
                .Select(p => p.Name)
                .Where(n => !_asked.Contains(n))
        )
        {
            Fault(
                name,
                $"is not a member of this body; it has {string.Join(", ", _asked.Order(StringComparer.Ordinal))}"
            );
        }

        foreach (var inner in _inner)
        {
            inner.NoteUnknown();
        }
    }

    private void Note(List<FieldError> faults, string name, string reason)
    {
        var field = _path + name;
        if (!faults.Exists(e => string.Equals(e.Field, field, StringComparison.Ordinal)))
        {
            faults.Add(new FieldError(field, reason));
        }
    }

    private JsonElement? Member(string name)
    {
        _asked.Add(name);
        return
            _object.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null
            ? element
            : null;
    }

    private JsonElement? Value(string name, bool required, JsonValueKind kind, string expected)
    {
        if (Member(name) is not { } element)
        {
            if (required)
            {
                Fault(name, "is required");
            }

            return null;
        }

        if (element.ValueKind != kind)
        {
            Fault(name, $"must be {expected}");
            return null;
        }

        return element;
    }

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Rfc3339();
}
