using GeoCivic.Database;

namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>An issue inside the zone of a rule around a school.</summary>
/// <param name="Street">Street of the issue.</param>
/// <param name="Issue">Its id.</param>
/// <param name="Code">Its code.</param>
/// <param name="Category">Code of its category.</param>
/// <param name="CategoryName">Name of the category.</param>
/// <param name="FoundAt">When it was found, UTC.</param>
/// <param name="Shift"><c>day</c>, <c>night</c> or <c>school_peak</c>.</param>
/// <param name="State">Its state.</param>
/// <param name="StateName">The state in Chinese.</param>
/// <param name="Open">Whether something is to be done still.</param>
/// <param name="SchoolStreet">Street of the school.</param>
/// <param name="School">Code of the school.</param>
/// <param name="SchoolName">Name of the school.</param>
/// <param name="Gate">Code of the gate nearest in a straight line; null where the school has none.</param>
/// <param name="Metres">Metres as the rule measures.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="RuleName">Its name.</param>
/// <param name="Lon">Longitude of the issue.</param>
/// <param name="Lat">Latitude of the issue.</param>
public sealed record StallEvent(
    string Street,
    Guid Issue,
    string Code,
    string Category,
    string CategoryName,
    DateTime FoundAt,
    string Shift,
    string State,
    string StateName,
    bool Open,
    string SchoolStreet,
    string School,
    string SchoolName,
    string? Gate,
    double Metres,
    string Rule,
    string RuleName,
    double Lon,
    double Lat
)
{
    /// <summary>When it was found, Beijing time.</summary>
    public DateTime Local => FoundAt + BeijingTime.Offset;

    /// <summary>Whether it was found when pupils come and go (07:00–09:00, 16:00–18:00).</summary>
    public bool SchoolPeak => Shift == "school_peak";

    /// <summary>Chinese words for a shift.</summary>
    internal static string ShiftName(string shift) =>
        shift switch
        {
            "day" => "白天",
            "night" => "夜间",
            _ => "上下学",
        };
}
