using System.Runtime.CompilerServices;

namespace GeoCivic.Spatial.Locating;

/// <summary>
/// A uniform raster over a rectangle; its cells are at <paramref name="FirstCell"/> in the locator's cell array, row by
/// row from the south-west. <paramref name="ScaleX"/> and <paramref name="ScaleY"/> are cells per unit.
/// </summary>
internal readonly record struct RasterLevel(
    double MinX,
    double MinY,
    double ScaleX,
    double ScaleY,
    int Columns,
    int Rows,
    int FirstCell
)
{
    /// <summary>The cell of a point; points off the rectangle get the nearest cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CellOf(double x, double y)
    {
        // Conversion to int saturates, so far-off points clamp as well.
        int column = Math.Min(Math.Max((int)((x - MinX) * ScaleX), 0), Columns - 1);
        int row = Math.Min(Math.Max((int)((y - MinY) * ScaleY), 0), Rows - 1);
        return FirstCell + (row * Columns) + column;
    }
}

/// <summary>
/// What a raster cell says, packed in an int: −1 no polygon, ≥ 0 the answer itself, below −1 a list of candidates or a
/// finer raster.
/// </summary>
internal static class Cell
{
    internal const int Nothing = -1;

    /// <summary>The cell's candidates start at an offset in the list array.</summary>
    internal static int List(int offset) => -2 - (offset << 1);

    /// <summary>The cell is the raster of a level.</summary>
    internal static int Finer(int level) => -2 - ((level << 1) | 1);

    internal static bool IsFiner(int cell) => ((-2 - cell) & 1) != 0;

    internal static int Target(int cell) => (-2 - cell) >> 1;

    /// <summary>A list ends with the answer when no candidate covers the point, marked as negative.</summary>
    internal static int End(int answer) => -2 - answer;

    internal static int Answer(int end) => -2 - end;
}
