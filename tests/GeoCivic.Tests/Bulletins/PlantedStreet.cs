using GeoCivic.Http;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using Npgsql;

namespace GeoCivic.Tests.Bulletins;

/// <summary>An issue of a <see cref="PlantedStreet"/> with the instants of its steps, null where it did not come so far.</summary>
internal sealed record PlantedIssue(string Code, string Community, string Category)
{
    public Guid Id { get; } = Guid.NewGuid();
    public bool Imported { get; init; }
    public bool Embargoed { get; init; }
    public required DateTime Found { get; init; }
    public DateTime Entered { get; init; }
    public DateTime? FileDue { get; init; }
    public DateTime? Filed { get; init; }
    public DateTime? Dispatched { get; init; }
    public string? Body { get; init; }
    public DateTime ReplyDue { get; init; }
    public DateTime? Replied { get; init; }
    public DateTime? Closed { get; init; }
    public DateTime? Reopened { get; init; }

    public string State =>
        Reopened is not null ? "reopened"
        : Closed is not null ? "cancelled"
        : Imported ? "open"
        : Replied is not null ? "replied"
        : Dispatched is not null ? "dispatched"
        : Filed is not null ? "filed"
        : "reported";

    /// <summary>Whether it was open at an instant, by what was recorded until then.</summary>
    public bool OpenAt(DateTime t) =>
        !Embargoed
        && Found < t
        && Entered <= t
        && (Closed is null || Closed > t || (Reopened is { } again && again <= t));

    /// <summary>Whether the limit that ran at an instant was over.</summary>
    public bool OverdueAt(DateTime t)
    {
        if (!OpenAt(t) || Imported)
        {
            return false;
        }

        // What was taken up again waits to be filed, as at first.
        if (Reopened is { } again && again <= t)
        {
            return FileDue <= t;
        }

        return Dispatched is { } sent && sent <= t
            ? (Replied is null || Replied > t) && ReplyDue <= t
            : (Filed is null || Filed > t) && FileDue <= t;
    }
}

/// <summary>A street of two communities, A and B, whose past is written straight into the tables.</summary>
internal sealed class PlantedStreet(ServiceFixture service, string street)
{
    public string Street => street;

    public static async Task<PlantedStreet> CreateAsync(ServiceFixture service, string street)
    {
        await TestStreet.CreateAsync(service, street);
        await service.ExecuteAsync(
            """
            INSERT INTO bodies (street_code, code, name, kind)
            SELECT @street, b, n, (SELECT min(code) FROM body_kinds) FROM (VALUES ('CG', '城管中队'), ('WY', '物业公司'), ('SJ', '市监所')) v (b, n)
            """,
            ("street", street)
        );
        return new PlantedStreet(service, street);
    }

    /// <summary>Writes issues with their events, tasks and limits.</summary>
    public async Task PlantAsync(IEnumerable<PlantedIssue> issues)
    {
        foreach (var i in issues)
        {
            await RunAsync(
                i,
                """
                INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, description, geom, placement,
                                    grid_code, community_code, origin, reported_by, reported_at, lead_body, lead_task_no, file_due_at,
                                    covert, rectified_by, verified_by)
                SELECT @street, @id, @code, @category, @state, s.is_open, @found, CASE WHEN s.is_open THEN NULL ELSE @closed END, '情况' || @code,
                       ST_SetSRID(ST_MakePoint(106.5505, 29.5605), 4326), 'inside', CASE @community WHEN 'A' THEN 'A1' ELSE 'B2' END,
                       @community, CASE WHEN @imported THEN 'import' ELSE 'app' END, a.first, CASE WHEN NOT @imported THEN @entered END,
                       CASE WHEN @dispatched IS NOT NULL THEN @body END, CASE WHEN @dispatched IS NOT NULL THEN 1 END, @file_due, @covert,
                       CASE WHEN NOT @imported AND @closed IS NOT NULL THEN a.first END, CASE WHEN NOT @imported AND @closed IS NOT NULL THEN a.last END
                FROM issue_states s, (SELECT min(account_id::text)::uuid AS first, max(account_id::text)::uuid AS last FROM accounts) a
                WHERE s.code = @state
                """
            );
            if (i.Imported)
            {
                continue;
            }

            await RunAsync(
                i,
                """
                INSERT INTO issue_events (street_code, issue_id, seq, kind, recorded_at, occurred_at, account_id, role, from_state, to_state, body_code, task_no)
                SELECT @street, @id, row_number() OVER (ORDER BY e.at), CASE WHEN e.f IS NULL THEN 'created' ELSE 'transition' END, e.at, e.at,
                       (SELECT min(account_id::text)::uuid FROM accounts), 'supervisor', e.f, e.t, CASE e.t WHEN 'dispatched' THEN @body END,
                       CASE e.t WHEN 'dispatched' THEN 1 END
                FROM (VALUES (@entered, NULL, 'reported'), (@filed, 'reported', 'filed'), (@dispatched, 'filed', 'dispatched'),
                             (@replied, 'dispatched', 'replied'), (@closed - INTERVAL '3 seconds', 'replied', 'rectified'),
                             (@closed - INTERVAL '2 seconds', 'rectified', 'verified'), (@closed, 'verified', 'cancelled'),
                             (@reopened, 'cancelled', 'reopened')) e (at, f, t)
                WHERE e.at IS NOT NULL;
                INSERT INTO issue_tasks (street_code, issue_id, task_no, body_code, role, state, dispatched_at, stage, due_at, due_unit, due_amount,
                                         calendar_revision, replied_at, done_at)
                SELECT @street, @id, 1, @body, 'lead', CASE WHEN @closed IS NOT NULL THEN 'done' WHEN @replied IS NOT NULL THEN 'replied' ELSE 'open' END,
                       @dispatched, 'reply', @reply_due, 'working_day', 2, 1, @replied, @closed
                WHERE @dispatched IS NOT NULL;
                INSERT INTO task_deadlines (street_code, issue_id, task_no, stage, unit, amount, started_at, due_at, first_due_at, explanation_zh,
                                            explanation_en, met_at)
                SELECT @street, @id, 1, 'reply', 'working_day', 2, @dispatched, @reply_due, @reply_due, '两天', 'Two days', @replied
                WHERE @dispatched IS NOT NULL;
                """
            );
        }
    }

    private async Task RunAsync(PlantedIssue i, string sql)
    {
        await using NpgsqlCommand command = service
            .Database.CreateCommand(sql)
            .With("street", street)
            .With("id", i.Id)
            .With("code", i.Code)
            .With("category", i.Category)
            .With("state", i.State)
            .With("community", i.Community)
            .With("imported", i.Imported)
            .With("covert", i.Embargoed)
            .With("found", i.Found)
            .With("entered", i.Entered)
            .With("body", i.Body ?? "CG")
            .With("reply_due", i.ReplyDue)
            .With("file_due", i.FileDue)
            .With("filed", i.Filed)
            .With("dispatched", i.Dispatched)
            .With("replied", i.Replied)
            .With("closed", i.Closed)
            .With("reopened", i.Reopened);
        await command.ExecuteNonQueryAsync();
    }
}
