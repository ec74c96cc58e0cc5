using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>One step of one locked issue.</summary>
internal sealed class StepWork(
    NpgsqlConnection connection,
    NpgsqlTransaction transaction,
    LockedIssue issue,
    IssueStep step,
    Caller caller,
    DateTime now,
    IEnumerable<ILetterBook> letters,
    CancellationToken cancellationToken
)
{
    private readonly TaskClocks _clocks = new(
        connection,
        issue.Street,
        issue.Id,
        issue.Category,
        now,
        cancellationToken
    );

    private readonly int _seq = issue.LastEvent + 1;

    /// <summary>Decides and does it.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    public async Task DoAsync()
    {
        var actor = issue.ActorOf(caller);
        var (lead, cooperating) =
            step.To == IssueState.Dispatched
            && issue.Facts.State is IssueState.Filed or IssueState.Returned
                ? await Bodies.ChooseAsync(connection, issue, step, now, cancellationToken)
                : (step.Body, []);
        var given = step.Given | (lead is null ? IssueRequirements.None : IssueRequirements.Body);
        var decision = IssueLife.Decide(issue.Facts, new IssueAttempt(step.To, actor, given, lead));
        StepRefusals.Throw(decision, issue, actor, step);
        var rule = decision.Rule!;
        var after = decision.After!;
        if (step.To == IssueState.Verified)
        {
            await EnsureAnsweredAsync();
        }

        if (step.MergedInto is { } other)
        {
            await EnsureMergeableAsync(other);
        }

        var leadTask = await TasksAsync(rule, lead, cooperating);
        await UpdateAsync(after, leadTask);
        await new IssueEvent("transition", rule.Roles & actor.Roles)
        {
            From = issue.Facts.State,
            To = step.To,
            Note = step.Note,
            Body = rule.Clock == ClockEffect.Start ? lead : issue.Facts.LeadBody,
            Task = leadTask,
            Days = step.Days,
            MergedInto = step.MergedInto,
            Leader = step.Leader,
        }.AddAsync(
            connection,
            issue.Street,
            issue.Id,
            _seq,
            caller.AccountId,
            now,
            cancellationToken
        );
        await IssuePhotos.AttachAsync(
            connection,
            issue.Street,
            issue.Id,
            _seq,
            caller.AccountId,
            now,
            step.Photos,
            cancellationToken
        );
        // The letters speak of what is written by now.
        foreach (var order in _orders)
        {
            foreach (var book in letters)
            {
                await book.IssueAsync(connection, transaction, order, cancellationToken);
            }
        }
    }

    private readonly List<LetterOrder> _orders = [];

    private async Task<int?> TasksAsync(IssueRule rule, string? lead, string[] cooperating)
    {
        switch (rule.Clock)
        {
            case ClockEffect.Start:
                await using (
                    var next = new NpgsqlCommand(Sql.Load("Issues/next_task.sql"), connection)
                        .With("street", issue.Street)
                        .With("issue", issue.Id)
                )
                {
                    var task = (int)(await next.ExecuteScalarAsync(cancellationToken))!;
                    await DispatchAsync(task, lead!, isLead: true);
                    foreach (var (body, i) in cooperating.Select((b, i) => (b, i)))
                    {
                        await DispatchAsync(task + 1 + i, body, isLead: false);
                    }

                    return task;
                }

            case ClockEffect.Reply when issue.LeadTask is { } task:
                await _clocks.ReplyAsync(task, lead: true);
                Order(IssueLetter.Reply, task, issue.Facts.LeadBody!, null);
                break;
            case ClockEffect.Pause:
                await _clocks.PauseAsync();
                break;
            case ClockEffect.Resume:
                await _clocks.ResumeAsync();
                break;
            case ClockEffect.Extend:
                await _clocks.ExtendAsync(step.Days!.Value);
                break;
            case ClockEffect.Stop when issue.LeadTask is { } task:
                await (
                    step.To == IssueState.Rectified
                        ? _clocks.DoneAsync(task)
                        : _clocks.ReturnAsync(task)
                );
                break;
            default:
                break;
        }

        return issue.LeadTask;
    }

    private async Task DispatchAsync(int task, string body, bool isLead)
    {
        var due = await _clocks.DispatchAsync(task, body, isLead);
        Order(IssueLetter.Notice, task, body, due);
    }

    private void Order(IssueLetter kind, int task, string body, DateTime? due) =>
        _orders.Add(
            new LetterOrder(
                kind,
                issue.Street,
                issue.Id,
                task,
                body,
                caller.AccountId,
                now,
                step.Note,
                due
            )
            {
                Leader = step.Leader,
            }
        );

    private async Task UpdateAsync(IssueFacts after, int? leadTask)
    {
        var filing =
            after.State == IssueState.Reopened
                ? await FilingLimit.OfAsync(_clocks)
                : FilingLimit.None;
        await using var command = new NpgsqlCommand(Sql.Load("Issues/step_issue.sql"), connection)
            .With("street", issue.Street)
            .With("issue", issue.Id)
            .With("state", after.State.Code())
            .With("open", after.State.IsOpen())
            .With("now", now)
            .With("lead_body", after.LeadBody)
            .With("lead_task", after.LeadBody is null ? null : leadTask)
            .With("rectified_by", after.Rectifiers.Count == 0 ? null : after.Rectifiers.Last())
            .With("verified_by", after.VerifiedBy)
            .With("merged_into", step.MergedInto)
            .With("notice", step.To == IssueState.Dispatched)
            .With("file_due", filing.DueAt)
            .With("file_zh", filing.Zh)
            .With("file_en", filing.En);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task EnsureAnsweredAsync()
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/open_tasks.sql"), connection)
            .With("street", issue.Street)
            .With("issue", issue.Id)
            .With("lead_task", issue.LeadTask);
        var open = (int[])(await command.ExecuteScalarAsync(cancellationToken))!;
        if (open.Length > 0)
        {
            throw new ProblemException(
                Problems.OpenTasks,
                $"The tasks {string.Join(", ", open)} of cooperating bodies are not answered.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["tasks"] = open }
            );
        }
    }

    private async Task EnsureMergeableAsync(Guid other)
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/mergeable.sql"), connection)
            .With("street", issue.Street)
            .With("issue", issue.Id)
            .With("other", other)
            .With(caller.Scope);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw ProblemException.Unacceptable(
                "merged_into",
                "must be another issue of the street, not merged itself"
            );
        }
    }
}
