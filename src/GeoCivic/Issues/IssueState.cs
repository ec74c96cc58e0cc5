namespace GeoCivic.Issues;

/// <summary>States of an issue. The codes are those of <c>data/reference/issue_states.csv</c>.</summary>
public enum IssueState
{
    /// <summary>Known from an imported file only as not done; behaves like <see cref="Reported"/>.</summary>
    Open,

    /// <summary>上报: somebody has seen it.</summary>
    Reported,

    /// <summary>立案: a supervisor took it on.</summary>
    Filed,

    /// <summary>派遣: the notice letter (问题通知函) went to a responsible body.</summary>
    Dispatched,

    /// <summary>答复: the body's reply letter (部门答复函) is there.</summary>
    Replied,

    /// <summary>整改: the body says it is done, with a photo.</summary>
    Rectified,

    /// <summary>核查: a supervisor other than the rectifier saw that it is done.</summary>
    Verified,

    /// <summary>销号: struck off the ledger, after verification.</summary>
    Cancelled,

    /// <summary>退回: sent back, by the body as not theirs or by the supervisor as not done.</summary>
    Returned,

    /// <summary>延期: dispatched, with more working days.</summary>
    Extended,

    /// <summary>挂账: cannot be done now; the clock rests.</summary>
    Suspended,

    /// <summary>It came back after it was closed.</summary>
    Reopened,

    /// <summary>不予立案: not taken on.</summary>
    Rejected,

    /// <summary>The same as another issue.</summary>
    Merged,

    /// <summary>现场整改: found and put right on the spot, with a photo before and after; no letter.</summary>
    FixedOnSpot,

    /// <summary>Closed in an imported file; behaves like <see cref="Cancelled"/>.</summary>
    Closed,
}

/// <summary>Codes of the states.</summary>
public static class IssueStates
{
    private static readonly string[] Codes =
    [
        "open",
        "reported",
        "filed",
        "dispatched",
        "replied",
        "rectified",
        "verified",
        "cancelled",
        "returned",
        "extended",
        "suspended",
        "reopened",
        "rejected",
        "merged",
        "fixed_on_spot",
        "closed",
    ];

    /// <summary>Every state.</summary>
    public static IReadOnlyList<IssueState> All { get; } = Enum.GetValues<IssueState>();

    /// <summary>The code in files, the database and JSON.</summary>
    public static string Code(this IssueState state) => Codes[(int)state];

    /// <summary>Whether there is still something to do; <c>is_open</c> of the list of states.</summary>
    public static bool IsOpen(this IssueState state) =>
        state
            is not (
                IssueState.Cancelled
                or IssueState.Rejected
                or IssueState.Merged
                or IssueState.FixedOnSpot
                or IssueState.Closed
            );

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? code, out IssueState state)
    {
        var index = Array.IndexOf(Codes, code);
        state = index < 0 ? default : (IssueState)index;
        return index >= 0;
    }
}
