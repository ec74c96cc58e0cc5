namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// A balanced k-d tree over points in a plane (J. L. Bentley, Communications of the ACM 18, 1975, 509–517), kept as one
/// permutation: the middle of each range splits it, x and y in turns. Equal distances are decided by the lower place, so
/// that the same points always have the same neighbours; each part knows its lowest place, so that heaps of points at one
/// spot do not make every search look at all of them.
/// </summary>
internal sealed class PlanarTree
{
    private const int Leaf = 8;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int[] _places;

    // The lowest place of the part whose middle is at this index.
    private readonly int[] _lowest;

    private PlanarTree(double[] x, double[] y)
    {
        _x = x;
        _y = y;
        _places = new int[x.Length];
        _lowest = new int[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            _places[i] = i;
        }

        var keys = new double[x.Length];
        Split(0, x.Length, byX: true, keys);
    }

    /// <summary>Number of points.</summary>
    internal int Count => _x.Length;

    /// <summary>A tree over points.</summary>
    /// <exception cref="ArgumentException">There are not as many of the one as of the other, or one is not finite.</exception>
    internal static PlanarTree Build(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException("A point has x and y.", nameof(y));
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
            {
                throw new ArgumentException($"Point {i} is not finite.", nameof(x));
            }
        }

        return new PlanarTree(x.ToArray(), y.ToArray());
    }

    /// <summary>The nearest other points of a point, nearest first, as many as <paramref name="found"/> holds.</summary>
    internal void Nearest(int of, Span<int> found)
    {
        if (found.IsEmpty)
        {
            return;
        }

        Span<double> distances =
            found.Length <= 64 ? stackalloc double[found.Length] : new double[found.Length];
        var search = new Search(found, distances, _x[of], _y[of], of);
        Look(ref search, 0, _x.Length, byX: true, 0, 0);
    }

    /// <summary>Adds all other points at most <paramref name="metres"/> from a point.</summary>
    internal void Within(int of, double metres, List<int> found) =>
        Collect(of, metres, found, 0, _x.Length, byX: true);

    private void Split(int from, int to, bool byX, double[] keys)
    {
        if (to - from <= Leaf)
        {
            return;
        }

        // Sorting each range costs n·log²n in all, which is small beside the searches. Equal ordinates stay in the order of
        // their places: in a heap of points at one spot, the first leaf then has the lowest places, and the rest is passed over.
        var ordinates = byX ? _x : _y;
        int lowest = int.MaxValue;
        for (int i = from; i < to; i++)
        {
            keys[i] = ordinates[_places[i]];
            lowest = Math.Min(lowest, _places[i]);
        }

        keys.AsSpan(from..to).Sort(_places.AsSpan(from..to));
        for (int run = from, i = from + 1; i <= to; i++)
        {
            if (i == to || keys[i] != keys[run])
            {
                _places.AsSpan(run..i).Sort();
                run = i;
            }
        }

        int middle = (from + to) >> 1;
        _lowest[middle] = lowest;
        Split(from, middle, !byX, keys);
        Split(middle + 1, to, !byX, keys);
    }

    private void Collect(int of, double metres, List<int> found, int from, int to, bool byX)
    {
        if (to - from <= Leaf)
        {
            for (int i = from; i < to; i++)
            {
                Take(_places[i]);
            }

            return;
        }

        int middle = (from + to) >> 1;
        Take(_places[middle]);
        double beyond = byX ? _x[of] - _x[_places[middle]] : _y[of] - _y[_places[middle]];
        // A hair wider than the distance: the exact comparison is made with each point.
        double reach = metres * (1 + 1e-12);
        if (beyond <= reach)
        {
            Collect(of, metres, found, from, middle, !byX);
        }

        if (beyond >= -reach)
        {
            Collect(of, metres, found, middle + 1, to, !byX);
        }

        void Take(int place)
        {
            double dx = _x[place] - _x[of];
            double dy = _y[place] - _y[of];
            if (place != of && Math.Sqrt((dx * dx) + (dy * dy)) <= metres)
            {
                found.Add(place);
            }
        }
    }

    // farX and farY: how far the part lies beyond the splits passed on the way to it.
    private void Look(ref Search search, int from, int to, bool byX, double farX, double farY)
    {
        if (to - from <= Leaf)
        {
            for (int i = from; i < to; i++)
            {
                search.Offer(_places[i], _x[_places[i]], _y[_places[i]]);
            }

            return;
        }

        int middle = (from + to) >> 1;
        if (!search.MayHold((farX * farX) + (farY * farY), _lowest[middle]))
        {
            return;
        }

        int place = _places[middle];
        search.Offer(place, _x[place], _y[place]);
        double beyond = byX ? search.X - _x[place] : search.Y - _y[place];
        double x = byX ? beyond : farX;
        double y = byX ? farY : beyond;
        if (beyond <= 0)
        {
            Look(ref search, from, middle, !byX, farX, farY);
            Look(ref search, middle + 1, to, !byX, x, y);
        }
        else
        {
            Look(ref search, middle + 1, to, !byX, farX, farY);
            Look(ref search, from, middle, !byX, x, y);
        }
    }

    /// <summary>The best found so far, by distance and then by place.</summary>
    private ref struct Search(Span<int> found, Span<double> distances, double x, double y, int of)
    {
        private readonly Span<int> _found = found;
        private readonly Span<double> _distances = distances;
        private int _n;

        public readonly double X => x;

        public readonly double Y => y;

        public readonly bool MayHold(double distance, int lowest) =>
            _n < _found.Length
            || distance < _distances[_n - 1]
            || (distance == _distances[_n - 1] && lowest < _found[_n - 1]);

        public void Offer(int place, double px, double py)
        {
            double dx = px - x;
            double dy = py - y;
            double distance = (dx * dx) + (dy * dy);
            if (place == of || !Better(_n == _found.Length ? _n - 1 : -1, distance, place))
            {
                return;
            }

            int at = _n < _found.Length ? _n++ : _n - 1;
            for (; at > 0 && Better(at - 1, distance, place); at--)
            {
                _found[at] = _found[at - 1];
                _distances[at] = _distances[at - 1];
            }

            _found[at] = place;
            _distances[at] = distance;
        }

        private readonly bool Better(int than, double distance, int place) =>
            than < 0
            || distance < _distances[than]
            || (distance == _distances[than] && place < _found[than]);
    }
}
