namespace GeoCivic.Issues;

/// <summary>The roles a person holds for the place of an issue, as far as its life asks for them.</summary>
[Flags]
public enum IssueRoles
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Grid worker: reports.</summary>
    Worker = 1,

    /// <summary>Of a responsible body: replies and rectifies.</summary>
    Handler = 2,

    /// <summary>Files, dispatches, re-inspects, strikes off.</summary>
    Supervisor = 4,
}

/// <summary>What a step asks for besides the right person.</summary>
[Flags]
public enum IssueRequirements
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A text that says why, or the reply itself.</summary>
    Note = 1,

    /// <summary>The responsible body that leads.</summary>
    Body = 2,

    /// <summary>Working days of an extension.</summary>
    Days = 4,

    /// <summary>The issue it is merged into.</summary>
    MergedInto = 8,

    /// <summary>A photo of how it was.</summary>
    BeforePhoto = 16,

    /// <summary>A photo of how it was put right.</summary>
    AfterPhoto = 32,

    /// <summary>A photo of the re-inspection.</summary>
    InspectionPhoto = 64,
}

/// <summary>What a step does to the time limits.</summary>
public enum ClockEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They start.</summary>
    Start,

    /// <summary>The limit of the reply is met.</summary>
    Reply,

    /// <summary>They rest; what is left is kept.</summary>
    Pause,

    /// <summary>What was left runs again.</summary>
    Resume,

    /// <summary>They get more working days.</summary>
    Extend,

    /// <summary>They end.</summary>
    Stop,
}

/// <summary>The letter a step sends.</summary>
public enum IssueLetter
{
    /// <summary>None.</summary>
    None,

    /// <summary>问题通知函, to the body.</summary>
    Notice,

    /// <summary>部门答复函, from the body.</summary>
    Reply,
}

/// <summary>Who acts.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Roles">Its roles at the place of the issue.</param>
/// <param name="Bodies">The responsible bodies it handles for.</param>
public sealed record IssueActor(
    Guid AccountId,
    IssueRoles Roles,
    IReadOnlyCollection<string> Bodies
);

/// <summary>What an issue is, as far as its life depends on it.</summary>
/// <param name="State">Its state.</param>
/// <param name="LeadBody">The body it is dispatched to; null when it never was, as with imported ones.</param>
/// <param name="Rectifiers">Everybody who reported it rectified since it was last reopened.</param>
/// <param name="VerifiedBy">Who verified the last rectification.</param>
public sealed record IssueFacts(
    IssueState State,
    string? LeadBody,
    IReadOnlyCollection<Guid> Rectifiers,
    Guid? VerifiedBy
)
{
    /// <summary>An issue that was just made.</summary>
    public static IssueFacts New(IssueState state) => new(state, null, [], null);
}

/// <summary>What somebody wants to do.</summary>
/// <param name="To">The state wanted.</param>
/// <param name="Actor">Who wants it.</param>
/// <param name="Given">What came with it.</param>
/// <param name="Body">The lead body named, for a dispatch.</param>
public sealed record IssueAttempt(
    IssueState To,
    IssueActor Actor,
    IssueRequirements Given,
    string? Body = null
);

/// <summary>Why an attempt was refused, in the order in which it is looked at.</summary>
public enum IssueRefusal
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>There is no such step from the state.</summary>
    NoSuchStep,

    /// <summary>The step is another role's, or another body's.</summary>
    NotYours,

    /// <summary>Who rectified may not verify or strike off.</summary>
    SamePerson,

    /// <summary>Something the step asks for is missing.</summary>
    Incomplete,
}

/// <summary>What came of an attempt.</summary>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Missing">What is missing, when incomplete.</param>
/// <param name="Rule">The step, when there is one.</param>
/// <param name="After">The issue afterwards; null when refused.</param>
public sealed record IssueDecision(
    IssueRefusal Refusal,
    IssueRequirements Missing,
    IssueRule? Rule,
    IssueFacts? After
);

/// <summary>One step that an issue's life has.</summary>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="Roles">Who may; holding one of them is enough.</param>
/// <param name="Requires">What it asks for.</param>
public sealed record IssueRule(
    IssueState From,
    IssueState To,
    IssueRoles Roles,
    IssueRequirements Requires
)
{
    /// <summary>What it does to the time limits.</summary>
    public ClockEffect Clock { get; init; }

    /// <summary>The letter it sends.</summary>
    public IssueLetter Letter { get; init; }

    /// <summary>Only for an issue that was never dispatched here: an imported one whose file said it was under way.</summary>
    public bool OnlyWithoutBody { get; init; }
}
