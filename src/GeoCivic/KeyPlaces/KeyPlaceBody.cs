using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Hotspots;
using GeoCivic.Http;
using NetTopologySuite.Geometries;

namespace GeoCivic.KeyPlaces;

/// <summary>A key place (重点部位) as it is sent, whole or in part; what is null was not given.</summary>
internal sealed record KeyPlaceBody
{
    public Guid? Id { get; init; }

    public string? Street { get; init; }

    public string? Name { get; init; }

    public string? Category { get; init; }

    public Geometry? Shape { get; init; }

    public ClusterChoice? Cluster { get; init; }

    public int? WatchDays { get; init; }

    public string? Note { get; init; }

    /// <summary>Members that a change empties.</summary>
    public string[] Clear { get; init; } = [];

    /// <summary>Digest of the body.</summary>
    public byte[] Digest { get; init; } = [];

    private static readonly string[] Clearable = ["category", "watch_days", "note"];

    /// <summary>Reads a new place.</summary>
    public static KeyPlaceBody ReadNew(BodyReader body)
    {
        var place = new KeyPlaceBody
        {
            Id = body.Id("id", required: true),
            Street = body.Text("street", 64, required: true),
            Name = body.Text("name", required: true),
            Cluster = ClusterChoice.Read(body),
        };
        place = place.WithOptional(body);
        if (Given(body) != 1)
        {
            body.Fault("geometry", "or from_cluster is needed, one of the two");
        }

        body.Done();
        return place with
        {
            Category = place.Category ?? place.Cluster?.Category,
            Digest = body.Digest(),
        };
    }

    /// <summary>Reads a change.</summary>
    public static KeyPlaceBody ReadChange(BodyReader body)
    {
        var place = new KeyPlaceBody
        {
            Name = body.Text("name"),
            Clear = body.Texts("clear", most: Clearable.Length, maxLength: 20) ?? [],
        };
        if (
            Array.Find(place.Clear, c => !Clearable.Contains(c, StringComparer.Ordinal)) is not null
        )
        {
            body.Fault("clear", $"takes {string.Join(", ", Clearable)}");
        }

        place = place.WithOptional(body);
        if (
            (place.Name ?? place.Category ?? place.Note) is null
            && place.Shape is null
            && place.WatchDays is null
            && place.Clear.Length == 0
        )
        {
            body.Refuse("name", "or another member is needed: nothing is to be changed");
        }

        body.Done();
        return place;
    }

    private static int Given(BodyReader body) =>
        (body.Has("geometry") ? 1 : 0) + (body.Has("from_cluster") ? 1 : 0);

    private KeyPlaceBody WithOptional(BodyReader body) =>
        this with
        {
            Category = body.Text("category", 64),
            Shape = body.Area("geometry"),
            WatchDays = body.Whole("watch_days", 1, 366),
            Note = body.Text("note", 2000),
        };
}

/// <summary>A cluster that becomes a key place: the window and the parameters it was found by, and its number.</summary>
internal sealed record ClusterChoice(
    DateOnly? From,
    DateOnly? To,
    string? Category,
    string? State,
    string? Shift,
    double EpsMetres,
    int MinPoints,
    int Number
)
{
    public static ClusterChoice? Read(BodyReader body)
    {
        if (body.Object("from_cluster") is not { } c)
        {
            return null;
        }

        var (from, to) = (c.Day("from"), c.Day("to"));
        if (from > to)
        {
            c.Fault("to", "lies before from");
        }

        return new ClusterChoice(
            from,
            to,
            c.Text("category", 64),
            c.Choice("state", required: false, IssueWindow.States),
            c.Choice("shift", required: false, IssueWindow.Shifts),
            c.Number("eps_metres", ClusterParameters.LeastEps, ClusterParameters.MostEps)
                ?? ClusterParameters.Standard.EpsMetres,
            c.Whole("min_points", ClusterParameters.LeastPoints, ClusterParameters.MostPoints)
                ?? ClusterParameters.Standard.MinPoints,
            c.Whole("cluster", 1, IssueClusters.MostIssues, required: true) ?? 1
        );
    }

    /// <summary>The hull of the cluster as the caller sees it.</summary>
    /// <exception cref="ProblemException">
    /// There is no such cluster, or its shape would tell everybody of the street where something was found covertly.
    /// </exception>
    public async Task<Geometry> HullAsync(
        IssueClusters clusters,
        string street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var state = State ?? (From is null && To is null ? "open" : "all");
        var found = await clusters.FindAsync(
            new IssueWindow(street, From, To, Category, state, Shift),
            new ClusterParameters(EpsMetres, MinPoints),
            scope,
            cancellationToken
        );
        if (Number > found.Clusters.Count)
        {
            throw ProblemException.Unacceptable(
                "from_cluster.cluster",
                $"is none: there are {found.Clusters.Count}"
            );
        }

        var chosen = found.Clusters[Number - 1];
        return chosen.Members.Any(issue => issue.Embargoed)
            ? throw ProblemException.Unacceptable(
                "from_cluster.cluster",
                "holds findings that are still covert, and the place would show where; draw it as geometry"
            )
            : chosen.Hull;
    }

    /// <summary>The choice as it is kept beside the place.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                from = From,
                to = To,
                category = Category,
                state = State,
                shift = Shift,
                eps_metres = EpsMetres,
                min_points = MinPoints,
                cluster = Number,
            }
        );
}
