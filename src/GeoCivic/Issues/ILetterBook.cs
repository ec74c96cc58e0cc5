using Npgsql;

namespace GeoCivic.Issues;

/// <summary>Asks for the letter that a step of an issue's life sends.</summary>
/// <param name="Kind"><c>notice</c> (问题通知函, one for each task when it is dispatched) or <c>reply</c> (部门答复函).</param>
/// <param name="Street">Street of the issue, whose letter book gives the number.</param>
/// <param name="Issue">The issue.</param>
/// <param name="Task">Number of the task: the body the notice goes to, or that replies.</param>
/// <param name="IssuedAt">Instant of the step (UTC); its year in Beijing is the year of the number.</param>
/// <param name="Account">Who took the step.</param>
/// <param name="Note">What they wrote; the text of a reply.</param>
public sealed record LetterOrder(
    string Kind,
    string Street,
    Guid Issue,
    int Task,
    DateTime IssuedAt,
    Guid Account,
    string? Note
);

/// <summary>A letter that got its number.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">As written on it, such as 〔2026〕12号 behind the street's mark.</param>
public sealed record IssuedLetter(Guid Id, string Number);

/// <summary>
/// The book that numbers letters: per street, kind and year from 1 without a gap. A number is taken under a row lock in the
/// transaction of the step, so that a step undone takes no number.
/// </summary>
public interface ILetterBook
{
    /// <summary>
    /// Writes the letter and gives its number. To be called when the step's own rows (issue, tasks with their deadlines,
    /// events) are written, for the letter quotes them; and last of all, for the lock is held until the end of the transaction.
    /// </summary>
    Task<IssuedLetter> IssueAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        LetterOrder order,
        CancellationToken cancellationToken
    );
}
