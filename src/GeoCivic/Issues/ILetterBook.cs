using Npgsql;

namespace GeoCivic.Issues;

/// <summary>A letter that a step of an issue sends.</summary>
/// <param name="Kind">Notice to a body, or a body's reply.</param>
/// <param name="Street">The street.</param>
/// <param name="Issue">The issue.</param>
/// <param name="TaskNo">The task of the body.</param>
/// <param name="Body">The body written to, or writing.</param>
/// <param name="Account">Who made the step.</param>
/// <param name="At">When.</param>
/// <param name="Note">What the person wrote: instructions of a notice, the text of a reply.</param>
/// <param name="DueAt">Until when a notice asks for the reply.</param>
public sealed record LetterOrder(
    IssueLetter Kind,
    string Street,
    Guid Issue,
    int TaskNo,
    string Body,
    Guid Account,
    DateTime At,
    string? Note,
    DateTime? DueAt
)
{
    /// <summary>Title of the leader a notice names, when one was given.</summary>
    public string? Leader { get; init; }
}

/// <summary>Numbers and keeps letters. Called inside the transaction of the step, so that neither is there without the other.</summary>
public interface ILetterBook
{
    /// <summary>Issues a letter: numbered, with its text.</summary>
    Task IssueAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        LetterOrder order,
        CancellationToken cancellationToken
    );
}
