using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>The Chinese words of the compliance table for what is a code in JSON.</summary>
internal static class Words
{
    public static string Verdict(Verdict verdict) =>
        verdict switch
        {
            Rules.Verdict.Compliant => "合规",
            Rules.Verdict.Violating => "违规",
            Rules.Verdict.Disputed => "争议",
            Rules.Verdict.Exempt => "豁免",
            _ => "待实测",
        };

    public static string SchoolKind(string kind) =>
        kind switch
        {
            "kindergarten" => "幼儿园",
            "primary" => "小学",
            "secondary" => "中学",
            "vocational" => "职业学校",
            "special" => "特殊教育学校",
            _ => kind,
        };

    public static string From(RuleFrom from) =>
        from switch
        {
            RuleFrom.CampusBoundary => "校园边界",
            RuleFrom.MainGate => "正门",
            _ => "任一校门",
        };

    public static string How(RuleHow how) => how == RuleHow.Walking ? "步行" : "直线";

    public static string Walking(string state) =>
        state switch
        {
            "measured" => "已测",
            "no_path" => "无通路",
            _ => "未测",
        };

    public static string Licence(string state) =>
        state switch
        {
            "valid" => "有效",
            "expired" => "已过期",
            "not_yet" => "未生效",
            _ => "不详",
        };

    public static string Certainty(string certainty) =>
        certainty switch
        {
            "high" => "高",
            "medium" => "中",
            _ => "低",
        };
}
