using System.Text;

namespace GeoCivic.Imports.Reading;

/// <summary>Names and text of GeoJSON.</summary>
internal static class GeoJsonNames
{
    /// <summary>The column a feature's own id is given as.</summary>
    public const string Id = "id";

    /// <summary>Bytes known to be ASCII, such as a JSON number.</summary>
    public static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
