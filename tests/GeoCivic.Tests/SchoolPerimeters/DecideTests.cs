using GeoCivic.SchoolPerimeters.Rules;
using static GeoCivic.SchoolPerimeters.Rules.RuleFrom;
using static GeoCivic.SchoolPerimeters.Rules.RuleHow;
using static GeoCivic.SchoolPerimeters.Rules.Verdict;
using static GeoCivic.Tests.SchoolPerimeters.SomeRule;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Every branch from distances to a verdict, by table.</summary>
public sealed class DecideTests
{
    // how, from, settled, campus, gate, main gate, gates, walking (null: not measured) → verdict, reason, decided by, disagrees
    [Theory]
    // the case of the dispute: 43 m straight, 110 m on foot, limit 50 m
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        43.0,
        60.0,
        null,
        2,
        110.0,
        Disputed,
        "metrics_disagree",
        43.0,
        true
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        43.0,
        60.0,
        null,
        2,
        110.0,
        Violating,
        "within_limit",
        43.0,
        true
    )]
    [InlineData(
        Walking,
        AnyGate,
        false,
        30.0,
        43.0,
        null,
        2,
        110.0,
        Disputed,
        "metrics_disagree",
        110.0,
        true
    )]
    [InlineData(
        Walking,
        AnyGate,
        true,
        30.0,
        43.0,
        null,
        2,
        110.0,
        Compliant,
        "beyond_limit",
        110.0,
        true
    )]
    // both agree
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        20.0,
        30.0,
        null,
        2,
        40.0,
        Violating,
        "within_limit",
        20.0,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        70.0,
        80.0,
        null,
        2,
        90.0,
        Compliant,
        "beyond_limit",
        70.0,
        false
    )]
    // walking not measured: the straight rule decides alone, the walking rule only what is beyond anyway
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        43.0,
        60.0,
        null,
        2,
        null,
        Violating,
        "other_not_measured",
        43.0,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        false,
        43.0,
        60.0,
        null,
        2,
        null,
        Compliant,
        "beyond_limit",
        60.0,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        false,
        43.0,
        45.0,
        null,
        2,
        null,
        ToBeSurveyed,
        "walking_not_measured",
        null,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        true,
        43.0,
        51.3,
        null,
        2,
        null,
        ToBeSurveyed,
        "walking_not_measured",
        null,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        true,
        51.5,
        null,
        null,
        0,
        null,
        Compliant,
        "beyond_limit",
        51.5,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        true,
        51.3,
        null,
        null,
        0,
        null,
        ToBeSurveyed,
        "no_gates",
        null,
        false
    )]
    // inside, or touching
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        0.0,
        30.0,
        null,
        2,
        35.0,
        Violating,
        "within_limit",
        0.0,
        false
    )]
    // within the uncertainty of the limit, on both sides, and just out of it
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        48.7,
        90.0,
        null,
        2,
        null,
        ToBeSurveyed,
        "within_uncertainty",
        48.7,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        51.3,
        90.0,
        null,
        2,
        null,
        ToBeSurveyed,
        "within_uncertainty",
        51.3,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        48.5,
        90.0,
        null,
        2,
        null,
        Violating,
        "within_limit",
        48.5,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        51.5,
        90.0,
        null,
        2,
        null,
        Compliant,
        "beyond_limit",
        51.5,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        50.5,
        90.0,
        null,
        2,
        120.0,
        ToBeSurveyed,
        "within_uncertainty",
        50.5,
        false
    )]
    // the other way is too close to the limit: open only where it could change the answer
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        30.0,
        45.0,
        null,
        2,
        49.5,
        ToBeSurveyed,
        "other_within_uncertainty",
        30.0,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        false,
        51.6,
        51.6,
        null,
        2,
        51.3,
        Compliant,
        "beyond_limit",
        51.6,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        false,
        30.0,
        49.5,
        null,
        2,
        70.0,
        ToBeSurveyed,
        "other_within_uncertainty",
        70.0,
        false
    )]
    [InlineData(
        Walking,
        AnyGate,
        false,
        30.0,
        48.8,
        null,
        2,
        48.5,
        Violating,
        "within_limit",
        48.5,
        false
    )]
    [InlineData(
        Straight,
        CampusBoundary,
        true,
        30.0,
        45.0,
        null,
        2,
        49.5,
        Violating,
        "within_limit",
        30.0,
        false
    )]
    // from gates
    [InlineData(
        Straight,
        AnyGate,
        false,
        10.0,
        45.0,
        null,
        2,
        null,
        Violating,
        "other_not_measured",
        45.0,
        false
    )]
    [InlineData(
        Straight,
        AnyGate,
        false,
        10.0,
        60.0,
        null,
        2,
        null,
        Compliant,
        "beyond_limit",
        60.0,
        false
    )]
    [InlineData(
        Straight,
        AnyGate,
        false,
        10.0,
        null,
        null,
        0,
        null,
        ToBeSurveyed,
        "no_gates",
        null,
        false
    )]
    [InlineData(
        Straight,
        AnyGate,
        false,
        51.3,
        null,
        null,
        0,
        null,
        ToBeSurveyed,
        "no_gates",
        null,
        false
    )]
    [InlineData(
        Straight,
        AnyGate,
        false,
        51.5,
        null,
        null,
        0,
        null,
        Compliant,
        "beyond_limit",
        51.5,
        false
    )]
    // from the main gate: flagged, the only one, none flagged
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        20.0,
        60.0,
        2,
        null,
        Compliant,
        "beyond_limit",
        60.0,
        false
    )]
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        20.0,
        40.0,
        2,
        null,
        Violating,
        "other_not_measured",
        40.0,
        false
    )]
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        20.0,
        null,
        1,
        null,
        Violating,
        "other_not_measured",
        20.0,
        false
    )]
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        20.0,
        null,
        2,
        null,
        ToBeSurveyed,
        "no_main_gate",
        null,
        false
    )]
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        51.5,
        null,
        2,
        null,
        Compliant,
        "beyond_limit",
        51.5,
        false
    )]
    [InlineData(
        Straight,
        MainGate,
        false,
        10.0,
        null,
        null,
        0,
        null,
        ToBeSurveyed,
        "no_gates",
        null,
        false
    )]
    public void Distances_give_a_verdict(
        RuleHow how,
        RuleFrom from,
        bool settled,
        double campus,
        double? gate,
        double? main,
        int gates,
        double? walking,
        Verdict verdict,
        string reason,
        double? by,
        bool disagrees
    )
    {
        var decision = Decide.By(
            Of(how: how, from: from, settled: settled),
            At(campus, gate, walking, main, gates),
            licence: null,
            Day
        );
        Assert.Equal(
            (verdict, reason, by, disagrees),
            (decision.Verdict, decision.Reason, decision.DecidingMetres, decision.Disagrees)
        );
        Assert.Equal(1.4, decision.UncertaintyMetres);
        Assert.Contains(reason, DecisionReason.All);
    }

    [Theory]
    [InlineData(true, 50.0, Violating)]
    [InlineData(false, 50.0, Compliant)]
    [InlineData(true, 50.0000001, Compliant)]
    [InlineData(false, 49.9999999, Violating)]
    public void Exactly_the_limit_is_inside_only_where_the_rule_says_so(
        bool inclusive,
        double metres,
        Verdict verdict
    ) =>
        Assert.Equal(
            verdict,
            Decide
                .By(
                    Of(inclusive: inclusive),
                    At(metres) with
                    {
                        CampusUncertainty = 0,
                    },
                    licence: null,
                    Day
                )
                .Verdict
        );

    [Fact]
    public void What_the_other_way_says_is_told_also_where_it_does_not_count()
    {
        var decision = Decide.By(Of(settled: true), At(43, 60, 110), licence: null, Day);
        Assert.Equal((Violating, (Verdict?)Compliant), (decision.Verdict, decision.OtherVerdict));
        Assert.Null(Decide.By(Of(), At(43, 60), licence: null, Day).OtherVerdict);
    }

    [Fact]
    public void A_campus_that_is_a_point_decides_nothing_near_a_small_limit()
    {
        var point = At(0) with { CampusUncertainty = 50.01, CampusIsPoint = true };
        Assert.Equal(ToBeSurveyed, Decide.By(Of(), point, licence: null, Day).Verdict);
        Assert.Equal(Violating, Decide.By(Of(200), point, licence: null, Day).Verdict);
    }

    // campus distance, licence from and until, rule's exception until → verdict, exempt until
    [Theory]
    [InlineData(20, "2020-01-01", "2027-06-30", null, Exempt, "2027-06-30")]
    [InlineData(20, "2020-01-01", "2027-06-30", "2026-12-31", Exempt, "2026-12-31")]
    [InlineData(20, "2020-01-01", "2026-11-30", "2026-12-31", Exempt, "2026-11-30")]
    [InlineData(20, "2020-01-01", "2026-11-22", null, Exempt, "2026-11-22")] // the last day counts
    [InlineData(20, "2020-01-01", "2026-11-21", null, Violating, null)] // expired yesterday
    [InlineData(20, "2020-01-01", "2027-06-30", "2026-11-21", Violating, null)] // the exception is over
    [InlineData(20, "2020-01-01", null, "2026-12-31", Exempt, "2026-12-31")]
    [InlineData(20, "2020-01-01", null, null, Exempt, null)]
    [InlineData(20, "2023-07-31", "2027-06-30", null, Exempt, "2027-06-30")]
    [InlineData(20, "2023-08-01", "2027-06-30", null, Violating, null)] // licensed on the day, not before it
    [InlineData(20, null, "2027-06-30", null, Violating, null)] // when it was licensed is not known
    [InlineData(50.5, "2020-01-01", "2027-06-30", null, Exempt, "2027-06-30")] // nothing to survey while exempt
    [InlineData(80, "2020-01-01", "2027-06-30", null, Compliant, null)] // nothing to be exempt from
    public void An_older_licence_runs_on(
        double campus,
        string? from,
        string? until,
        string? exception,
        Verdict verdict,
        string? exemptUntil
    )
    {
        var rule = Of() with
        {
            LicensedBefore = new DateOnly(2023, 8, 1),
            ExemptUntil = Parse(exception),
            ValidFrom = new DateOnly(2023, 8, 1),
        };
        var decision = Decide.By(rule, At(campus), new Licence(Parse(from), Parse(until)), Day);
        Assert.Equal((verdict, Parse(exemptUntil)), (decision.Verdict, decision.ExemptUntil));
        Assert.Equal(Parse(from) < rule.ValidFrom, decision.PreExisting);
        Assert.Equal(verdict == Exempt, decision.Reason == DecisionReason.LicensedBefore);
    }

    [Fact]
    public void Without_an_exception_an_older_licence_is_only_shown()
    {
        var decision = Decide.By(
            Of() with
            {
                ValidFrom = new DateOnly(2023, 8, 1),
            },
            At(20),
            new Licence(new DateOnly(2020, 1, 1), null),
            Day
        );
        Assert.Equal(
            (Violating, true, "valid"),
            (decision.Verdict, decision.PreExisting, decision.LicenceState)
        );
    }

    [Theory]
    [InlineData(null, null, "unknown")]
    [InlineData("2020-01-01", null, "valid")]
    [InlineData(null, "2026-11-22", "valid")]
    [InlineData("2020-01-01", "2026-11-21", "expired")]
    [InlineData("2026-11-23", "2027-11-22", "not_yet")]
    [InlineData("2026-11-22", null, "valid")]
    public void A_licence_has_a_state(string? from, string? until, string state) =>
        Assert.Equal(state, Decide.StateOf(new Licence(Parse(from), Parse(until)), Day));

    private static DateOnly? Parse(string? day) =>
        day is null
            ? null
            : DateOnly.ParseExact(
                day,
                "yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture
            );
}
