using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeoCivic.Exports;

/// <summary>An RFC 7946 FeatureCollection; a property without a value is left out.</summary>
internal sealed class GeoJsonExport : IExportWriter
{
    private const int FlushBytes = 1 << 16;
    private readonly Utf8JsonWriter _json;
    private readonly IReadOnlyList<string> _fields;

    public GeoJsonExport(Stream file, IReadOnlyList<string> fields)
    {
        _fields = fields;
        _json = new Utf8JsonWriter(
            file,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        _json.WriteStartObject();
        _json.WriteString("type", "FeatureCollection");
        _json.WriteStartArray("features");
    }

    public async Task WriteAsync(IReadOnlyList<string?> values)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "Feature");
        _json.WritePropertyName("geometry");
        _json.WriteRawValue(values[_fields.Count]!);
        _json.WriteStartObject("properties");
        for (var i = 0; i < _fields.Count; i++)
        {
            if (values[i] is { } value)
            {
                _json.WriteString(_fields[i], value);
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        if (_json.BytesPending > FlushBytes)
        {
            await _json.FlushAsync();
        }
    }

    public async Task CompleteAsync()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        await _json.FlushAsync();
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();
}
