using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Assessments;

/// <summary>Enters mock assessments (模拟测评); a bad veto indicator goes onto the veto board in the same transaction.</summary>
public sealed class MockBook(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Enters one.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ProblemException">400, 403, 404, 409 (id in use) or 422.</exception>
    internal async Task<bool> EnterAsync(
        MockDraft draft,
        byte[] digest,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await Streets.RequireTouchedAsync(source, draft.Street, caller.Scope, cancellationToken);
        caller.Require(draft.Street, community: null, grid: null, Role.Supervisor, Role.Admin);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await Submissions.ClaimAsync(
                connection,
                draft.Id,
                caller.AccountId,
                "mock-assessment",
                digest,
                now,
                cancellationToken
            )
        )
        {
            return false;
        }

        var tree = await TreeAsync(connection, draft, cancellationToken);
        await CheckAsync(connection, draft, tree, cancellationToken);
        await using var insert = Command(connection, "insert_mock.sql", draft, tree)
            .With("id", draft.Id)
            .With("name", draft.Name)
            .With("held_on", draft.HeldOn)
            .With("note", draft.Note)
            .With("account", caller.AccountId)
            .With("now", now);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<Guid> TreeAsync(
        NpgsqlConnection connection,
        MockDraft draft,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Assessments/find_tree.sql"),
            connection
        )
            .With("street", draft.Street)
            .With("tree", draft.Tree);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid tree
            ? tree
            : throw ProblemException.Unacceptable(
                "tree",
                draft.Tree is null
                    ? "is needed: the street has no assessment tree yet, import one first"
                    : "is no assessment tree of this street"
            );
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection,
        MockDraft draft,
        Guid tree,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, "check_mock.sql", draft, tree);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var faults = new List<FieldError>();
        while (await rows.ReadAsync(cancellationToken) && faults.Count < 100)
        {
            var (at, field, reason) = (rows.GetInt32(0), rows.GetString(1), rows.GetString(2));
            faults.Add(
                new FieldError(
                    string.Create(CultureInfo.InvariantCulture, $"results[{at}].{field}"),
                    reason
                )
            );
        }

        if (faults.Count > 0)
        {
            throw ProblemException.ForFields(Problems.Unacceptable, faults);
        }
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string file,
        MockDraft draft,
        Guid tree
    )
    {
        var command = new NpgsqlCommand(Sql.Load($"Assessments/{file}"), connection)
            .With("street", draft.Street)
            .With("tree", tree)
            .With("indicators", [.. draft.Results.Select(r => r.Indicator)])
            .With("points", [.. draft.Results.Select(r => r.Point ?? "")])
            .With("outcomes", [.. draft.Results.Select(r => r.Outcome ?? "")])
            .With("notes", [.. draft.Results.Select(r => r.Note ?? "")]);
        command.Parameters.Add(
            new NpgsqlParameter("scores", NpgsqlDbType.Array | NpgsqlDbType.Double)
            {
                Value = draft.Results.Select(r => r.Score).ToArray(),
            }
        );
        return command;
    }
}
