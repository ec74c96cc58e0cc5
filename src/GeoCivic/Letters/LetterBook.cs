using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Issues;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>Writes letters into the book and numbers them.</summary>
internal sealed class LetterBook : ILetterBook
{
    /// <inheritdoc />
    public async Task IssueAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        LetterOrder order,
        CancellationToken cancellationToken
    )
    {
        var facts = await LetterFacts.ReadAsync(
            connection,
            transaction,
            order.Street,
            order.Issue,
            order.TaskNo,
            cancellationToken
        );
        var words = order.Kind switch
        {
            IssueLetter.Notice => LetterWords.Notice(facts, order.Note),
            IssueLetter.Reply => LetterWords.Reply(facts, order.Note, order.At),
            _ => throw new ArgumentException(
                $"No step sends a letter {order.Kind}.",
                nameof(order)
            ),
        };
        var kind = order.Kind == IssueLetter.Notice ? "notice" : "reply";
        var number = await NextNumberAsync(
            connection,
            transaction,
            order.Street,
            facts.Street,
            kind,
            order.At,
            cancellationToken
        );
        await using var command = Add(
                connection,
                transaction,
                Guid.CreateVersion7(new DateTimeOffset(order.At, TimeSpan.Zero)),
                order.Street,
                kind,
                words
            )
            .With("issue", order.Issue)
            .With("task", order.TaskNo)
            .With("body", facts.BodyCode)
            .With("level", (int?)null)
            .With("due_at", order.DueAt ?? facts.DueAt)
            .With("year", (int?)number.Year)
            .With("seq", (int?)number.Seq)
            .With("number", number.Text)
            .With("drafted_at", order.At)
            .With("account", order.Account);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Drafts a reminder.</summary>
    /// <returns>Whether it was not there yet.</returns>
    internal static async Task<bool> DraftAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string street,
        ReminderDue due,
        DateTime at,
        Guid account,
        CancellationToken cancellationToken
    )
    {
        var facts = await LetterFacts.ReadAsync(
            connection,
            transaction,
            street,
            due.Issue,
            due.Task,
            cancellationToken
        );
        var words = LetterWords.Reminder(facts, due.Level, due.DaysOverdue, ChineseDate.DayOf(at));
        await using var command = Add(
                connection,
                transaction,
                Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)),
                street,
                "reminder",
                words
            )
            .With("issue", due.Issue)
            .With("task", due.Task)
            .With("body", facts.BodyCode)
            .With("level", (int?)due.Level)
            .With("due_at", due.DueAt)
            .With("year", (int?)null)
            .With("seq", (int?)null)
            .With("number", (string?)null)
            .With("drafted_at", at)
            .With("account", account);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Takes the next number of a street's book; its row stays locked until the transaction ends.</summary>
    internal static async Task<(int Year, int Seq, string Text)> NextNumberAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string street,
        string streetName,
        string kind,
        DateTime at,
        CancellationToken cancellationToken
    )
    {
        var year = ChineseDate.DayOf(at).Year;
        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/next_number.sql"),
            connection,
            transaction
        )
            .With("street", street)
            .With("kind", kind)
            .With("year", year);
        var seq = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        return (year, seq, $"{streetName}{LetterKinds.Mark(kind)}〔{year}〕{seq}号");
    }

    private static NpgsqlCommand Add(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid id,
        string street,
        string kind,
        LetterWords words
    ) =>
        new NpgsqlCommand(Sql.Load("Letters/add_letter.sql"), connection, transaction)
            .With("id", id)
            .With("street", street)
            .With("kind", kind)
            .With("to_title", words.To)
            .With("from_title", words.From)
            .With("copy_to", words.CopyTo)
            .With("subject", words.Subject)
            .With("paragraphs", words.Paragraphs.ToArray())
            .With("labels", words.Facts.Select(f => f.Label).ToArray())
            .With("entries", words.Facts.Select(f => f.Value).ToArray());
}
