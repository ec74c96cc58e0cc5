using GeoCivic.SchoolPerimeters.Rules;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>A column of the compliance table: a member in JSON, a column with a Chinese header in tables, or both.</summary>
/// <param name="Name">Member in JSON; null: only in tables.</param>
/// <param name="Header">Header in tables; null: only in JSON.</param>
/// <param name="Value">Null, text, <see cref="double"/>, <see cref="bool"/> or <see cref="DateOnly"/>.</param>
/// <param name="Width">Width on a sheet, in characters.</param>
internal sealed record ComplianceColumn(
    string? Name,
    string? Header,
    Func<ComplianceCell, object?> Value,
    double Width = 10
)
{
    /// <summary>All columns in order; the two of the place come last, as tables expect them.</summary>
    public static readonly IReadOnlyList<ComplianceColumn> All =
    [
        new("school", "学校编码", c => c.Row.School.Code),
        new("school_name", "学校", c => c.Row.School.Name, 22),
        new("school_kind", null, c => c.Row.School.Kind),
        new(null, "学段", c => Words.SchoolKind(c.Row.School.Kind)),
        new("venue", "场所编码", c => c.Row.Venue.Code),
        new("venue_name", "场所", c => c.Row.Venue.Name, 22),
        new("category_name", "类别", c => c.CategoryName, 14),
        new("verdict", null, c => c.Row.Decision.Verdict.ToName()),
        new(null, "结论", c => Words.Verdict(c.Row.Decision.Verdict)),
        new("reason", "理由代码", c => c.Row.Decision.Reason, 18),
        new("rule_name", "规则", c => c.Row.Rule.Name, 30),
        new("limit_m", "限距（米）", c => c.Row.Rule.Metres),
        new("inclusive", "含限距", c => c.Row.Rule.Inclusive),
        new("from", null, c => c.Row.Rule.From.ToName()),
        new(null, "起算", c => Words.From(c.Row.Rule.From)),
        new("how", null, c => c.Row.Rule.How.ToName()),
        new(null, "量法", c => Words.How(c.Row.Rule.How)),
        new("settled", "量法已明确", c => c.Row.Rule.MethodSettled),
        new("straight_m", "直线距离（米）", c => Metres(c.Measured.CampusMetres), 13),
        new("gate_m", "距最近校门（米）", c => Metres(c.Measured.GateMetres), 13),
        new("gate", "最近校门", c => c.Row.Distances.Gate),
        new("walking_m", "步行距离（米）", c => Metres(c.Measured.WalkingMetres), 13),
        new("walking_gate", "步行起点", c => c.Row.Distances.WalkingGate),
        new("walking", null, c => c.Row.Distances.Walking),
        new(null, "步行测量", c => Words.Walking(c.Row.Distances.Walking)),
        new("measured_m", "判定距离（米）", c => Metres(c.Row.Decision.DecidingMetres), 13),
        new("uncertainty_m", "不确定度（米）", c => Metres(c.Row.Decision.UncertaintyMetres), 13),
        new("disagrees", "量法不一致", c => c.Row.Decision.Disagrees),
        new("other_verdict", null, c => c.Row.Decision.OtherVerdict?.ToName()),
        new(
            null,
            "另一量法结论",
            c => c.Row.Decision.OtherVerdict is { } other ? Words.Verdict(other) : null
        ),
        new("licensed_from", "许可起始", c => c.Row.Venue.LicensedFrom, 12),
        new("licensed_until", "许可截止", c => c.Row.Venue.LicensedUntil, 12),
        new("licence", null, c => c.Row.Decision.LicenceState),
        new(null, "许可状态", c => Words.Licence(c.Row.Decision.LicenceState)),
        new("exempt_until", "豁免至", c => c.Row.Decision.ExemptUntil, 12),
        new("pre_existing", "先于规则", c => c.Row.Decision.PreExisting),
        new(
            null,
            "依据",
            c => $"{c.Row.Rule.Citation.Text} {c.Row.Rule.Citation.Article}".Trim(),
            40
        ),
        new(null, "依据链接", c => c.Row.Rule.Citation.Link, 30),
        new("certainty", null, c => c.Row.Rule.Certainty),
        new(null, "把握程度", c => Words.Certainty(c.Row.Rule.Certainty)),
        new("school_street", "学校街道代码", c => c.Row.School.Street, 14),
        new("neighbour", "邻街学校", c => !c.Row.School.Own),
        new("street", "场所街道代码", c => c.Row.Venue.Street, 14),
        new("category", "类别代码", c => c.Row.Venue.Category, 16),
        new("rule", "规则编号", c => c.Row.Rule.Id, 24),
        new("pack", "规则包", c => c.Row.Rule.Pack),
        new("pack_version", "规则包版本", c => c.Row.Rule.PackVersion),
        new("lon", "经度", c => Degrees(c.Place.X), 13),
        new("lat", "纬度", c => Degrees(c.Place.Y), 13),
    ];

    /// <summary>Distances are given to the millimetre, which is what they are computed to.</summary>
    internal static double? Metres(double? metres) =>
        metres is { } m ? Math.Round(m, 3, MidpointRounding.AwayFromZero) : null;

    private static object Degrees(double degrees) => Math.Round(degrees, 7);
}

/// <summary>A row with what its cells need besides.</summary>
/// <param name="Row">The row.</param>
/// <param name="CategoryName">Name of the venue's category.</param>
internal sealed record ComplianceCell(ComplianceRow Row, string CategoryName)
{
    /// <summary>What was measured.</summary>
    public Measured Measured => Row.Distances.Measured;

    /// <summary>A place of the venue: itself, or one inside its area.</summary>
    public Point Place { get; } = Row.Venue.Place as Point ?? Row.Venue.Place.InteriorPoint;
}
