using System.Globalization;
using System.Text.Json;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>A rule as JSON, with the names that its file uses.</summary>
public static class RuleJson
{
    /// <summary>Writes a rule.</summary>
    public static void Write(Utf8JsonWriter json, PerimeterRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("pack", rule.Pack);
        json.WriteString("pack_version", rule.PackVersion);
        json.WriteString("name", rule.Name);
        json.WriteString("name_en", rule.NameEn);
        json.WriteString("region", rule.Region);
        Texts(json, "school_kinds", rule.SchoolKinds);
        Texts(json, "venue_categories", rule.VenueCategories);
        Texts(json, "issue_categories", rule.IssueCategories);
        json.WriteNumber("metres", rule.Metres);
        json.WriteBoolean("inclusive", rule.Inclusive);
        json.WriteString("from", rule.From.ToName());
        json.WriteString("how", rule.How.ToName());
        json.WriteBoolean("method_settled", rule.MethodSettled);
        Day(json, "licensed_before", rule.LicensedBefore);
        Day(json, "exempt_until", rule.ExemptUntil);
        Day(json, "valid_from", rule.ValidFrom);
        Day(json, "valid_until", rule.ValidUntil);
        Texts(json, "replaces", rule.Replaces);
        json.WriteString("certainty", rule.Certainty);
        json.WriteString("digest", rule.Digest);
        json.WritePropertyName("citation");
        Write(json, rule.Citation);
        json.WriteEndObject();
    }

    /// <summary>Writes where a rule stands written.</summary>
    public static void Write(Utf8JsonWriter json, Citation citation)
    {
        json.WriteStartObject();
        json.WriteString("text", citation.Text);
        json.WriteString("text_en", citation.TextEn);
        json.WriteString("article", citation.Article);
        json.WriteString("link", citation.Link);
        json.WriteString("link_text", citation.LinkText);
        json.WriteBoolean("verified", citation.Verified);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Day(Utf8JsonWriter json, string name, DateOnly? day) =>
        json.WriteString(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
