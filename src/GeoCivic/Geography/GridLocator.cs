using GeoCivic.Http;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>The grids in force of one street, ready to locate points in memory. Grids are in code order, so the lowest code wins.</summary>
internal sealed class GridLocator
{
    private readonly PolygonLocator _locator;
    private readonly string[] _codes;
    private readonly string[] _communities;

    private GridLocator(string[] codes, string[] communities, Geometry[] shapes)
    {
        _codes = codes;
        _communities = communities;
        _locator = PolygonLocator.Build(shapes);
    }

    /// <summary>The grid that covers a point, or null.</summary>
    public (string Grid, string Community)? Locate(double lon, double lat)
    {
        var index = _locator.Locate(lon, lat);
        return index < 0 ? null : (_codes[index], _communities[index]);
    }

    /// <summary>Reads the grids in force within the caller's transaction.</summary>
    public static async Task<GridLocator> LoadAsync(
        NpgsqlConnection connection,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Database.Sql.Load("Geography/grids_in_force.sql"),
            connection
        ).With("street", street);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var codes = new List<string>();
        var communities = new List<string>();
        var shapes = new List<Geometry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            codes.Add(reader.GetString(0));
            communities.Add(reader.GetString(1));
            shapes.Add(reader.GetFieldValue<Geometry>(2));
        }

        return new GridLocator([.. codes], [.. communities], [.. shapes]);
    }
}
