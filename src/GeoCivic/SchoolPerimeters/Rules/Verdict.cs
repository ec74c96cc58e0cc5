namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>What a rule says about a venue near a school.</summary>
public enum Verdict
{
    /// <summary>合规: beyond the limit.</summary>
    Compliant,

    /// <summary>违规: within the limit.</summary>
    Violating,

    /// <summary>争议: the two ways of measuring disagree and no text settles which one counts.</summary>
    Disputed,

    /// <summary>待实测: what is mapped does not decide it; somebody has to measure.</summary>
    ToBeSurveyed,

    /// <summary>豁免: within the limit, but an older licence may run on.</summary>
    Exempt,
}

/// <summary>From where a rule measures.</summary>
public enum RuleFrom
{
    /// <summary>Any point of the wall or boundary of the campus.</summary>
    CampusBoundary,

    /// <summary>The nearest gate.</summary>
    AnyGate,

    /// <summary>The main gate.</summary>
    MainGate,
}

/// <summary>How a rule measures.</summary>
public enum RuleHow
{
    /// <summary>A straight line: the geodesic on the ellipsoid.</summary>
    Straight,

    /// <summary>The shortest way on foot, gate to door.</summary>
    Walking,
}

/// <summary>The codes of these lists in JSON, SQL and files.</summary>
public static class RuleCodes
{
    /// <summary>Codes of <see cref="Verdict"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Verdicts =
    [
        "compliant",
        "violating",
        "disputed",
        "to_be_surveyed",
        "exempt",
    ];

    /// <summary>Codes of <see cref="RuleFrom"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Froms =
    [
        "campus_boundary",
        "any_gate",
        "main_gate",
    ];

    /// <summary>Codes of <see cref="RuleHow"/>, in its order.</summary>
    public static readonly IReadOnlyList<string> Hows = ["straight", "walking"];

    /// <summary>Kinds of school.</summary>
    public static readonly IReadOnlyList<string> SchoolKinds =
    [
        "kindergarten",
        "primary",
        "secondary",
        "vocational",
        "special",
    ];

    /// <summary>How certain the reading of a rule is.</summary>
    public static readonly IReadOnlyList<string> Certainties = ["high", "medium", "low"];

    /// <summary>The JSON code.</summary>
    public static string ToName(this Verdict verdict) => Verdicts[(int)verdict];

    /// <summary>The JSON code.</summary>
    public static string ToName(this RuleFrom from) => Froms[(int)from];

    /// <summary>The JSON code.</summary>
    public static string ToName(this RuleHow how) => Hows[(int)how];

    /// <summary>The verdict with a code, or null.</summary>
    public static Verdict? ToVerdict(string code) =>
        Index(Verdicts, code) is var i and >= 0 ? (Verdict)i : null;

    /// <summary>The place with a code, or null.</summary>
    public static RuleFrom? ToFrom(string code) =>
        Index(Froms, code) is var i and >= 0 ? (RuleFrom)i : null;

    /// <summary>The way of measuring with a code, or null.</summary>
    public static RuleHow? ToHow(string code) =>
        Index(Hows, code) is var i and >= 0 ? (RuleHow)i : null;

    private static int Index(IReadOnlyList<string> codes, string code)
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (string.Equals(codes[i], code, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
