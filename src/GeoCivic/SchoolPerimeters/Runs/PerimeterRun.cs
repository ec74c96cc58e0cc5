namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>A run as it is kept.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Seq">1, 2, 3 … in the street.</param>
/// <param name="At">When it was made.</param>
/// <param name="Day">The Beijing day whose rules and licences counted.</param>
/// <param name="Kind"><c>nightly</c>, <c>asked</c> or <c>command</c>.</param>
/// <param name="Tally">Rows by verdict.</param>
/// <param name="Changes">Changes since the run before by what they are.</param>
public sealed record PerimeterRun(
    Guid Run,
    int Seq,
    DateTimeOffset At,
    DateOnly Day,
    string Kind,
    IReadOnlyDictionary<string, int> Tally,
    IReadOnlyDictionary<string, int> Changes
);

/// <summary>Who wants a run.</summary>
/// <param name="Kind"><c>nightly</c>, <c>asked</c> or <c>command</c>.</param>
/// <param name="Account">The account that asks, or null.</param>
/// <param name="Id">The id the client gave, or null.</param>
/// <param name="Digest">Digest of what the client sent.</param>
public sealed record RunOrder(
    string Kind,
    Guid? Account = null,
    Guid? Id = null,
    byte[]? Digest = null
);
