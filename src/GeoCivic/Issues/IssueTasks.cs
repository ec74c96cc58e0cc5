using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>What bodies do about their tasks besides the steps of the issue: answer as a cooperating body, ask for time.</summary>
public sealed class IssueTasks(
    NpgsqlDataSource source,
    TimeProvider clock,
    IEnumerable<ILetterBook> letters
)
{
    /// <summary>A cooperating body's answer.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task ReplyAsync(
        Guid issueId,
        int taskNo,
        TaskSubmission submission,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await ClaimAsync(
                connection,
                $"task_reply {issueId}/{taskNo}",
                submission,
                caller,
                now,
                cancellationToken
            )
        )
        {
            return;
        }

        var issue = await LockedIssue.LockAsync(connection, issueId, caller, cancellationToken);
        var task =
            await TaskAsync(connection, issue, taskNo, cancellationToken)
            ?? throw new ProblemException(Problems.NotFound, "The issue has no such task.");
        RequireHandler(issue, task.Body, caller);
        if (task.IsLead || task.State != "open")
        {
            throw new ProblemException(
                Problems.TransitionNotAllowed,
                task.IsLead
                    ? "The lead answers with the step replied of the issue."
                    : $"The task is {task.State}; nothing is to be answered.",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["state"] = task.State,
                    ["allowed"] = Array.Empty<string>(),
                }
            );
        }

        var clocks = new TaskClocks(
            connection,
            issue.Street,
            issue.Id,
            issue.Category,
            now,
            cancellationToken
        );
        await clocks.ReplyAsync(taskNo, lead: false);
        await RecordAsync(
            connection,
            issue,
            new IssueEvent("task_reply", IssueRoles.Handler)
            {
                Note = submission.Note,
                Body = task.Body,
                Task = taskNo,
            },
            submission,
            caller,
            now,
            cancellationToken
        );
        foreach (var book in letters)
        {
            await book.IssueAsync(
                connection,
                transaction,
                new LetterOrder(
                    IssueLetter.Reply,
                    issue.Street,
                    issue.Id,
                    taskNo,
                    task.Body,
                    caller.AccountId,
                    now,
                    submission.Note,
                    null
                ),
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The lead asks for more working days; a supervisor grants them, or not, with the step extended.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task AskForTimeAsync(
        Guid issueId,
        TaskSubmission submission,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await ClaimAsync(
                connection,
                $"extension_request {issueId}",
                submission,
                caller,
                now,
                cancellationToken
            )
        )
        {
            return;
        }

        var issue = await LockedIssue.LockAsync(connection, issueId, caller, cancellationToken);
        var state = issue.Facts.State;
        if (
            issue.Facts.LeadBody is not { } lead
            || state is not (IssueState.Dispatched or IssueState.Extended)
        )
        {
            throw new ProblemException(
                Problems.TransitionNotAllowed,
                $"An issue in the state {state.Code()} has no limit to extend.",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["state"] = state.Code(),
                    ["allowed"] = IssueLife
                        .Allowed(issue.Facts, issue.ActorOf(caller))
                        .Select(r => r.To.Code())
                        .ToArray(),
                }
            );
        }

        RequireHandler(issue, lead, caller);
        await RecordAsync(
            connection,
            issue,
            new IssueEvent("extension_request", IssueRoles.Handler)
            {
                Note = submission.Note,
                Body = lead,
                Task = issue.LeadTask,
                Days = submission.Days,
            },
            submission,
            caller,
            now,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record FoundTask(string Body, bool IsLead, string State);

    private static async Task<FoundTask?> TaskAsync(
        NpgsqlConnection connection,
        LockedIssue issue,
        int taskNo,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/get_task.sql"), connection)
            .With("street", issue.Street)
            .With("issue", issue.Id)
            .With("task", taskNo);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new FoundTask(row.GetString(0), row.GetBoolean(1), row.GetString(2))
            : null;
    }

    private static void RequireHandler(LockedIssue issue, string body, Caller caller)
    {
        var actor = issue.ActorOf(caller);
        if (
            !actor.Roles.HasFlag(IssueRoles.Handler)
            || !actor.Bodies.Contains(body, StringComparer.Ordinal)
        )
        {
            throw new ProblemException(Problems.Forbidden, "The task is another body's.");
        }
    }

    private static Task<bool> ClaimAsync(
        NpgsqlConnection connection,
        string kind,
        TaskSubmission submission,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        Submissions.ClaimAsync(
            connection,
            submission.Id,
            caller.AccountId,
            kind,
            submission.Digest,
            now,
            cancellationToken
        );

    private static async Task RecordAsync(
        NpgsqlConnection connection,
        LockedIssue issue,
        IssueEvent happened,
        TaskSubmission submission,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var seq = issue.LastEvent + 1;
        await happened.AddAsync(
            connection,
            issue.Street,
            issue.Id,
            seq,
            caller.AccountId,
            now,
            cancellationToken
        );
        await IssuePhotos.AttachAsync(
            connection,
            issue.Street,
            issue.Id,
            seq,
            caller.AccountId,
            now,
            submission.Photos,
            cancellationToken
        );
        await using var touch = new NpgsqlCommand(Sql.Load("Issues/touch_issue.sql"), connection)
            .With("street", issue.Street)
            .With("issue", issue.Id)
            .With("now", now);
        await touch.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What a body sends about its task.</summary>
/// <param name="Id">The client's id of the submission.</param>
/// <param name="Note">What it says.</param>
/// <param name="Days">Working days asked for.</param>
/// <param name="Photos">Photos brought along.</param>
/// <param name="Digest">Digest of the body.</param>
internal sealed record TaskSubmission(
    Guid Id,
    string Note,
    int? Days,
    IReadOnlyList<IssuePhoto> Photos,
    byte[] Digest
)
{
    /// <summary>Reads the body of an answer, or of a request for days.</summary>
    /// <exception cref="ProblemException">It is faulty.</exception>
    public static async Task<TaskSubmission> ReadAsync(HttpRequest request, bool asksForDays)
    {
        var body = await BodyReader.OfAsync(request);
        var id = body.Id("id", required: true);
        var note = body.Text("note", IssueStep.NoteLength, required: true);
        var days = asksForDays ? body.Whole("days", 1, 60, required: true) : null;
        var photos = asksForDays ? [] : IssuePhotos.Read(body);
        body.Done();
        return new TaskSubmission(id!.Value, note!, days, photos, body.Digest());
    }
}
