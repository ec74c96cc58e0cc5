using GeoCivic.Http;
using GeoCivic.Imports.Reading;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>A campus and gates as they are drawn; what is null stays as it is.</summary>
internal sealed record ShapeBody
{
    /// <summary>Most gates of a school.</summary>
    public const int MostGates = 50;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Point, Polygon or MultiPolygon, WGS-84.</summary>
    public Geometry? Campus { get; private init; }

    /// <summary>All gates the school is to have.</summary>
    public IReadOnlyList<PerimeterGate>? Gates { get; private init; }

    /// <summary>Accuracy class of what was drawn.</summary>
    public string? Accuracy { get; private init; }

    /// <summary>The system the coordinates were sent in.</summary>
    public string Datum { get; private init; } = "wgs84";

    /// <summary>Reads the members of a shape.</summary>
    public static ShapeBody Read(BodyReader body)
    {
        var datum = body.Crs();
        var shape = new ShapeBody
        {
            Campus = body.Shape(
                "campus",
                GeometryKinds.Point | GeometryKinds.Polygon | GeometryKinds.MultiPolygon,
                datum
            ),
            Accuracy = body.Choice("accuracy", required: false, Compliance.Accuracy.Classes),
            Datum = datum.ToString(),
        };
        shape = shape with { Gates = ReadGates(body, datum, shape.Accuracy) };
        if (!body.Has("campus") && !body.Has("gates"))
        {
            body.Refuse("campus", "or gates is needed: nothing would change");
        }

        return shape;
    }

    /// <summary>The school as it would be.</summary>
    public PerimeterSchool Of(PerimeterSchool school) =>
        school with
        {
            Campus = Campus ?? school.Campus,
            Accuracy = Campus is null ? school.Accuracy : Accuracy ?? school.Accuracy,
            Datum = Campus is null ? school.Datum : Datum,
            Gates = Gates is null ? school.Gates : Named(school),
        };

    // A gate without a code gets the next free one; one that the school has keeps what is not said of it.
    private List<PerimeterGate> Named(PerimeterSchool school)
    {
        var taken = Gates!
            .Select(g => g.Code)
            .Concat(school.Gates.Select(g => g.Code))
            .ToHashSet(StringComparer.Ordinal);
        var next = 1;
        var named = new List<PerimeterGate>();
        foreach (var gate in Gates!)
        {
            var old = school.Gates.FirstOrDefault(g =>
                string.Equals(g.Code, gate.Code, StringComparison.Ordinal)
            );
            var code = gate.Code;
            while (code.Length == 0)
            {
                var free = FormattableString.Invariant($"{school.Code}-G{next++}");
                code = taken.Add(free) ? free : "";
            }

            var stands = old is not null && old.Place == gate.Place;
            named.Add(
                gate with
                {
                    Code = code,
                    Name = gate.Name ?? old?.Name,
                    Accuracy = gate.Accuracy ?? old?.Accuracy,
                    Datum = stands ? old!.Datum : gate.Datum,
                }
            );
        }

        return [.. named.OrderBy(g => g.Code, StringComparer.Ordinal)];
    }

    private static List<PerimeterGate>? ReadGates(BodyReader body, Datum datum, string? accuracy)
    {
        if (!body.Has("gates"))
        {
            return null;
        }

        var gates = new List<PerimeterGate>();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var gate in body.Objects("gates", MostGates))
        {
            var code = gate.Text("code", StrictCode.MaxChars) ?? "";
            if (code.Length > 0 && !StrictCode.TryParse(code, out _, out var reason))
            {
                gate.Fault("code", reason!);
            }

            if (code.Length > 0 && !codes.Add(code))
            {
                gate.Refuse("code", "is the code of another gate of the list");
            }

            var main = gate.Flag("main") ?? false;
            var name = gate.Text("name");
            var place = Place(gate, datum);
            if (place is { } at)
            {
                gates.Add(new PerimeterGate(code, name, main, at, accuracy, datum.ToString()));
            }
        }

        return gates;
    }

    private static LonLat? Place(BodyReader gate, Datum datum)
    {
        var lon = gate.Number("lon", -180, 180, required: true);
        var lat = gate.Number("lat", -90, 90, required: true);
        if (lon is not { } x || lat is not { } y || !datum.IsBuiltIn)
        {
            return null;
        }

        var at = datum.ToWgs84(x, y);
        var (stored, fault, _) = GeometryRules.Check(
            Factory.CreatePoint(new Coordinate(at.Lon, at.Lat)),
            GeometryKinds.Point,
            repair: false
        );
        if (fault is not null)
        {
            gate.Refuse("lon", fault.Reason);
        }

        return stored is Point point ? new LonLat(point.X, point.Y) : null;
    }
}
