using FsCheck;
using FsCheck.Fluent;
using GeoCivic.Issues;

namespace GeoCivic.Tests.Issues;

/// <summary>The state machine alone; what the database makes of it is tested with the endpoints.</summary>
public sealed class IssueLifeTests
{
    private static readonly Guid[] People = [.. Enumerable.Range(1, 4).Select(NewId)];
    private static readonly string[] Bodies = ["城管", "物业"];

    private static Guid NewId(int n) => new(n, 0, 0, new byte[8]);

    private static Gen<IssueActor> Actors { get; } =
        from person in Gen.Elements(People)
        from roles in Gen.Choose(0, 7)
        from bodies in Gen.SubListOf(Bodies)
        select new IssueActor(person, (IssueRoles)roles, bodies);

    // Half of the time somebody who may do everything, and everything brought along, so that long lives occur.
    private static Gen<IssueAttempt> Attempts { get; } =
        from able in Gen.Elements(true, true, false)
        from actor in able
            ? Gen.Elements(People).Select(p => new IssueActor(p, (IssueRoles)7, Bodies))
            : Actors
        from to in Gen.Elements(IssueStates.All.ToArray())
        from given in able ? Gen.Constant(255) : Gen.Choose(0, 127)
        from body in Gen.Elements(Bodies)
        select new IssueAttempt(to, actor, (IssueRequirements)given, body);

    /// <summary>Beginnings, and states an imported file can bring.</summary>
    private static Gen<IssueFacts> Starts { get; } =
        Gen.Elements(IssueStates.All.ToArray()).Select(IssueFacts.New);

    /// <summary>A life: many attempts by random people.</summary>
    private static Gen<(IssueFacts Start, IssueAttempt[] Attempts)> Lives { get; } =
        from start in Starts
        from attempts in Gen.ArrayOf(Attempts, 150)
        select (start, attempts);

    [Fact]
    public void No_path_reaches_cancelled_without_a_verification_by_somebody_who_did_not_rectify()
    {
        var cancelled = 0;
        Prop.ForAll(
                Lives.ToArbitrary(),
                life =>
                {
                    var issue = life.Start;
                    var rectifiers = new HashSet<Guid>();
                    Guid? verifier = null;
                    foreach (var attempt in life.Attempts)
                    {
                        var decision = IssueLife.Decide(issue, attempt);
                        if (decision.After is not { } after)
                        {
                            continue;
                        }

                        // Kept here by the test itself, from nothing but the states passed through.
                        switch (after.State)
                        {
                            case IssueState.Rectified:
                                rectifiers.Add(attempt.Actor.AccountId);
                                verifier = null;
                                break;
                            case IssueState.Verified:
                                verifier = attempt.Actor.AccountId;
                                break;
                            case IssueState.Reopened or IssueState.Filed:
                                rectifiers.Clear();
                                verifier = null;
                                break;
                            case IssueState.Cancelled:
                                cancelled++;
                                if (
                                    issue.State != IssueState.Verified
                                    || verifier is not { } who
                                    || rectifiers.Contains(who)
                                    || rectifiers.Contains(attempt.Actor.AccountId)
                                    || rectifiers.Count == 0
                                )
                                {
                                    return false;
                                }

                                break;
                            default:
                                break;
                        }

                        issue = after;
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        // The property would hold of a machine that stands still.
        Assert.True(cancelled > 20, $"only {cancelled} of the lives reached the end");
    }

    [Fact]
    public void Any_sequence_of_attempts_is_refused_with_a_reason_or_legal() =>
        Prop.ForAll(
                Lives.ToArbitrary(),
                life =>
                {
                    var issue = life.Start;
                    foreach (var attempt in life.Attempts)
                    {
                        var decision = IssueLife.Decide(issue, attempt);
                        var rule = IssueLife.Rules.FirstOrDefault(r =>
                            r.From == issue.State && r.To == attempt.To
                        );
                        if (decision.After is not { } after)
                        {
                            if (decision.Refusal == IssueRefusal.None)
                            {
                                return false;
                            }

                            continue;
                        }

                        var legal =
                            rule is not null
                            && decision.Refusal == IssueRefusal.None
                            && after.State == attempt.To
                            && (rule.Roles & attempt.Actor.Roles) != IssueRoles.None
                            && (rule.Requires & ~attempt.Given) == IssueRequirements.None
                            && (
                                rule.Roles != IssueRoles.Handler
                                || attempt.Actor.Bodies.Contains(issue.LeadBody!)
                            )
                            && IssueLife.Allowed(issue, attempt.Actor).Contains(rule);
                        if (!legal)
                        {
                            return false;
                        }

                        issue = after;
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void The_ordinary_life_of_an_issue()
    {
        var worker = new IssueActor(NewId(1), IssueRoles.Worker, []);
        var handler = new IssueActor(NewId(2), IssueRoles.Handler, ["城管"]);
        var supervisor = new IssueActor(NewId(3), IssueRoles.Supervisor, []);
        var issue = IssueLife.Begin(IssueState.Reported, worker, IssueRequirements.None).After!;
        Take(IssueState.Filed, supervisor, IssueRequirements.None);
        var sent = Take(IssueState.Dispatched, supervisor, IssueRequirements.Body, "城管");
        Assert.Equal((ClockEffect.Start, IssueLetter.Notice), (sent.Clock, sent.Letter));
        Refused(IssueRefusal.NotYours, IssueState.Replied, supervisor);
        Refused(IssueRefusal.NotYours, IssueState.Replied, handler with { Bodies = ["物业"] });
        Refused(IssueRefusal.NoSuchStep, IssueState.Verified, supervisor);
        Assert.Equal(
            IssueRequirements.Note,
            IssueLife
                .Decide(issue, new(IssueState.Replied, handler, IssueRequirements.None))
                .Missing
        );
        Take(IssueState.Suspended, supervisor, IssueRequirements.Note);
        Take(IssueState.Dispatched, supervisor, IssueRequirements.None);
        Assert.Equal("城管", issue.LeadBody);
        Take(IssueState.Replied, handler, IssueRequirements.Note);
        Take(IssueState.Rectified, handler, IssueRequirements.AfterPhoto);
        // The same person with a supervisor's role as well holds only one of the two keys.
        var both = handler with
        {
            Roles = IssueRoles.Handler | IssueRoles.Supervisor,
        };
        Refused(IssueRefusal.SamePerson, IssueState.Verified, both);
        Assert.DoesNotContain(IssueLife.Allowed(issue, both), r => r.To == IssueState.Verified);
        Take(IssueState.Verified, supervisor, IssueRequirements.InspectionPhoto);
        Refused(IssueRefusal.SamePerson, IssueState.Cancelled, both);
        Take(IssueState.Cancelled, supervisor, IssueRequirements.None);
        Take(IssueState.Reopened, supervisor, IssueRequirements.Note);
        Assert.Equal(IssueFacts.New(IssueState.Reopened), issue);

        IssueRule Take(
            IssueState to,
            IssueActor actor,
            IssueRequirements given,
            string? body = null
        )
        {
            var decision = IssueLife.Decide(issue, new(to, actor, given, body));
            Assert.Equal(IssueRefusal.None, decision.Refusal);
            issue = decision.After!;
            return decision.Rule!;
        }

        void Refused(IssueRefusal why, IssueState to, IssueActor actor) =>
            Assert.Equal(
                why,
                IssueLife.Decide(issue, new(to, actor, (IssueRequirements)255)).Refusal
            );
    }

    [Fact]
    public void An_imported_issue_under_way_is_taken_on_anew_and_cannot_be_struck_off_on_the_files_word()
    {
        var supervisor = new IssueActor(NewId(3), IssueRoles.Supervisor, []);
        foreach (var state in IssueStates.All)
        {
            var imported = IssueFacts.New(state);
            Assert.NotEqual(
                IssueRefusal.None,
                IssueLife
                    .Decide(imported, new(IssueState.Cancelled, supervisor, (IssueRequirements)255))
                    .Refusal
            );
            if (state is not IssueState.Merged)
            {
                Assert.NotEmpty(IssueLife.Allowed(imported, supervisor));
            }
        }
    }

    [Fact]
    public void Fixing_on_the_spot_asks_for_a_photo_before_and_after()
    {
        var worker = new IssueActor(NewId(1), IssueRoles.Worker, []);
        Assert.Equal(
            IssueRequirements.AfterPhoto,
            IssueLife.Begin(IssueState.FixedOnSpot, worker, IssueRequirements.BeforePhoto).Missing
        );
        Assert.NotNull(
            IssueLife
                .Begin(
                    IssueState.FixedOnSpot,
                    worker,
                    IssueRequirements.BeforePhoto | IssueRequirements.AfterPhoto
                )
                .After
        );
        Assert.Equal(
            IssueRefusal.NotYours,
            IssueLife
                .Begin(
                    IssueState.Reported,
                    worker with
                    {
                        Roles = IssueRoles.Handler,
                    },
                    IssueRequirements.None
                )
                .Refusal
        );
        Assert.Equal(
            IssueRefusal.NoSuchStep,
            IssueLife.Begin(IssueState.Filed, worker, IssueRequirements.None).Refusal
        );
    }

    [Fact]
    public void The_states_are_those_of_the_reference_list()
    {
        var rows = File.ReadAllLines(
                Path.Combine(RepositoryFiles.Root, "data", "reference", "issue_states.csv")
            )
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => cells[3] == "true");
        Assert.Equal(
            rows.Keys.Order(StringComparer.Ordinal),
            IssueStates.All.Select(s => s.Code()).Order(StringComparer.Ordinal)
        );
        Assert.All(IssueStates.All, s => Assert.Equal(rows[s.Code()], s.IsOpen()));
        Assert.All(
            IssueStates.All,
            s => Assert.True(IssueStates.TryParse(s.Code(), out var again) && again == s)
        );
    }
}
