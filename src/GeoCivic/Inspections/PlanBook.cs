using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>Keeps plans of checks (检查计划): daily and weekly checks, monthly ones, quarterly mock assessments.</summary>
public sealed class PlanBook(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly Role[] Keepers = [Role.Supervisor, Role.Admin];

    /// <summary>Enters a new plan: <c>{id, street, …}</c>.</summary>
    /// <returns>Its id and street, and whether it is new.</returns>
    /// <exception cref="ProblemException">400, 403, 404, 409 (id in use) or 422.</exception>
    public async Task<(Guid Id, string Street, bool Added)> AddAsync(
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = BeijingTime.Today(clock);
        var id = body.Id("id", required: true);
        var street = body.Text("street", 64, required: true);
        var draft = PlanDraft.Read(body, before: null, today);
        body.Done();
        await Streets.RequireTouchedAsync(source, street!, caller.Scope, cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await Submissions.ClaimAsync(
                connection,
                id!.Value,
                caller.AccountId,
                "plan",
                body.Digest(),
                now,
                cancellationToken
            )
        )
        {
            return (id.Value, street!, false);
        }

        await CheckPlacesAsync(connection, street!, draft, caller, cancellationToken);
        await using (
            var insert = Command(connection, "insert_plan.sql", street!, id.Value)
                .With("account", caller.AccountId)
                .With("now", now)
        )
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await AddVersionAsync(
            connection,
            street!,
            id.Value,
            draft,
            Later(draft.Starts, today),
            caller,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return (id.Value, street!, true);
    }

    /// <summary>Changes a plan from today on; runs that began before are judged as they were asked for.</summary>
    /// <exception cref="ProblemException">400, 403, 404, 412 (changed meanwhile) or 422.</exception>
    public async Task ChangeAsync(
        string street,
        Guid id,
        string ifMatch,
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var today = BeijingTime.Today(clock);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (revision, before, countsFrom) = await LockAsync(
            connection,
            street,
            id,
            cancellationToken
        );
        var draft = PlanDraft.Read(body, before, today);
        body.Done();
        await CheckPlacesAsync(connection, street, before, caller, cancellationToken, old: true);
        await CheckPlacesAsync(connection, street, draft, caller, cancellationToken);
        if (ifMatch != $"\"{revision}\"")
        {
            throw new ProblemException(Problems.Stale, $"The plan is at revision {revision}.");
        }

        await using (
            var touch = Command(connection, "touch_plan.sql", street, id).With("today", today)
        )
        {
            await touch.ExecuteNonQueryAsync(cancellationToken);
        }

        // Runs of the same cadence go on; another one begins its own today.
        var same = draft.Cadence == before.Cadence && draft.Starts == before.Starts;
        await AddVersionAsync(
            connection,
            street,
            id,
            draft,
            same ? countsFrom : Later(draft.Starts, today),
            caller,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private async Task AddVersionAsync(
        NpgsqlConnection connection,
        string street,
        Guid id,
        PlanDraft draft,
        DateOnly countsFrom,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var insert = Command(connection, "insert_plan_version.sql", street, id)
            .With("today", BeijingTime.Today(clock))
            .With("name", draft.Name)
            .With("cadence", draft.Cadence)
            .With("kind", draft.Kind)
            .With("point_types", draft.PointTypes)
            .With("communities", draft.Communities)
            .With("grids", draft.Grids)
            .With("points", draft.Points)
            .With("shifts", draft.Shifts)
            .With("share", draft.Share)
            .With("starts", draft.Starts)
            .With("ends", draft.Ends)
            .With("counts_from", countsFrom)
            .With("working_days", draft.WorkingDays)
            .With("note", draft.Note)
            .With("account", caller.AccountId)
            .With("now", clock.GetUtcNow().UtcDateTime);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(int Revision, PlanDraft Plan, DateOnly CountsFrom)> LockAsync(
        NpgsqlConnection connection,
        string street,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, "lock_plan.sql", street, id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw NotFound();
        }

        T Field<T>(string name) => row.GetFieldValue<T>(row.GetOrdinal(name));
        return (
            Field<int>("revision"),
            new PlanDraft
            {
                Name = Field<string>("name"),
                Cadence = Field<string>("cadence"),
                Kind = Field<string>("kind"),
                PointTypes = Field<string[]>("point_types"),
                Communities = Field<string[]>("communities"),
                Grids = Field<string[]>("grids"),
                Points = Field<string[]>("points"),
                Shifts = Field<string[]>("shifts"),
                Share = Field<int>("share"),
                Starts = Field<DateOnly>("starts"),
                Ends = row.GetValue(12) is DateTime or DateOnly
                    ? row.GetFieldValue<DateOnly>(12)
                    : null,
                WorkingDays = Field<bool>("working_days"),
                Note = row.GetValue(14) as string,
            },
            Field<DateOnly>("counts_from")
        );
    }

    /// <summary>Whoever keeps a plan holds every area and point that it names, or the whole street.</summary>
    private static async Task CheckPlacesAsync(
        NpgsqlConnection connection,
        string street,
        PlanDraft draft,
        Caller caller,
        CancellationToken cancellationToken,
        bool old = false
    )
    {
        var places = new List<(string Kind, string Code, string? Community, string? Grid)>();
        var unknown = new List<FieldError>();
        await using (
            var command = new NpgsqlCommand(Sql.Load("Inspections/plan_places.sql"), connection)
                .With(caller.Scope)
                .With("street", street)
                .With("point_types", draft.PointTypes)
                .With("communities", draft.Communities)
                .With("grids", draft.Grids)
                .With("points", draft.Points)
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                var (kind, code) = (rows.GetString(0), rows.GetString(1));
                if (rows.GetBoolean(4))
                {
                    places.Add(
                        (kind, code, rows.GetValue(2) as string, rows.GetValue(3) as string)
                    );
                }
                else
                {
                    unknown.Add(new FieldError(kind, $"'{code}' is none that you may see here"));
                }
            }
        }

        if (draft.IsOfWholeStreet)
        {
            caller.Require(street, community: null, grid: null, Keepers);
        }

        // An area that was redrawn away must not keep the plan from being changed by who holds the street.
        if (unknown.Count > 0 && old)
        {
            caller.Require(street, community: null, grid: null, Keepers);
        }
        else if (unknown.Count > 0)
        {
            throw ProblemException.ForFields(Problems.Unacceptable, unknown);
        }

        foreach (var (_, _, community, grid) in places.Where(p => p.Kind != "point_types"))
        {
            caller.Require(street, community, grid, Keepers);
        }
    }

    internal static ProblemException NotFound() => new(Problems.NotFound, "There is no such plan.");

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string file,
        string street,
        Guid id
    ) =>
        new NpgsqlCommand(Sql.Load($"Inspections/{file}"), connection)
            .With("street", street)
            .With("id", id);
}
