namespace GeoCivic.Http;

/// <summary>Problems of clusters, recurrences, trends and key places.</summary>
public static class TrendProblems
{
    /// <summary>A question about more issues than are looked at together.</summary>
    public static readonly ProblemKind TooManyIssues = new(
        "too-many-issues",
        422,
        "There are too many issues to look at together",
        "At most 200,000 issues are compared with each other. Choose fewer days, one category or one state."
    );

    /// <summary>A key place that is not kept any more.</summary>
    public static readonly ProblemKind Retired = new(
        "key-place-retired",
        409,
        "The key place is not kept any more",
        "It was retired and stays as it was. Save a new one."
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ProblemKind> All = [TooManyIssues, Retired];
}
