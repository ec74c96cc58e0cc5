using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>
/// The walking networks around many schools in one answer. The database is asked once whether there are ways at all, and
/// then once for each square of <see cref="WalkingNetworks"/>, not once for each school.
/// </summary>
internal sealed class NetworksOnce(
    WalkingNetworks networks,
    IReadOnlyList<PerimeterSchool> schools,
    double reach
)
{
    // The squares that networks are made of, and how large an area may be to get that of its middle, degrees.
    private const double Tile = 0.1;
    private const double Small = 0.06;

    private readonly Dictionary<(double, double), WalkingNetwork> _kept = [];
    private bool? _any;

    /// <summary>The network around a school; null: none is loaded there, or no walk begins without a gate.</summary>
    public async Task<WalkingNetwork?> AroundAsync(
        PerimeterSchool school,
        CancellationToken cancellationToken
    )
    {
        _any ??= await AnyAsync(cancellationToken);
        if (_any is false || school.Gates.Count == 0)
        {
            return null;
        }

        var area = GeodesicBox.Around(Around(school), reach);
        var tile = (Math.Floor(area.Centre.X / Tile), Math.Floor(area.Centre.Y / Tile));
        var small = area.Width <= Small && area.Height <= Small;
        // A way right beside a gate tells that ways are loaded there; elsewhere the database is asked.
        if (
            small
            && _kept.TryGetValue(tile, out var kept)
            && school.Gates.Any(g => kept.Nearest(g.Place) is not null)
        )
        {
            return kept;
        }

        var network = await networks.AroundAsync(area, cancellationToken);
        if (small && network is not null)
        {
            _kept[tile] = network;
        }

        return network;
    }

    private async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var all = new Envelope();
        foreach (var school in schools)
        {
            all.ExpandToInclude(Around(school));
        }

        return !all.IsNull
            && (
                await networks.StateAsync(GeodesicBox.Around(all, reach), cancellationToken)
            ).Loaded;
    }

    private static Envelope Around(PerimeterSchool school)
    {
        var area = school.Campus.EnvelopeInternal.Copy();
        foreach (var gate in school.Gates)
        {
            area.ExpandToInclude(gate.Place.Lon, gate.Place.Lat);
        }

        return area;
    }
}
