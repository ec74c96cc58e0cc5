using System.Globalization;

namespace GeoCivic.Geography;

/// <summary>Why a place belongs where it does, in the words of the offices.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record PlaceExplanation(string Zh, string En)
{
    /// <summary>Explains a place.</summary>
    public static PlaceExplanation For(Place place)
    {
        var metres = place.DistanceM.ToString("0.0", CultureInfo.InvariantCulture);
        var communityZh = place.Community is { } c ? $"{c.Name}（{c.Code}）" : "未划入社区";
        var communityEn = place.Community is { } d
            ? $"community {d.Name} ({d.Code})"
            : "no community";
        return string.Equals(place.Placement, "inside", StringComparison.Ordinal)
            ? new(
                $"该位置在网格 {place.Grid.Name}（{place.Grid.Code}）范围内，属{communityZh}，{place.Street.Name}。",
                $"The place lies inside grid {place.Grid.Name} ({place.Grid.Code}), {communityEn}, street {place.Street.Name}."
            )
            : new(
                $"该位置不在任何网格内，距网格 {place.Grid.Name}（{place.Grid.Code}）边界 {metres} 米（20 米以内），就近归入该网格，属{communityZh}，{place.Street.Name}。",
                $"The place lies in no grid; grid {place.Grid.Name} ({place.Grid.Code}) is {metres} m away (within 20 m), so the place was snapped to it: {communityEn}, street {place.Street.Name}."
            );
    }
}
