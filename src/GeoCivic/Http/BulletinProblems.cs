namespace GeoCivic.Http;

/// <summary>Problems of bulletins.</summary>
public static class BulletinProblems
{
    /// <summary>The period has a bulletin.</summary>
    public static readonly ProblemKind PeriodIssued = new(
        "bulletin-period-issued",
        409,
        "A bulletin was issued for this period",
        "holds is the one in force. A correction is a new bulletin that names it as replaces; what was issued is never changed."
    );

    /// <summary>A change of what was issued.</summary>
    public static readonly ProblemKind Issued = new(
        "bulletin-issued",
        409,
        "The bulletin was issued",
        "Issued bulletins are neither changed nor removed. Make a new one that replaces it."
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ProblemKind> All = [PeriodIssued, Issued];
}
