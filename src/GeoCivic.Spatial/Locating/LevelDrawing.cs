namespace GeoCivic.Spatial.Locating;

/// <summary>
/// Draws polygons into one raster. While drawing, a cell is −1 (nothing yet), ≥ 0 (answered), or refers to a chain of
/// candidates, newest first, which a negative entry closes with an answer.
/// </summary>
internal ref struct LevelDrawing
{
    /// <summary>How near, in cells, a boundary must come to a cell to be its candidate.</summary>
    internal const double Pad = 0.01;

    private readonly RingTable _rings;
    private readonly RasterLevel _level;
    private readonly Span<int> _cells;
    private Growing<Link> _chain = new(0);
    private Growing<int> _listCells = new(0);

    internal LevelDrawing(RingTable rings, RasterLevel level, Span<int> cells)
    {
        _rings = rings;
        _level = level;
        _cells = cells;
    }

    /// <summary>The cells that have candidates.</summary>
    internal readonly ReadOnlySpan<int> ListCells => _listCells.Written(0);

    /// <summary>Draws a polygon; its number must be higher than those drawn before.</summary>
    internal void Draw(int polygon)
    {
        foreach (ReadOnlySpan<double> ring in _rings.RingsOf(polygon))
        {
            double u1 = (ring[0] - _level.MinX) * _level.ScaleX;
            double v1 = (ring[1] - _level.MinY) * _level.ScaleY;
            for (int i = 2; i + 1 < ring.Length; i += 2)
            {
                double u2 = (ring[i] - _level.MinX) * _level.ScaleX;
                double v2 = (ring[i + 1] - _level.MinY) * _level.ScaleY;
                MarkEdge(u1, v1, u2, v2, polygon);
                u1 = u2;
                v1 = v2;
            }
        }

        FillInside(polygon);
    }

    /// <summary>Appends a cell's candidates in ascending order; returns the answer that closes them, if any.</summary>
    internal readonly int? ReadList(int cell, List<int> candidates)
    {
        int? answer = null;
        int first = candidates.Count;
        for (int i = ChainOf(cell); i >= 0; i = _chain.Items[i].Next)
        {
            int polygon = _chain.Items[i].Polygon;
            if (polygon < 0)
            {
                answer = ~polygon;
            }
            else
            {
                candidates.Add(polygon);
            }
        }

        candidates.Reverse(first, candidates.Count - first);
        return answer;
    }

    private static int ChainOf(int cell) => -2 - cell;

    private static int CellOfChain(int link) => -2 - link;

    /// <summary>Marks the cells within <see cref="Pad"/> of an edge given in cell units.</summary>
    private void MarkEdge(double u1, double v1, double u2, double v2, int polygon)
    {
        double low = Math.Min(v1, v2);
        double high = Math.Max(v1, v2);
        double left = Math.Min(u1, u2);
        double right = Math.Max(u1, u2);
        if (
            !(low <= _level.Rows + Pad && high >= -Pad)
            || !(left <= _level.Columns + Pad && right >= -Pad)
        )
        {
            return;
        }

        int firstRow = RowOf(low - Pad);
        int lastRow = RowOf(high + Pad);
        if (firstRow == lastRow)
        {
            MarkRow(firstRow, left, right, polygon);
            return;
        }

        double slope = (u2 - u1) / (v2 - v1);
        for (int row = firstRow; row <= lastRow; row++)
        {
            // The stretch of the edge inside the padded row. A nearly level edge has a huge slope: the clamp keeps its
            // u within the edge.
            double from = Math.Clamp(row - Pad, low, high);
            double to = Math.Clamp(row + 1 + Pad, low, high);
            double ua = Math.Clamp(u1 + ((from - v1) * slope), left, right);
            double ub = Math.Clamp(u1 + ((to - v1) * slope), left, right);
            if (double.IsNaN(ua) || double.IsNaN(ub))
            {
                (ua, ub) = (left, right);
            }

            MarkRow(row, Math.Min(ua, ub), Math.Max(ua, ub), polygon);
        }
    }

    private void MarkRow(int row, double left, double right, int polygon)
    {
        if (!(left <= _level.Columns + Pad && right >= -Pad))
        {
            return;
        }

        int start = row * _level.Columns;
        int last = ColumnOf(right + Pad);
        for (int column = ColumnOf(left - Pad); column <= last; column++)
        {
            Mark(start + column, polygon);
        }
    }

    private readonly int RowOf(double v) => Math.Min(Math.Max((int)v, 0), _level.Rows - 1);

    private readonly int ColumnOf(double u) => Math.Min(Math.Max((int)u, 0), _level.Columns - 1);

    private void Mark(int index, int polygon)
    {
        int cell = _cells[index];
        if (cell >= 0)
        {
            return;
        }

        int newest = -1;
        if (cell == Cell.Nothing)
        {
            _listCells.Add(index);
        }
        else
        {
            newest = ChainOf(cell);
            int last = _chain.Items[newest].Polygon;
            if (last == polygon || last < 0)
            {
                return;
            }
        }

        _cells[index] = CellOfChain(_chain.Count);
        _chain.Add(new Link(polygon, newest));
    }

    /// <summary>
    /// Answers the unmarked cells inside the polygon. A run of unmarked cells of a row is all inside or all outside, so
    /// one centre decides. Cells answered by lower polygons end a run, since marks there are not kept.
    /// </summary>
    private void FillInside(int polygon)
    {
        Box box = _rings.Box(polygon);
        int firstRow = RowOf((box.MinY - _level.MinY) * _level.ScaleY);
        int lastRow = RowOf((box.MaxY - _level.MinY) * _level.ScaleY);
        int firstColumn = ColumnOf((box.MinX - _level.MinX) * _level.ScaleX);
        int lastColumn = ColumnOf((box.MaxX - _level.MinX) * _level.ScaleX);
        for (int row = firstRow; row <= lastRow; row++)
        {
            int start = row * _level.Columns;
            bool? inside = null;
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                int cell = _cells[start + column];
                if (EndsRun(cell, polygon))
                {
                    inside = null;
                    continue;
                }

                inside ??= CoversCentre(polygon, row, column);
                if (inside.Value)
                {
                    Answer(start + column, cell, polygon);
                }
            }
        }
    }

    private readonly bool EndsRun(int cell, int polygon)
    {
        if (cell >= Cell.Nothing)
        {
            return cell >= 0;
        }

        int newest = _chain.Items[ChainOf(cell)].Polygon;
        return newest < 0 || newest == polygon;
    }

    private readonly bool CoversCentre(int polygon, int row, int column)
    {
        // A level of no width or height has one column or row, whose centre is its only coordinate.
        double x = _level.ScaleX > 0 ? _level.MinX + ((column + 0.5) / _level.ScaleX) : _level.MinX;
        double y = _level.ScaleY > 0 ? _level.MinY + ((row + 0.5) / _level.ScaleY) : _level.MinY;
        return _rings.Covers(polygon, x, y);
    }

    private void Answer(int index, int cell, int polygon)
    {
        if (cell == Cell.Nothing)
        {
            _cells[index] = polygon;
            return;
        }

        _cells[index] = CellOfChain(_chain.Count);
        _chain.Add(new Link(~polygon, ChainOf(cell)));
    }

    /// <summary>A candidate (or, complemented, the closing answer) and the link before it, −1 for none.</summary>
    private readonly record struct Link(int Polygon, int Next);
}
