using System.Globalization;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>The evidence in sentences, Chinese and English.</summary>
internal static class EvidenceWords
{
    /// <summary>A sentence for each rule, or one that says that none covers the two.</summary>
    public static IReadOnlyList<string> Chinese(EvidenceSheet sheet) =>
        sheet.Rows.Count == 0
            ? [$"对“{sheet.CategoryName}”没有适用的距离规定，不作合规结论。"]
            : [.. sheet.Rows.Select(Chinese)];

    /// <summary>The same in English.</summary>
    public static IReadOnlyList<string> English(EvidenceSheet sheet) =>
        sheet.Rows.Count == 0
            ?
            [
                "No rule in force covers this kind of school and venue; nothing is said about compliance.",
            ]
            : [.. sheet.Rows.Select(English)];

    /// <summary>How far it is on foot.</summary>
    public static string ChineseWalk(EvidenceSheet sheet) =>
        sheet.Walking switch
        {
            "measured" =>
                $"步行 {Metres(sheet.Route!.Metres)} 米（自 {sheet.Route.Gate}，其中校门至道路 {Metres(sheet.Route.GateSnapMetres)} 米，道路至门口 {Metres(sheet.Route.DoorSnapMetres)} 米）",
            "no_path" =>
                "步行：距离未知，路网中无通路（校门、门口至道路的连线不超过50米且不穿越校园）",
            _ => "步行：距离未知，未测（无校门或无路网）",
        };

    /// <summary>The same in English.</summary>
    public static string EnglishWalk(EvidenceSheet sheet) =>
        sheet.Walking switch
        {
            "measured" =>
                $"On foot {Metres(sheet.Route!.Metres)} m from {sheet.Route.Gate}, of which {Metres(sheet.Route.GateSnapMetres)} m from the gate to a way and {Metres(sheet.Route.DoorSnapMetres)} m from a way to the door",
            "no_path" =>
                "On foot: not known, the network has no way (legs between a gate or door and the ways are at most 50 m and do not cut across the campus)",
            _ => "On foot: not known, not measured (no gates or no network)",
        };

    public static string Metres(double metres) =>
        metres.ToString("F2", CultureInfo.InvariantCulture);

    public static string English(Verdict verdict) =>
        verdict switch
        {
            Verdict.Compliant => "compliant",
            Verdict.Violating => "violating",
            Verdict.Disputed => "disputed",
            Verdict.Exempt => "exempt",
            _ => "to be surveyed",
        };

    public static string EnglishMethod(PerimeterRule rule) =>
        $"{(rule.How == RuleHow.Walking ? "on foot" : "in a straight line")} from {rule.From switch
        {
            RuleFrom.CampusBoundary => "the campus boundary",
            RuleFrom.MainGate => "the main gate",
            _ => "any gate",
        }}";

    private static string Chinese(ComplianceRow row)
    {
        var (rule, decision) = (row.Rule, row.Decision);
        var limit =
            $"{rule.Metres.ToString(CultureInfo.InvariantCulture)} 米（{(rule.Inclusive ? "含" : "不含")}本数）";
        var found = decision.DecidingMetres is { } metres
            ? $"实得 {Metres(metres)} 米，不确定度 {Metres(decision.UncertaintyMetres)} 米"
            : "未能量得";
        var until = decision.ExemptUntil is { } day ? $"至 {day:yyyy-MM-dd}" : "";
        return $"{rule.Name}：{Words.Verdict(decision.Verdict)}{until}。自{Words.From(rule.From)}{Words.How(rule.How)}量算，限 {limit}，{found}；{Reason(decision.Reason)}。"
            + (
                rule.MethodSettled ? "量法由规定或批复确定。"
                : IsWalked(row) ? "量法未有定论，两种距离并列。"
                : IsBeyond(row)
                    ? $"量法未有定论；步行距离未知（{Unwalked(row)}），但步行不短于直线。"
                : $"量法未有定论，而步行距离未知（{Unwalked(row)}），步行量法的结论未知。"
            );
    }

    private static string English(ComplianceRow row)
    {
        var (rule, decision) = (row.Rule, row.Decision);
        var found = decision.DecidingMetres is { } metres
            ? $"{Metres(metres)} m was found, uncertain by {Metres(decision.UncertaintyMetres)} m"
            : "no distance could be had";
        var until = decision.ExemptUntil is { } day ? $" until {day:yyyy-MM-dd}" : "";
        return $"{rule.NameEn}: {English(decision.Verdict)}{until}. Measured {EnglishMethod(rule)}, limit {rule.Metres.ToString(CultureInfo.InvariantCulture)} m ({(rule.Inclusive ? "inclusive" : "exclusive")}); {found}; {EnglishReason(decision.Reason)}."
            + (
                rule.MethodSettled ? " A text settles the method."
                : IsWalked(row) ? " No text settles the method, so both distances stand."
                : IsBeyond(row)
                    ? $" No text settles the method; how far it is on foot is not known ({EnglishUnwalked(row)}), but never less than the straight line."
                : $" No text settles the method, and how far it is on foot is not known ({EnglishUnwalked(row)}), nor what that would say."
            );
    }

    private static bool IsWalked(ComplianceRow row) =>
        row.Distances.Measured.WalkingMetres is not null;

    private static string Unwalked(ComplianceRow row) =>
        row.Distances.Walking == "no_path" ? "路网中无通路" : "未测";

    private static string EnglishUnwalked(ComplianceRow row) =>
        row.Distances.Walking == "no_path" ? "no way in the network" : "not measured";

    // From the main gate only: a walk from another gate may be shorter.
    private static bool IsBeyond(ComplianceRow row) =>
        row.Decision.Reason == DecisionReason.BeyondLimit && row.Rule.From != RuleFrom.MainGate;

    private static string Reason(string reason) =>
        reason switch
        {
            DecisionReason.WithinLimit => "在限距以内",
            DecisionReason.BeyondLimit => "在限距以外",
            DecisionReason.WithinUncertainty => "与限距之差小于不确定度，须实测",
            DecisionReason.OtherWithinUncertainty => "另一量法与限距之差小于不确定度，须实测",
            DecisionReason.OtherNotMeasured => "直线在限距以内，步行距离未知，有无争议未定",
            DecisionReason.MetricsDisagree => "直线与步行两种量法结论不一",
            DecisionReason.NoGates => "规定自校门量算，而图上无校门",
            DecisionReason.NoMainGate => "规定自正门量算，而未标明正门",
            DecisionReason.WalkingNotMeasured => "规定按步行量算，而步行距离未测得",
            DecisionReason.LicensedBefore => "许可早于规定，依规定可至期满",
            _ => reason,
        };

    private static string EnglishReason(string reason) =>
        reason switch
        {
            DecisionReason.WithinLimit => "within the limit",
            DecisionReason.BeyondLimit => "beyond the limit",
            DecisionReason.WithinUncertainty =>
                "closer to the limit than the uncertainty, to be measured on the ground",
            DecisionReason.OtherWithinUncertainty =>
                "by the other method closer to the limit than the uncertainty, to be measured on the ground",
            DecisionReason.OtherNotMeasured =>
                "within the limit in a straight line; the way on foot is not known, so that it may be disputed",
            DecisionReason.MetricsDisagree =>
                "the straight line and the way on foot say different things",
            DecisionReason.NoGates => "the rule measures from a gate, and none is mapped",
            DecisionReason.NoMainGate =>
                "the rule measures from the main gate, and none is flagged",
            DecisionReason.WalkingNotMeasured =>
                "the rule measures on foot, and no way was measured",
            DecisionReason.LicensedBefore => "the licence is older than the rule and may run out",
            _ => reason,
        };
}
