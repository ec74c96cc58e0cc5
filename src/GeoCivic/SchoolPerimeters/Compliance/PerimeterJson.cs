using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.IO.Converters;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>How answers of this slice are written.</summary>
internal static class PerimeterJson
{
    /// <summary>Members in snake case, null kept, Chinese readable.</summary>
    public static readonly JsonSerializerOptions Snake = Make();

    /// <summary>Writes a value. The serializer itself would flush the writer, which waits for the network.</summary>
    public static void Write<T>(Utf8JsonWriter json, T value) =>
        json.WriteRawValue(
            JsonSerializer.SerializeToUtf8Bytes(value, Snake),
            skipInputValidation: true
        );

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new GeoJsonConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
