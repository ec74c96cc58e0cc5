using GeoCivic.Accounts;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>
/// Takes an issue through a step of its life in one transaction: decided by <see cref="IssueLife"/>, with its event,
/// photos, tasks, limits and letters.
/// </summary>
public sealed class IssueSteps(
    NpgsqlDataSource source,
    TimeProvider clock,
    IEnumerable<ILetterBook> letters
)
{
    /// <summary>Takes the step, or finds that the same submission took it before.</summary>
    /// <exception cref="ProblemException">The step is refused.</exception>
    internal async Task TakeAsync(
        Guid id,
        IssueStep step,
        Caller caller,
        string? ifMatch,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var fresh = await Submissions.ClaimAsync(
            connection,
            step.Id,
            caller.AccountId,
            $"transition {id}",
            step.Digest,
            now,
            cancellationToken
        );
        if (!fresh)
        {
            return;
        }

        var issue = await LockedIssue.LockAsync(connection, id, caller, cancellationToken);
        if (ifMatch is not null && ifMatch != issue.Tag)
        {
            throw new ProblemException(
                Problems.Stale,
                $"The issue is at revision {issue.Revision}, state {issue.Facts.State.Code()}."
            );
        }

        var work = new StepWork(
            connection,
            transaction,
            issue,
            step,
            caller,
            now,
            letters,
            cancellationToken
        );
        await work.DoAsync();
        await transaction.CommitAsync(cancellationToken);
    }
}
