using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Assessments;

/// <summary>Keeps the veto board (一票否决): what is raised stays red until somebody else clears it with evidence.</summary>
public sealed class VetoBook(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly Role[] Keepers = [Role.Supervisor, Role.Admin];

    /// <summary>Enters an indicator: <c>{id, street, code, name, basis}</c>.</summary>
    /// <returns>Its id, and whether it is new.</returns>
    /// <exception cref="ProblemException">400, 403, 404 or 409 (id or code in use).</exception>
    public async Task<(Guid Id, bool Added)> AddAsync(
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var id = body.Id("id", required: true);
        var street = body.Text("street", 64, required: true);
        var code = body.Text("code", 64, required: true);
        var name = body.Text("name", 500, required: true);
        var basis = body.Text("basis", 500, required: true);
        body.Done();
        await Streets.RequireTouchedAsync(source, street!, caller.Scope, cancellationToken);
        caller.Require(street!, community: null, grid: null, Keepers);
        return await OnceAsync(
            id!.Value,
            "veto-indicator",
            body,
            caller,
            cancellationToken,
            async connection =>
            {
                await using var insert = Command(connection, "insert_veto.sql", street!)
                    .With("id", id)
                    .With("code", code)
                    .With("name", name)
                    .With("basis", basis)
                    .With("account", caller.AccountId)
                    .With("now", clock.GetUtcNow().UtcDateTime);
                if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
                {
                    throw new ProblemException(
                        Problems.Exists,
                        $"The board has an indicator '{code}' already."
                    );
                }
            }
        );
    }

    /// <summary>Changes an indicator's wording, or retires it: <c>{name, basis, retired}</c>.</summary>
    /// <exception cref="ProblemException">400, 403, 404, 412 or 422.</exception>
    public async Task ChangeAsync(
        Guid id,
        string ifMatch,
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var name = body.Text("name", 500);
        var basis = body.Text("basis", 500);
        var retired = body.Flag("retired");
        body.Done();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (street, revision, open) = await LockAsync(connection, id, caller, cancellationToken);
        if (ifMatch != $"\"{revision}\"")
        {
            throw new ProblemException(Problems.Stale, $"The indicator is at revision {revision}.");
        }

        if (retired == true && open)
        {
            throw ProblemException.Unacceptable("retired", "is not possible while it is raised");
        }

        await using var update = Command(connection, "update_veto.sql", street)
            .With("id", id)
            .With("name", name)
            .With("basis", basis)
            .With("retired", retired);
        await update.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Raises an indicator: <c>{id, reason, issue}</c>.</summary>
    /// <returns>Whether the alarm is new.</returns>
    /// <exception cref="ProblemException">400, 403, 404, 409 (id in use) or 422.</exception>
    public async Task<bool> RaiseAsync(
        Guid id,
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var alarm = body.Id("id", required: true);
        var reason = body.Text("reason", 2000, required: true);
        var issue = body.Id("issue");
        body.Done();
        var (_, added) = await OnceAsync(
            alarm!.Value,
            $"veto-alarm {id}",
            body,
            caller,
            cancellationToken,
            async connection =>
            {
                var (street, _, _) = await LockAsync(connection, id, caller, cancellationToken);
                await using var insert = Command(connection, "insert_alarm.sql", street)
                    .With(caller.Scope)
                    .With("id", alarm)
                    .With("indicator", id)
                    .With("reason", reason)
                    .With("issue", issue)
                    .With("account", caller.AccountId)
                    .With("now", clock.GetUtcNow().UtcDateTime);
                if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
                {
                    throw ProblemException.Unacceptable("issue", "is no issue of this street");
                }
            }
        );
        return added;
    }

    /// <summary>Clears an alarm: <c>{id, evidence}</c>; not by who raised it.</summary>
    /// <exception cref="ProblemException">400, 403, 404, 409 (id in use, cleared before, the same person).</exception>
    public async Task ClearAsync(
        Guid id,
        Guid alarm,
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var submission = body.Id("id", required: true);
        var evidence = body.Text("evidence", 2000, required: true);
        body.Done();
        await OnceAsync(
            submission!.Value,
            $"veto-clear {alarm}",
            body,
            caller,
            cancellationToken,
            async connection =>
            {
                var (street, _, _) = await LockAsync(connection, id, caller, cancellationToken);
                await using (
                    var find = Command(connection, "find_alarm.sql", street)
                        .With(caller.Scope)
                        .With("id", alarm)
                        .With("indicator", id)
                )
                await using (var row = await find.ExecuteReaderAsync(cancellationToken))
                {
                    if (!await row.ReadAsync(cancellationToken))
                    {
                        throw NotFound();
                    }

                    if (row.GetBoolean(1))
                    {
                        throw new ProblemException(Problems.Exists, "It was cleared before.");
                    }

                    if (row.GetGuid(0) == caller.AccountId)
                    {
                        throw new ProblemException(
                            AssessmentProblems.SecondPerson,
                            "You raised it; somebody else looks and clears it."
                        );
                    }
                }

                await using var clear = Command(connection, "clear_alarm.sql", street)
                    .With("id", alarm)
                    .With("evidence", evidence)
                    .With("account", caller.AccountId)
                    .With("now", clock.GetUtcNow().UtcDateTime);
                await clear.ExecuteNonQueryAsync(cancellationToken);
            }
        );
    }

    internal static ProblemException NotFound() =>
        new(Problems.NotFound, "There is no such veto indicator.");

    private async Task<(Guid Id, bool Added)> OnceAsync(
        Guid id,
        string kind,
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken,
        Func<NpgsqlConnection, Task> work
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await Submissions.ClaimAsync(
            connection,
            id,
            caller.AccountId,
            kind,
            body.Digest(),
            clock.GetUtcNow().UtcDateTime,
            cancellationToken
        );
        if (added)
        {
            await work(connection);
            await transaction.CommitAsync(cancellationToken);
        }

        return (id, added);
    }

    // One change of an indicator at a time.
    private static async Task<(string Street, int Revision, bool Raised)> LockAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        string street;
        int revision;
        bool raised;
        await using (
            var command = new NpgsqlCommand(Sql.Load("Assessments/lock_veto.sql"), connection)
                .With(caller.Scope)
                .With("id", id)
        )
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await row.ReadAsync(cancellationToken))
            {
                throw NotFound();
            }

            (street, revision, raised) = (row.GetString(0), row.GetInt32(1), row.GetBoolean(2));
        }

        caller.Require(street, community: null, grid: null, Keepers);
        return (street, revision, raised);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string file, string street) =>
        new NpgsqlCommand(Sql.Load($"Assessments/{file}"), connection).With("street", street);
}
