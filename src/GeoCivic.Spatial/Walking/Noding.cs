namespace GeoCivic.Spatial.Walking;

/// <summary>A node on a way: after so many of its places, and that share of the segment from there.</summary>
internal readonly record struct Stop(int Segment, double Share, int Node);

/// <summary>
/// Finds where ways meet. Ways of one layer meet where they cross, touch or share a place. Whatever their layers, ways meet
/// where one ends at an end or exactly on a place of the other, so that a bridge hangs together with the streets it leads
/// to and not with those below it.
/// </summary>
internal sealed partial class Noding
{
    /// <summary>Ends of ways that lie less than this apart, or this near another way, are joined; metres.</summary>
    internal const double JoinMetres = 0.5;

    // Stored coordinates are rounded to 1e-7 degree, 1.1 cm: a place on another way's line lies off it by less than this.
    private const double TouchMetres = 0.02;

    private readonly WayLines _lines;
    private readonly SegmentGrid _grid;
    private readonly HashSet<(int Node, int Way)> _meets = [];
    private readonly List<Stop>[] _stops;

    private Noding(WayLines lines)
    {
        _lines = lines;
        _stops = new List<Stop>[lines.Ways];
        for (int way = 0; way < _stops.Length; way++)
        {
            _stops[way] = [];
        }

        _grid = new SegmentGrid(lines.X, lines.Y, lines.Segments());
        Ends = new EndJoints(lines, Nodes, JoinMetres);
        MeetAtPlaces();
        MeetAtEnds();
        MeetBetween();
    }

    internal NodeSet Nodes { get; } = new();

    internal EndJoints Ends { get; }

    /// <summary>How many crossings were split.</summary>
    internal int Crossings { get; private set; }

    /// <summary>The stops of a way in its direction, its two ends among them.</summary>
    internal List<Stop> Stops(int way) => _stops[way];

    internal static Noding Of(WayLines lines)
    {
        var noding = new Noding(lines);
        foreach (var stops in noding._stops)
        {
            stops.Sort(
                (a, b) =>
                    a.Segment != b.Segment ? a.Segment.CompareTo(b.Segment)
                    : a.Share != b.Share ? a.Share.CompareTo(b.Share)
                    : a.Node.CompareTo(b.Node)
            );
            noding.UniteNeighbours(stops);
        }

        return noding;
    }

    /// <summary>Places with the very same coordinates.</summary>
    private void MeetAtPlaces()
    {
        var latest = new Dictionary<(double, double), int>(_lines.X.Length);
        var previous = new int[_lines.X.Length];
        var group = new List<int>();
        for (int place = 0; place < previous.Length; place++)
        {
            var key = (_lines.X[place], _lines.Y[place]);
            previous[place] = latest.TryGetValue(key, out int before) ? before : -1;
            latest[key] = place;
        }

        foreach (int head in latest.Values.Where(head => previous[head] >= 0))
        {
            group.Clear();
            for (int place = head; place >= 0; place = previous[place])
            {
                group.Add(place);
            }

            group.Reverse();
            if (group.Exists(_lines.IsEnd))
            {
                StopAll(group);
                continue;
            }

            foreach (var layer in group.GroupBy(_lines.LayerOf).Where(g => g.Skip(1).Any()))
            {
                StopAll([.. layer]);
            }
        }
    }

    private void StopAll(List<int> places)
    {
        int end = places.Find(_lines.IsEnd);
        int node = places.Exists(_lines.IsEnd)
            ? Ends.NodeOf(end)
            : Nodes.Add(_lines.X[places[0]], _lines.Y[places[0]]);
        foreach (int place in places)
        {
            if (_lines.IsEnd(place))
            {
                Nodes.Unite(node, Ends.NodeOf(place));
            }
            else
            {
                Add(place, 0, node);
                Ends.Tied(node);
            }
        }
    }

    /// <summary>Segments that cross, and places between ends that lie on another segment.</summary>
    private void MeetBetween()
    {
        var seen = new int[_lines.X.Length];
        foreach (int a in _lines.Segments())
        {
            foreach (long cell in _grid.CellsOf(a))
            {
                foreach (int b in _grid.In(cell))
                {
                    if (b > a && seen[b] != a + 1 && _lines.LayerOf(a) == _lines.LayerOf(b))
                    {
                        seen[b] = a + 1;
                        Meet(a, b);
                    }
                }
            }
        }
    }

    private void Meet(int a, int b)
    {
        var (x, y) = (_lines.X, _lines.Y);
        var scale = ShortLine.Scale(y[a]);
        double mx = TouchMetres / scale.X;
        double my = TouchMetres / scale.Y;
        if (
            Math.Max(x[a], x[a + 1]) + mx < Math.Min(x[b], x[b + 1])
            || Math.Max(x[b], x[b + 1]) + mx < Math.Min(x[a], x[a + 1])
            || Math.Max(y[a], y[a + 1]) + my < Math.Min(y[b], y[b + 1])
            || Math.Max(y[b], y[b + 1]) + my < Math.Min(y[a], y[a + 1])
        )
        {
            return;
        }

        if (b == a + 1 && _lines.WayOf[a] == _lines.WayOf[b])
        {
            // One after the other they share a place; they may still run back over each other.
            bool folded = Touch(scale, a, b);
            folded |= Touch(scale, b + 1, a);
            if (folded)
            {
                Add(b, 0, Nodes.Add(x[b], y[b]));
            }

            return;
        }

        bool touched = Touch(scale, a, b);
        touched |= Touch(scale, a + 1, b);
        touched |= Touch(scale, b, a);
        touched |= Touch(scale, b + 1, a);
        if (!touched && Crossing(a, b) is var (along, across))
        {
            double px = x[a] + ((x[a + 1] - x[a]) * along);
            double py = y[a] + ((y[a + 1] - y[a]) * along);
            if (MeetAtEnd(a, b, px, py) || MeetAtEnd(b, a, px, py))
            {
                return;
            }

            int node = Nodes.Add(px, py);
            Add(a, along, node);
            Add(b, across, node);
            Crossings++;
        }
    }

    /// <summary>Whether a place lies on a segment; if it is not the segment's own place, both stop there.</summary>
    private bool Touch((double X, double Y) scale, int place, int segment)
    {
        if (_lines.Same(place, segment) || _lines.Same(place, segment + 1))
        {
            return true;
        }

        var (share, metres) = ShortLine.Nearest(
            scale,
            _lines.X[place],
            _lines.Y[place],
            _lines.X[segment],
            _lines.Y[segment],
            _lines.X[segment + 1],
            _lines.Y[segment + 1]
        );
        if (metres > TouchMetres)
        {
            return false;
        }

        int node = _lines.IsEnd(place)
            ? Ends.NodeOf(place)
            : Nodes.Add(_lines.X[place], _lines.Y[place]);
        Add(place, 0, node);
        Add(segment, share, node);
        return true;
    }

    /// <summary>Where two segments properly cross, as shares of each; the classic two-by-two system.</summary>
    private (double Along, double Across)? Crossing(int a, int b)
    {
        var (x, y) = (_lines.X, _lines.Y);
        double ax = x[a + 1] - x[a];
        double ay = y[a + 1] - y[a];
        double bx = x[b + 1] - x[b];
        double by = y[b + 1] - y[b];
        double det = (ax * by) - (ay * bx);
        double ox = x[b] - x[a];
        double oy = y[b] - y[a];
        double along = ((ox * by) - (oy * bx)) / det;
        double across = ((ox * ay) - (oy * ax)) / det;
        return along is > 0 and < 1 && across is > 0 and < 1 ? (along, across) : null;
    }

    /// <summary>Whether a crossing is only the overshoot of an end that has been tied to the other way.</summary>
    private bool MeetAtEnd(int segment, int other, double px, double py)
    {
        foreach (int place in (ReadOnlySpan<int>)[segment, segment + 1])
        {
            if (_lines.IsEnd(place))
            {
                int node = Nodes.Root(Ends.NodeOf(place));
                var (nx, ny) = Nodes.Place(node);
                if (
                    (
                        _meets.Contains((node, _lines.WayOf[other]))
                        || Ends.Joins(node, _lines.WayOf[other])
                    )
                    && ShortLine.Metres(nx, ny, px, py) <= 2 * JoinMetres
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Add(int place, double share, int node)
    {
        int way = _lines.WayOf[place];
        // The end of a segment is the start of the next, so that stops at one place sort together.
        _stops[way].Add(share >= 1 ? new Stop(place + 1, 0, node) : new Stop(place, share, node));
    }

    /// <summary>Stops of a way nearer to each other than coordinates are exact are one.</summary>
    private void UniteNeighbours(List<Stop> stops)
    {
        for (int i = 1; i < stops.Count; i++)
        {
            var (px, py) = At(stops[i - 1]);
            var (x, y) = At(stops[i]);
            if (
                stops[i].Segment - stops[i - 1].Segment <= 1
                && ShortLine.Metres(px, py, x, y) <= TouchMetres
            )
            {
                Nodes.Unite(stops[i - 1].Node, stops[i].Node);
            }
        }
    }

    private (double X, double Y) At(Stop stop)
    {
        if (stop.Share == 0)
        {
            return (_lines.X[stop.Segment], _lines.Y[stop.Segment]);
        }

        var (x, y, s) = (_lines.X, _lines.Y, stop.Segment);
        return (x[s] + ((x[s + 1] - x[s]) * stop.Share), y[s] + ((y[s + 1] - y[s]) * stop.Share));
    }
}
