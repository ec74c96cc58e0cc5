namespace GeoCivic.Imports.Reading;

/// <summary>Why one row cannot be used.</summary>
/// <param name="Field">The column, property or <c>geometry</c> the fault is in.</param>
/// <param name="Reason">What is wrong and, where known, what to do (English, one sentence).</param>
/// <param name="Malformed">True when the row is syntactically wrong (HTTP 400), false when it is understood but unacceptable (422).</param>
/// <param name="Value">The offending value, shortened.</param>
/// <param name="Lon">Longitude of the place of the fault in the geometry, degrees.</param>
/// <param name="Lat">Latitude of the place of the fault in the geometry, degrees.</param>
public sealed record RowFault(
    string Field,
    string Reason,
    bool Malformed,
    string? Value = null,
    double? Lon = null,
    double? Lat = null
)
{
    /// <summary>The field name used for faults of the geometry.</summary>
    public const string GeometryField = "geometry";

    private const int ValueChars = 80;

    /// <summary>A value cut to a length fit for a report, its control characters made visible.</summary>
    public static string? Shorten(string? value)
    {
        if (value is null)
        {
            return null;
        }
        var cut = value.Length > ValueChars ? value[..ValueChars] + "…" : value;
        return string.Create(
            cut.Length,
            cut,
            static (span, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    // U+2400… are the visible pictures of the control characters.
                    span[i] =
                        text[i] < ' ' ? (char)(0x2400 + text[i])
                        : char.IsControl(text[i]) ? '\uFFFD'
                        : text[i];
                }
            }
        );
    }
}
