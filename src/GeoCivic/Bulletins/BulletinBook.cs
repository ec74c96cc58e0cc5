using System.Data;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Letters;
using Npgsql;

namespace GeoCivic.Bulletins;

/// <summary>What a client asks for.</summary>
/// <param name="Id">Its id of the bulletin.</param>
/// <param name="Street">Of which street.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="On">The day it is due; null: the last such day.</param>
/// <param name="Replaces">The issued one it corrects.</param>
/// <param name="Note">The work of the days to come.</param>
/// <param name="Digest">Digest of the body.</param>
internal sealed record BulletinOrder(
    Guid Id,
    string Street,
    string Kind,
    DateOnly? On,
    Guid? Replaces,
    string? Note,
    byte[] Digest
);

/// <summary>Drafts, issues and reads bulletins.</summary>
internal sealed class BulletinBook(NpgsqlDataSource source, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The period of the bulletin due on a day, or of the last that was due.</summary>
    /// <exception cref="ProblemException">None of the kind is due that day, or the day is still to come.</exception>
    public async Task<(string StreetName, BulletinPeriod Period)> PeriodAsync(
        string street,
        string kind,
        DateOnly? on,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await PeriodAsync(connection, street, kind, on, cancellationToken);
    }

    /// <summary>The street's name and its day of weekly bulletins, 1 is Monday.</summary>
    /// <exception cref="ProblemException">There is no such street.</exception>
    public async Task<(string Name, int Weekday)> WeekdayAsync(
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await WeekdayAsync(connection, street, cancellationToken);
    }

    /// <summary>Sets the day of the week on which a street issues its weekly bulletin.</summary>
    public async Task PutWeekdayAsync(
        string street,
        int weekday,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Bulletins/put_weekday.sql"))
            .With("street", street)
            .With("weekday", weekday);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(string StreetName, BulletinPeriod Period)> PeriodAsync(
        NpgsqlConnection connection,
        string street,
        string kind,
        DateOnly? on,
        CancellationToken cancellationToken
    )
    {
        var (name, weekday) = await WeekdayAsync(connection, street, cancellationToken);
        var today = BeijingTime.Today(clock);
        if (on is not { } day)
        {
            return (name, BulletinPeriod.Last(kind, today, weekday));
        }

        if (day > today)
        {
            throw ProblemException.Unacceptable("on", $"lies after today, {today:yyyy-MM-dd}");
        }

        return BulletinPeriod.DueOn(kind, day, weekday) is { } period
            ? (name, period)
            : throw ProblemException.Unacceptable(
                "on",
                $"is no day on which this kind is due; the last before it is {BulletinPeriod.Last(kind, day, weekday).On:yyyy-MM-dd}"
            );
    }

    private static async Task<(string Name, int Weekday)> WeekdayAsync(
        NpgsqlConnection connection,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/get_weekday.sql"),
            connection
        ).With("street", street);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? (row.GetString(0), row.GetInt32(1))
            : throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");
    }

    /// <summary>Drafts a bulletin; the same order again changes nothing.</summary>
    /// <exception cref="ProblemException">The order is refused.</exception>
    public async Task DraftAsync(
        BulletinOrder order,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = Now;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await Submissions.ClaimAsync(
                connection,
                order.Id,
                caller.AccountId,
                "bulletin",
                order.Digest,
                now,
                cancellationToken
            )
        )
        {
            return;
        }

        var (_, period) = await PeriodAsync(
            connection,
            order.Street,
            order.Kind,
            order.On,
            cancellationToken
        );
        await CheckChainAsync(
            connection,
            order.Street,
            order.Kind,
            period,
            order.Replaces,
            cancellationToken
        );
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/add_bulletin.sql"),
            connection
        )
            .With("street", order.Street)
            .With("id", order.Id)
            .With("kind", order.Kind)
            .With("on", period.On)
            .With("from", period.From)
            .With("to", period.To)
            .With("previous", period.PreviousFrom)
            .With("replaces", order.Replaces)
            .With("note", order.Note)
            .With("now", now)
            .With("account", caller.AccountId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Issues a draft: numbers it and keeps its figures and records. One that was issued stays as it is.</summary>
    /// <exception cref="ProblemException">There is no such draft, or its period has an issued bulletin meanwhile.</exception>
    public async Task IssueAsync(
        Guid id,
        string? note,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await IssueOnceAsync(id, note, caller, cancellationToken);
                return;
            }
            catch (PostgresException e)
                when (attempt < 3
                    && e.SqlState
                        is PostgresErrorCodes.UniqueViolation
                            or PostgresErrorCodes.SerializationFailure
                            or PostgresErrorCodes.DeadlockDetected
                )
            {
                // Somebody else issued at the same moment: what they did is seen now, and decides.
            }
        }
    }

    private async Task IssueOnceAsync(
        Guid id,
        string? note,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = Now;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // Figures and records come from several queries and must speak of one moment.
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await LockAsync(connection, id, caller, cancellationToken);
        var bulletin = await FindAsync(connection, id, caller, cancellationToken);
        if (bulletin.Issued)
        {
            return;
        }

        await CheckChainAsync(
            connection,
            bulletin.Street,
            bulletin.Kind,
            bulletin.Period,
            bulletin.Replaces,
            cancellationToken
        );
        var (formula, content) = await MakeAsync(connection, bulletin, now, cancellationToken);
        await ContentStore.SaveAsync(connection, bulletin.Street, id, content, cancellationToken);
        var year = ChineseDate.DayOf(now).Year;
        await using var next = new NpgsqlCommand(Sql.Load("Bulletins/next_number.sql"), connection)
            .With("street", bulletin.Street)
            .With("kind", bulletin.Kind)
            .With("year", year);
        var seq = (int)(await next.ExecuteScalarAsync(cancellationToken))!;
        await using var issue = new NpgsqlCommand(
            Sql.Load("Bulletins/issue_bulletin.sql"),
            connection
        )
            .With("street", bulletin.Street)
            .With("id", id)
            .With("year", year)
            .With("seq", seq)
            .With(
                "number",
                $"{bulletin.StreetName}{BulletinKind.Mark(bulletin.Kind)}〔{year}〕{seq}号"
            )
            .With("street_name", bulletin.StreetName)
            .With("formula_street", formula.Street)
            .With("formula_version", formula.Version)
            .With("now", now)
            .With("account", caller.AccountId)
            .With("issuer", caller.DisplayName)
            .With("note", note);
        await issue.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Discards a draft.</summary>
    /// <exception cref="ProblemException">There is no such draft, or it was issued.</exception>
    public async Task DiscardAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (street, status) = await LockAsync(connection, id, caller, cancellationToken);
        if (status == "issued")
        {
            throw new ProblemException(
                BulletinProblems.Issued,
                "This bulletin was issued; correct it with a new one that replaces it."
            );
        }

        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/discard_bulletin.sql"),
            connection
        )
            .With("street", street)
            .With("id", id);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A bulletin with its content: kept, of an issued one; as it would be now, of a draft.</summary>
    /// <exception cref="ProblemException">The caller may see no bulletin of this id.</exception>
    public async Task<BulletinSheet> ReadAsync(
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var bulletin = await FindAsync(connection, id, caller, cancellationToken);
        if (!bulletin.Issued)
        {
            var (drafted, made) = await MakeAsync(connection, bulletin, Now, cancellationToken);
            return new BulletinSheet(bulletin, drafted, made);
        }

        var formula = await FormulaBook.ReadAsync(
            connection,
            bulletin.Formula!.Value.Street,
            bulletin.Formula.Value.Version,
            cancellationToken
        );
        return new BulletinSheet(
            bulletin,
            formula,
            await ContentStore.ReadAsync(connection, bulletin.Street, id, cancellationToken)
        );
    }

    /// <summary>What a bulletin would say now; nothing is kept.</summary>
    /// <exception cref="ProblemException">None of the kind is due that day.</exception>
    public async Task<BulletinSheet> PreviewAsync(
        string street,
        string kind,
        DateOnly? on,
        CancellationToken cancellationToken
    )
    {
        var (name, period) = await PeriodAsync(street, kind, on, cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var bulletin = new Bulletin(street, Guid.Empty, kind, period)
        {
            StreetName = name,
            MadeAt = Now,
        };
        var (formula, content) = await MakeAsync(connection, bulletin, Now, cancellationToken);
        return new BulletinSheet(bulletin, formula, content);
    }

    /// <summary>The bulletins of a street, newest first; drafts for those who issue.</summary>
    public async Task<IReadOnlyList<Bulletin>> ListAsync(
        string street,
        string? kind,
        int limit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Bulletins/list_bulletins.sql"))
            .With("street", street)
            .With("kind", kind)
            .With("drafts", caller.Holds(Role.Supervisor, street))
            .With("limit", limit)
            .With(caller.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var list = new List<Bulletin>();
        while (await rows.ReadAsync(cancellationToken))
        {
            list.Add(Of(rows));
        }

        return list;
    }

    /// <summary>Which bulletin of each kind is due, and the last day of the period that one was issued for.</summary>
    public async Task<IReadOnlyList<BulletinDue>> DueAsync(
        string street,
        int weekday,
        CancellationToken cancellationToken
    )
    {
        var today = BeijingTime.Today(clock);
        await using var command = source
            .CreateCommand(Sql.Load("Bulletins/last_issued.sql"))
            .With("street", street);
        var last = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                last[rows.GetString(0)] = rows.GetFieldValue<DateOnly>(1);
            }
        }

        return
        [
            .. BulletinKind.All.Select(kind =>
                BulletinDue.Of(
                    kind,
                    today,
                    weekday,
                    last.TryGetValue(kind, out var from) ? from : null
                )
            ),
        ];
    }

    private async Task<(GradingFormula, BulletinContent)> MakeAsync(
        NpgsqlConnection connection,
        Bulletin bulletin,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var formula = await FormulaBook.ReadAsync(
            connection,
            bulletin.Street,
            null,
            cancellationToken
        );
        var facts = await new FactReader(
            connection,
            bulletin.Street,
            bulletin.Period,
            now,
            cancellationToken
        ).ReadAsync(bulletin.StreetName);
        return (
            formula,
            ContentMaker.Make(
                facts,
                formula,
                BulletinKind.Grades(bulletin.Kind),
                BeijingTime.StartOf(bulletin.Period.To.AddDays(1))
            )
        );
    }

    // A period has one bulletin; a correction names the one that holds.
    private static async Task CheckChainAsync(
        NpgsqlConnection connection,
        string street,
        string kind,
        BulletinPeriod period,
        Guid? replaces,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/end_of_chain.sql"),
            connection
        )
            .With("street", street)
            .With("kind", kind)
            .With("from", period.From);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        (Guid? holds, string? number) = await row.ReadAsync(cancellationToken)
            ? (row.GetGuid(0), row.GetString(1))
            : ((Guid?, string?))(null, null);
        if (holds == replaces)
        {
            return;
        }

        throw holds is null
            ? ProblemException.Unacceptable(
                "replaces",
                "names no issued bulletin of this kind and period"
            )
            : new ProblemException(
                BulletinProblems.PeriodIssued,
                $"{number} was issued for this period. A correction names it: replaces = {holds}.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["holds"] = holds }
            );
    }

    private static async Task<(string Street, string Status)> LockAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/lock_bulletin.sql"),
            connection
        )
            .With("id", id)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw Unknown();
        }

        caller.Require(row.GetString(0), null, null, Role.Supervisor);
        return (row.GetString(0), row.GetString(1));
    }

    private static async Task<Bulletin> FindAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/get_bulletin.sql"),
            connection
        )
            .With("id", id)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var bulletin = await row.ReadAsync(cancellationToken) ? Of(row) : throw Unknown();
        // What may still change is the supervisors' own.
        return
            Array.Exists(Bulletin.Readers, r => caller.Holds(r, bulletin.Street))
            && (bulletin.Issued || caller.Holds(Role.Supervisor, bulletin.Street))
            ? bulletin
            : throw Unknown();
    }

    private static ProblemException Unknown() =>
        new(Problems.NotFound, "There is no bulletin with this id.");

    private static Bulletin Of(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetGuid(1),
            r.GetString(2),
            new BulletinPeriod(
                r.GetFieldValue<DateOnly>(3),
                r.GetFieldValue<DateOnly>(4),
                r.GetFieldValue<DateOnly>(5),
                r.GetFieldValue<DateOnly>(6)
            )
        )
        {
            StreetName = r.GetString(7),
            Number = r.GetValue(8) as string,
            Replaces = r.IsDBNull(9) ? null : r.GetGuid(9),
            ReplacesNumber = r.GetValue(10) as string,
            ReplacedBy = r.IsDBNull(11) ? null : r.GetGuid(11),
            ReplacedByNumber = r.GetValue(12) as string,
            Note = r.GetValue(13) as string,
            MadeAt = r.GetDateTime(14),
            IssuedAt = r.IsDBNull(15) ? null : r.GetDateTime(15),
            Issuer = r.GetValue(16) as string,
            Formula = r.IsDBNull(17) ? null : (r.GetString(17), r.GetInt32(18)),
        };
}
