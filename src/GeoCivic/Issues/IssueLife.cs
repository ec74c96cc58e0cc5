using static GeoCivic.Issues.IssueRequirements;
using static GeoCivic.Issues.IssueRoles;
using static GeoCivic.Issues.IssueState;

namespace GeoCivic.Issues;

/// <summary>
/// The life of an issue from its discovery to its cancellation (销号): which steps there are, who may take them, and
/// what they ask for. The only place that decides it; the database repeats the pairs of states as a CHECK.
/// </summary>
/// <remarks>
/// Two keys: whoever rectified an issue can neither verify it nor strike it off, in whatever other roles. Before it is
/// struck off somebody must have re-inspected it, with a photo.
/// </remarks>
public static class IssueLife
{
    private static readonly IssueState[] UnderWay =
    [
        Dispatched,
        Replied,
        Rectified,
        Verified,
        Returned,
        Extended,
        Suspended,
    ];

    /// <summary>Every step. A pair of states occurs once.</summary>
    public static IReadOnlyList<IssueRule> Rules { get; } =
    [
        .. Each([Open, Reported, Reopened], Filed, Supervisor, None_),
        .. Each([Open, Reported, Filed], Rejected, Supervisor, Note),
        .. Each([Open, Reported, Filed], Merged, Supervisor, IssueRequirements.MergedInto),
        .. Each(
            [Filed, Returned],
            Dispatched,
            Supervisor,
            Body,
            clock: ClockEffect.Start,
            letter: IssueLetter.Notice
        ),
        .. Each([Dispatched, Extended], Returned, Handler, Note, clock: ClockEffect.Stop),
        .. Each([Rectified], Returned, Supervisor, Note, clock: ClockEffect.Stop),
        .. Each(
            [Dispatched, Extended],
            Extended,
            Supervisor,
            Note | Days,
            clock: ClockEffect.Extend
        ),
        .. Each(
            [Dispatched, Extended, Replied],
            Suspended,
            Supervisor,
            Note,
            clock: ClockEffect.Pause
        ),
        .. Each([Suspended], Dispatched, Supervisor, None_, clock: ClockEffect.Resume),
        .. Each(
            [Dispatched, Extended],
            Replied,
            Handler,
            Note,
            clock: ClockEffect.Reply,
            letter: IssueLetter.Reply
        ),
        .. Each([Replied], Rectified, Handler, AfterPhoto, clock: ClockEffect.Stop),
        .. Each([Rectified], Verified, Supervisor, InspectionPhoto),
        .. Each([Verified], Cancelled, Supervisor, None_),
        .. Each([Cancelled, Closed, Rejected, FixedOnSpot], Reopened, Supervisor, Note),
        // An imported file may say that an issue is under way, but not whose it is: a supervisor takes it on anew.
        .. Each(UnderWay, Filed, Supervisor, None_, onlyWithoutBody: true),
    ];

    /// <summary>The states an issue can begin with here, who may make it so, and what that asks for.</summary>
    public static IReadOnlyList<IssueRule> Beginnings { get; } =
    [
        new(Reported, Reported, Worker | Supervisor, None_),
        new(FixedOnSpot, FixedOnSpot, Worker | Supervisor, BeforePhoto | AfterPhoto),
    ];

    private const IssueRequirements None_ = IssueRequirements.None;

    private static readonly Dictionary<(IssueState From, IssueState To), IssueRule> ByPair =
        Rules.ToDictionary(r => (r.From, r.To));

    /// <summary>Decides an attempt on an issue.</summary>
    public static IssueDecision Decide(IssueFacts issue, IssueAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(issue);
        ArgumentNullException.ThrowIfNull(attempt);
        if (!ByPair.TryGetValue((issue.State, attempt.To), out var rule) || !Exists(rule, issue))
        {
            return new(IssueRefusal.NoSuchStep, None_, null, null);
        }

        var person = Permits(rule, issue, attempt.Actor);
        if (person != IssueRefusal.None)
        {
            return new(person, None_, rule, null);
        }

        var missing = rule.Requires & ~attempt.Given;
        return missing == None_
            ? new(IssueRefusal.None, None_, rule, After(issue, attempt))
            : new(IssueRefusal.Incomplete, missing, rule, null);
    }

    /// <summary>Decides whether somebody may record a new issue so.</summary>
    public static IssueDecision Begin(IssueState state, IssueActor actor, IssueRequirements given)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Beginnings.FirstOrDefault(b => b.To == state) is not { } rule)
        {
            return new(IssueRefusal.NoSuchStep, None_, null, null);
        }

        if ((rule.Roles & actor.Roles) == IssueRoles.None)
        {
            return new(IssueRefusal.NotYours, None_, rule, null);
        }

        var missing = rule.Requires & ~given;
        return missing == None_
            ? new(IssueRefusal.None, None_, rule, IssueFacts.New(state))
            : new(IssueRefusal.Incomplete, missing, rule, null);
    }

    /// <summary>The steps somebody may take now, if they bring what is asked for.</summary>
    public static IEnumerable<IssueRule> Allowed(IssueFacts issue, IssueActor actor) =>
        Rules.Where(r =>
            r.From == issue.State
            && Exists(r, issue)
            && Permits(r, issue, actor) == IssueRefusal.None
        );

    /// <summary>The steps there are from the state as it stands, whoever takes them.</summary>
    public static IEnumerable<IssueRule> Steps(IssueFacts issue) =>
        Rules.Where(r => r.From == issue.State && Exists(r, issue));

    // An imported issue that is under way without a body has one way to go: to be taken on anew.
    private static bool Exists(IssueRule rule, IssueFacts issue) =>
        issue.LeadBody is null && UnderWay.Contains(issue.State)
            ? rule.To == Filed
            : !rule.OnlyWithoutBody;

    private static IssueRefusal Permits(IssueRule rule, IssueFacts issue, IssueActor actor)
    {
        if ((rule.Roles & actor.Roles) == IssueRoles.None)
        {
            return IssueRefusal.NotYours;
        }

        // A handler acts for the body that leads; cooperating bodies answer in their own tasks.
        if (
            rule.Roles == Handler
            && (
                issue.LeadBody is not { } lead
                || !actor.Bodies.Contains(lead, StringComparer.Ordinal)
            )
        )
        {
            return IssueRefusal.NotYours;
        }

        if (rule.To is not (Verified or Cancelled))
        {
            return IssueRefusal.None;
        }

        if (issue.Rectifiers.Contains(actor.AccountId))
        {
            return IssueRefusal.SamePerson;
        }

        return
            rule.To == Cancelled
            && (issue.VerifiedBy is not { } verifier || issue.Rectifiers.Contains(verifier))
            ? IssueRefusal.SamePerson
            : IssueRefusal.None;
    }

    private static IssueFacts After(IssueFacts issue, IssueAttempt attempt)
    {
        var after = issue with { State = attempt.To };
        return (issue.State, attempt.To) switch
        {
            (Suspended, Dispatched) => after,
            (_, Dispatched) => after with { LeadBody = attempt.Body },
            (_, Rectified) => after with
            {
                Rectifiers = [.. issue.Rectifiers, attempt.Actor.AccountId],
                VerifiedBy = null,
            },
            (_, Verified) => after with { VerifiedBy = attempt.Actor.AccountId },
            (_, Reopened or Filed) => IssueFacts.New(attempt.To),
            _ => after,
        };
    }

    private static IEnumerable<IssueRule> Each(
        IssueState[] from,
        IssueState to,
        IssueRoles roles,
        IssueRequirements requires,
        ClockEffect clock = ClockEffect.None,
        IssueLetter letter = IssueLetter.None,
        bool onlyWithoutBody = false
    ) =>
        from.Select(f => new IssueRule(f, to, roles, requires)
        {
            Clock = clock,
            Letter = letter,
            OnlyWithoutBody = onlyWithoutBody,
        });
}
