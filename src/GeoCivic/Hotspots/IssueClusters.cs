using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>How dense a cluster is.</summary>
/// <param name="EpsMetres">Radius of a neighbourhood, metres on the ground.</param>
/// <param name="MinPoints">Issues that make a neighbourhood dense.</param>
public sealed record ClusterParameters(double EpsMetres, int MinPoints)
{
    /// <summary>Least and greatest radius.</summary>
    public const double LeastEps = 5;

    /// <inheritdoc cref="LeastEps"/>
    public const double MostEps = 2000;

    /// <summary>Least and greatest number.</summary>
    public const int LeastPoints = 2;

    /// <inheritdoc cref="LeastPoints"/>
    public const int MostPoints = 1000;

    /// <summary>What is meant when nothing is said.</summary>
    public static readonly ClusterParameters Standard = new(40, 8);
}

/// <summary>One issue as far as clusters know it.</summary>
internal readonly record struct ClusterIssue(
    Guid Id,
    double Lon,
    double Lat,
    string Category,
    DateTime FoundAt,
    string Street,
    bool Embargoed
);

/// <summary>One cluster of issues.</summary>
/// <param name="Number">From 1, the largest first.</param>
/// <param name="Street">Its street: clusters do not join issues of two.</param>
/// <param name="Members">Its issues, oldest first.</param>
/// <param name="Hull">
/// The convex hull, a metre wider so that rounding leaves no member outside; where all lie on a line or at one place, that
/// with half of eps around it. WGS-84, anticlockwise.
/// </param>
internal sealed record IssueCluster(
    int Number,
    string Street,
    IReadOnlyList<ClusterIssue> Members,
    Polygon Hull
);

/// <summary>The issues of a window in clusters.</summary>
internal sealed record FoundClusters(IReadOnlyList<IssueCluster> Clusters, int Noise, int N);

/// <summary>Finds clusters of issues by density, in metres on the ground: <see cref="Dbscan"/>.</summary>
public sealed class IssueClusters(NpgsqlDataSource source)
{
    /// <summary>More issues than this are refused: the answer would be neither quick nor readable.</summary>
    public const int MostIssues = 200_000;

    // An issue farther from the middle one than this, in degrees of longitude, belongs to no street there is: noise.
    private const double FarthestDegrees = 2;

    // Metres around a hull; coordinates are told to a centimetre.
    private const double Margin = 1;

    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), 4326);

    /// <summary>The clusters of the issues that a caller may see.</summary>
    /// <exception cref="ProblemException">There are too many issues: <c>too-many-issues</c>.</exception>
    internal async Task<FoundClusters> FindAsync(
        IssueWindow window,
        ClusterParameters parameters,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = window
            .Apply(source.CreateCommand(Sql.Load("Hotspots/cluster_issues.sql")), scope)
            .With("most", MostIssues + 1);
        var issues = new List<ClusterIssue>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            issues.Add(
                new ClusterIssue(
                    rows.GetGuid(0),
                    rows.GetDouble(1),
                    rows.GetDouble(2),
                    rows.GetString(3),
                    rows.GetDateTime(4),
                    rows.GetString(5),
                    rows.GetBoolean(6)
                )
            );
        }

        return issues.Count <= MostIssues
            ? Cluster(issues, parameters)
            : throw new ProblemException(
                TrendProblems.TooManyIssues,
                $"More than {MostIssues} issues lie in this window. Choose fewer days or one category."
            );
    }

    /// <summary>Clusters issues, each street in metres of its own.</summary>
    internal static FoundClusters Cluster(
        IReadOnlyList<ClusterIssue> issues,
        ClusterParameters parameters
    )
    {
        var clusters = issues
            .GroupBy(i => i.Street, StringComparer.Ordinal)
            .SelectMany(street => OfStreet(street.Key, [.. street], parameters))
            .OrderByDescending(c => c.Members.Count)
            .ThenBy(c => c.Members[0].FoundAt)
            .ThenBy(c => c.Members[0].Id)
            .Select((c, place) => c with { Number = place + 1 })
            .ToList();
        return new FoundClusters(
            clusters,
            issues.Count - clusters.Sum(c => c.Members.Count),
            issues.Count
        );
    }

    private static IEnumerable<IssueCluster> OfStreet(
        string street,
        ClusterIssue[] issues,
        ClusterParameters parameters
    )
    {
        double[] sorted = [.. issues.Select(i => i.Lon).Order()];
        var middle = sorted[sorted.Length / 2];
        var near = Array.FindAll(issues, i => Math.Abs(i.Lon - middle) <= FarthestDegrees);
        double[] lats = [.. near.Select(i => i.Lat)];
        var frame = MetreFrame.Around([.. near.Select(i => i.Lon)], lats);
        var x = new double[near.Length];
        var y = new double[near.Length];
        for (var i = 0; i < near.Length; i++)
        {
            (x[i], y[i]) = frame.Forward(near[i].Lon, near[i].Lat);
        }

        var found = Dbscan.Of(x, y, parameters.EpsMetres, parameters.MinPoints);
        var members = found.Sizes.Select(size => new List<int>(size)).ToArray();
        for (var i = 0; i < near.Length; i++)
        {
            if (found.Labels[i] != Dbscan.Noise)
            {
                members[found.Labels[i]].Add(i);
            }
        }

        return members.Select(m => new IssueCluster(
            0,
            street,
            [.. m.Select(i => near[i])],
            Hull(frame, [.. m.Select(i => new Coordinate(x[i], y[i]))], parameters.EpsMetres)
        ));
    }

    private static Polygon Hull(MetreFrame frame, Coordinate[] metres, double eps)
    {
        var hull = new GeometryFactory().CreateMultiPointFromCoords(metres).ConvexHull();
        var shape = (Polygon)hull.Buffer(hull is Polygon ? Margin : eps / 2);
        Coordinate[] ring =
        [
            .. shape.Shell.Coordinates.Select(c =>
            {
                var at = frame.Inverse(c.X, c.Y);
                return new Coordinate(Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
            }),
        ];
        // Buffers run clockwise; RFC 7946 wants outer rings the other way.
        return Wgs84.CreatePolygon([.. ring.Reverse()]);
    }
}
