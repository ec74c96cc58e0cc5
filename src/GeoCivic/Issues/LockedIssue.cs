using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>An issue that this transaction alone may change until it ends.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Street">Its street.</param>
/// <param name="Community">Its community.</param>
/// <param name="Grid">Its grid.</param>
/// <param name="Category">Its category.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="ReportedBy">Who reported it here.</param>
/// <param name="LeadTask">Number of the lead's task of the dispatch that runs.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="LastEvent">Number of the last event.</param>
/// <param name="Facts">What its life depends on.</param>
internal sealed record LockedIssue(
    Guid Id,
    string Street,
    string? Community,
    string? Grid,
    string Category,
    DateTime FoundAt,
    Guid? ReportedBy,
    int? LeadTask,
    int Revision,
    int LastEvent,
    IssueFacts Facts
)
{
    /// <summary>What its tag says, <c>"7"</c>.</summary>
    public string Tag => TagOf(Revision);

    /// <summary>The tag of a revision.</summary>
    public static string TagOf(int revision) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>The issue, locked, when the caller may see it.</summary>
    /// <exception cref="ProblemException">There is none that the caller may see.</exception>
    public static async Task<LockedIssue> LockAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Issues/lock_issue.sql"),
            connection
        ).With("id", id);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await ReadAsync(connection, id, caller, cancellationToken);
    }

    /// <summary>The same without a lock, for answers.</summary>
    /// <exception cref="ProblemException">There is none that the caller may see.</exception>
    public static async Task<LockedIssue> ReadAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/issue_facts.sql"), connection)
            .With("id", id)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new ProblemException(Problems.NotFound, "There is no issue with this id.");
        }

        _ = IssueStates.TryParse(row.GetString(4), out var state);
        return new LockedIssue(
            id,
            row.GetString(0),
            await TextAsync(1),
            await TextAsync(2),
            row.GetString(3),
            row.GetDateTime(5),
            await IdAsync(6),
            await row.IsDBNullAsync(7, cancellationToken) ? null : row.GetInt32(7),
            row.GetInt32(8),
            row.GetInt32(9),
            new IssueFacts(
                state,
                await TextAsync(10),
                row.GetFieldValue<Guid[]>(11),
                await IdAsync(12)
            )
        );

        async Task<string?> TextAsync(int column) =>
            await row.IsDBNullAsync(column, cancellationToken) ? null : row.GetString(column);

        async Task<Guid?> IdAsync(int column) =>
            await row.IsDBNullAsync(column, cancellationToken) ? null : row.GetGuid(column);
    }

    /// <summary>The caller as this issue's life sees them.</summary>
    public IssueActor ActorOf(Caller caller)
    {
        var roles = IssueRoles.None;
        foreach (
            var (role, flag) in new[]
            {
                (Role.Worker, IssueRoles.Worker),
                (Role.Handler, IssueRoles.Handler),
                (Role.Supervisor, IssueRoles.Supervisor),
            }
        )
        {
            roles |= caller.Holds(role, Street, Community, Grid) ? flag : IssueRoles.None;
        }

        return new IssueActor(caller.AccountId, roles, caller.BodiesIn(Street));
    }
}
