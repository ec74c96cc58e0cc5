using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Walking;

/// <summary>x</summary>
public sealed class WalkingNetworks(Npgsql.NpgsqlDataSource source)
{
    /// <summary>x</summary>
    public Task<WalkingNetwork?> AroundAsync(Envelope area, CancellationToken cancellationToken)
    {
        _ = source;
        return Task.FromResult<WalkingNetwork?>(null);
    }
}
