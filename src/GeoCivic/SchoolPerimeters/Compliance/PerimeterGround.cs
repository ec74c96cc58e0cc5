using GeoCivic.Spatial;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>A gate as verdicts need it.</summary>
/// <param name="Code">Code in the school's street.</param>
/// <param name="Name">Name, where it has one.</param>
/// <param name="Main">Whether it is the main gate (正门).</param>
/// <param name="Place">Where, WGS-84.</param>
/// <param name="Accuracy">Declared accuracy class; null: not declared.</param>
/// <param name="Datum">Label of the coordinate system it was entered in.</param>
public sealed record PerimeterGate(
    string Code,
    string? Name,
    bool Main,
    LonLat Place,
    string? Accuracy,
    string? Datum
);

/// <summary>A school with its campus and gates as verdicts need them.</summary>
/// <param name="Street">The school's street, whose rules apply.</param>
/// <param name="Code">Code in the street.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">kindergarten, primary, secondary, vocational or special.</param>
/// <param name="Campus">Point, Polygon or MultiPolygon, WGS-84.</param>
/// <param name="Accuracy">Declared accuracy class of the campus; null: not declared.</param>
/// <param name="Datum">Label of the coordinate system it was entered in.</param>
/// <param name="Revision">Revision of the record.</param>
/// <param name="Own">Whether it lies in the asker's area; other schools are shown as neighbours.</param>
/// <param name="Gates">Gates by code.</param>
public sealed record PerimeterSchool(
    string Street,
    string Code,
    string Name,
    string Kind,
    Geometry Campus,
    string? Accuracy,
    string? Datum,
    int Revision,
    bool Own,
    IReadOnlyList<PerimeterGate> Gates
)
{
    /// <summary>The campus as what nobody cuts across on the way between a gate or door and the ways.</summary>
    public WalledGround Walls => new(Campus, Compliance.Accuracy.Metres(Accuracy));
}

/// <summary>A venue as verdicts need it.</summary>
/// <param name="Street">Its street.</param>
/// <param name="Code">Code in the street.</param>
/// <param name="Name">Name.</param>
/// <param name="Category">Code of its category.</param>
/// <param name="LicensedFrom">First day of the licence.</param>
/// <param name="LicensedUntil">Last day of the licence.</param>
/// <param name="Accuracy">Declared accuracy class; null: not declared.</param>
/// <param name="Datum">Label of the coordinate system it was entered in.</param>
/// <param name="Revision">Revision of the record.</param>
/// <param name="Place">Point or area, WGS-84.</param>
/// <param name="Shown">Whether the asker may see it; others are only counted.</param>
public sealed record PerimeterVenue(
    string Street,
    string Code,
    string Name,
    string Category,
    DateOnly? LicensedFrom,
    DateOnly? LicensedUntil,
    string? Accuracy,
    string? Datum,
    int Revision,
    Geometry Place,
    bool Shown
);
