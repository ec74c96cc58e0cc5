namespace GeoCivic.Bulletins;

/// <summary>A weighted indicator of a formula.</summary>
/// <param name="Code">One of <see cref="GradingFormula.Indicators"/>.</param>
/// <param name="Weight">Its weight, more than 0; only the ratio to the others counts.</param>
/// <param name="ZeroAt">The value that gives 0 points.</param>
/// <param name="FullAt">The value that gives 100 points; above <paramref name="ZeroAt"/> more is better, below it less is.</param>
internal sealed record Indicator(string Code, double Weight, double ZeroAt, double FullAt)
{
    /// <summary>Whether more is better.</summary>
    public bool HigherIsBetter => FullAt > ZeroAt;

    /// <summary>Points of 100 for a value: a straight line between the two ends, cut off outside.</summary>
    public double Points(double value) =>
        Math.Clamp((value - ZeroAt) / (FullAt - ZeroAt), 0, 1) * 100;
}

/// <summary>How communities and bodies are graded.</summary>
/// <param name="Street">Whose formula, or <c>*</c> for the standard one.</param>
/// <param name="Version">Its version; versions never change.</param>
/// <param name="MinTasks">Who has fewer is listed and not ranked.</param>
/// <param name="Excellent">Points from which on 优秀 is given.</param>
/// <param name="Good">良好.</param>
/// <param name="Fair">一般; below it 较差.</param>
/// <param name="Communities">Indicators of communities.</param>
/// <param name="Bodies">Indicators of bodies.</param>
internal sealed record GradingFormula(
    string Street,
    int Version,
    int MinTasks,
    double Excellent,
    double Good,
    double Fair,
    IReadOnlyList<Indicator> Communities,
    IReadOnlyList<Indicator> Bodies
)
{
    /// <summary>The indicators that a subject has.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Indicators = new Dictionary<
        string,
        string[]
    >(StringComparer.Ordinal)
    {
        ["community"] =
        [
            "on_time_rate",
            "cancellation_rate",
            "recurrence_rate",
            "overdue_per_point",
            "visit_completion",
            "same_day_entry",
        ],
        ["body"] =
        [
            "on_time_rate",
            "on_time_reply",
            "on_time_rectify",
            "cancellation_rate",
            "recurrence_rate",
            "late_replies",
            "overdue",
        ],
    };

    /// <summary>The indicators of communities or bodies.</summary>
    public IReadOnlyList<Indicator> Of(string subject) =>
        subject == "community" ? Communities : Bodies;

    /// <summary>The grade of a score.</summary>
    public string Grade(double score) =>
        score >= Excellent ? "优秀"
        : score >= Good ? "良好"
        : score >= Fair ? "一般"
        : "较差";
}
