namespace GeoCivic.Spatial.Walking;

/// <content>Ends of ways at the middle of others.</content>
internal sealed partial class Noding
{
    /// <summary>Ends that lie on or near the middle of another way.</summary>
    private void MeetAtEnds()
    {
        for (int way = 0; way < _lines.Ways; way++)
        {
            if (_lines.Last(way) < _lines.First(way))
            {
                continue;
            }

            foreach (int end in (ReadOnlySpan<int>)[_lines.First(way), _lines.Last(way)])
            {
                var near = WaysNear(end, way);
                if (near.Exists(n => _lines.Layer(n.Way) == _lines.Layer(way)))
                {
                    near.RemoveAll(n => _lines.Layer(n.Way) != _lines.Layer(way));
                }
                else if (near.Count > 0 && _lines.Layer(way) != 0 && Ends.IsLoose(end))
                {
                    // A bridge that ends in the air: it can only be meant to end at what is there, whatever the layers say.
                    near.RemoveRange(1, near.Count - 1);
                }
                else
                {
                    near.Clear();
                }

                Tie(end, near);
            }

            Add(_lines.First(way), 0, Ends.NodeOf(_lines.First(way)));
            Add(_lines.Last(way), 0, Ends.NodeOf(_lines.Last(way)));
        }
    }

    /// <summary>Of every other way within reach of an end its nearest place, nearest way first.</summary>
    private List<(int Way, int Segment, double Share, double Metres)> WaysNear(int end, int own)
    {
        var (x, y) = (_lines.X[end], _lines.Y[end]);
        var scale = ShortLine.Scale(y);
        var best = new SortedDictionary<int, (int Way, int Segment, double Share, double Metres)>();
        foreach (long cell in SegmentGrid.Around(x, y, JoinMetres))
        {
            foreach (int segment in _grid.In(cell))
            {
                int way = _lines.WayOf[segment];
                if (way == own)
                {
                    continue;
                }

                var (share, metres) = ShortLine.Nearest(
                    scale,
                    x,
                    y,
                    _lines.X[segment],
                    _lines.Y[segment],
                    _lines.X[segment + 1],
                    _lines.Y[segment + 1]
                );
                if (
                    metres <= JoinMetres
                    && (!best.TryGetValue(way, out var so) || metres < so.Metres)
                )
                {
                    best[way] = (way, segment, share, metres);
                }
            }
        }

        // Where the nearest place is the other's end, the two ends have been joined already.
        return
        [
            .. best
                .Values.Where(n =>
                    !(n.Share == 0 && _lines.IsEnd(n.Segment))
                    && !(n.Share == 1 && _lines.IsEnd(n.Segment + 1))
                )
                .OrderBy(n => n.Metres),
        ];
    }

    private void Tie(int end, List<(int Way, int Segment, double Share, double Metres)> near)
    {
        int node = Ends.NodeOf(end);
        foreach (var (way, segment, share, metres) in near)
        {
            double x = _lines.X[segment] + ((_lines.X[segment + 1] - _lines.X[segment]) * share);
            double y = _lines.Y[segment] + ((_lines.Y[segment + 1] - _lines.Y[segment]) * share);
            if (metres > 0 && Ends.IsLoose(end))
            {
                // A loose end moves onto the way; one that is tied stays, and the way bends to it.
                Nodes.Move(node, x, y);
            }

            Ends.Snapped(end, metres);
            Ends.Tied(node);
            Add(segment, share, node);
            _meets.Add((Nodes.Root(node), way));
        }
    }
}
