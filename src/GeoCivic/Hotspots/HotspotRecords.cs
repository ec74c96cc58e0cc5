using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>The issues behind a cell, hexagons and shifts included, which the list of issues does not know.</summary>
public static class HotspotRecords
{
    private const int Most = 1000;
    private static readonly string[] Levels = ["grid", "hex"];

    /// <summary>The parameters of the call beside the cell.</summary>
    public static QueryParameter[] Parameters =>
        [Http.Parameters.Street.Required(), .. DensityQuestion.Parameters(Levels)];

    /// <summary>Streams them.</summary>
    internal static async Task ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        HexShapes hexagons,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var cell = HotspotEndpoint.ReadCell(query);
        var question = DensityQuestion.Read(query, query.Street(), Levels);
        query.Done();
        var stop = context.RequestAborted;
        await Streets.RequireTouchedAsync(source, question.Street!, caller.Scope, stop);
        await using var connection = await source.OpenConnectionAsync(stop);
        var (from, before) = question.Instants();
        var ids = new List<Guid>();
        var street =
            question.Level == "hex"
                ? (
                    await hexagons.InForceAsync(
                        connection,
                        question.Size,
                        question.Street,
                        caller.Scope,
                        stop
                    )
                ).SingleOrDefault()
                : null;
        var known = HexGrid.TryParse(cell, out var size, out var hexagon) && size == question.Size;
        if (question.Level == "hex" && !known)
        {
            throw new ProblemException(Problems.NotFound, $"There is no hexagon '{cell}'.");
        }

        await using (
            var command = new NpgsqlCommand(Sql.Load("Hotspots/cell_issues.sql"), connection)
                .With(caller.Scope)
                .With("street", question.Street)
                .With("category", question.Category)
                .With("state", question.State)
                .With("shift", question.Shift)
                .With("from", from)
                .With("before", before)
                .With("grid", question.Level == "grid" ? cell : null)
        )
        await using (var rows = await command.ExecuteReaderAsync(stop))
        {
            while (await rows.ReadAsync(stop))
            {
                // A place belongs to a hexagon by the same computation as in the counts.
                if (
                    street is null
                    || street.CellOf(new LonLat(rows.GetDouble(1), rows.GetDouble(2))) == hexagon
                )
                {
                    ids.Add(rows.GetGuid(0));
                }
            }
        }

        await using var features = new NpgsqlCommand(
            Sql.Load("Hotspots/cell_records.sql"),
            connection
        )
            .With("street", question.Street)
            .With("ids", [.. ids.Take(Most)])
            .With("at", (DateOnly?)null)
            .With("now", clock.GetUtcNow().UtcDateTime);
        await FeatureStream.WriteAsync(
            context,
            features,
            (count, _) =>
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["numberMatched"] = ids.Count,
                    ["numberReturned"] = count,
                }
        );
    }
}
