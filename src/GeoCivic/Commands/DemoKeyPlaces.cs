using System.Security.Cryptography;
using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Hotspots;
using GeoCivic.KeyPlaces;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>
/// Some of the key places that the city's plan names, saved by the demo's supervisor from the clusters that lie there, the
/// way it is done in the page.
/// </summary>
internal static class DemoKeyPlaces
{
    private const string Street = "500103011";

    // A hull reaches at least this near to the point in question, degrees (about 10 m).
    private const double Near = 1e-4;

    private static readonly (string Name, string Category, string Point, int? WatchDays)[] Places =
    [
        ("大礼堂广场周边", "street_gambling", "P415", 3),
        ("大溪沟农贸市场外围", "stall_occupying", "P149", 2),
        ("黄花园轻轨站出口", "roaming_vendor", "P411", 3),
        ("巴蜀中学门前", "spitting_littering", "P153", 7),
        ("人民路北侧", "illegal_parking", "P183", null),
    ];

    /// <summary>Saves those that were never saved before.</summary>
    /// <returns>How many were saved.</returns>
    public static async Task<int> AddAsync(
        NpgsqlDataSource source,
        Caller supervisor,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var clusters = new IssueClusters(source);
        var book = new KeyPlaceBook(source, clusters, clock);
        var today = BeijingTime.Today(clock);
        var saved = 0;
        foreach (var (name, category, point, watchDays) in Places)
        {
            var choice = new ClusterChoice(
                today.AddDays(-364),
                today,
                category,
                State: null,
                Shift: null,
                ClusterParameters.Standard.EpsMetres,
                ClusterParameters.Standard.MinPoints,
                Number: 0
            );
            var found = await clusters.FindAsync(
                new IssueWindow(Street, choice.From, choice.To, category, "all", Shift: null),
                ClusterParameters.Standard,
                supervisor.Scope,
                cancellationToken
            );
            if (
                await PlaceAsync(source, point, cancellationToken) is not { } place
                || found.Clusters.FirstOrDefault(c => c.Hull.IsWithinDistance(place, Near))
                    is not { } cluster
            )
            {
                continue;
            }

            // Its id follows from its name, so that a load that was cut short, or a later one, saves no place twice.
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"demo key place {name}"));
            var body = new KeyPlaceBody
            {
                Id = new Guid(digest.AsSpan(0, 16)),
                Street = Street,
                Name = name,
                Category = category,
                Cluster = choice with { Number = cluster.Number },
                WatchDays = watchDays,
                Digest = digest,
            };
            saved += await book.AddAsync(body, supervisor, cancellationToken) ? 1 : 0;
        }

        return saved;
    }

    private static async Task<Geometry?> PlaceAsync(
        NpgsqlDataSource source,
        string point,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            "SELECT geom FROM points WHERE street_code = @street AND code = @point"
        );
        command.Parameters.AddWithValue("street", Street);
        command.Parameters.AddWithValue("point", point);
        return await command.ExecuteScalarAsync(cancellationToken) as Geometry;
    }
}
