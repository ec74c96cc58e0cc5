using System.Runtime.InteropServices;

namespace GeoCivic.Spatial.Locating;

/// <summary>
/// Classifies raster cells. Polygons are drawn in ascending order: cells near a boundary get the polygon as a candidate,
/// cells wholly inside get it as the answer, after which later (higher) polygons no longer matter there.
/// </summary>
/// <remarks>
/// Soundness: a boundary marks every cell it comes nearer to than <see cref="LevelDrawing.Pad"/> of a cell, and cells
/// are at least <see cref="LeastUlps"/> units in the last place wide, so a point in an unmarked cell is so far from
/// every edge that rounding can change neither its cell nor the sign of any side-of-line value. All points of
/// neighbouring unmarked cells therefore get the same answer as one tested centre.
/// </remarks>
internal sealed class RasterBuilder
{
    private const double LeastUlps = 1e6;
    private const double CellsPerVertex = 12;
    private const double FewestCells = 64;
    private const double MostCells = 4_000_000;

    // Limits on the work and memory that stacks of overlapping polygons can cause.
    private const double MostCellVisits = 30_000_000;
    private const double MostCandidates = 6_000_000;
    private const double MostCellsOfAll = 12_000_000;

    // A list longer than this becomes a finer raster when its polygons lie beside rather than upon each other.
    private const int LongList = 12;
    private const int DeepestLevel = 5;
    private const int TypicalVertices = 4;

    private readonly RingTable _rings;
    private readonly List<RasterLevel> _levels = [];
    private readonly Queue<Crowd> _crowds = new();
    private readonly List<int> _candidates = [];
    private Growing<int> _cells = new(0);
    private Growing<int> _lists = new(0);

    internal RasterBuilder(RingTable rings) => _rings = rings;

    internal RasterLevel[] Levels => [.. _levels];

    internal int[] Cells => _cells.ToArray();

    internal int[] Lists => _lists.ToArray();

    /// <summary>Everything any polygon can cover; min &gt; max when there is none.</summary>
    internal Box Extent { get; private set; } =
        new(
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.PositiveInfinity,
            double.NegativeInfinity
        );

    /// <summary>Draws all polygons over their common extent, then the crowded cells again and finer.</summary>
    internal void Build()
    {
        var all = new List<int>(_rings.Count);
        for (int p = 0; p < _rings.Count; p++)
        {
            if (!_rings.IsEmpty(p))
            {
                all.Add(p);
                Extent = Extent.With(_rings.Box(p));
            }
        }

        if (all.Count == 0)
        {
            return;
        }

        AddLevel(
            Extent,
            CollectionsMarshal.AsSpan(all),
            Cell.Nothing,
            _rings.VertexCount,
            depth: 0
        );
        while (_crowds.TryDequeue(out Crowd? crowd))
        {
            int level = AddLevel(
                crowd.Box,
                crowd.Polygons,
                crowd.Fallback,
                crowd.Polygons.Length * TypicalVertices,
                crowd.Depth
            );
            _cells.Items[crowd.Cell] = Cell.Finer(level);
        }
    }

    /// <summary>Adds the raster of a rectangle; points in it that no listed polygon covers get the fallback.</summary>
    private int AddLevel(Box box, ReadOnlySpan<int> polygons, int fallback, int vertices, int depth)
    {
        (int columns, int rows) = ChooseSize(box, polygons, vertices);
        Span<int> cells = _cells.Extend(columns * rows, out int firstCell);
        cells.Fill(Cell.Nothing);
        var level = new RasterLevel(
            box.MinX,
            box.MinY,
            box.Width > 0 ? columns / box.Width : 0,
            box.Height > 0 ? rows / box.Height : 0,
            columns,
            rows,
            firstCell
        );
        _levels.Add(level);

        var drawing = new LevelDrawing(_rings, level, cells);
        foreach (int polygon in polygons)
        {
            drawing.Draw(polygon);
        }

        if (fallback != Cell.Nothing)
        {
            cells.Replace(Cell.Nothing, fallback);
        }

        foreach (int cell in drawing.ListCells)
        {
            _candidates.Clear();
            int answer = drawing.ReadList(cells[cell], _candidates) ?? fallback;
            Box cellBox = CellBox(level, cell);
            if (IsWorthRefining(cellBox, depth))
            {
                _crowds.Enqueue(
                    new Crowd(firstCell + cell, cellBox, [.. _candidates], answer, depth + 1)
                );
                continue;
            }

            cells[cell] = Cell.List(_lists.Count);
            foreach (int candidate in _candidates)
            {
                _lists.Add(candidate);
            }

            _lists.Add(Cell.End(answer));
        }

        return _levels.Count - 1;
    }

    private bool IsWorthRefining(Box box, int depth)
    {
        if (_candidates.Count <= LongList || depth >= DeepestLevel || _cells.Count > MostCellsOfAll)
        {
            return false;
        }

        (double stack, _, _) = Overlap(box, CollectionsMarshal.AsSpan(_candidates));
        return stack < _candidates.Count / 2.0
            && MostSteps(box.MinX, box.MaxX) >= 4
            && MostSteps(box.MinY, box.MaxY) >= 4;
    }

    private (int Columns, int Rows) ChooseSize(Box box, ReadOnlySpan<int> polygons, int vertices)
    {
        (double stack, double widths, double heights) = Overlap(box, polygons);
        double cells = Math.Clamp(CellsPerVertex * vertices, FewestCells, MostCells);
        cells = Math.Min(cells, MostCellVisits / Math.Max(stack, 1));
        double across = Math.Max(widths + heights, 1);
        cells = Math.Min(cells, Math.Pow(MostCandidates / (2 * across), 2));
        cells = Math.Max(cells, FewestCells);

        double mostColumns = Math.Min(cells, MostSteps(box.MinX, box.MaxX));
        double mostRows = Math.Min(cells, MostSteps(box.MinY, box.MaxY));
        double columns =
            box.Height > 0 && box.Width > 0 ? Math.Sqrt(cells * box.Width / box.Height)
            : box.Width > 0 ? cells
            : 1;
        columns = Math.Floor(Math.Clamp(columns, 1, mostColumns));
        double rows = box.Height > 0 ? cells / columns : 1;
        rows = Math.Floor(Math.Clamp(rows, 1, mostRows));
        return ((int)columns, (int)rows);
    }

    /// <summary>
    /// How many polygon boxes lie over an average point of the rectangle, and the sums of their widths and heights
    /// relative to it.
    /// </summary>
    private (double Stack, double Widths, double Heights) Overlap(
        Box box,
        ReadOnlySpan<int> polygons
    )
    {
        double stack = 0;
        double widths = 0;
        double heights = 0;
        foreach (int polygon in polygons)
        {
            Box part = box.Intersect(_rings.Box(polygon));
            double width = box.Width > 0 ? Math.Max(part.Width, 0) / box.Width : 1;
            double height = box.Height > 0 ? Math.Max(part.Height, 0) / box.Height : 1;
            stack += width * height;
            widths += width;
            heights += height;
        }

        return (stack, widths, heights);
    }

    /// <summary>How many cells an interval may be cut into before cells come near the spacing of doubles.</summary>
    private static double MostSteps(double min, double max)
    {
        double largest = Math.Max(Math.Abs(min), Math.Abs(max));
        double ulp = Math.BitIncrement(largest) - largest;
        double steps = (max - min) / (LeastUlps * ulp);
        return steps >= 1 && double.IsFinite(steps) ? steps : 1;
    }

    /// <summary>The rectangle of a cell, widened so that it holds every point whose cell this is.</summary>
    private static Box CellBox(in RasterLevel level, int cell)
    {
        (int row, int column) = Math.DivRem(cell, level.Columns);
        (double minX, double maxX) = Span(level.MinX, level.ScaleX, column);
        (double minY, double maxY) = Span(level.MinY, level.ScaleY, row);
        return new Box(minX, maxX, minY, maxY);

        static (double Min, double Max) Span(double min, double scale, int step) =>
            scale > 0
                ? (
                    min + ((step - LevelDrawing.Pad) / scale),
                    min + ((step + 1 + LevelDrawing.Pad) / scale)
                )
                : (min, min);
    }

    /// <summary>A cell with too many candidates.</summary>
    private sealed record Crowd(int Cell, Box Box, int[] Polygons, int Fallback, int Depth);
}
