using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Walking;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Walking;

/// <summary>What became of a street's ways as a network, and how far its gates are from it, in lines of text.</summary>
public static class WaysReport
{
    /// <summary>The report of a street.</summary>
    /// <exception cref="ProblemException">There is no such street.</exception>
    public static async Task<IReadOnlyList<string>> OfAsync(
        NpgsqlDataSource source,
        string street,
        CancellationToken cancellationToken
    )
    {
        await Streets.RequireAsync(source, street, cancellationToken);
        await using var ways = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/street_ways.sql"))
            .With("street", street);
        var network = WalkingNetwork.Build(
            await WalkingNetworks.ReadAsync(ways, cancellationToken)
        );
        await using var counts = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/street_way_counts.sql"))
            .With("street", street);
        await using var row = await counts.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        NetworkReport report = network.Report;
        List<string> lines =
        [
            Line($"ways               {row.GetInt64(0)}"),
            Line($"not walked on      {row.GetInt64(1)}"),
            Line($"edges              {report.Edges}"),
            Line($"nodes              {report.Nodes}"),
            Line($"length             {report.Metres / 1000:F3} km"),
            Line(
                $"parts              {report.Components}, the largest with {report.LargestShare:P1} of the length"
            ),
            Line(
                $"ends joined        {report.JoinedEnds}, by {report.GreatestSnapMetres:F3} m at most"
            ),
            Line($"crossings split    {report.Crossings}"),
            Line($"pieces dropped     {report.Dropped}"),
        ];
        var gates = row.GetFieldValue<string[]>(2);
        var lons = row.GetFieldValue<double[]>(3);
        var lats = row.GetFieldValue<double[]>(4);
        for (var i = 0; i < gates.Length; i++)
        {
            var near = network.Nearest(new LonLat(lons[i], lats[i]));
            lines.Add(
                near is null
                    ? Line(
                        $"gate {gates[i]}: no way within {WalkingNetwork.FarthestSnapMetres:F0} m"
                    )
                    : Line($"gate {gates[i]}: {near.Metres:F2} m to way {near.Way.Code}")
            );
        }

        return lines;
    }

    private static string Line(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
