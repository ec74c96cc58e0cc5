using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.IO.Converters;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>How answers of this slice are written.</summary>
internal static class PerimeterJson
{
    /// <summary>Members in snake case, null kept, Chinese readable.</summary>
    public static readonly JsonSerializerOptions Snake = Make(JsonNamingPolicy.SnakeCaseLower);

    /// <summary>Geometries.</summary>
    public static readonly JsonSerializerOptions Geometry = Make(naming: null);

    private static JsonSerializerOptions Make(JsonNamingPolicy? naming)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = naming,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new GeoJsonConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
