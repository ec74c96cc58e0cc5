using System.Text.Json;
using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests;

/// <summary>Reads the polygons of a GeoJSON file, vertex order kept.</summary>
internal static class GeoJsonPolygons
{
    internal static List<Geometry> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var geometries = new List<Geometry>();
        foreach (
            JsonElement feature in document.RootElement.GetProperty("features").EnumerateArray()
        )
        {
            JsonElement geometry = feature.GetProperty("geometry");
            JsonElement coordinates = geometry.GetProperty("coordinates");
            geometries.Add(
                string.Equals(
                    geometry.GetProperty("type").GetString(),
                    "Polygon",
                    StringComparison.Ordinal
                )
                    ? ReadPolygon(coordinates)
                    : new MultiPolygon([.. coordinates.EnumerateArray().Select(ReadPolygon)])
            );
        }

        return geometries;
    }

    private static Polygon ReadPolygon(JsonElement rings)
    {
        LinearRing[] all = [.. rings.EnumerateArray().Select(ReadRing)];
        return new Polygon(all[0], all[1..]);
    }

    private static LinearRing ReadRing(JsonElement ring) =>
        new([
            .. ring.EnumerateArray()
                .Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble())),
        ]);
}
