namespace GeoCivic.Http;

/// <summary>Problems of statistics.</summary>
public static class HotspotProblems
{
    /// <summary>A statistic that would say more than the data can.</summary>
    public static readonly ProblemKind TooFewToTell = new(
        "too-few-to-tell",
        422,
        "There is too little data to tell",
        "n is what there is, needed what a statement needs, reason of what: cells with a value, events (issues counted), or constant (all cells have the same value). Choose a longer time, more categories or smaller cells."
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ProblemKind> All = [TooFewToTell];
}
