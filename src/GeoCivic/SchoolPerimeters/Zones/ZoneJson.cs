using System.Text.Json;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>Writes schools and zones as GeoJSON features.</summary>
internal static class ZoneJson
{
    private const int Decimals = 7;

    /// <summary>A shape with seven decimals (a centimetre), as this service stores and gives all places.</summary>
    public static Geometry Rounded(Geometry shape)
    {
        var copy = shape.Copy();
        copy.Apply(new Rounding());
        copy.GeometryChanged();
        return copy;
    }

    /// <summary>Members of a rule that tell what its zone is.</summary>
    public static void WriteRule(Utf8JsonWriter json, PerimeterRule rule)
    {
        json.WriteString("rule", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("name_en", rule.NameEn);
        json.WriteNumber("metres", rule.Metres);
        json.WriteString("from", rule.From.ToName());
        json.WriteString("how", rule.How.ToName());
        json.WriteBoolean("settled", rule.MethodSettled);
    }

    /// <summary>The member <c>geometry</c>.</summary>
    public static void WriteGeometry(Utf8JsonWriter json, Geometry shape)
    {
        json.WritePropertyName("geometry");
        PerimeterJson.Write(json, Rounded(shape));
    }

    /// <summary>A school with its zones.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="school">The school.</param>
    /// <param name="zones">Its zones; null when they were not asked for.</param>
    public static void WriteSchool(
        Utf8JsonWriter json,
        PerimeterSchool school,
        IReadOnlyList<SchoolZone>? zones
    )
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", $"{school.Street}/{school.Code}");
        WriteGeometry(json, school.Campus);
        json.WriteStartObject("properties");
        json.WriteString("code", school.Code);
        json.WriteString("name", school.Name);
        json.WriteString("kind", school.Kind);
        json.WriteString("street", school.Street);
        json.WriteBoolean("neighbour", !school.Own);
        json.WriteNumber("revision", school.Revision);
        var notes = SummaryEndpoint.Notes(school);
        WriteAccuracy(
            json,
            school.Campus.Dimension == Dimension.Point ? "D" : school.Accuracy ?? "B"
        );
        json.WriteString("datum", school.Datum);
        json.WriteStartArray("gates");
        foreach (var gate in school.Gates)
        {
            json.WriteStartObject();
            json.WriteString("code", gate.Code);
            json.WriteString("name", gate.Name);
            json.WriteBoolean("main", gate.Main);
            json.WriteNumber("lon", Math.Round(gate.Place.Lon, Decimals));
            json.WriteNumber("lat", Math.Round(gate.Place.Lat, Decimals));
            WriteAccuracy(json, gate.Accuracy ?? "B");
            json.WriteString("datum", gate.Datum);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (zones is not null)
        {
            WriteZones(json, zones);
        }

        json.WriteStartArray("notes");
        foreach (var note in notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteZones(Utf8JsonWriter json, IReadOnlyList<SchoolZone> zones)
    {
        json.WriteStartArray("zones");
        foreach (var zone in zones)
        {
            json.WriteStartObject();
            WriteRule(json, zone.Rule);
            json.WriteString("kind", zone.Kind);
            json.WriteBoolean("outer_bound", zone.OuterBound);
            WriteGeometry(json, zone.Shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAccuracy(Utf8JsonWriter json, string code)
    {
        json.WriteStartObject("accuracy");
        json.WriteString("class", code);
        json.WriteNumber("metres", Accuracy.Metres(code));
        json.WriteEndObject();
    }

    private sealed class Rounding : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            seq.SetX(i, Math.Round(seq.GetX(i), Decimals));
            seq.SetY(i, Math.Round(seq.GetY(i), Decimals));
        }
    }
}
