using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Hotspots;

/// <summary>One cell of an answer of /api/hotspots.</summary>
internal sealed record HotCell(
    string Code,
    string? Parent,
    long Count,
    double? Value,
    int Neighbours,
    double? Z,
    double? P,
    double? Q,
    string Class
)
{
    internal bool IsHot => Class.StartsWith("hot", StringComparison.Ordinal);

    internal bool IsCold => Class.StartsWith("cold", StringComparison.Ordinal);

    internal static HotCell Of(JsonElement feature)
    {
        var p = feature.GetProperty("properties");
        double? Number(string name) =>
            p.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : null;
        return new HotCell(
            p.GetProperty("code").GetString()!,
            p.GetProperty("parent").GetString(),
            p.GetProperty("count").GetInt64(),
            Number("value"),
            p.GetProperty("neighbours").GetInt32(),
            Number("gi_star") ?? Number("moran_i"),
            Number("p"),
            Number("q"),
            p.GetProperty("class").GetString()!
        );
    }
}

/// <summary>Gi* the slow way: neighbours by comparing all pairs on the ellipsoid, sums over all cells.</summary>
internal static class HotspotReference
{
    internal static async Task<(JsonElement Root, List<HotCell> Cells)> AskAsync(
        ServiceFixture service,
        string query
    )
    {
        using var answer = await service.GetJsonAsync($"/api/hotspots?{query}&geometry=false");
        var root = answer.RootElement.Clone();
        return (root, [.. root.GetProperty("features").EnumerateArray().Select(HotCell.Of)]);
    }

    /// <summary>Pairs of grids within half a metre, both ways; of all streets without one. On the ellipsoid, or for large
    /// shapes, with which that takes long, in a projection of the place.</summary>
    internal static async Task<HashSet<(string, string)>> PairsAsync(
        ServiceFixture service,
        string? street,
        int? srid = null
    )
    {
        var pairs = new HashSet<(string, string)>();
        await using var command = service.Database.CreateCommand(
            """
            SELECT a.code, b.code FROM area_versions a
            JOIN area_versions b ON (b.street_code = a.street_code OR @street::text IS NULL) AND b.level = 'grid' AND b.valid_until = 'infinity'
                AND a.code <> b.code AND ST_Expand(a.geom, 0.0001) && b.geom
            WHERE (@street::text IS NULL OR a.street_code = @street) AND a.level = 'grid' AND a.valid_until = 'infinity'
              AND CASE WHEN @srid IS NULL THEN ST_DWithin(a.geom::geography, b.geom::geography, 0.5)
                       ELSE ST_DWithin(ST_Transform(a.geom, @srid), ST_Transform(b.geom, @srid), 0.5) END
            """
        );
        command.Parameters.AddWithValue(
            "street",
            NpgsqlTypes.NpgsqlDbType.Text,
            (object?)street ?? DBNull.Value
        );
        command.Parameters.AddWithValue(
            "srid",
            NpgsqlTypes.NpgsqlDbType.Integer,
            (object?)srid ?? DBNull.Value
        );
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            pairs.Add((rows.GetString(0), rows.GetString(1)));
        }

        return pairs;
    }

    /// <summary>Compares every cell with the formula, and the levels with their definition.</summary>
    internal static void AssertAgrees(
        IReadOnlyList<HotCell> cells,
        Func<HotCell, HotCell, bool> neighbours
    )
    {
        var known = cells.Where(c => c.Value is not null).ToList();
        double n = known.Count;
        var mean = known.Sum(c => c.Value!.Value) / n;
        var variance = known.Sum(c => Math.Pow(c.Value!.Value - mean, 2)) / n;
        foreach (var cell in cells)
        {
            var around = known.Where(c => c == cell || neighbours(cell, c)).ToList();
            if (cell.Value is null || around.Count < 2)
            {
                Assert.Null(cell.Z);
                Assert.Equal("no_data", cell.Class);
                continue;
            }

            double w = around.Count;
            Assert.Equal(around.Count - 1, cell.Neighbours);
            var z =
                (around.Sum(c => c.Value!.Value) - (w * mean))
                / Math.Sqrt(variance * ((n * w) - (w * w)) / (n - 1));
            Assert.Equal(z, cell.Z!.Value, 1e-9);
            Assert.InRange(cell.P!.Value, 0, 1);
            Assert.InRange(cell.Q!.Value, cell.P.Value, 1);
            var side = z > 0 ? "hot" : "cold";
            Assert.Equal(
                cell.Q <= 0.01 ? $"{side}_99"
                    : cell.Q <= 0.05 ? $"{side}_95"
                    : cell.Q <= 0.10 ? $"{side}_90"
                    : "none",
                cell.Class
            );
        }

        // Benjamini and Hochberg: at each level the largest k with p(k) ≤ k/m · level.
        var tested = cells.Where(c => c.P is not null).OrderBy(c => c.P).ToList();
        foreach (var level in (double[])[0.01, 0.05, 0.10])
        {
            var k = Enumerable
                .Range(1, tested.Count)
                .LastOrDefault(i => tested[i - 1].P <= level * i / tested.Count);
            Assert.Equal(k, tested.Count(c => c.Q <= level));
        }
    }
}
