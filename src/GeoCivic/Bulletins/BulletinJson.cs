using System.Globalization;
using System.Text.Json.Nodes;
using GeoCivic.Database;

namespace GeoCivic.Bulletins;

/// <summary>Bulletins as calls answer them.</summary>
internal static class BulletinJson
{
    /// <summary>What lists say of one.</summary>
    public static JsonObject Of(Bulletin b) =>
        new()
        {
            ["id"] = b.Id == Guid.Empty ? null : b.Id.ToString(),
            ["street"] = b.Street,
            ["street_name"] = b.StreetName,
            ["kind"] = b.Kind,
            ["status"] = b.Issued ? "issued" : "draft",
            ["title"] = b.Title,
            ["number"] = b.Number,
            ["on"] = Day(b.Period.On),
            ["from"] = Day(b.Period.From),
            ["to"] = Day(b.Period.To),
            ["previous_from"] = Day(b.Period.PreviousFrom),
            ["previous_to"] = Day(b.Period.From.AddDays(-1)),
            ["note"] = new JsonArray([
                .. (b.Note?.Split('\n') ?? []).Select(line => (JsonNode)line),
            ]),
            ["made_at"] = Instant(b.MadeAt),
            ["issued_at"] = Instant(b.IssuedAt),
            ["issuer"] = b.Issuer,
            ["replaces"] = b.Replaces?.ToString(),
            ["replaces_number"] = b.ReplacesNumber,
            ["replaced_by"] = b.ReplacedBy?.ToString(),
            ["replaced_by_number"] = b.ReplacedByNumber,
        };

    /// <summary>One with its figures.</summary>
    public static JsonObject Of(BulletinSheet sheet)
    {
        var json = Of(sheet.Bulletin);
        json["formula"] = Of(sheet.Formula);
        json["figures"] = new JsonArray([
            .. sheet.Content.Figures.Select(f =>
                (JsonNode)Of(f, sheet.Content.Behind[f.Key].Length)
            ),
        ]);
        json["records"] = sheet.Content.Records.Count;
        return json;
    }

    /// <summary>The records behind a figure, and of a score the indicators it is made of.</summary>
    public static JsonObject Records(BulletinSheet sheet, BulletinFigure figure)
    {
        var content = sheet.Content;
        return new JsonObject
        {
            ["figure"] = Of(figure, content.Behind[figure.Key].Length),
            ["parts"] =
                figure.Measure == "score"
                    ? new JsonArray([.. ScoreParts.Of(sheet, figure).Select(p => (JsonNode)Of(p))])
                    : null,
            ["records"] = new JsonArray([
                .. content.RecordsOf(figure.Key).Select(r => (JsonNode)Of(r)),
            ]),
        };
    }

    /// <summary>A formula.</summary>
    public static JsonObject Of(GradingFormula f)
    {
        JsonArray List(IReadOnlyList<Indicator> indicators) =>
            [
                .. indicators.Select(i =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["indicator"] = i.Code,
                            ["weight"] = i.Weight,
                            ["zero_at"] = i.ZeroAt,
                            ["full_at"] = i.FullAt,
                            ["better"] = i.HigherIsBetter ? "higher" : "lower",
                        }
                ),
            ];
        return new JsonObject
        {
            ["own"] = f.Street != "*",
            ["version"] = f.Version,
            ["min_tasks"] = f.MinTasks,
            ["grades"] = new JsonObject
            {
                ["excellent"] = f.Excellent,
                ["good"] = f.Good,
                ["fair"] = f.Fair,
            },
            ["communities"] = List(f.Communities),
            ["bodies"] = List(f.Bodies),
            ["available"] = new JsonObject(
                GradingFormula.Indicators.Select(s =>
                    KeyValuePair.Create(
                        s.Key,
                        (JsonNode?)new JsonArray([.. s.Value.Select(i => (JsonNode)i)])
                    )
                )
            ),
        };
    }

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Of(BulletinFigure f, int records) =>
        new()
        {
            ["key"] = f.Key,
            ["subject"] = f.Subject,
            ["code"] = f.Code,
            ["name"] = f.Name,
            ["measure"] = f.Measure,
            ["value"] = f.Value,
            ["previous"] = f.Previous,
            ["base"] = f.Base,
            ["rank"] = f.Rank,
            ["grade"] = f.Grade,
            ["records"] = records,
        };

    private static JsonObject Of(ScorePart p) =>
        new()
        {
            ["indicator"] = p.Indicator.Code,
            ["key"] = p.Figure?.Key,
            ["value"] = p.Figure?.Value,
            ["base"] = p.Figure?.Base,
            ["points"] = p.Points,
            ["weight"] = p.Indicator.Weight,
        };

    private static JsonObject Of(BulletinRecord r) =>
        new()
        {
            ["kind"] = r.Kind,
            ["issue"] = r.Issue?.ToString(),
            ["point"] = r.Point,
            ["code"] = r.Code,
            ["title"] = r.Title,
            ["category_name"] = r.CategoryName,
            ["community_name"] = r.CommunityName,
            ["body_name"] = r.BodyName,
            ["state"] = r.State,
            ["state_name"] = r.StateName,
            ["started_at"] = Instant(r.StartedAt),
            ["due_at"] = Instant(r.DueAt),
            ["ended_at"] = Instant(r.EndedAt),
            ["days"] = r.Days,
            ["shift"] = r.Shift,
            ["expected"] = r.Expected,
            ["made"] = r.Made,
        };

    private static string? Instant(DateTime? utc) =>
        utc is { } at
            ? (at + BeijingTime.Offset).ToString(
                "yyyy-MM-dd'T'HH:mm:ss'+08:00'",
                CultureInfo.InvariantCulture
            )
            : null;
}
