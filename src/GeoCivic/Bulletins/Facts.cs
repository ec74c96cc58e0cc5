namespace GeoCivic.Bulletins;

/// <summary>A community or a body.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">Evaluation points in a community.</param>
internal sealed record Subject(string Code, string Name, int Points);

/// <summary>An issue and what happened to it; the columns of <c>Bulletins/facts_issues.sql</c> and <c>facts_stock.sql</c>.</summary>
internal sealed record IssueFact(
    Guid Id,
    string Code,
    string? Title,
    string Category,
    string CategoryName,
    string? Community,
    string? CommunityName,
    string? Body,
    string? BodyName,
    string State,
    string StateName,
    DateTime FoundAt,
    DateTime? ClosedAt
)
{
    /// <summary>Found in the period, and in the one before.</summary>
    public (bool Now, bool Before) Found { get; init; }

    /// <summary>Put right when it was found.</summary>
    public bool FixedOnSpot { get; init; }

    /// <summary>Filed (立案).</summary>
    public (bool Now, bool Before) Filed { get; init; }

    /// <summary>Cancelled (销号).</summary>
    public (bool Now, bool Before) Cancelled { get; init; }

    /// <summary>Taken up again after it was done with.</summary>
    public (bool Now, bool Before) Reopened { get; init; }

    /// <summary>Found where the same had been done with shortly before.</summary>
    public bool CameBack { get; init; }

    /// <summary>Entered here, not imported.</summary>
    public (bool Now, bool Before) Entered { get; init; }

    /// <summary>Entered on the day it was found.</summary>
    public bool SameDay { get; init; }

    /// <summary>Photos added.</summary>
    public (int Now, int Before) Photos { get; init; }

    /// <summary>Open at the end of the period.</summary>
    public (bool Now, bool Before) Open { get; init; }

    /// <summary>Its limit was over at the end of the period.</summary>
    public (bool Now, bool Before) Overdue { get; init; }

    /// <summary>The limit that ran at the end of the period.</summary>
    public DateTime? DueAt { get; init; }
}

/// <summary>How one limit, or all limits of a task, were kept.</summary>
/// <param name="Closed">It was met, in time or not.</param>
/// <param name="Late">It was met late.</param>
/// <param name="Overdue">It is not met and over.</param>
internal readonly record struct Kept(bool Closed, bool Late, bool Overdue)
{
    /// <summary>Met in time.</summary>
    public bool OnTime => Closed && !Late;

    /// <summary>Whether it says something about keeping limits: what still has time does not.</summary>
    public bool Counts => Closed || Overdue;
}

/// <summary>A task of a body; the columns of <c>Bulletins/facts_tasks.sql</c>.</summary>
internal sealed record TaskFact(
    Guid Issue,
    string Body,
    string BodyName,
    string Code,
    string? Title,
    string CategoryName,
    string? Community,
    string? CommunityName,
    DateTime DispatchedAt,
    DateTime? DueAt,
    DateTime? DoneAt
)
{
    /// <summary>Dispatched in the period and not sent back.</summary>
    public bool Dispatched { get; init; }

    /// <summary>All its limits, as <c>/api/performance</c> counts them.</summary>
    public Kept All { get; init; }

    /// <summary>The limit of the reply.</summary>
    public Kept Reply { get; init; }

    /// <summary>The limit of the rectification.</summary>
    public Kept Rectify { get; init; }

    /// <summary>The limit of the reply ended in the period without a reply.</summary>
    public (bool Now, bool Before) MissedReply { get; init; }

    /// <summary>Until when the reply was due.</summary>
    public DateTime? ReplyDueAt { get; init; }

    /// <summary>When the reply came.</summary>
    public DateTime? RepliedAt { get; init; }
}

/// <summary>The rounds at a point in a shift; the columns of <c>Bulletins/facts_rounds.sql</c>.</summary>
internal sealed record RoundFact(
    string Point,
    string Name,
    string? Community,
    string? CommunityName,
    string Shift,
    int Expected,
    int Made,
    int Visits,
    DateTime? LastVisit,
    int Photos
)
{
    /// <summary>Rounds that were due and not made.</summary>
    public int Missed => Expected - Made;
}

/// <summary>An alarm of the veto board (一票否决); the columns of <c>Bulletins/facts_vetoes.sql</c>.</summary>
internal sealed record VetoFact(
    string Code,
    string Name,
    string Reason,
    Guid? Issue,
    DateTime RaisedAt,
    DateTime? ClearedAt
)
{
    /// <summary>Red at the end of the period, and of the one before.</summary>
    public (bool Now, bool Before) Red { get; init; }
}

/// <summary>Everything a bulletin is made of.</summary>
internal sealed record Facts(
    string StreetName,
    IReadOnlyList<Subject> Communities,
    IReadOnlyList<Subject> Bodies,
    IReadOnlyList<IssueFact> Issues,
    IReadOnlyList<TaskFact> Tasks,
    IReadOnlyList<RoundFact> Rounds,
    IReadOnlyList<RoundFact> RoundsBefore,
    IReadOnlyList<VetoFact> Vetoes
);
