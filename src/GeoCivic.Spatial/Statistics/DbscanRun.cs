namespace GeoCivic.Spatial.Statistics;

/// <summary>The four steps of <see cref="Dbscan"/> over sorted cells: core places, their clusters, border places, numbers.</summary>
internal sealed class DbscanRun(DbscanCells cells, double eps, int minPoints)
{
    private readonly double _eps2 = eps * eps;
    private readonly bool[] _core = new bool[cells.X.Length];

    // Clusters before they are numbered: cells with core places, joined.
    private readonly int[] _parent = [.. Enumerable.Range(0, cells.Cells)];

    // The core places of each cell, as a list beside the places.
    private readonly int[] _corePlaces = new int[cells.X.Length];
    private readonly int[] _coreStart = new int[cells.Cells + 1];

    internal Dbscan Run()
    {
        FindCore();
        ListCore();
        JoinCells();
        return Number(Label());
    }

    private void FindCore()
    {
        for (int cell = 0; cell < cells.Cells; cell++)
        {
            var (from, to) = (cells.Start[cell], cells.Start[cell + 1]);
            long inCell = 0;
            for (int place = from; place < to; place++)
            {
                inCell += cells.Weight[place];
            }

            for (int place = from; place < to; place++)
            {
                _core[place] = inCell >= minPoints || Reaches(cell, place, inCell);
            }
        }
    }

    // Whether the places of the cells around bring a place to the number wanted; its own cell lies within eps as a whole.
    private bool Reaches(int cell, int place, long counted)
    {
        var (x, y) = (cells.X[place], cells.Y[place]);
        for (int row = 0; row < DbscanCells.Rows; row++)
        {
            var (first, after) = cells.Runs[(cell * DbscanCells.Rows) + row];
            for (int other = cells.Start[first]; other < cells.Start[after]; other++)
            {
                // The run through the cell itself holds its own places, which are counted already.
                if (other == cells.Start[cell])
                {
                    other = cells.Start[cell + 1] - 1;
                    continue;
                }

                if (Square(x - cells.X[other], y - cells.Y[other]) <= _eps2)
                {
                    counted += cells.Weight[other];
                    if (counted >= minPoints)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private void ListCore()
    {
        int n = 0;
        for (int cell = 0; cell < cells.Cells; cell++)
        {
            _coreStart[cell] = n;
            for (int place = cells.Start[cell]; place < cells.Start[cell + 1]; place++)
            {
                if (_core[place])
                {
                    _corePlaces[n++] = place;
                }
            }
        }

        _coreStart[cells.Cells] = n;
    }

    private void JoinCells()
    {
        for (int cell = 0; cell < cells.Cells; cell++)
        {
            if (_coreStart[cell] == _coreStart[cell + 1])
            {
                continue;
            }

            for (int row = 0; row < DbscanCells.Rows; row++)
            {
                var (first, after) = cells.Runs[(cell * DbscanCells.Rows) + row];
                // Each pair once: the other cell comes later.
                for (int other = Math.Max(first, cell + 1); other < after; other++)
                {
                    if (Root(cell) != Root(other) && Touch(cell, other))
                    {
                        _parent[Root(other)] = Root(cell);
                    }
                }
            }
        }
    }

    // Whether two cells hold core places within eps of each other.
    private bool Touch(int a, int b)
    {
        for (int i = _coreStart[a]; i < _coreStart[a + 1]; i++)
        {
            var (x, y) = (cells.X[_corePlaces[i]], cells.Y[_corePlaces[i]]);
            for (int j = _coreStart[b]; j < _coreStart[b + 1]; j++)
            {
                if (Square(x - cells.X[_corePlaces[j]], y - cells.Y[_corePlaces[j]]) <= _eps2)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int Root(int cell)
    {
        while (_parent[cell] != cell)
        {
            _parent[cell] = _parent[_parent[cell]];
            cell = _parent[cell];
        }

        return cell;
    }

    // For each place the cell that stands for its cluster, or noise.
    private int[] Label()
    {
        var labels = new int[cells.X.Length];
        for (int cell = 0; cell < cells.Cells; cell++)
        {
            for (int place = cells.Start[cell]; place < cells.Start[cell + 1]; place++)
            {
                labels[place] = _core[place] ? Root(cell) : Nearest(cell, place);
            }
        }

        return labels;
    }

    private int Nearest(int cell, int place)
    {
        var (x, y) = (cells.X[place], cells.Y[place]);
        var (label, best, lowest) = (Dbscan.Noise, _eps2, int.MaxValue);
        for (int row = 0; row < DbscanCells.Rows; row++)
        {
            var (first, after) = cells.Runs[(cell * DbscanCells.Rows) + row];
            for (int other = first; other < after; other++)
            {
                for (int i = _coreStart[other]; i < _coreStart[other + 1]; i++)
                {
                    int core = _corePlaces[i];
                    double distance = Square(x - cells.X[core], y - cells.Y[core]);
                    if (distance < best || (distance == best && cells.First[core] < lowest))
                    {
                        (label, best, lowest) = (Root(other), distance, cells.First[core]);
                    }
                }
            }
        }

        return label;
    }

    private Dbscan Number(int[] labels)
    {
        var size = new int[cells.Cells];
        var lowest = new int[cells.Cells];
        Array.Fill(lowest, int.MaxValue);
        for (int place = 0; place < labels.Length; place++)
        {
            if (labels[place] != Dbscan.Noise)
            {
                size[labels[place]] += cells.Weight[place];
                lowest[labels[place]] = Math.Min(lowest[labels[place]], cells.First[place]);
            }
        }

        int[] found =
        [
            .. Enumerable
                .Range(0, size.Length)
                .Where(c => size[c] > 0)
                .OrderByDescending(c => size[c])
                .ThenBy(c => lowest[c]),
        ];
        var number = new int[cells.Cells];
        for (int i = 0; i < found.Length; i++)
        {
            number[found[i]] = i;
        }

        var ofPoints = new int[cells.PlaceOf.Length];
        var core = new bool[ofPoints.Length];
        for (int point = 0; point < ofPoints.Length; point++)
        {
            int place = cells.PlaceOf[point];
            ofPoints[point] = labels[place] == Dbscan.Noise ? Dbscan.Noise : number[labels[place]];
            core[point] = _core[place];
        }

        return new Dbscan(ofPoints, core, [.. found.Select(c => size[c])]);
    }

    private static double Square(double dx, double dy) => (dx * dx) + (dy * dy);
}
