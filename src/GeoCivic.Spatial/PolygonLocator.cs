using System.Runtime.CompilerServices;
using GeoCivic.Spatial.Locating;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GeoCivic.Spatial;

/// <summary>
/// Answers "which of these polygons covers this point?" for many points. Immutable and safe for concurrent use.
/// </summary>
/// <remarks>
/// A raster over the polygons' extent holds, per cell, either the answer or the few polygons whose boundary comes near
/// the cell; only those are tested exactly. Answers equal PostGIS 3.3's
/// <c>min(index) … where ST_Covers(polygon, point)</c> in every bit, provided the polygons have the vertex order they
/// have in the database: see <see cref="RingTable"/>. Coordinates are used as plain numbers; in this project they are
/// WGS-84 degrees, longitude first.
/// </remarks>
public sealed class PolygonLocator
{
    private const int BlockSize = 512;

    private readonly RingTable _rings;
    private readonly Box _extent;
    private readonly RasterLevel[] _levels;
    private readonly int[] _cells;
    private readonly int[] _lists;
    private readonly Lazy<STRtree<int>> _boxes;

    private PolygonLocator(RingTable rings, RasterBuilder raster)
    {
        _rings = rings;
        _extent = raster.Extent;
        _levels = raster.Levels;
        _cells = raster.Cells;
        _lists = raster.Lists;
        _boxes = new Lazy<STRtree<int>>(IndexBoxes);
    }

    /// <summary>How many polygons there are.</summary>
    public int Count => _rings.Count;

    /// <summary>Builds a locator; the polygons are copied and may change afterwards.</summary>
    /// <param name="polygons">
    /// Polygons and multipolygons, empty ones allowed. They may overlap, repeat or contain each other, and need not be
    /// valid in the OGC sense (the non-zero winding rule decides, as in PostGIS).
    /// </param>
    /// <exception cref="ArgumentException">A geometry of another type, or a coordinate not finite or beyond ±1e9.</exception>
    public static PolygonLocator Build(IReadOnlyList<Geometry> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        RingTable rings = RingTable.Build(polygons);
        var raster = new RasterBuilder(rings);
        raster.Build();
        return new PolygonLocator(rings, raster);
    }

    /// <summary>
    /// The lowest index of the polygons that cover the point, boundaries included; −1 when none does or an ordinate is
    /// not finite.
    /// </summary>
    /// <param name="x">Longitude, degrees.</param>
    /// <param name="y">Latitude, degrees.</param>
    public int Locate(double x, double y)
    {
        if (!_extent.Contains(x, y))
        {
            return Cell.Nothing;
        }

        int cell = _cells[_levels[0].CellOf(x, y)];
        return cell >= Cell.Nothing ? cell : LocateNearBoundary(cell, x, y);
    }

    /// <summary><see cref="Locate(double, double)"/> for many points.</summary>
    /// <param name="xs">Longitudes, degrees.</param>
    /// <param name="ys">Latitudes, degrees.</param>
    /// <param name="result">Receives the indexes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Locate(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, Span<int> result)
    {
        if (xs.Length != ys.Length || xs.Length != result.Length)
        {
            throw new ArgumentException("The spans must have the same length.", nameof(result));
        }

        for (int start = 0; start < xs.Length; start += BlockSize)
        {
            int length = Math.Min(BlockSize, xs.Length - start);
            LocateBlock(
                xs.Slice(start, length),
                ys.Slice(start, length),
                result.Slice(start, length)
            );
        }
    }

    /// <summary>The indexes of all polygons that cover the point, ascending; empty when none does.</summary>
    /// <param name="x">Longitude, degrees.</param>
    /// <param name="y">Latitude, degrees.</param>
    public IReadOnlyList<int> LocateAll(double x, double y)
    {
        if (!_extent.Contains(x, y))
        {
            return [];
        }

        var found = new List<int>();
        foreach (int polygon in _boxes.Value.Query(new Envelope(x, x, y, y)))
        {
            if (_rings.Covers(polygon, x, y))
            {
                found.Add(polygon);
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>How many polygons cover the point.</summary>
    /// <param name="x">Longitude, degrees.</param>
    /// <param name="y">Latitude, degrees.</param>
    public int CountCovering(double x, double y) => LocateAll(x, y).Count;

    /// <summary>
    /// First the cells of all points, without a branch that depends on them, so that the processor overlaps the cache
    /// misses; then the few points near boundaries.
    /// </summary>
    private void LocateBlock(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, Span<int> result)
    {
        if (_levels.Length == 0)
        {
            result.Fill(Cell.Nothing);
            return;
        }

        Span<int> near = stackalloc int[BlockSize];
        int count = 0;
        Box extent = _extent;
        RasterLevel level = _levels[0];
        int[] cells = _cells;
        for (int i = 0; i < result.Length; i++)
        {
            double x = xs[i];
            double y = ys[i];
            int cell = cells[level.CellOf(x, y)];
            cell = extent.Contains(x, y) ? cell : Cell.Nothing;
            result[i] = cell;
            near[count] = i;
            count += cell < Cell.Nothing ? 1 : 0;
        }

        foreach (int i in near[..count])
        {
            result[i] = LocateNearBoundary(result[i], xs[i], ys[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int LocateNearBoundary(int cell, double x, double y)
    {
        while (Cell.IsFiner(cell))
        {
            cell = _cells[_levels[Cell.Target(cell)].CellOf(x, y)];
            if (cell >= Cell.Nothing)
            {
                return cell;
            }
        }

        for (int i = Cell.Target(cell); ; i++)
        {
            int candidate = _lists[i];
            if (candidate < 0)
            {
                return Cell.Answer(candidate);
            }

            if (_rings.Covers(candidate, x, y))
            {
                return candidate;
            }
        }
    }

    private STRtree<int> IndexBoxes()
    {
        var tree = new STRtree<int>();
        for (int p = 0; p < _rings.Count; p++)
        {
            if (!_rings.IsEmpty(p))
            {
                Box box = _rings.Box(p);
                tree.Insert(new Envelope(box.MinX, box.MaxX, box.MinY, box.MaxY), p);
            }
        }

        // A built tree is only read, which makes concurrent queries safe.
        tree.Build();
        return tree;
    }
}
