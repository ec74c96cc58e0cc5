using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Geodesy;

/// <summary>
/// The edges of a shape in degrees, in blocks of neighbours with boxes; sixteen blocks have a box too, and so on up, so
/// that what is far is passed over at once.
/// </summary>
internal sealed class EdgeTable
{
    private const int BlockSize = 16;
    private readonly double[] _x0;
    private readonly double[] _y0;
    private readonly double[] _x1;
    private readonly double[] _y1;
    private readonly bool[] _ofRing;
    private readonly Box[] _blocks;
    private readonly Box[][] _levels;

    private EdgeTable(List<(Coordinate A, Coordinate B, bool OfRing)> edges)
    {
        int n = edges.Count;
        (_x0, _y0, _x1, _y1) = (new double[n], new double[n], new double[n], new double[n]);
        _ofRing = new bool[n];
        _blocks = new Box[(n + BlockSize - 1) / BlockSize];
        for (int i = 0; i < n; i++)
        {
            var (a, b, ofRing) = edges[i];
            Degrees.ThrowIfOutOfRange(a.X, a.Y);
            Degrees.ThrowIfOutOfRange(b.X, b.Y);
            (_x0[i], _y0[i], _x1[i], _y1[i], _ofRing[i]) = (a.X, a.Y, b.X, b.Y, ofRing);
            ref var block = ref _blocks[i / BlockSize];
            block = i % BlockSize == 0 ? Box.Of(a, b) : block.With(Box.Of(a, b));
        }

        var levels = new List<Box[]> { _blocks };
        while (levels[^1].Length > 1)
        {
            levels.Add([
                .. levels[^1].Chunk(BlockSize).Select(part => part.Aggregate((x, y) => x.With(y))),
            ]);
        }

        _levels = [.. levels];
    }

    /// <summary>How many ends of edges there are.</summary>
    internal int Vertices => 2 * _x0.Length;

    internal static EdgeTable Of(Geometry shape)
    {
        var edges = new List<(Coordinate, Coordinate, bool)>(shape.NumPoints);
        Add(shape, edges);
        return new EdgeTable(edges);
    }

    /// <summary>An end of an edge; those of rings come twice, which costs little and needs no list.</summary>
    internal LonLat Vertex(int i) =>
        i % 2 == 0 ? new LonLat(_x0[i / 2], _y0[i / 2]) : new LonLat(_x1[i / 2], _y1[i / 2]);

    /// <summary>
    /// The square of the least distance in the plane, or any larger than the cap's when nothing is within the cap; and
    /// whether the place is inside a polygon.
    /// </summary>
    internal double LeastSquare(GeodesicShape.PlaceFrame frame, double cap, out bool inside)
    {
        double least = double.PositiveInfinity;
        double most = cap * cap;
        bool odd = false;
        // Outside the box of all there is no inside to look for.
        bool ray = _levels[^1][0].Square(frame) == 0;
        for (int b = 0; b < _blocks.Length; )
        {
            int passed = Passed(b, frame, Math.Min(least, most), ray);
            if (passed > 0)
            {
                b += passed;
                continue;
            }

            int end = Math.Min(_x0.Length, (b + 1) * BlockSize);
            for (int i = b * BlockSize; i < end; i++)
            {
                odd ^= ray && _ofRing[i] && IsRightOf(frame.Lon, frame.Lat, i);
                least = Math.Min(least, SquareTo(frame, i, out _));
            }

            b++;
        }

        inside = odd;
        return least;
    }

    /// <summary>The nearest pair among the edges whose square in the plane is not above a bound.</summary>
    internal Nearest Refine(LonLat place, GeodesicShape.PlaceFrame frame, double most, Nearest best)
    {
        for (int b = 0; b < _blocks.Length; )
        {
            int passed = Passed(b, frame, most, ray: false);
            if (passed > 0)
            {
                b += passed;
                continue;
            }

            int end = Math.Min(_x0.Length, (b + 1) * BlockSize);
            for (int i = b * BlockSize; i < end; i++)
            {
                if (SquareTo(frame, i, out double t) > most)
                {
                    continue;
                }

                var on = At(i, Minimise(place, i, t));
                double metres = Geodesic.Inverse(on.Lon, on.Lat, place.Lon, place.Lat).Metres;
                if (metres < best.Metres)
                {
                    best = new Nearest(metres, on, place);
                }
            }

            b++;
        }

        return best;
    }

    /// <summary>A place where the shapes' edges cross or touch, if any.</summary>
    internal LonLat? Crossing(EdgeTable other)
    {
        for (int b = 0; b < _blocks.Length; b++)
        {
            for (int c = 0; c < other._blocks.Length; c++)
            {
                if (_blocks[b].Meets(other._blocks[c]) && CrossingOf(b, other, c) is LonLat common)
                {
                    return common;
                }
            }
        }

        return null;
    }

    // How many blocks from this one on are neither near nor, when asked for, met by the ray eastwards.
    private int Passed(int block, GeodesicShape.PlaceFrame frame, double most, bool ray)
    {
        int size = 1;
        int top = 0;
        while (top + 1 < _levels.Length && block % (size * BlockSize) == 0)
        {
            size *= BlockSize;
            top++;
        }

        for (; top >= 0; top--, size /= BlockSize)
        {
            ref readonly var box = ref _levels[top][block / size];
            if (box.Square(frame) > most && !(ray && box.MeetsRay(frame)))
            {
                return size;
            }
        }

        return 0;
    }

    private LonLat? CrossingOf(int block, EdgeTable other, int otherBlock)
    {
        int end = Math.Min(_x0.Length, (block + 1) * BlockSize);
        int otherEnd = Math.Min(other._x0.Length, (otherBlock + 1) * BlockSize);
        for (int i = block * BlockSize; i < end; i++)
        {
            for (int j = otherBlock * BlockSize; j < otherEnd; j++)
            {
                if (SegmentCrossing(i, other, j) is LonLat common)
                {
                    return common;
                }
            }
        }

        return null;
    }

    // Of edges on one line an end lies on the other edge; the vertices' distances find that.
    private LonLat? SegmentCrossing(int i, EdgeTable other, int j)
    {
        var (dx, dy) = (_x1[i] - _x0[i], _y1[i] - _y0[i]);
        var (ex, ey) = (other._x1[j] - other._x0[j], other._y1[j] - other._y0[j]);
        double cross = (dx * ey) - (dy * ex);
        if (cross == 0)
        {
            return null;
        }

        var (fx, fy) = (other._x0[j] - _x0[i], other._y0[j] - _y0[i]);
        double t = ((fx * ey) - (fy * ex)) / cross;
        double u = ((fx * dy) - (fy * dx)) / cross;
        return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? At(i, t) : null;
    }

    private bool IsRightOf(double x, double y, int i) =>
        (_y0[i] > y) != (_y1[i] > y)
        && x < _x0[i] + ((_x1[i] - _x0[i]) * ((y - _y0[i]) / (_y1[i] - _y0[i])));

    private double SquareTo(GeodesicShape.PlaceFrame frame, int i, out double t)
    {
        double ax = (_x0[i] - frame.Lon) * frame.MetresPerLon;
        double ay = (_y0[i] - frame.Lat) * frame.MetresPerLat;
        double dx = (_x1[i] - _x0[i]) * frame.MetresPerLon;
        double dy = (_y1[i] - _y0[i]) * frame.MetresPerLat;
        double length = (dx * dx) + (dy * dy);
        t = length > 0 ? Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1) : 0;
        double x = ax + (t * dx);
        double y = ay + (t * dy);
        return (x * x) + (y * y);
    }

    // Gauss–Newton on the squared mid-latitude distance; the neglected terms are of the order of distance over radius,
    // so each step gains four digits or so near a school.
    private double Minimise(LonLat place, int i, double t)
    {
        double dLon = _x1[i] - _x0[i];
        double dLat = _y1[i] - _y0[i];
        for (int step = 0; step < 3; step++)
        {
            var on = At(i, t);
            double middle = (on.Lat + place.Lat) / 2;
            var (perLon, perLat) = Wgs84.MetresPerDegree(middle);
            double x = perLon * (on.Lon - place.Lon);
            double y = perLat * (on.Lat - place.Lat);
            // d(N cos φ)/dφ = −M sin φ, exactly.
            double shrink =
                -perLat * Math.Sin(middle * Wgs84.RadiansPerDegree) * Wgs84.RadiansPerDegree;
            double dx = (perLon * dLon) + (shrink * dLat / 2 * (on.Lon - place.Lon));
            double dy = perLat * dLat;
            double slope = (dx * dx) + (dy * dy);
            if (slope == 0)
            {
                return t;
            }

            t = Math.Clamp(t - (((x * dx) + (y * dy)) / slope), 0, 1);
        }

        return t;
    }

    private LonLat At(int i, double t) =>
        t <= 0 ? new LonLat(_x0[i], _y0[i])
        : t >= 1 ? new LonLat(_x1[i], _y1[i])
        : new LonLat(_x0[i] + (t * (_x1[i] - _x0[i])), _y0[i] + (t * (_y1[i] - _y0[i])));

    private static void Add(Geometry shape, List<(Coordinate, Coordinate, bool)> edges)
    {
        switch (shape)
        {
            case Point { IsEmpty: false } point:
                edges.Add((point.Coordinate, point.Coordinate, false));
                break;
            case LineString line:
                Add(line.CoordinateSequence, ofRing: false, edges);
                break;
            case Polygon { IsEmpty: false } polygon:
                Add(polygon.ExteriorRing.CoordinateSequence, ofRing: true, edges);
                foreach (var hole in polygon.InteriorRings)
                {
                    Add(hole.CoordinateSequence, ofRing: true, edges);
                }

                break;
            case GeometryCollection several:
                foreach (var part in several.Geometries)
                {
                    Add(part, edges);
                }

                break;
            default:
                break;
        }
    }

    private static void Add(
        CoordinateSequence line,
        bool ofRing,
        List<(Coordinate, Coordinate, bool)> edges
    )
    {
        for (int i = 1; i < line.Count; i++)
        {
            edges.Add((line.GetCoordinate(i - 1), line.GetCoordinate(i), ofRing));
        }
    }

    private readonly record struct Box(double MinX, double MinY, double MaxX, double MaxY)
    {
        internal static Box Of(Coordinate a, Coordinate b) =>
            new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));

        internal Box With(Box other) =>
            new(
                Math.Min(MinX, other.MinX),
                Math.Min(MinY, other.MinY),
                Math.Max(MaxX, other.MaxX),
                Math.Max(MaxY, other.MaxY)
            );

        internal bool Meets(Box other) =>
            MinX <= other.MaxX && MaxX >= other.MinX && MinY <= other.MaxY && MaxY >= other.MinY;

        internal bool MeetsRay(GeodesicShape.PlaceFrame frame) =>
            MinY <= frame.Lat && MaxY >= frame.Lat && MaxX >= frame.Lon;

        internal double Square(GeodesicShape.PlaceFrame frame)
        {
            double x =
                Math.Max(0, Math.Max(MinX - frame.Lon, frame.Lon - MaxX)) * frame.MetresPerLon;
            double y =
                Math.Max(0, Math.Max(MinY - frame.Lat, frame.Lat - MaxY)) * frame.MetresPerLat;
            return (x * x) + (y * y);
        }
    }
}
