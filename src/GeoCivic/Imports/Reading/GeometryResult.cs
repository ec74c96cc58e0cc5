using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>What the rules made of a geometry.</summary>
/// <param name="Geometry">The geometry as it is stored (SRID 4326, rounded, normalised); null when refused.</param>
/// <param name="Fault">Why it is refused; null when accepted.</param>
/// <param name="Notes">What was changed beyond rounding and winding (English).</param>
public sealed record GeometryResult(
    Geometry? Geometry,
    RowFault? Fault,
    IReadOnlyList<string> Notes
);
