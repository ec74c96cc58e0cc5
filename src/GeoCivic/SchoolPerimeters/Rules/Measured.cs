namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>What was measured between a school and a venue. Distances and uncertainties are metres.</summary>
/// <remarks>
/// Uncertainties combine the accuracy classes of both ends, and of the ways for walking, as independent standard
/// uncertainties: u = √(u₁² + u₂² + …) (JCGM 100:2008, GUM, 5.1.2).
/// </remarks>
/// <param name="CampusMetres">Straight line from the campus; 0 inside or touching.</param>
/// <param name="CampusUncertainty">Its uncertainty.</param>
/// <param name="GateMetres">Straight line from the nearest gate; null without gates.</param>
/// <param name="GateUncertainty">Its uncertainty.</param>
/// <param name="MainGateMetres">Straight line from the main gate; null where none is flagged.</param>
/// <param name="CampusIsPoint">Whether the campus is mapped as a point only.</param>
/// <param name="Gates">How many gates the school has.</param>
/// <param name="WalkingMetres">Shortest way on foot from a gate to the door; null where it was not measured.</param>
/// <param name="WalkingUncertainty">Its uncertainty.</param>
/// <param name="NetworkLoaded">Whether there is a walking network there.</param>
public sealed record Measured(
    double CampusMetres,
    double CampusUncertainty,
    double? GateMetres,
    double? GateUncertainty,
    double? MainGateMetres,
    bool CampusIsPoint,
    int Gates,
    double? WalkingMetres,
    double? WalkingUncertainty,
    bool NetworkLoaded
)
{
    /// <summary>Uncertainty of <see cref="MainGateMetres"/>, where it differs from that of the nearest gate.</summary>
    public double? MainGateUncertainty { get; init; }
}

/// <summary>The days of a venue's licence.</summary>
/// <param name="From">First day; null when not known.</param>
/// <param name="Until">Last day; null when not known, or when it has none.</param>
public sealed record Licence(DateOnly? From, DateOnly? Until);

/// <summary>What a rule says about a school and a venue, and why.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Code of <see cref="DecisionReason"/>.</param>
/// <param name="DecidingMetres">The distance that decided, metres; null where none was there.</param>
/// <param name="UncertaintyMetres">Its uncertainty, metres.</param>
/// <param name="Disagrees">Whether the other way of measuring would say the opposite.</param>
/// <param name="OtherVerdict">What the other way of measuring says; null where it was not measured.</param>
/// <param name="ExemptUntil">Last day of the exemption.</param>
/// <param name="PreExisting">Whether the licence is older than the rule.</param>
/// <param name="LicenceState"><c>valid</c>, <c>expired</c>, <c>not_yet</c> or <c>unknown</c>.</param>
public sealed record Decision(
    Verdict Verdict,
    string Reason,
    double? DecidingMetres,
    double UncertaintyMetres,
    bool Disagrees,
    Verdict? OtherVerdict,
    DateOnly? ExemptUntil,
    bool PreExisting,
    string LicenceState
);

/// <summary>Why a verdict is as it is.</summary>
public static class DecisionReason
{
    /// <summary>Nearer than the limit.</summary>
    public const string WithinLimit = "within_limit";

    /// <summary>Farther than the limit.</summary>
    public const string BeyondLimit = "beyond_limit";

    /// <summary>Closer to the limit than the uncertainty.</summary>
    public const string WithinUncertainty = "within_uncertainty";

    /// <summary>The rule's own way decides, but the other one, which nothing rules out, is too close to the limit.</summary>
    public const string OtherWithinUncertainty = "other_within_uncertainty";

    /// <summary>
    /// Nearer than the limit in a straight line; how far it is on foot is not known (no network, or no way in it), and no text
    /// settles which of the two counts, so that it may be disputed.
    /// </summary>
    public const string OtherNotMeasured = "other_not_measured";

    /// <summary>One way of measuring says within, the other beyond.</summary>
    public const string MetricsDisagree = "metrics_disagree";

    /// <summary>The rule measures from a gate, and the school has none on the map.</summary>
    public const string NoGates = "no_gates";

    /// <summary>The rule measures from the main gate, and none of several gates is flagged.</summary>
    public const string NoMainGate = "no_main_gate";

    /// <summary>The rule measures on foot, and there is no network or no way.</summary>
    public const string WalkingNotMeasured = "walking_not_measured";

    /// <summary>An older licence runs on.</summary>
    public const string LicensedBefore = "licensed_before";

    /// <summary>All codes.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        WithinLimit,
        BeyondLimit,
        WithinUncertainty,
        OtherWithinUncertainty,
        OtherNotMeasured,
        MetricsDisagree,
        NoGates,
        NoMainGate,
        WalkingNotMeasured,
        LicensedBefore,
    ];
}
