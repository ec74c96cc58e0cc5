namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Density-based clusters of points in plane metres: M. Ester, H.-P. Kriegel, J. Sander, X. Xu, A density-based
/// algorithm for discovering clusters in large spatial databases with noise, KDD-96, definitions 1–6.
/// </summary>
/// <remarks>
/// <para>
/// A point is core when at least <c>minPoints</c> points, itself among them, lie within <c>eps</c> metres (at exactly eps
/// counts). Core points within eps of each other are of one cluster, and so on in chains. A point that is not core
/// belongs to the cluster of the nearest core point within eps; of equally near ones to that of the lowest index; without
/// one it is noise. This is the partition that PostGIS <c>ST_ClusterDBSCAN</c> makes of core points and noise; it gives a
/// border point to whichever cluster comes first.
/// </para>
/// <para>
/// Clusters are numbered by their size, largest first, equally large ones by their lowest point: the answer depends on
/// the points and their order only.
/// </para>
/// <para>
/// Cells of side eps/√2 hold points that are all near each other, so that a cell with enough of them needs no distances
/// at all (A. Gunawan, A faster algorithm for DBSCAN, TU Eindhoven 2013; M. de Berg et al., Faster DBSCAN and HDBSCAN in
/// low-dimensional Euclidean spaces, 2019). Points at the same place are counted once with their number.
/// </para>
/// </remarks>
public sealed class Dbscan
{
    private readonly int[] _labels;
    private readonly bool[] _core;

    internal Dbscan(int[] labels, bool[] core, int[] sizes)
    {
        _labels = labels;
        _core = core;
        Sizes = sizes;
    }

    /// <summary>The label of noise.</summary>
    public const int Noise = -1;

    /// <summary>Cluster of each point, from 0, or <see cref="Noise"/>.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Whether each point is core.</summary>
    public IReadOnlyList<bool> Core => _core;

    /// <summary>Points of each cluster, largest first.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Points in no cluster.</summary>
    public int NoiseCount => _labels.Length - Sizes.Sum();

    /// <summary>Finds the clusters.</summary>
    /// <param name="x">Metres east.</param>
    /// <param name="y">Metres north, as many.</param>
    /// <param name="eps">Radius of a neighbourhood, metres, above 0.</param>
    /// <param name="minPoints">Points that make a neighbourhood dense, the middle one among them; at least 1.</param>
    /// <exception cref="ArgumentException">
    /// Not as many y as x, an ordinate that is not finite, a parameter out of range, or points so far apart that cells of
    /// eps cannot be counted (over 2³⁰ in a row).
    /// </exception>
    public static Dbscan Of(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        double eps,
        int minPoints
    )
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException("There must be as many y as x.", nameof(y));
        }

        if (!(eps > 0 && double.IsFinite(eps)))
        {
            throw new ArgumentOutOfRangeException(nameof(eps), eps, "must be finite and above 0");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(minPoints, 1);
        if (x.IsEmpty)
        {
            return new Dbscan([], [], []);
        }

        return new DbscanRun(DbscanCells.Of(x, y, eps), eps, minPoints).Run();
    }
}
