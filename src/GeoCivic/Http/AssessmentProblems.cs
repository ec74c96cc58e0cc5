namespace GeoCivic.Http;

/// <summary>Problems of the assessment system and the veto board.</summary>
public static class AssessmentProblems
{
    /// <summary>An assessment tree is not the one that was announced.</summary>
    public static readonly ProblemKind ChecksumDiffers = new(
        "checksum-differs",
        422,
        "The table has other numbers than announced",
        "figures[] lists what was expected and what the file has, for each level, the points and the households. Nothing was stored: complete the table, or correct the numbers."
    );

    /// <summary>Who raised a veto would clear it.</summary>
    public static readonly ProblemKind SecondPerson = new(
        "second-person",
        409,
        "Somebody else has to clear it",
        "A veto indicator is cleared by another person than the one who raised it."
    );

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ProblemKind> All = [ChecksumDiffers, SecondPerson];
}
