using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Hotspots;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.KeyPlaces;

/// <summary>Saves, changes and retires key places; every revision stays in their history.</summary>
public sealed class KeyPlaceBook(
    NpgsqlDataSource source,
    IssueClusters clusters,
    TimeProvider clock
)
{
    private sealed record Locked(string Street, Geometry Shape, int Revision, bool Retired);

    /// <summary>The tag of a revision.</summary>
    internal static string TagOf(int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>Saves a new place.</summary>
    /// <returns>False when the same submission did it before.</returns>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task<bool> AddAsync(
        KeyPlaceBody place,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var street = place.Street!;
        await Streets.RequireTouchedAsync(source, street, caller.Scope, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var shape =
            place.Shape
            ?? AsMany(
                await place.Cluster!.HullAsync(clusters, street, caller.Scope, cancellationToken)
            );
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            !await Submissions.ClaimAsync(
                connection,
                place.Id!.Value,
                caller.AccountId,
                "key-place",
                place.Digest,
                now,
                cancellationToken
            )
        )
        {
            return false;
        }

        await RequireHeldAsync(connection, street, shape, caller, cancellationToken);
        await using var insert = new NpgsqlCommand(
            Sql.Load("KeyPlaces/insert_key_place.sql"),
            connection
        )
            .With("street", street)
            .With("id", place.Id)
            .With("name", place.Name)
            .With("category", place.Category)
            .With("geom", shape)
            .With("watch_days", place.WatchDays)
            .With("note", place.Note)
            .With("cluster", place.Cluster?.ToJson())
            .With("account", caller.AccountId)
            .With("now", now);
        await RunAsync(insert, cancellationToken);
        await NoteAsync(
            connection,
            street,
            place.Id.Value,
            "created",
            caller,
            now,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Changes a place, or retires it when there is nothing to change it to.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task ChangeAsync(
        Guid id,
        KeyPlaceBody? change,
        Caller caller,
        string ifMatch,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var place = await LockAsync(connection, id, caller, cancellationToken);
        await RequireHeldAsync(connection, place.Street, place.Shape, caller, cancellationToken);
        if (ifMatch != TagOf(place.Revision))
        {
            throw new ProblemException(
                Problems.Stale,
                $"The key place is at revision {place.Revision}."
            );
        }

        if (place.Retired)
        {
            throw new ProblemException(TrendProblems.Retired, "The key place was retired.");
        }

        if (change?.Shape is { } moved)
        {
            await RequireHeldAsync(connection, place.Street, moved, caller, cancellationToken);
        }

        await using var update = new NpgsqlCommand(
            Sql.Load("KeyPlaces/update_key_place.sql"),
            connection
        )
            .With("street", place.Street)
            .With("id", id)
            .With("name", change?.Name)
            .With("category", change?.Category)
            .With("geom", change?.Shape)
            .With("watch_days", change?.WatchDays)
            .With("note", change?.Note)
            .With("clear", change?.Clear ?? [])
            .With("retire", change is null)
            .With("now", now);
        await RunAsync(update, cancellationToken);
        await NoteAsync(
            connection,
            place.Street,
            id,
            change is null ? "retired" : "changed",
            caller,
            now,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Locked> LockAsync(
        NpgsqlConnection connection,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("KeyPlaces/lock_key_place.sql"),
            connection
        )
            .With("id", id)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Locked(
                row.GetString(0),
                await row.GetFieldValueAsync<Geometry>(1, cancellationToken),
                row.GetInt32(2),
                row.GetBoolean(3)
            )
            : throw new ProblemException(Problems.NotFound, "There is no key place with this id.");
    }

    // Whoever holds the whole street, or every grid that the place reaches into.
    private static async Task RequireHeldAsync(
        NpgsqlConnection connection,
        string street,
        Geometry shape,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Load("KeyPlaces/grids_met.sql"), connection)
            .With("street", street)
            .With("geom", shape);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var met = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            met++;
            caller.Require(
                street,
                rows.GetString(1),
                rows.GetString(0),
                Role.Supervisor,
                Role.Admin
            );
        }

        if (met == 0)
        {
            caller.Require(street, community: null, grid: null, Role.Supervisor, Role.Admin);
            throw ProblemException.Unacceptable("geometry", "lies in no grid of the street");
        }
    }

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "fk_key_places_category")
        {
            throw ProblemException.Unacceptable("category", "is the code of no category of issues");
        }
    }

    private static async Task NoteAsync(
        NpgsqlConnection connection,
        string street,
        Guid id,
        string act,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var note = new NpgsqlCommand(
            Sql.Load("KeyPlaces/insert_key_place_event.sql"),
            connection
        )
            .With("street", street)
            .With("id", id)
            .With("act", act)
            .With("account", caller.AccountId)
            .With("now", now);
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Geometry AsMany(Geometry shape) =>
        shape is Polygon polygon ? polygon.Factory.CreateMultiPolygon([polygon]) : shape;
}
