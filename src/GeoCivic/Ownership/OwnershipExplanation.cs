using System.Text.Json.Nodes;
using GeoCivic.Geography;

namespace GeoCivic.Ownership;

/// <summary>Says in plain words why a place belongs where it does and why this body answers for it.</summary>
internal static class OwnershipExplanation
{
    /// <summary>Explains an answer.</summary>
    /// <param name="place">Where the place belongs.</param>
    /// <param name="category">The category asked about; null: none.</param>
    /// <param name="who">The answer of <c>answers.sql</c>.</param>
    public static PlaceExplanation For(Place place, string? category, JsonObject who)
    {
        var where = PlaceExplanation.For(place);
        if (who["responsible"] is not JsonObject responsible)
        {
            return category is null
                ? where
                : new PlaceExplanation(
                    $"{where.Zh}类别“{Text(who["categoryName"]) ?? category}”在此没有生效的牵头职责，属无主，请在职责表中补充。",
                    $"{where.En} No lead duty in force reaches this place for {Text(who["categoryNameEn"]) ?? category}: nobody owns it. Add a duty."
                );
        }

        var duty = responsible["duty"]!.AsObject();
        return new PlaceExplanation(
            $"{where.Zh}{Chinese(responsible, duty, who, category)}",
            $"{where.En} {English(responsible, duty, who, category)}"
        );
    }

    private static string Chinese(
        JsonObject responsible,
        JsonObject duty,
        JsonObject who,
        string? category
    )
    {
        var what = category is null ? "各类问题" : $"类别“{Text(who["categoryName"]) ?? category}”";
        var level = Text(duty["level"]) switch
        {
            "grid" => "网格",
            "community" => "社区",
            _ => "街道",
        };
        var since = Text(duty["from"]) is { } from ? $"，{from} 起" : "";
        var until = Text(duty["to"]) is { } to ? $"至 {to}" : "";
        var fallback =
            category is not null && duty["category"] is null
                ? "该类别没有专门职责，适用全部类别的职责。"
                : "";
        var leader = Text(responsible["leader_role"]) is { } title ? $"责任领导：{title}。" : "";
        var cooperating = Names(responsible["cooperating"], "、");
        var tie = responsible["tie"]!.GetValue<bool>()
            ? $"注意：{string.Join("、", Rivals(responsible))} 以同级、同日生效的职责同时牵头，暂按职责编号在前者认定，请明确。"
            : "";
        return $"{what}由 {Text(responsible["lead"]!["name"])} 牵头，依据职责 {Text(duty["code"])}（{level}级：{Text(duty["areaName"])}{since}{until}）。"
            + fallback
            + "认定规则：本类别优先于全部类别，网格优先于社区、社区优先于街道，同级取最近生效。"
            + leader
            + (cooperating.Length > 0 ? $"配合：{cooperating}。" : "")
            + tie;
    }

    private static string English(
        JsonObject responsible,
        JsonObject duty,
        JsonObject who,
        string? category
    )
    {
        var what = category is null
            ? "Problems of every kind"
            : Text(who["categoryNameEn"]) ?? category;
        var since = Text(duty["from"]) is { } from ? $", since {from}" : "";
        var until = Text(duty["to"]) is { } to ? $", until {to}" : "";
        var fallback =
            category is not null && duty["category"] is null
                ? " No duty names this category, so the one for every category holds."
                : "";
        var leader = Text(responsible["leader_role"]) is { } title ? $" Leader: {title}." : "";
        var cooperating = Names(responsible["cooperating"], ", ");
        var tie = responsible["tie"]!.GetValue<bool>()
            ? $" Attention: {string.Join(" and ", Rivals(responsible))} lead with duties of the same level and day; the first code was taken. Please decide."
            : "";
        return $"{what}: {Text(responsible["lead"]!["name"])} leads by duty {Text(duty["code"])} ({Text(duty["level"])} {Text(duty["areaName"])}{since}{until})."
            + fallback
            + " A duty of the category goes before one for every category, a grid before a community before the street, then the latest start."
            + leader
            + (cooperating.Length > 0 ? $" Cooperating: {cooperating}." : "")
            + tie;
    }

    private static string Names(JsonNode? bodies, string separator) =>
        string.Join(separator, bodies!.AsArray().Select(b => Text(b!["name"])));

    private static IEnumerable<string?> Rivals(JsonObject responsible) =>
        responsible["rivals"]!.AsArray().Select(Text);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
