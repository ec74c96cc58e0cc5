using GeoCivic.Imports.Reading;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports;

/// <summary>Moves a geometry from GCJ-02 or BD-09 to WGS-84 in place.</summary>
internal sealed class DatumFilter(Datum datum) : ICoordinateSequenceFilter
{
    /// <inheritdoc />
    public bool Done => false;

    /// <inheritdoc />
    public bool GeometryChanged => true;

    /// <summary>Converts every vertex.</summary>
    /// <returns>False with the fault when a coordinate is not a longitude and latitude.</returns>
    public static bool TryApply(Geometry geometry, Datum datum, out RowFault? fault)
    {
        try
        {
            geometry.Apply(new DatumFilter(datum));
            fault = null;
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Out of range coordinates get the same words as in WGS-84.
            fault =
                GeometryRules.Check(geometry, GeometryKinds.Any, repair: false).Fault
                ?? new RowFault(
                    RowFault.GeometryField,
                    $"is not a longitude and latitude in {datum}",
                    Malformed: false
                );
            return false;
        }
    }

    /// <inheritdoc />
    public void Filter(CoordinateSequence seq, int i)
    {
        var moved = datum.ToWgs84(seq.GetX(i), seq.GetY(i));
        seq.SetX(i, moved.Lon);
        seq.SetY(i, moved.Lat);
    }
}
