using GeoCivic.Http;
using GeoCivic.Imports.Reading;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>A venue as it is sent, whole or in part; what is null was not given.</summary>
internal sealed record VenueBody
{
    private static readonly string[] Clearable = ["licensed_from", "licensed_until", "accuracy"];
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    public Guid? Id { get; private init; }

    public string? Street { get; private init; }

    public string? Code { get; private init; }

    public string? Name { get; private init; }

    public string? Category { get; private init; }

    public DateOnly? LicensedFrom { get; private init; }

    public DateOnly? LicensedUntil { get; private init; }

    /// <summary>Accuracy class of the place.</summary>
    public string? Accuracy { get; private init; }

    /// <summary>Point, Polygon or MultiPolygon, WGS-84.</summary>
    public Geometry? Place { get; private init; }

    /// <summary>The system the place was sent in.</summary>
    public string Datum { get; private init; } = "wgs84";

    /// <summary>Members that a change empties.</summary>
    public string[] Clear { get; private init; } = [];

    /// <summary>Digest of the body.</summary>
    public byte[] Digest { get; private init; } = [];

    /// <summary>Reads a new venue.</summary>
    public static VenueBody ReadNew(BodyReader body)
    {
        var code = body.Text("code", StrictCode.MaxChars);
        if (code is not null && !StrictCode.TryParse(code, out _, out var reason))
        {
            body.Fault("code", reason!);
        }

        var venue = Common(
            body,
            new VenueBody
            {
                Id = body.Id("id"),
                Street = body.Text("street", 64, required: true),
                Code = code,
            },
            required: true
        );
        if (!body.Has("geometry") && !body.Has("lon") && !body.Has("lat"))
        {
            body.Fault("lon", "and lat, or geometry, are needed");
        }

        body.Done();
        return venue with { Digest = body.Digest() };
    }

    /// <summary>Reads a change.</summary>
    public static VenueBody ReadChange(BodyReader body)
    {
        var clear = body.Texts("clear", most: Clearable.Length, maxLength: 20) ?? [];
        if (Array.Exists(clear, c => !Clearable.Contains(c, StringComparer.Ordinal)))
        {
            body.Fault("clear", $"takes {string.Join(", ", Clearable)}");
        }

        var venue = Common(body, new VenueBody { Clear = clear }, required: false);
        if (
            (venue.Name ?? venue.Category ?? venue.Accuracy) is null
            && venue is { LicensedFrom: null, LicensedUntil: null, Place: null, Clear.Length: 0 }
            && !body.Has("lon")
            && !body.Has("lat")
        )
        {
            body.Refuse("name", "or another member is needed: nothing is to be changed");
        }

        body.Done();
        return venue;
    }

    private static VenueBody Common(BodyReader body, VenueBody venue, bool required)
    {
        var from = body.Day("licensed_from");
        var until = body.Day("licensed_until");
        if (from > until)
        {
            body.Refuse("licensed_until", "lies before licensed_from");
        }

        var datum = body.Crs();
        var shape = body.Shape(
            "geometry",
            GeometryKinds.Point | GeometryKinds.Polygon | GeometryKinds.MultiPolygon,
            datum
        );
        if (body.Has("geometry") && (body.Has("lon") || body.Has("lat")))
        {
            body.Refuse("geometry", "and lon, lat are both given; send one of the two");
        }

        return venue with
        {
            Name = body.Text("name", required: required),
            Category = body.Text("category", 64, required),
            LicensedFrom = from,
            LicensedUntil = until,
            Accuracy = body.Choice("accuracy", required: false, Compliance.Accuracy.Classes),
            Place = shape ?? Door(body),
            Datum = datum.ToString(),
        };
    }

    private static Geometry? Door(BodyReader body)
    {
        if (body.Place(required: false) is not { } at)
        {
            return null;
        }

        var (place, fault, _) = GeometryRules.Check(
            Factory.CreatePoint(new Coordinate(at.Lon, at.Lat)),
            GeometryKinds.Point,
            repair: false
        );
        if (fault is not null)
        {
            body.Refuse("lon", fault.Reason);
        }

        return place;
    }
}
