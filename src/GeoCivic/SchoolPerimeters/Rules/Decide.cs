namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>
/// Turns distances into a verdict. The metric that the rule names decides. Where no statute or official reply settles the
/// method, both ways count, and a place where they disagree is disputed.
/// </summary>
/// <remarks>
/// Settled methods: 文市函〔2003〕560号 for internet cafés (any point of the campus boundary, straight line outward), the
/// 2023 measure of Guangdong (gate to gate on foot). The case behind "disputed" is 43 m straight against 110 m on foot
/// under a limit of 50 m. That a result within its uncertainty of the limit decides nothing follows ISO 14253-1's rule
/// for proving conformity. Walking is never shorter than the straight line, which is all that is inferred here.
/// </remarks>
public static class Decide
{
    /// <summary>The verdict of one rule.</summary>
    /// <param name="rule">A rule that covers the school's kind and the venue's category.</param>
    /// <param name="measured">The distances.</param>
    /// <param name="licence">The venue's licence; null where nothing is known, or for a place that is only asked about.</param>
    /// <param name="on">Beijing day of the verdict.</param>
    public static Decision By(PerimeterRule rule, Measured measured, Licence? licence, DateOnly on)
    {
        var straight = Straight(rule, measured);
        var walking = measured.WalkingMetres is { } metres
            ? Judge(rule, metres, measured.WalkingUncertainty ?? 0)
            : null;
        var own = rule.How == RuleHow.Straight ? straight : walking ?? NotWalked(rule, measured);
        var other = rule.How == RuleHow.Straight ? walking : straight;
        var opposed =
            other is not null
            && own.Verdict != other.Verdict
            && own.Verdict != Verdict.ToBeSurveyed
            && other.Verdict != Verdict.ToBeSurveyed;
        var decided =
            rule.MethodSettled ? own
            : other is null ? Alone(own)
            : Both(rule, own, other, opposed);
        var exempt =
            decided.Verdict != Verdict.Compliant && IsExempt(rule, licence, on)
                ? decided with
                {
                    Verdict = Verdict.Exempt,
                    Reason = DecisionReason.LicensedBefore,
                }
                : null;
        var final = exempt ?? decided;
        return new Decision(
            final.Verdict,
            final.Reason,
            final.Metres,
            final.Uncertainty,
            opposed,
            other?.Verdict,
            exempt is null ? null : Earlier(licence!.Until, rule.ExemptUntil),
            licence?.From < rule.ValidFrom,
            StateOf(licence, on)
        );
    }

    /// <summary><c>valid</c>, <c>expired</c>, <c>not_yet</c> or <c>unknown</c>. The last day still counts.</summary>
    public static string StateOf(Licence? licence, DateOnly on) =>
        licence switch
        {
            null or { From: null, Until: null } => "unknown",
            { Until: { } until } when until < on => "expired",
            { From: { } from } when on < from => "not_yet",
            _ => "valid",
        };

    private static Finding Straight(PerimeterRule rule, Measured measured)
    {
        if (rule.From == RuleFrom.CampusBoundary)
        {
            return Judge(rule, measured.CampusMetres, measured.CampusUncertainty);
        }

        if (measured.Gates == 0 || measured.GateMetres is null)
        {
            // Gates are in the wall, so what is beyond the limit from the campus is so from any gate.
            return BeyondOr(
                DecisionReason.NoGates,
                rule,
                measured.CampusMetres,
                measured.CampusUncertainty
            );
        }

        var gate = measured.GateMetres.Value;
        var uncertainty = measured.GateUncertainty ?? 0;
        if (rule.From == RuleFrom.AnyGate || measured.Gates == 1)
        {
            return Judge(rule, gate, uncertainty);
        }

        return measured.MainGateMetres is { } main
            ? Judge(rule, main, measured.MainGateUncertainty ?? uncertainty)
            : BeyondOr(DecisionReason.NoMainGate, rule, gate, uncertainty);
    }

    // A way on foot is at least as long as the straight line from the nearest gate, or from the campus.
    private static Finding NotWalked(PerimeterRule rule, Measured measured) =>
        measured is { Gates: > 0, GateMetres: { } gate }
            ? BeyondOr(DecisionReason.WalkingNotMeasured, rule, gate, measured.GateUncertainty ?? 0)
            : BeyondOr(
                DecisionReason.NoGates,
                rule,
                measured.CampusMetres,
                measured.CampusUncertainty
            );

    // No text settles the method, and the way on foot is not known: what is beyond in a straight line is so on foot, but
    // whether what is within is disputed stays open, and the reason says so.
    private static Finding Alone(Finding own) =>
        own.Verdict == Verdict.Violating
            ? own with
            {
                Reason = DecisionReason.OtherNotMeasured,
            }
            : own;

    private static Finding Both(PerimeterRule rule, Finding own, Finding other, bool opposed)
    {
        if (opposed)
        {
            return own with { Verdict = Verdict.Disputed, Reason = DecisionReason.MetricsDisagree };
        }

        // Beyond by the shorter way is beyond by both, within by the longer way is within by both; else what the other
        // way says is open, and with it whether there is a dispute.
        var known = rule.How == RuleHow.Straight ? Verdict.Compliant : Verdict.Violating;
        return
            own.Verdict == other.Verdict
            || own.Verdict == Verdict.ToBeSurveyed
            || own.Verdict == known
            ? own
            : own with
            {
                Verdict = Verdict.ToBeSurveyed,
                Reason = DecisionReason.OtherWithinUncertainty,
            };
    }

    private static Finding Judge(PerimeterRule rule, double metres, double uncertainty)
    {
        if (Math.Abs(metres - rule.Metres) < uncertainty)
        {
            return new(Verdict.ToBeSurveyed, DecisionReason.WithinUncertainty, metres, uncertainty);
        }

        var within = rule.Inclusive ? metres <= rule.Metres : metres < rule.Metres;
        return within
            ? new(Verdict.Violating, DecisionReason.WithinLimit, metres, uncertainty)
            : new(Verdict.Compliant, DecisionReason.BeyondLimit, metres, uncertainty);
    }

    private static Finding BeyondOr(
        string reason,
        PerimeterRule rule,
        double atLeast,
        double uncertainty
    ) =>
        atLeast > rule.Metres + uncertainty
            ? new(Verdict.Compliant, DecisionReason.BeyondLimit, atLeast, uncertainty)
            : new(Verdict.ToBeSurveyed, reason, null, uncertainty);

    private static bool IsExempt(PerimeterRule rule, Licence? licence, DateOnly on) =>
        rule.LicensedBefore is { } before
        && licence?.From < before
        && StateOf(licence, on) == "valid"
        && (rule.ExemptUntil is not { } until || on <= until);

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b ?? a : a;

    private sealed record Finding(
        Verdict Verdict,
        string Reason,
        double? Metres,
        double Uncertainty
    );
}
