using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Issues;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>
/// 工作提示函: who is late is put before the main leader; who is still late some working days after that letter went out,
/// before the leader above. Drafts wait for a supervisor's word and have no number until then.
/// </summary>
internal sealed class Reminders(
    NpgsqlDataSource source,
    TimeProvider clock,
    IConfiguration configuration
)
{
    /// <summary>Working days after the first reminder in which a body may still comply (setting <c>Letters:EscalateAfter</c>).</summary>
    private readonly int _escalateAfter = configuration.GetValue("Letters:EscalateAfter", 2);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What would go out at an instant, the latest deadline last.</summary>
    /// <param name="street">Of which street.</param>
    /// <param name="caller">Sees what lies in the areas they supervise.</param>
    /// <param name="day">Of a later or an earlier day, at its start; null for now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ReminderDue>> DueAsync(
        string street,
        Caller caller,
        DateOnly? day,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await DueAsync(connection, null, street, caller, day, cancellationToken);
    }

    /// <summary>Drafts what is due now; what was drafted before stays as it is.</summary>
    /// <returns>How many were drafted, and how many were due.</returns>
    public async Task<(int Drafted, int Due)> DraftAsync(
        string street,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var due = await DueAsync(connection, transaction, street, caller, null, cancellationToken);
        var drafted = 0;
        foreach (var each in due)
        {
            if (
                await LetterBook.DraftAsync(
                    connection,
                    transaction,
                    street,
                    each,
                    Now,
                    caller.AccountId,
                    cancellationToken
                )
            )
            {
                drafted++;
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return (drafted, due.Count);
    }

    /// <summary>Lets a draft go out. One that went out already stays as it is.</summary>
    /// <exception cref="ProblemException">There is no such letter, it is void, or the body is late no more.</exception>
    public async Task ConfirmAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var letter = await LockAsync(connection, transaction, id, caller, now, cancellationToken);
        if (letter.State == "issued")
        {
            return;
        }

        if (letter.State == "void")
        {
            throw new ProblemException(LetterProblems.Void, "This draft was discarded.");
        }

        if (!letter.StillLate)
        {
            throw new ProblemException(
                LetterProblems.Outdated,
                "The body is late with this deadline no more; discard the draft."
            );
        }

        var (year, seq, number) = await LetterBook.NextNumberAsync(
            connection,
            transaction,
            letter.Street,
            letter.StreetName,
            letter.Kind,
            now,
            cancellationToken
        );
        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/confirm_letter.sql"),
            connection,
            transaction
        )
            .With("street", letter.Street)
            .With("id", id)
            .With("year", year)
            .With("seq", seq)
            .With("number", number)
            .With("now", now)
            .With("account", caller.AccountId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Discards a draft, or declares a reminder that went out void; its number stays taken.</summary>
    /// <exception cref="ProblemException">There is no such letter, or it is not a reminder.</exception>
    public async Task VoidAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var letter = await LockAsync(connection, transaction, id, caller, now, cancellationToken);
        if (letter.State == "void")
        {
            return;
        }

        if (letter.Kind != "reminder")
        {
            throw new ProblemException(
                LetterProblems.NotVoidable,
                "A notice and a reply belong to a step of the issue's life; take the next step instead."
            );
        }

        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/void_letter.sql"),
            connection,
            transaction
        )
            .With("street", letter.Street)
            .With("id", id)
            .With("now", now)
            .With("account", caller.AccountId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ReminderDue>> DueAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string street,
        Caller caller,
        DateOnly? day,
        CancellationToken cancellationToken
    )
    {
        var today = BeijingTime.Today(clock);
        var on = day ?? today;
        var calendar = (await Calendars.LoadAsync(connection, cancellationToken)).Calendar;
        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/late_tasks.sql"),
            connection,
            transaction
        )
            .With("street", street)
            .With("now", on == today ? Now : BeijingTime.StartOf(on))
            .With(caller.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<ReminderDue>();
        while (await rows.ReadAsync(cancellationToken))
        {
            // Null: reminded of already, and what follows is not yet due.
            int? level =
                !rows.GetBoolean(9) ? 1
                : !rows.IsDBNull(10)
                && !rows.GetBoolean(11)
                && ChineseDate.DayOf(rows.GetDateTime(10)) is var issued
                && issued <= on
                && calendar.WorkingDaysBetween(issued, on) > _escalateAfter
                    ? 2
                : null;
            if (level is not { } next)
            {
                continue;
            }

            var dueAt = rows.GetDateTime(5);
            // A limit in days ends with its last day; a tick before it is on that day.
            var last = ChineseDate.DayOf(dueAt.AddTicks(-1));
            due.Add(
                new ReminderDue(
                    rows.GetGuid(0),
                    rows.GetString(1),
                    rows.GetInt32(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    dueAt,
                    calendar.WorkingDaysBetween(last, on),
                    next,
                    LetterWords.AddresseeOf(rows.GetString(8), next)
                )
            );
        }

        return due;
    }

    private static async Task<(
        string Street,
        string Kind,
        string State,
        string StreetName,
        bool StillLate
    )> LockAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid id,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/lock_letter.sql"),
            connection,
            transaction
        )
            .With("id", id)
            .With("now", now)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new ProblemException(Problems.NotFound, "There is no letter with this id.");
        }

        caller.Require(
            row.GetString(0),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            Role.Supervisor
        );
        return (
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetBoolean(6)
        );
    }
}
