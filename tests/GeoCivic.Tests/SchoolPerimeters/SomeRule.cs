using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Rules made up for tests.</summary>
internal static class SomeRule
{
    internal static readonly DateOnly Day = new(2026, 11, 22);

    /// <summary>50 m, straight from the campus boundary, inclusive, not settled, for internet cafés near primary schools.</summary>
    internal static PerimeterRule Of(
        double metres = 50,
        RuleFrom from = RuleFrom.CampusBoundary,
        RuleHow how = RuleHow.Straight,
        bool settled = false,
        bool inclusive = true
    ) =>
        new(
            "test",
            "1",
            "test.rule",
            "规则",
            "Rule",
            "50",
            ["primary"],
            ["internet_cafe"],
            [],
            metres,
            inclusive,
            from,
            how,
            settled,
            LicensedBefore: null,
            ExemptUntil: null,
            ValidFrom: null,
            ValidUntil: null,
            new Citation("文字", null, "第一条", null, null, Verified: false),
            "high"
        );

    /// <summary>Distances with an uncertainty of 1.4 m each; 2 gates, none the main one.</summary>
    internal static Measured At(
        double campus,
        double? gate = null,
        double? walking = null,
        double? main = null,
        int? gates = null
    ) =>
        new(
            campus,
            1.4,
            gate,
            gate is null ? null : 1.4,
            main,
            CampusIsPoint: false,
            gates ?? (gate is null ? 0 : 2),
            walking,
            walking is null ? null : 1.4,
            NetworkLoaded: walking is not null
        );
}
