using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tiles;

/// <summary>A tile of the Web Mercator pyramid (EPSG:3857), counted from the north-west.</summary>
/// <param name="Zoom">Level, 0 to <see cref="MaxZoom"/>.</param>
/// <param name="X">Column from the west, 0 to 2^zoom − 1.</param>
/// <param name="Y">Row from the north, 0 to 2^zoom − 1.</param>
public readonly record struct TileAddress(int Zoom, int X, int Y)
{
    /// <summary>Deepest level served; a tile is about 10 m wide there.</summary>
    public const int MaxZoom = 22;

    /// <summary>Reads an address; false when it is no tile, so that PostGIS is never asked for one that it would fail on.</summary>
    public static bool TryParse(string zoom, string x, string y, out TileAddress tile)
    {
        tile = default;
        if (
            !TryParse(zoom, MaxZoom, out var z)
            || !TryParse(x, (1 << z) - 1, out var column)
            || !TryParse(y, (1 << z) - 1, out var row)
        )
        {
            return false;
        }

        tile = new TileAddress(z, column, row);
        return true;
    }

    /// <summary>The tile with a margin around it, degrees WGS-84, cut at the antimeridian and the poles.</summary>
    /// <param name="margin">Share of the tile's width.</param>
    public Envelope Bounds(double margin = 0)
    {
        double tiles = 1 << Zoom;
        double Lon(double column) => Math.Clamp((column / tiles * 360) - 180, -180, 180);
        double Lat(double row) =>
            Math.Atan(Math.Sinh(Math.PI * (1 - (2 * row / tiles)))) * 180 / Math.PI;
        return new Envelope(
            Lon(X - margin),
            Lon(X + 1 + margin),
            Lat(Y + 1 + margin),
            Lat(Y - margin)
        );
    }

    private static bool TryParse(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= max
        && (text.Length == 1 || text[0] != '0');
}
