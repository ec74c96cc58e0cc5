using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Locating;

/// <summary>
/// Polygons as flat arrays of vertices, and the exact question "does polygon p cover this point?".
/// </summary>
/// <remarks>
/// The answer is that of PostGIS 3.3's <c>ST_Covers(polygon, point)</c>, whose point-in-polygon code does not go
/// through GEOS: a winding number in plain double arithmetic (D. Sunday's algorithm). Its side-of-line value depends on
/// the direction of each edge in the last bit, so rings keep their vertex order and the expression below keeps its
/// form. Skipped edges are only those that provably cannot count, also after rounding. PostGIS has one more rule, in
/// one of its two code paths only: it ignores segments shorter than 1e-12; such segments do not survive the rounding
/// of stored coordinates to 1e-7 degree.
/// </remarks>
internal sealed class RingTable
{
    // Rings with more edges are cut into horizontal slabs, so that a query reads only edges near its latitude.
    private const int SlabThreshold = 24;
    private const int DoublesPerEdge = 4;

    // Degrees and metres alike stay far below; raster sizes need not care about overflow then.
    private const double FarthestCoordinate = 1e9;

    private readonly Shape[] _shapes;
    private readonly int[] _partFirstRing;
    private readonly Ring[] _rings;
    private readonly double[] _xy;
    private readonly int[] _slabFirst;
    private readonly double[] _slabEdges;

    private RingTable(
        Shape[] shapes,
        int[] partFirstRing,
        Ring[] rings,
        double[] xy,
        int[] slabFirst,
        double[] slabEdges
    )
    {
        _shapes = shapes;
        _partFirstRing = partFirstRing;
        _rings = rings;
        _xy = xy;
        _slabFirst = slabFirst;
        _slabEdges = slabEdges;
    }

    /// <summary>Where a point lies relative to a ring.</summary>
    private enum Side
    {
        Outside,
        Boundary,
        Inside,
    }

    internal int Count => _shapes.Length;

    /// <summary>Vertices of all rings, closing vertices included.</summary>
    internal int VertexCount => _xy.Length / 2;

    /// <summary>Copies the polygons.</summary>
    /// <exception cref="ArgumentException">Not a polygon or multipolygon, or a coordinate not finite or beyond ±1e9.</exception>
    internal static RingTable Build(IReadOnlyList<Geometry> polygons)
    {
        var shapes = new Shape[polygons.Count];
        var partFirstRing = new List<int>(polygons.Count + 1);
        var rings = new List<Ring>(polygons.Count);
        var xy = new Growing<double>(polygons.Count * 12);
        var slabFirst = new List<int>();
        var slabEdges = new Growing<double>(0);

        for (int p = 0; p < shapes.Length; p++)
        {
            int firstPart = partFirstRing.Count;
            int firstRing = rings.Count;
            switch (polygons[p])
            {
                case Polygon polygon:
                    AddPart(polygon);
                    break;
                case MultiPolygon multi:
                    for (int i = 0; i < multi.NumGeometries; i++)
                    {
                        AddPart((Polygon)multi.GetGeometryN(i));
                    }

                    break;
                default:
                    throw new ArgumentException(
                        $"Geometry {p} is {polygons[p]?.GeometryType ?? "null"}, not Polygon or MultiPolygon.",
                        nameof(polygons)
                    );
            }

            shapes[p] = MakeShape(firstPart, firstRing, p);
        }

        partFirstRing.Add(rings.Count);
        return new RingTable(
            shapes,
            [.. partFirstRing],
            [.. rings],
            xy.ToArray(),
            [.. slabFirst],
            slabEdges.ToArray()
        );

        void AddPart(Polygon polygon)
        {
            if (polygon.IsEmpty)
            {
                return;
            }

            partFirstRing.Add(rings.Count);
            AddRing(polygon.ExteriorRing.CoordinateSequence);
            for (int i = 0; i < polygon.NumInteriorRings; i++)
            {
                AddRing(polygon.GetInteriorRingN(i).CoordinateSequence);
            }
        }

        void AddRing(CoordinateSequence sequence)
        {
            if (sequence.Count == 0)
            {
                return;
            }

            int first = xy.Count;
            double minX = double.PositiveInfinity;
            double maxX = double.NegativeInfinity;
            double minY = double.PositiveInfinity;
            double maxY = double.NegativeInfinity;
            for (int i = 0; i < sequence.Count; i++)
            {
                double x = sequence.GetX(i);
                double y = sequence.GetY(i);
                xy.Add(x);
                xy.Add(y);
                minX = Math.Min(minX, x);
                maxX = Math.Max(maxX, x);
                minY = Math.Min(minY, y);
                maxY = Math.Max(maxY, y);
            }

            var ring = new Ring(first, sequence.Count, minX, maxX, minY, maxY, 0, 0, 0);
            if (sequence.Count - 1 > SlabThreshold && maxY > minY)
            {
                ring = Slabs.Add(ring, xy.Written(first), slabFirst, ref slabEdges);
            }

            rings.Add(ring);
        }

        Shape MakeShape(int firstPart, int firstRing, int index)
        {
            int parts = partFirstRing.Count - firstPart;
            double minX = double.PositiveInfinity;
            double maxX = double.NegativeInfinity;
            double minY = double.PositiveInfinity;
            double maxY = double.NegativeInfinity;
            for (int r = firstRing; r < rings.Count; r++)
            {
                minX = Math.Min(minX, rings[r].MinX);
                maxX = Math.Max(maxX, rings[r].MaxX);
                minY = Math.Min(minY, rings[r].MinY);
                maxY = Math.Max(maxY, rings[r].MaxY);
            }

            // Min and Max carry NaN on, so one look at the box finds every impossible coordinate. The comparison form
            // lets NaN fail.
            double farthest = Math.Max(
                Math.Max(Math.Abs(minX), Math.Abs(maxX)),
                Math.Max(Math.Abs(minY), Math.Abs(maxY))
            );
            if (parts > 0 && !(farthest <= FarthestCoordinate))
            {
                throw new ArgumentException(
                    $"Geometry {index} has a coordinate that is not finite or beyond ±1e9.",
                    nameof(polygons)
                );
            }

            bool oneSmallRing =
                parts == 1 && rings.Count == firstRing + 1 && rings[firstRing].SlabCount == 0;
            return new Shape(
                FloatBox.Down(minX),
                FloatBox.Up(maxX),
                FloatBox.Down(minY),
                FloatBox.Up(maxY),
                oneSmallRing ? rings[firstRing].First : firstPart,
                oneSmallRing ? rings[firstRing].Count : -parts
            );
        }
    }

    /// <summary>The box that PostGIS stores with a geometry (single precision, rounded outwards); empty: min &gt; max.</summary>
    internal Box Box(int polygon)
    {
        ref readonly Shape shape = ref _shapes[polygon];
        return new Box(shape.MinX, shape.MaxX, shape.MinY, shape.MaxY);
    }

    internal bool IsEmpty(int polygon) => _shapes[polygon].Count == 0;

    /// <summary>The vertices x, y, x, y… of each ring of a polygon.</summary>
    internal RingEnumerator RingsOf(int polygon)
    {
        ref readonly Shape shape = ref _shapes[polygon];
        if (shape.Count >= 0)
        {
            return new RingEnumerator(this, -1, -1, shape.First, shape.Count);
        }

        return new RingEnumerator(
            this,
            _partFirstRing[shape.First],
            _partFirstRing[shape.First - shape.Count],
            0,
            0
        );
    }

    /// <summary>True when the polygon covers the point: inside or on any boundary, holes' boundaries included.</summary>
    internal bool Covers(int polygon, double x, double y)
    {
        ref readonly Shape shape = ref _shapes[polygon];

        // PostGIS's first short circuit; the comparison form lets NaN fail.
        if (!(x >= shape.MinX && x <= shape.MaxX && y >= shape.MinY && y <= shape.MaxY))
        {
            return false;
        }

        if (shape.Count > 0)
        {
            return SideOfVertices(_xy.AsSpan(shape.First, shape.Count * 2), x, y) != Side.Outside;
        }

        for (int part = shape.First; part < shape.First - shape.Count; part++)
        {
            if (PartCovers(_partFirstRing[part], _partFirstRing[part + 1], x, y))
            {
                return true;
            }
        }

        return false;
    }

    private bool PartCovers(int firstRing, int endRing, double x, double y)
    {
        Side outer = SideOfRing(firstRing, x, y);
        if (outer != Side.Inside)
        {
            return outer == Side.Boundary;
        }

        for (int r = firstRing + 1; r < endRing; r++)
        {
            Side hole = SideOfRing(r, x, y);
            if (hole != Side.Outside)
            {
                return hole == Side.Boundary;
            }
        }

        return true;
    }

    private Side SideOfRing(int index, double x, double y)
    {
        ref readonly Ring ring = ref _rings[index];

        // North and south of the ring no edge counts; east of it every edge is to the left and none counts either.
        if (y < ring.MinY || y > ring.MaxY || x > ring.MaxX)
        {
            return Side.Outside;
        }

        return ring.SlabCount == 0
            ? SideOfVertices(_xy.AsSpan(ring.First, ring.Count * 2), x, y)
            : SideOfSlab(Slabs.EdgesAt(ring, y, _slabFirst, _slabEdges), x, y);
    }

    private static Side SideOfVertices(ReadOnlySpan<double> xy, double x, double y)
    {
        int winding = 0;
        double x1 = xy[0];
        double y1 = xy[1];
        for (int i = 2; i + 1 < xy.Length; i += 2)
        {
            double x2 = xy[i];
            double y2 = xy[i + 1];
            if (Winding.Edge(x1, y1, x2, y2, x, y, ref winding))
            {
                return Side.Boundary;
            }

            x1 = x2;
            y1 = y2;
        }

        return winding == 0 ? Side.Outside : Side.Inside;
    }

    private static Side SideOfSlab(ReadOnlySpan<double> edges, double x, double y)
    {
        int winding = 0;
        for (int i = 0; i + 3 < edges.Length; i += DoublesPerEdge)
        {
            if (Winding.Edge(edges[i], edges[i + 1], edges[i + 2], edges[i + 3], x, y, ref winding))
            {
                return Side.Boundary;
            }
        }

        return winding == 0 ? Side.Outside : Side.Inside;
    }

    /// <summary>Walks the rings of one polygon without allocating.</summary>
    internal ref struct RingEnumerator(RingTable table, int ring, int endRing, int first, int count)
    {
        private int _next = ring;
        private int _first = first;
        private int _count = count;

        public ReadOnlySpan<double> Current { readonly get; private set; }

        public readonly RingEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next < 0)
            {
                // The single small ring, once.
                if (_count == 0)
                {
                    return false;
                }

                Current = table._xy.AsSpan(_first, _count * 2);
                _count = 0;
                return true;
            }

            if (_next >= endRing)
            {
                return false;
            }

            ref readonly Ring current = ref table._rings[_next++];
            _first = current.First;
            Current = table._xy.AsSpan(_first, current.Count * 2);
            return true;
        }
    }

    /// <summary>
    /// A polygon: its box and either its only ring (<paramref name="Count"/> vertices from <paramref name="First"/> in
    /// the coordinate array) or, when <paramref name="Count"/> is negative, that many parts from part
    /// <paramref name="First"/>. Zero: empty.
    /// </summary>
    private readonly record struct Shape(
        float MinX,
        float MaxX,
        float MinY,
        float MaxY,
        int First,
        int Count
    );
}
