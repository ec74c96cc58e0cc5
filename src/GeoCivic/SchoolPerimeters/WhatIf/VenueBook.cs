using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>Adds, changes and deletes venues; what they were before stays in <c>perimeter_history</c>.</summary>
public sealed class VenueBook(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Adds a venue.</summary>
    /// <returns>Its code, and whether it was added now; false when the same submission did it before.</returns>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task<(string Code, bool Made)> AddAsync(
        VenueBody venue,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var street = venue.Street!;
        await Streets.RequireTouchedAsync(source, street, caller.Scope, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The code of a submission without one follows from its id, so that sending it again finds it.
        var code = venue.Code ?? $"V-{(venue.Id ?? Guid.NewGuid()).ToString("N")[..12]}";
        if (
            venue.Id is { } id
            && !await Submissions.ClaimAsync(
                connection,
                id,
                caller.AccountId,
                "venue",
                venue.Digest,
                now,
                cancellationToken
            )
        )
        {
            return (code, false);
        }

        await PlaceBook.RequireHeldAsync(
            connection,
            street,
            venue.Place!,
            BeijingTime.Today(clock),
            caller,
            cancellationToken
        );
        await using var insert = Bind(
                new NpgsqlCommand(Sql.Load("SchoolPerimeters/WhatIf/insert_venue.sql"), connection),
                venue
            )
            .With("street", street)
            .With("code", code)
            .With("on", BeijingTime.Today(clock))
            .With("now", now);
        await RunAsync(insert, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (code, true);
    }

    /// <summary>Changes a venue.</summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task ChangeAsync(
        string street,
        string code,
        VenueBody change,
        string match,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PlaceBook.AsAsync(connection, caller, cancellationToken);
        var old = await LockAsync(connection, street, code, match, caller, cancellationToken);
        var from = Kept(change, "licensed_from", change.LicensedFrom, old.From);
        var until = Kept(change, "licensed_until", change.LicensedUntil, old.Until);
        if (from > until)
        {
            throw ProblemException.Unacceptable(
                change.LicensedFrom is null ? "licensed_until" : "licensed_from",
                "would leave a licence that ends before it begins"
            );
        }

        if (change.Place is not null)
        {
            await PlaceBook.RequireHeldAsync(
                connection,
                street,
                change.Place,
                BeijingTime.Today(clock),
                caller,
                cancellationToken
            );
        }

        await using var update = Bind(
                new NpgsqlCommand(Sql.Load("SchoolPerimeters/WhatIf/update_venue.sql"), connection),
                change
            )
            .With("street", street)
            .With("code", code)
            .With("clear", change.Clear)
            .With("on", BeijingTime.Today(clock))
            .With("now", clock.GetUtcNow().UtcDateTime);
        await RunAsync(update, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Deletes a venue. What runs found of it stays with them, and its last state in <c>perimeter_history</c>.
    /// </summary>
    /// <exception cref="ProblemException">It is refused.</exception>
    internal async Task DeleteAsync(
        string street,
        string code,
        string match,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PlaceBook.AsAsync(connection, caller, cancellationToken);
        await LockAsync(connection, street, code, match, caller, cancellationToken);
        await using var delete = new NpgsqlCommand(
            "DELETE FROM venues WHERE street_code = @street AND code = @code",
            connection
        )
            .With("street", street)
            .With("code", code);
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static DateOnly? Kept(
        VenueBody change,
        string member,
        DateOnly? given,
        DateOnly? before
    ) => change.Clear.Contains(member, StringComparer.Ordinal) ? null : given ?? before;

    private static NpgsqlCommand Bind(NpgsqlCommand command, VenueBody venue) =>
        command
            .With("name", venue.Name)
            .With("category", venue.Category)
            .With("licensed_from", venue.LicensedFrom)
            .With("licensed_until", venue.LicensedUntil)
            .With("accuracy", venue.Accuracy)
            .With("datum", venue.Place is null ? null : venue.Datum)
            .With("geom", venue.Place);

    // The days of its licence, once it is held.
    private static async Task<Licence> LockAsync(
        NpgsqlConnection connection,
        string street,
        string code,
        string match,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/WhatIf/lock_venue.sql"),
            connection
        ).With(caller.Scope);
        return await PlaceBook.LockAsync(
            command,
            new PlaceRecord("venue", street, code),
            match,
            caller,
            row => new Licence(
                row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4)
            ),
            cancellationToken
        );
    }

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "fk_venues_category")
        {
            throw ProblemException.Unacceptable("category", "is the code of no category of venues");
        }
        catch (PostgresException e) when (e.ConstraintName == "pk_venues")
        {
            throw new ProblemException(Problems.Exists, "The street has a venue with this code.");
        }
    }
}
