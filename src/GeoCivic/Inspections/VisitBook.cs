using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>Enters visits and what reviewers write to them; each once, however often it is sent.</summary>
public sealed class VisitBook(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Metres from the point within which a check-in counts as there, beside the accuracy of the position.</summary>
    public const double GeofenceMetres = 50;

    /// <summary>Most metres that a poor accuracy can add to.</summary>
    public const double MaxGeofenceMetres = 150;

    /// <summary>A device's clock further behind than this is not believed.</summary>
    public static readonly TimeSpan OldestVisit = TimeSpan.FromDays(30);

    /// <summary>Enters a visit.</summary>
    /// <returns>Its id, and whether it is new.</returns>
    /// <exception cref="ProblemException">400, 403, 404, 409 (id in use) or 422.</exception>
    public async Task<(Guid Id, bool Added)> EnterAsync(
        BodyReader body,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var visit = NewVisit.Read(body, now);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // First of all, so that what was accepted once stays accepted although lists have changed since.
        if (
            !await Submissions.ClaimAsync(
                connection,
                visit.Id,
                caller.AccountId,
                "visit",
                body.Digest(),
                now,
                cancellationToken
            )
        )
        {
            return (visit.Id, false);
        }

        var (street, type) = await FindPointAsync(connection, visit, caller, cancellationToken);
        var checklist = await FindChecklistAsync(
            connection,
            visit,
            street,
            type,
            now,
            cancellationToken
        );
        await using (
            var insert = Command(connection, "insert_visit.sql", street, visit.Id)
                .With("point", visit.Point)
                .With("account", caller.AccountId)
                .With("started_at", visit.StartedAt)
                .With("now", now)
                .With("visited_at", Believable(visit.StartedAt, now))
                .With("shift", visit.Shift)
                .With("checklist_street", checklist?.Street)
                .With("checklist", checklist?.Code)
                .With("version", checklist?.Version)
                .With("result", visit.Result)
                .With("note", visit.Note)
                .With("covert", visit.Covert)
        )
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await AddPartsAsync(connection, visit, street, caller, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (visit.Id, true);
    }

    /// <summary>Enters a reviewer's comment; who may write it was checked.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> CommentAsync(
        BodyReader body,
        string street,
        Guid visit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var id = body.Id("id", required: true);
        var text = body.Text("text", 2000, required: true);
        body.Done();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await Submissions.ClaimAsync(
            connection,
            id!.Value,
            caller.AccountId,
            $"visit-comment {visit}",
            body.Digest(),
            now,
            cancellationToken
        );
        if (added)
        {
            await using var insert = Command(connection, "insert_comment.sql", street, id.Value)
                .With("visit", visit)
                .With("account", caller.AccountId)
                .With("text", text)
                .With("now", now);
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return added;
    }

    private static DateTime Believable(DateTime started, DateTime now) =>
        started > now || started < now - OldestVisit ? now : started;

    private static async Task<(string Street, string Type)> FindPointAsync(
        NpgsqlConnection connection,
        NewVisit visit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Inspections/point_for_visit.sql"),
            connection
        )
            .With("point", visit.Point)
            .With("street", visit.Street)
            .With(caller.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no evaluation point '{visit.Point}'."
            );
        }

        var street = rows.GetString(0);
        var type = rows.GetString(1);
        var community = await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetString(2);
        var grids = await rows.GetFieldValueAsync<string[]>(3, cancellationToken);
        if (await rows.ReadAsync(cancellationToken))
        {
            throw ProblemException.Unacceptable(
                "street",
                "is required: several streets have a point of this code"
            );
        }

        Role[] roles = visit.Covert ? [Role.Supervisor] : [Role.Worker, Role.Supervisor];
        if (
            !Array.Exists(
                grids,
                g => Array.Exists(roles, r => caller.Holds(r, street, community, g))
            )
        )
        {
            caller.Require(street, community, grid: null, roles);
        }

        return (street, type);
    }

    private static async Task<(string Street, string Code, string Version)?> FindChecklistAsync(
        NpgsqlConnection connection,
        NewVisit visit,
        string street,
        string type,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Inspections/checklist_of_visit.sql"),
            connection
        )
            .With("street", street)
            .With("type", type)
            .With("shift", visit.Shift)
            .With(
                "day",
                DateOnly.FromDateTime(Believable(visit.StartedAt, now) + BeijingTime.Offset)
            )
            .With("code", visit.Checklist)
            .With("version", visit.Version);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = await rows.ReadAsync(cancellationToken);
        if (!found && visit.Checklist is not null)
        {
            throw ProblemException.Unacceptable(
                "checklist",
                $"there is no such checklist for points of the type {type}"
            );
        }

        var items = found
            ? await rows.GetFieldValueAsync<string[]>(3, cancellationToken)
            : Array.Empty<string>();
        var strange = visit
            .Answers.Index()
            .Where(a => !items.Contains(a.Item.Item, StringComparer.Ordinal))
            .Select(a => new FieldError(
                $"answers[{a.Index}].item",
                $"is not an item of the checklist {(found ? rows.GetString(1) : "(there is none)")}"
            ))
            .ToList();
        return strange.Count > 0 ? throw ProblemException.ForFields(Problems.Unacceptable, strange)
            : found ? (rows.GetString(0), rows.GetString(1), rows.GetString(2))
            : null;
    }

    private static async Task AddPartsAsync(
        NpgsqlConnection connection,
        NewVisit visit,
        string street,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (visit.Place is { } place)
        {
            await using var position = Command(connection, "insert_position.sql", street, visit.Id)
                .With("point", visit.Point)
                .With("place", new Point(Math.Round(place.Lon, 7), Math.Round(place.Lat, 7)))
                .With("accuracy", visit.AccuracyMetres)
                .With(
                    "geofence",
                    Math.Min(GeofenceMetres + (visit.AccuracyMetres ?? 0), MaxGeofenceMetres)
                );
            await position.ExecuteNonQueryAsync(cancellationToken);
        }

        if (visit.Answers.Count > 0)
        {
            await using var answers = Command(connection, "insert_answers.sql", street, visit.Id)
                .With("items", [.. visit.Answers.Select(a => a.Item)])
                .With("answers", [.. visit.Answers.Select(a => a.Answer)])
                .With("notes", [.. visit.Answers.Select(a => a.Note ?? "")]);
            await answers.ExecuteNonQueryAsync(cancellationToken);
        }

        if (visit.Photos.Count > 0)
        {
            await using var photos = Command(connection, "insert_photos.sql", street, visit.Id)
                .With("account", caller.AccountId)
                .With("kinds", [.. visit.Photos.Select(p => p.Kind)])
                .With("names", [.. visit.Photos.Select(p => p.Name)]);
            if (await photos.ExecuteNonQueryAsync(cancellationToken) != visit.Photos.Count)
            {
                throw ProblemException.Unacceptable(
                    "photos",
                    "names a photo that this account has not sent; send it to /api/photos first"
                );
            }
        }
    }

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
