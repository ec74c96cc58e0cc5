using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Clusters of issues and their members.</summary>
public static class ClusterEndpoints
{
    private static readonly QueryParameter[] Density =
    [
        Parameters.Number(
            "eps_metres",
            "Radius of a neighbourhood, metres on the ground.",
            ClusterParameters.LeastEps,
            ClusterParameters.MostEps,
            ClusterParameters.Standard.EpsMetres
        ),
        Parameters.Number(
            "min_points",
            "Issues within that radius, the one in the middle among them, that make a place dense.",
            ClusterParameters.LeastPoints,
            ClusterParameters.MostPoints,
            ClusterParameters.Standard.MinPoints
        ),
    ];

    /// <summary>Maps the calls.</summary>
    public static void MapClusters(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/clusters", ListAsync)
            .WithSummary(
                "Places where issues lie densely (DBSCAN in metres), with their hulls, the largest first"
            )
            .Takes([.. IssueWindow.Parameters, .. Density])
            .AnswersFeatures();
        routes
            .MapGet("/api/clusters/members", MembersAsync)
            .WithSummary("The issues of one cluster, newest first")
            .Takes([
                .. IssueWindow.Parameters,
                .. Density,
                Parameters
                    .Number("cluster", "Number of the cluster.", 1, IssueClusters.MostIssues)
                    .Required(),
                Parameters.Page,
                Parameters.Cursor,
            ])
            .AnswersFeatures();
    }

    private static ClusterParameters Read(QueryReader query)
    {
        var eps = query.Number("eps_metres", ClusterParameters.LeastEps, ClusterParameters.MostEps);
        var points = query.Number(
            "min_points",
            ClusterParameters.LeastPoints,
            ClusterParameters.MostPoints
        );
        return new ClusterParameters(
            eps ?? ClusterParameters.Standard.EpsMetres,
            Whole(query, "min_points", points) ?? ClusterParameters.Standard.MinPoints
        );
    }

    internal static int? Whole(QueryReader query, string name, double? number)
    {
        if (number is { } n && n != Math.Floor(n))
        {
            query.Fault(name, "must be a whole number");
        }

        return (int?)number;
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        IssueClusters clusters,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var window = IssueWindow.Read(query);
        var parameters = Read(query);
        query.Done();
        var stop = context.RequestAborted;
        await IssueWindow.RequireStreetAsync(source, window.Street, caller.Scope, stop);
        var found = await clusters.FindAsync(window, parameters, caller.Scope, stop);
        var asked = string.Create(
            CultureInfo.InvariantCulture,
            $"{window.ToQuery()}&eps_metres={parameters.EpsMetres}&min_points={parameters.MinPoints}"
        );
        return Results.Json(
            new
            {
                Type = "FeatureCollection",
                Features = found.Clusters.Select(c => new
                {
                    Type = "Feature",
                    Id = c.Number,
                    Geometry = c.Hull,
                    Properties = new
                    {
                        Cluster = c.Number,
                        c.Street,
                        Size = c.Members.Count,
                        Categories = c
                            .Members.GroupBy(m => m.Category, StringComparer.Ordinal)
                            .OrderByDescending(g => g.Count())
                            .ThenBy(g => g.Key, StringComparer.Ordinal)
                            .Select(g => new { Code = g.Key, N = g.Count() }),
                        First = BeijingText(c.Members[0].FoundAt),
                        Last = BeijingText(c.Members[^1].FoundAt),
                        Members = $"/api/clusters/members?{asked}&cluster={c.Number}",
                    },
                }),
                Parameters = new
                {
                    window.Street,
                    window.From,
                    window.To,
                    window.Category,
                    window.State,
                    window.Shift,
                    eps_metres = parameters.EpsMetres,
                    min_points = parameters.MinPoints,
                },
                found.Noise,
                found.N,
            },
            contentType: "application/geo+json; charset=utf-8"
        );
    }

    private static async Task MembersAsync(
        HttpContext context,
        Caller caller,
        IssueClusters clusters,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var window = IssueWindow.Read(query);
        var parameters = Read(query);
        var number = Whole(
            query,
            "cluster",
            query.Number("cluster", 1, IssueClusters.MostIssues, required: true)
        );
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var (afterFound, afterId) = Cursor.ReadInstant(query);
        query.Done();
        var stop = context.RequestAborted;
        await IssueWindow.RequireStreetAsync(source, window.Street, caller.Scope, stop);
        var found = await clusters.FindAsync(window, parameters, caller.Scope, stop);
        if (number > found.Clusters.Count)
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no cluster {number}; there are {found.Clusters.Count}."
            );
        }

        var cluster = found.Clusters[number!.Value - 1];
        var members = cluster.Members;
        await using var command = source
            .CreateCommand(Sql.Load("Hotspots/cluster_members.sql"))
            .With(caller.Scope)
            .With("street", cluster.Street)
            .With("ids", [.. members.Select(m => m.Id)])
            .With("at", (DateOnly?)null)
            .With("now", clock.GetUtcNow().UtcDateTime)
            .With("after_found", afterFound)
            .With("after_id", afterId)
            .With("limit", limit + 1);
        await FeatureStream.WriteAsync(
            context,
            command,
            (returned, last) => RecordList.PageMembers(returned, members.Count, last),
            limit
        );
    }

    internal static string BeijingText(DateTime utc) =>
        (utc + BeijingTime.Offset).ToString(
            "yyyy-MM-dd'T'HH:mm:ss'+08:00'",
            CultureInfo.InvariantCulture
        );
}
