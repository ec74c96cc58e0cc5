using System.Text.Json;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>The evidence as JSON.</summary>
internal static class EvidenceJson
{
    /// <summary>The class a campus counts as: a point stands for an area, whatever was declared.</summary>
    public static string? ClassOf(PerimeterSchool school) =>
        school.Campus.Dimension == Dimension.Point ? "D" : school.Accuracy;

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, EvidenceSheet sheet)
    {
        var (school, venue) = (sheet.School, sheet.Venue);
        json.WriteStartObject();
        json.WriteString("day", sheet.Day.ToString("yyyy-MM-dd"));
        json.WriteString("made_at", sheet.MadeAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz"));
        Put(
            "school",
            new
            {
                school.Code,
                school.Name,
                school.Kind,
                school.Street,
                neighbour = !school.Own,
                school.Revision,
                campus = school.Campus,
            }
        );
        Put(
            "venue",
            new
            {
                venue.Code,
                venue.Name,
                venue.Category,
                categoryName = sheet.CategoryName,
                venue.Street,
                licensedFrom = venue.LicensedFrom,
                licensedUntil = venue.LicensedUntil,
                venue.Revision,
                place = venue.Place,
            }
        );
        json.WriteStartArray("rows");
        foreach (var row in sheet.Rows)
        {
            ComplianceFile.WriteRow(json, new ComplianceCell(row, sheet.CategoryName));
        }

        json.WriteEndArray();
        Put(
            "verdict",
            sheet.Worst is { } worst ? Rules.RuleCodes.ToName(worst.Decision.Verdict) : null
        );
        Put("straightM", Round(sheet.StraightMetres));
        Put("wall", Place(sheet.Wall));
        Put("door", Place(sheet.Door));
        Put(
            "gates",
            sheet.Gates.Select(g => new
            {
                g.Gate.Code,
                g.Gate.Name,
                g.Gate.Main,
                g.Gate.Place.Lon,
                g.Gate.Place.Lat,
                metres = Round(g.Metres),
                accuracy = Class(g.Gate.Accuracy),
                g.Gate.Datum,
            })
        );
        Put("walking", sheet.Walking);
        Put(
            "route",
            sheet.Route is { } route
                ? new
                {
                    route.Gate,
                    metres = Round(route.Metres),
                    gateSnapM = Round(route.GateSnapMetres),
                    doorSnapM = Round(route.DoorSnapMetres),
                    waysAccuracyM = route.AccuracyMetres,
                    path = route.Path,
                }
                : null
        );
        Put("zone", EvidenceMap.Zone(sheet));
        Put("datum", new { school = school.Datum, venue = venue.Datum });
        Put("accuracy", new { school = Class(ClassOf(school)), venue = Class(venue.Accuracy) });
        Put(
            "versions",
            new
            {
                school = school.Revision,
                venue = venue.Revision,
                rules = sheet.Packs,
                network = sheet.Network.Loaded ? sheet.Network.Revision : (long?)null,
            }
        );
        Put("network", sheet.Network);
        Put(
            "wording",
            new { zh = EvidenceWords.Chinese(sheet), en = EvidenceWords.English(sheet) }
        );
        json.WriteEndObject();

        void Put<T>(string name, T value)
        {
            json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
            PerimeterJson.Write(json, value);
        }
    }

    private static object Class(string? code) =>
        new { @class = code ?? "B", metres = Accuracy.Metres(code) };

    private static object Place(LonLat place) => new { place.Lon, place.Lat };

    private static double Round(double metres) => Math.Round(metres, 3);
}
