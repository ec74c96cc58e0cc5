using System.Globalization;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Says in words what was found of a place.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record CheckExplanation(string Zh, string En)
{
    private const int MostRows = 3;

    /// <summary>Words for an answer.</summary>
    public static CheckExplanation For(PlaceAnswer answer)
    {
        var (zh, en) = answer.Verdict switch
        {
            null => (
                $"现行规则没有涉及{answer.Category.Name}的，不作结论。",
                $"No rule in force covers {answer.Category.NameEn}; nothing is decided."
            ),
            Verdict.Compliant when answer.Deciding.Count == 0 => (
                "可以设置：附近没有受规则保护的学校。",
                "Allowed: no protected school is near."
            ),
            Verdict.Compliant => ("可以设置：", "Allowed: "),
            Verdict.Violating => ("不可设置：", "Not allowed: "),
            Verdict.Disputed => ("有争议：", "Disputed: "),
            _ => ("待实测：", "To be surveyed: "),
        };
        var rows = answer.Deciding.Take(MostRows).Select(Words).ToList();
        zh += string.Join("；", rows.Select(row => row.Zh));
        en += string.Join("; ", rows.Select(row => row.En));
        if (rows.Count > 0)
        {
            zh += "。";
            en += ".";
        }

        if (answer.NearestAllowed is { } nearest)
        {
            zh += $"最近可以设置的地点在 {Round(nearest.Metres)} 米处。";
            en +=
                $" The nearest place where it would be allowed is {Round(nearest.Metres)} m away.";
        }

        return new CheckExplanation(zh, en);
    }

    private static CheckExplanation Words(ComplianceRow row)
    {
        var measured = row.Distances.Measured;
        var limit = Round(row.Rule.Metres);
        var (zh, en) = (
            $"距{row.School.Name}边界直线 {Round(measured.CampusMetres)} 米",
            $"{Round(measured.CampusMetres)} m in a straight line from the boundary of {row.School.Name}"
        );
        if (row.Rule.From != RuleFrom.CampusBoundary && measured.GateMetres is { } gate)
        {
            zh += $"，距最近校门 {Round(gate)} 米";
            en += $", {Round(gate)} m from its nearest gate";
        }

        if (measured.WalkingMetres is { } walking)
        {
            zh += $"，步行 {Round(walking)} 米";
            en += $", {Round(walking)} m on foot";
        }

        var reason = row.Decision.Reason switch
        {
            DecisionReason.MetricsDisagree => (
                "两种量法结论不一",
                "the two ways of measuring disagree"
            ),
            DecisionReason.WithinUncertainty or DecisionReason.OtherWithinUncertainty => (
                $"与限距之差小于不确定度 {Round(row.Decision.UncertaintyMetres)} 米",
                $"closer to the limit than the uncertainty of {Round(row.Decision.UncertaintyMetres)} m"
            ),
            DecisionReason.OtherNotMeasured => (
                "步行距离未知",
                "the distance on foot is not known"
            ),
            DecisionReason.NoGates => ("学校没有校门数据", "the school has no gates on the map"),
            DecisionReason.NoMainGate => ("未标明正门", "no main gate is flagged"),
            DecisionReason.WalkingNotMeasured => ("没有步行路网或通路", "no way on foot is known"),
            _ => (null, null),
        };
        return new CheckExplanation(
            $"{zh}（{row.Rule.Name}，限 {limit} 米{(reason.Item1 is null ? "" : $"，{reason.Item1}")}）",
            $"{en} ({row.Rule.NameEn}, limit {limit} m{(reason.Item2 is null ? "" : $", {reason.Item2}")})"
        );
    }

    private static string Round(double metres) =>
        metres.ToString("0.#", CultureInfo.InvariantCulture);
}
