using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>The ways on foot from a school's gates.</summary>
internal static class PerimeterNetworks
{
    /// <summary>
    /// The network around a school as far as its ways are followed; null: none is loaded there, or the school has no gate
    /// to walk from.
    /// </summary>
    public static async Task<WalkingNetwork?> AroundAsync(
        this WalkingNetworks networks,
        PerimeterSchool school,
        double reach,
        CancellationToken cancellationToken
    )
    {
        if (school.Gates.Count == 0)
        {
            return null;
        }

        var area = school.Campus.EnvelopeInternal.Copy();
        foreach (var gate in school.Gates)
        {
            area.ExpandToInclude(gate.Place.Lon, gate.Place.Lat);
        }

        return await networks.AroundAsync(GeodesicBox.Around(area, reach), cancellationToken);
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
                reach,
                school.Walls
            );
}
