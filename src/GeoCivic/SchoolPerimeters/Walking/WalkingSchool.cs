using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Walking;

/// <summary>A school's gates as starts of ways.</summary>
/// <param name="Street">The school's street.</param>
/// <param name="Code">The school.</param>
/// <param name="Campus">Its shape.</param>
/// <param name="Walls">The same as what nobody cuts across.</param>
/// <param name="Starts">Its gates by code.</param>
internal sealed record WalkingSchool(
    string Street,
    string Code,
    Geometry Campus,
    WalledGround Walls,
    IReadOnlyList<WalkingStart> Starts
)
{
    /// <summary>The box of campus and gates.</summary>
    public Envelope Extent
    {
        get
        {
            var box = Campus.EnvelopeInternal.Copy();
            foreach (var start in Starts)
            {
                box.ExpandToInclude(start.Place.Lon, start.Place.Lat);
            }

            return box;
        }
    }

    /// <summary>The school that the asker sees.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<WalkingSchool> FindAsync(
        NpgsqlDataSource source,
        string school,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/walking_school.sql"))
            .With("school", school)
            .With("street", street)
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            throw new ProblemException(Problems.NotFound, $"There is no school '{school}' here.");
        }

        var codes = await Array<string>(3);
        var lons = await Array<double>(4);
        var lats = await Array<double>(5);
        var campus = rows.GetFieldValue<Geometry>(2);
        return new WalkingSchool(
            rows.GetString(0),
            rows.GetString(1),
            campus,
            new WalledGround(campus, rows.GetDouble(6)),
            [.. codes.Select((c, i) => new WalkingStart(c, new LonLat(lons[i], lats[i])))]
        );

        async Task<T[]> Array<T>(int column) =>
            await rows.IsDBNullAsync(column, cancellationToken)
                ? []
                : rows.GetFieldValue<T[]>(column);
    }

    /// <summary>The network for walks from here, or why there is none: <c>no_gates</c> or <c>no_network</c>.</summary>
    public async Task<(WalkingNetwork? Network, string? Reason)> StateAsync(
        WalkingNetworks networks,
        Envelope area,
        CancellationToken cancellationToken
    )
    {
        if (Starts.Count == 0)
        {
            return (null, "no_gates");
        }

        // A way that passes by counts as loaded here: the box of a school alone may have none.
        var near = area.Copy();
        near.ExpandBy(0.002);
        var network = await networks.AroundAsync(near, cancellationToken);
        return (network, network is null ? "no_network" : null);
    }
}
