using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>Something that happened to an issue, as it is written down for ever.</summary>
/// <param name="Kind"><c>created</c>, <c>transition</c>, <c>edited</c>, <c>task_reply</c> or <c>extension_request</c>.</param>
/// <param name="Role">The role in which the account acted.</param>
internal sealed record IssueEvent(string Kind, IssueRoles Role)
{
    public IssueState? From { get; init; }

    public IssueState? To { get; init; }

    public string? Note { get; init; }

    public string? Body { get; init; }

    public int? Task { get; init; }

    public int? Days { get; init; }

    public Guid? MergedInto { get; init; }

    public string? Leader { get; init; }

    /// <summary>Writes it down.</summary>
    public async Task AddAsync(
        NpgsqlConnection connection,
        string street,
        Guid issue,
        int seq,
        Guid account,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/insert_event.sql"), connection)
            .With("street", street)
            .With("issue", issue)
            .With("seq", seq)
            .With("kind", Kind)
            .With("now", now)
            .With("account", account)
            .With("role", NameOf(Role))
            .With("from_state", From?.Code())
            .With("to_state", To?.Code())
            .With("note", Note)
            .With("body", Body)
            .With("task", Task)
            .With("days", Days)
            .With("merged_into", MergedInto)
            .With("leader", Leader);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Whoever holds several roles acts in the one that the step asks for; a report by a supervisor is a supervisor's.
    private static string NameOf(IssueRoles role) =>
        role.HasFlag(IssueRoles.Supervisor) ? "supervisor"
        : role.HasFlag(IssueRoles.Handler) ? "handler"
        : "worker";
}
