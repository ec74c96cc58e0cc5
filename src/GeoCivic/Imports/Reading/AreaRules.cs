using System.Globalization;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;
using NetTopologySuite.Precision;

namespace GeoCivic.Imports.Reading;

/// <summary>Checks, repairs, rounds and winds areas.</summary>
internal static class AreaRules
{
    public static (Geometry? Geometry, RowFault? Fault) Clean(
        Geometry geometry,
        bool repair,
        PrecisionModel rounding,
        List<string> notes
    )
    {
        var removed = 0;
        if (Rings(geometry, round: false, ref removed, out var flat) is not { } area)
        {
            return (null, Flat(flat!));
        }
        LineRules.NoteRemoved(removed, notes);
        if (Problem(area) is { } problem)
        {
            if (!repair)
            {
                return (null, problem);
            }
            if (Repaired(area, problem, notes) is not { } repaired)
            {
                return (
                    null,
                    problem with
                    {
                        Reason = problem.Reason + " Repairing leaves no area.",
                    }
                );
            }
            area = repaired;
        }
        var rounded = Rounded(area, rounding, notes);
        return rounded is null ? (null, Flat(area.Coordinate)) : (Wound(rounded), null);
    }

    /// <summary>The area on the grid, still valid: where plain rounding makes a ring touch itself, rounding with noding does it.</summary>
    private static Geometry? Rounded(Geometry area, PrecisionModel rounding, List<string> notes)
    {
        var removed = 0;
        if (
            Rings(area, round: true, ref removed, out _) is { } plain
            && new IsValidOp(plain).IsValid
        )
        {
            return plain;
        }
        var noded = Areal(GeometryPrecisionReducer.Reduce(area, rounding));
        if (noded is not null)
        {
            notes.Add("parts narrower than 1e-7 degree (about 1 cm) closed by rounding");
        }
        return noded;
    }

    /// <summary>The geometry with its repeated vertices left out; null when a ring has no area at all, with the place.</summary>
    private static Geometry? Rings(
        Geometry geometry,
        bool round,
        ref int removed,
        out Coordinate? flat
    )
    {
        flat = null;
        var factory = geometry.Factory;
        var areas = new Polygon[geometry.NumGeometries];
        for (var i = 0; i < areas.Length; i++)
        {
            var polygon = (Polygon)geometry.GetGeometryN(i);
            var rings = new LinearRing[polygon.NumInteriorRings + 1];
            for (var r = 0; r < rings.Length; r++)
            {
                var ring = r == 0 ? polygon.ExteriorRing : polygon.GetInteriorRingN(r - 1);
                var coordinates = LineRules.Distinct(ring.Coordinates, round, ref removed);
                if (coordinates.Length < 4 || OnOneLine(coordinates))
                {
                    flat = coordinates[0];
                    return null;
                }
                rings[r] = factory.CreateLinearRing(coordinates);
            }
            areas[i] = factory.CreatePolygon(rings[0], rings[1..]);
        }
        return geometry is Polygon ? areas[0] : factory.CreateMultiPolygon(areas);
    }

    private static bool OnOneLine(Coordinate[] ring)
    {
        var far = ring[0];
        foreach (var c in ring)
        {
            far = c.Distance(ring[0]) > far.Distance(ring[0]) ? c : far;
        }
        return Array.TrueForAll(
            ring,
            c => Orientation.Index(ring[0], far, c) == OrientationIndex.Collinear
        );
    }

    private static RowFault Flat(Coordinate at) =>
        GeometryRules.Fault(
            "A ring has no area: its positions lie on one line or closer than 1e-7 degree.",
            at
        );

    private static RowFault? Problem(Geometry area)
    {
        var error = new IsValidOp(area).ValidationError;
        if (error is null)
        {
            return null;
        }
        var at = error.Coordinate;
        var where = string.Create(
            CultureInfo.InvariantCulture,
            $" at {at.X:0.#######} {at.Y:0.#######}."
        );
        var what = error.ErrorType switch
        {
            TopologyValidationErrors.HoleOutsideShell => "A hole lies outside its polygon",
            TopologyValidationErrors.NestedHoles => "A hole lies inside another hole",
            TopologyValidationErrors.NestedShells =>
                "A part of the multipolygon lies inside another part",
            TopologyValidationErrors.DuplicateRings => "Two rings are the same",
            TopologyValidationErrors.DisconnectedInteriors => "Holes cut the polygon into pieces",
            TopologyValidationErrors.RingSelfIntersection => "A ring touches itself",
            TopologyValidationErrors.SelfIntersection when PartsAreValid(area) =>
                "Parts of the multipolygon overlap or share an edge",
            TopologyValidationErrors.SelfIntersection => "The boundary crosses itself",
            _ => $"The area is not valid ({error.Message})",
        };
        return GeometryRules.Fault(what + where, at);
    }

    private static bool PartsAreValid(Geometry area)
    {
        for (var i = 0; i < area.NumGeometries; i++)
        {
            if (!area.GetGeometryN(i).IsValid)
            {
                return false;
            }
        }
        return area.NumGeometries > 1;
    }

    private static Geometry? Repaired(Geometry area, RowFault problem, List<string> notes)
    {
        if (Areal(GeometryFixer.Fix(area)) is not { IsValid: true } repaired)
        {
            return null;
        }
        notes.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"repaired: {char.ToLowerInvariant(problem.Reason[0])}{problem.Reason[1..].TrimEnd('.')}; area {SquareMetres(area):0.0} m² before and {SquareMetres(repaired):0.0} m² after, {Count(area)} before and {Count(repaired)} after"
            )
        );
        return repaired;
    }

    private static string Count(Geometry area) =>
        $"{area.NumGeometries} part{(area.NumGeometries == 1 ? "" : "s")}";

    /// <summary>The polygons of a geometry; null when there are none.</summary>
    private static Geometry? Areal(Geometry geometry)
    {
        var areas = PolygonExtracter
            .GetPolygons(geometry)
            .Cast<Polygon>()
            .Where(p => !p.IsEmpty)
            .ToArray();
        return areas.Length switch
        {
            0 => null,
            1 => areas[0],
            _ => geometry.Factory.CreateMultiPolygon(areas),
        };
    }

    /// <summary>Outer rings anticlockwise, holes clockwise.</summary>
    private static Geometry Wound(Geometry area)
    {
        var factory = area.Factory;
        var areas = new Polygon[area.NumGeometries];
        for (var i = 0; i < areas.Length; i++)
        {
            var polygon = (Polygon)area.GetGeometryN(i);
            var holes = Array.ConvertAll(polygon.Holes, h => Wound(h, anticlockwise: false));
            areas[i] = factory.CreatePolygon(
                Wound((LinearRing)polygon.ExteriorRing, anticlockwise: true),
                holes
            );
        }
        return area is Polygon ? areas[0] : factory.CreateMultiPolygon(areas);
    }

    private static LinearRing Wound(LinearRing ring, bool anticlockwise) =>
        Orientation.IsCCW(ring.CoordinateSequence) == anticlockwise
            ? ring
            : (LinearRing)ring.Reverse();

    /// <summary>
    /// About how large an area is: degrees scaled by the ellipsoid's radii of curvature at its middle,
    /// within 0.1 % for the size of a street. For reports only.
    /// </summary>
    private static double SquareMetres(Geometry area)
    {
        const double a = 6_378_137,
            e2 = 0.006_694_379_990_14,
            radian = Math.PI / 180;
        var lat = area.EnvelopeInternal.Centre.Y * radian;
        var w = 1 - e2 * Math.Sin(lat) * Math.Sin(lat);
        var meridian = a * (1 - e2) / Math.Pow(w, 1.5);
        var parallel = a / Math.Sqrt(w) * Math.Cos(lat);
        return area.Area * meridian * parallel * radian * radian;
    }
}
