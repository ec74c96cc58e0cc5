using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>The ways on foot from a school's gates.</summary>
internal static class PerimeterNetworks
{
    /// <summary>The network around a school as far as its ways are followed; null: none is loaded there.</summary>
    public static Task<WalkingNetwork?> AroundAsync(
        this WalkingNetworks networks,
        PerimeterSchool school,
        double reach,
        CancellationToken cancellationToken
    )
    {
        var area = school.Campus.EnvelopeInternal.Copy();
        foreach (var gate in school.Gates)
        {
            area.ExpandToInclude(gate.Place.Lon, gate.Place.Lat);
        }

        return networks.AroundAsync(GeodesicBox.Around(area, reach), cancellationToken);
    }

    /// <summary>The ways from the gates; null without network or gates.</summary>
    public static WalkingField? FieldOf(
        this WalkingNetwork? network,
        PerimeterSchool school,
        double reach
    ) =>
        network is null || school.Gates.Count == 0
            ? null
            : network.From(
                [.. school.Gates.Select(gate => new WalkingStart(gate.Code, gate.Place))],
                reach
            );
}
