using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>A correction of an issue; what is null stays.</summary>
internal sealed record IssueEdit
{
    public string? Category { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public LonLat? At { get; init; }

    public string? Building { get; init; }

    public string? Floor { get; init; }

    public string? SubPlace { get; init; }

    /// <summary>The members given, for the event.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Reads the body of a correction.</summary>
    /// <exception cref="ProblemException">It is faulty or says nothing.</exception>
    public static async Task<IssueEdit> ReadAsync(HttpRequest request)
    {
        var body = await BodyReader.OfAsync(request);
        var at = body.Place(required: false);
        var edit = new IssueEdit
        {
            Category = body.Text("category", 64),
            Name = body.Text("name"),
            Description = body.Text("description", 2000),
            At = at is { } place ? IssueReport.Rounded(place) : null,
            Building = body.Text("building", 100),
            Floor = body.Text("floor", 20),
            SubPlace = body.Text("sub_place", 64),
        };
        edit = edit with
        {
            Changed =
            [
                .. new[]
                {
                    ("category", edit.Category is not null),
                    ("name", edit.Name is not null),
                    ("description", edit.Description is not null),
                    ("place", edit.At is not null),
                    ("building", edit.Building is not null),
                    ("floor", edit.Floor is not null),
                    ("sub_place", edit.SubPlace is not null),
                }
                    .Where(c => c.Item2)
                    .Select(c => c.Item1),
            ],
        };
        if (edit.Changed.Count == 0)
        {
            body.Refuse("category", "or another member is needed: nothing is to be changed");
        }

        body.Done();
        return edit;
    }
}

/// <summary>Corrects issues before they are dispatched.</summary>
public sealed class IssueEdits(NpgsqlDataSource source, PlaceFinder places, TimeProvider clock)
{
    /// <summary>Makes a correction.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task MakeAsync(
        Guid id,
        IssueEdit edit,
        Caller caller,
        string ifMatch,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var place = edit.At is { } at
            ? await places.FindAsync(at, null, null, caller.Scope, cancellationToken)
            : null;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var issue = await LockedIssue.LockAsync(connection, id, caller, cancellationToken);
        var role = Require(issue, caller);
        if (ifMatch != issue.Tag)
        {
            throw new ProblemException(
                Problems.Stale,
                $"The issue is at revision {issue.Revision}."
            );
        }

        if (place is not null && place.Street.Code != issue.Street)
        {
            throw ProblemException.Unacceptable("lon", "lies in another street; report it there");
        }

        await using var update = new NpgsqlCommand(Sql.Load("Issues/edit_issue.sql"), connection)
            .With("street", issue.Street)
            .With("issue", id)
            .With("category", edit.Category)
            .With("name", edit.Name)
            .With("description", edit.Description)
            .With("place", edit.At is { } moved ? new Point(moved.Lon, moved.Lat) : null)
            .With("on", DateOnly.FromDateTime(now + BeijingTime.Offset))
            .With("building", edit.Building)
            .With("floor", edit.Floor)
            .With("sub_place", edit.SubPlace)
            .With("now", now);
        try
        {
            await update.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e)
            when (e.ConstraintName is "fk_issues_category" or "fk_issues_sub_place")
        {
            throw ProblemException.Unacceptable(
                e.ConstraintName == "fk_issues_category" ? "category" : "sub_place",
                "is a code that the list does not have"
            );
        }

        await new IssueEvent("edited", role) { Note = string.Join(", ", edit.Changed) }.AddAsync(
            connection,
            issue.Street,
            id,
            issue.LastEvent + 1,
            caller.AccountId,
            now,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private static IssueRoles Require(LockedIssue issue, Caller caller)
    {
        var roles = issue.ActorOf(caller).Roles;
        var state = issue.Facts.State;
        var supervises = roles.HasFlag(IssueRoles.Supervisor);
        if (!supervises && issue.ReportedBy != caller.AccountId)
        {
            throw new ProblemException(
                Problems.Forbidden,
                "Whoever reported the issue corrects it, or a supervisor."
            );
        }

        var open = supervises
            ? state
                is IssueState.Open
                    or IssueState.Reported
                    or IssueState.Filed
                    or IssueState.Reopened
                    or IssueState.Returned
            : state == IssueState.Reported;
        return open
            ? supervises
                ? IssueRoles.Supervisor
                : IssueRoles.Worker
            : throw new ProblemException(
                Problems.TransitionNotAllowed,
                $"An issue in the state {state.Code()} is not corrected any more.",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["state"] = state.Code(),
                    ["allowed"] = Array.Empty<string>(),
                }
            );
    }
}
