namespace GeoCivic.Spatial.Locating;

/// <summary>
/// A ring: its vertices, exact box, and, when it is large, its slabs (<paramref name="SlabCount"/> from
/// <paramref name="FirstSlab"/>, <paramref name="SlabScale"/> of them per unit of y).
/// </summary>
internal readonly record struct Ring(
    int First,
    int Count,
    double MinX,
    double MaxX,
    double MinY,
    double MaxY,
    int FirstSlab,
    int SlabCount,
    double SlabScale
);

/// <summary>
/// Horizontal slabs of a large ring, each with copies of the edges that reach into it. Which slab a y belongs to is one
/// monotone function used for both edges and points, so a slab misses no edge whose y range holds the point.
/// </summary>
internal static class Slabs
{
    private const int EdgesPerSlab = 4;
    private const int DoublesPerEdge = 4;

    // Copies per edge, at most, on average: bounds the memory for rings of long vertical zigzags.
    private const double MostCopies = 4;

    internal static Ring Add(
        Ring ring,
        ReadOnlySpan<double> xy,
        List<int> slabFirst,
        ref Growing<double> slabEdges
    )
    {
        int edges = ring.Count - 1;
        double travel = 0;
        for (int i = 2; i + 1 < xy.Length; i += 2)
        {
            travel += Math.Abs(xy[i + 1] - xy[i - 1]);
        }

        double height = ring.MaxY - ring.MinY;
        double wanted = Math.Min(
            (double)edges / EdgesPerSlab,
            MostCopies * edges / (travel / height)
        );
        int count = Math.Max(1, (int)wanted);
        double scale = count / height;
        if (!double.IsFinite(scale))
        {
            return ring;
        }

        Ring cut = ring with { FirstSlab = slabFirst.Count, SlabCount = count, SlabScale = scale };

        // Counting sort of the edges by slab.
        int[] ends = new int[count];
        for (int i = 2; i + 1 < xy.Length; i += 2)
        {
            (int low, int high) = Reach(cut, xy[i - 1], xy[i + 1]);
            for (int s = low; s <= high; s++)
            {
                ends[s]++;
            }
        }

        int total = slabEdges.Count;
        for (int s = 0; s < count; s++)
        {
            slabFirst.Add(total);
            int size = ends[s] * DoublesPerEdge;
            ends[s] = total;
            total += size;
        }

        slabFirst.Add(total);
        Span<double> target = slabEdges.Extend(total - slabEdges.Count, out int offset);
        for (int i = 2; i + 1 < xy.Length; i += 2)
        {
            (int low, int high) = Reach(cut, xy[i - 1], xy[i + 1]);
            for (int s = low; s <= high; s++)
            {
                xy.Slice(i - 2, DoublesPerEdge).CopyTo(target[(ends[s] - offset)..]);
                ends[s] += DoublesPerEdge;
            }
        }

        return cut;
    }

    /// <summary>The edges x1, y1, x2, y2… that reach y, for y within the ring's box.</summary>
    internal static ReadOnlySpan<double> EdgesAt(
        in Ring ring,
        double y,
        int[] slabFirst,
        double[] slabEdges
    )
    {
        int slab = ring.FirstSlab + SlabOf(ring, y);
        int first = slabFirst[slab];
        return slabEdges.AsSpan(first, slabFirst[slab + 1] - first);
    }

    private static (int Low, int High) Reach(in Ring ring, double ya, double yb) =>
        (SlabOf(ring, Math.Min(ya, yb)), SlabOf(ring, Math.Max(ya, yb)));

    private static int SlabOf(in Ring ring, double y) =>
        Math.Clamp((int)((y - ring.MinY) * ring.SlabScale), 0, ring.SlabCount - 1);
}
