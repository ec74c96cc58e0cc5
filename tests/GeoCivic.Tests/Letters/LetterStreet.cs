using GeoCivic.Accounts;
using GeoCivic.Issues;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Letters;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A street of <see cref="TestStreet"/> with a body, and issues whose tasks are written straight into the tables.</summary>
internal sealed class LetterStreet(ServiceFixture service, string street)
{
    public string Street => street;

    public Guid Account { get; private set; }

    public static async Task<LetterStreet> CreateAsync(ServiceFixture service, string street)
    {
        await TestStreet.CreateAsync(service, street);
        return await OverAsync(service, street);
    }

    /// <summary>The same over a <see cref="TestStreet"/> that is there.</summary>
    public static async Task<LetterStreet> OverAsync(ServiceFixture service, string street)
    {
        await service.ExecuteAsync(
            """
            INSERT INTO bodies (street_code, code, name, kind)
            SELECT @street, b, n, (SELECT min(code) FROM body_kinds) FROM (VALUES ('CG', '城管中队'), ('WY', '物业公司')) v (b, n)
            """,
            ("street", street)
        );
        return new LetterStreet(service, street)
        {
            Account = await service.ScalarAsync<Guid>(
                "SELECT min(account_id::text)::uuid FROM accounts"
            ),
        };
    }

    /// <summary>An issue dispatched at an instant, with one task and its limit of the reply.</summary>
    public async Task<Guid> DispatchedAsync(
        string code,
        DateTimeOffset at,
        DateTimeOffset due,
        string body = "CG",
        string state = "open"
    )
    {
        var id = Guid.NewGuid();
        await service.ExecuteAsync(
            """
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, description, geom, placement,
                                grid_code, community_code, origin, reported_by, reported_at, lead_body, lead_task_no)
            VALUES (@street, @id, @code, 'street_gambling', 'dispatched', true, @at, '聚众赌博', ST_SetSRID(ST_MakePoint(106.5505, 29.5605), 4326),
                    'inside', 'A1', 'A', 'app', @account, @at, @body, 1);
            INSERT INTO issue_tasks (street_code, issue_id, task_no, body_code, role, state, dispatched_at, stage, due_at,
                                     due_unit, due_amount, calendar_revision)
            VALUES (@street, @id, 1, @body, 'lead', @state, @at, 'reply', @due, 'working_day', 2, 1);
            INSERT INTO task_deadlines (street_code, issue_id, task_no, stage, unit, amount, started_at, due_at, first_due_at,
                                        explanation_zh, explanation_en)
            VALUES (@street, @id, 1, 'reply', 'working_day', 2, @at, @due, @due, '两个工作日。', 'Two working days.');
            """,
            ("street", street),
            ("id", id),
            ("code", code),
            ("at", at.UtcDateTime),
            ("due", due.UtcDateTime),
            ("account", Account),
            ("body", body),
            ("state", state)
        );
        return id;
    }

    /// <summary>Issues a notice in a transaction of its own.</summary>
    public async Task NoticeAsync(Guid issue, DateTimeOffset at, bool undo = false)
    {
        var book = service.Services.GetRequiredService<ILetterBook>();
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await book.IssueAsync(
            connection,
            transaction,
            new LetterOrder(
                IssueLetter.Notice,
                street,
                issue,
                1,
                "CG",
                Account,
                at.UtcDateTime,
                Note: null,
                DueAt: null
            ),
            CancellationToken.None
        );
        if (undo)
        {
            await transaction.RollbackAsync();
        }
        else
        {
            await transaction.CommitAsync();
        }
    }

    /// <summary>A supervisor of the street.</summary>
    public Caller Supervisor() =>
        new(
            Account,
            "supervisor",
            "街道督导员",
            CallerVia.Command,
            null,
            mayWrite: true,
            [new Grant(Role.Supervisor, street, null, null, null)]
        );
}
