using System.Security.Cryptography;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.Net.Http.Headers;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Tiles;

/// <summary>Vector tiles (Mapbox Vector Tile 2.1) and their TileJSON 3.0.0.</summary>
public static class TileEndpoints
{
    /// <summary>Registered media type of vector tiles.</summary>
    public const string ContentType = "application/vnd.mapbox-vector-tile";

    /// <summary>Most features of a layer in a tile; the first in the order of their codes.</summary>
    public const int MostFeatures = 50_000;

    /// <summary>Longest that the database may take for a tile, milliseconds.</summary>
    public const int TimeoutMs = 10_000;

    // The units of a tile and how many of them around it are drawn too, so that symbols on the edge are whole.
    private const int Extent = 4096;
    private const int Buffer = 64;

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/tiles/{layers}/{z}/{x}/{y}.mvt", TileAsync)
            .WithSummary(
                "A vector tile; several layers by commas. 204 when nothing is there, 304 when it is unchanged"
            )
            .Takes(Parameters.Street)
            .Answers(ContentType);
        routes
            .MapGet("/tiles/{layer}.json", DescribeAsync)
            .WithSummary("TileJSON of a layer")
            .Takes();
    }

    private static async Task<IResult> TileAsync(
        string layers,
        string z,
        string x,
        string y,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        query.Done();
        // A layer named twice would be read twice; one tile must not hold two layers of a name either.
        var wanted = layers.Split(',').Distinct(StringComparer.Ordinal).Select(Find).ToArray();
        if (!TileAddress.TryParse(z, x, y, out var tile))
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no tile {z}/{x}/{y}: levels go from 0 to {TileAddress.MaxZoom}, columns and rows from 0 to 2^level − 1."
            );
        }

        using var bytes = new MemoryStream();
        await using var connection = await source.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(
            context.RequestAborted
        );
        await using (var timeout = new NpgsqlCommand(Sql.Load("Tiles/timeout.sql"), connection))
        {
            timeout.With("milliseconds", TimeoutMs);
            await timeout.ExecuteNonQueryAsync(context.RequestAborted);
        }

        var nearby = new GeometryFactory().ToGeometry(tile.Bounds((double)Buffer / Extent));
        foreach (var layer in wanted)
        {
            await using var command = new NpgsqlCommand(Sql.Load(layer.File), connection)
                .With("z", tile.Zoom)
                .With("x", tile.X)
                .With("y", tile.Y)
                .With("nearby", nearby)
                .With("street", street)
                .With(caller.Scope)
                .With("extent", Extent)
                .With("buffer", Buffer)
                .With("most", MostFeatures);
            if (
                await command.ExecuteScalarAsync(context.RequestAborted) is byte[]
                {
                    Length: > 0
                } part
            )
            {
                await bytes.WriteAsync(part, context.RequestAborted);
            }
        }

        // Never shared: what a tile shows depends on who asks.
        context.Response.Headers.CacheControl = "private, no-cache";
        if (bytes.Length == 0)
        {
            return Results.NoContent();
        }

        var content = bytes.ToArray();
        // Weak: the same tile may go out compressed or not.
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
        return Results.Bytes(
            content,
            ContentType,
            entityTag: new EntityTagHeaderValue(tag, isWeak: true)
        );
    }

    private static async Task<IResult> DescribeAsync(
        string layer,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        new QueryReader(context.Request).Done();
        var found = Find(layer);
        await using var command = source
            .CreateCommand(
                Sql.Load("Tiles/extent.sql")
                    .Replace("{{table}}", found.Table, StringComparison.Ordinal)
                    .Replace("{{where}}", found.Where, StringComparison.Ordinal)
            )
            .With(caller.Scope);
        double[]? bounds;
        await using (var rows = await command.ExecuteReaderAsync(context.RequestAborted))
        {
            await rows.ReadAsync(context.RequestAborted);
            bounds = await rows.IsDBNullAsync(0, context.RequestAborted)
                ? null
                : rows.GetFieldValue<double[]>(0);
        }

        var request = context.Request;
        var answer = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["tilejson"] = "3.0.0",
            ["name"] = found.Name,
            ["description"] =
                $"{found.Description}. At most {MostFeatures} features in a tile, the first by code.",
            ["scheme"] = "xyz",
            ["tiles"] = new[]
            {
                $"{request.Scheme}://{request.Host}{request.PathBase}/tiles/{found.Name}/{{z}}/{{x}}/{{y}}.mvt",
            },
            ["minzoom"] = 0,
            ["maxzoom"] = TileAddress.MaxZoom,
            ["vector_layers"] = new[]
            {
                new
                {
                    id = found.Name,
                    description = found.Description,
                    fields = found.Fields,
                },
            },
        };
        if (bounds is not null)
        {
            answer["bounds"] = bounds;
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Json(answer);
    }

    private static TileLayer Find(string name) =>
        TileLayer.All.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.Ordinal))
        ?? throw new ProblemException(
            Problems.NotFound,
            $"There is no layer '{name}'; there are {string.Join(", ", TileLayer.All.Select(l => l.Name))}."
        );
}
