using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>Saves campuses and gates; what they were before stays in <c>perimeter_history</c>.</summary>
public sealed class ShapeBook(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Saves what was drawn.</summary>
    /// <exception cref="ProblemException">The school changed meanwhile, or it is refused.</exception>
    internal async Task SaveAsync(
        PerimeterSchool school,
        ShapeBody shape,
        string match,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PlaceBook.AsAsync(connection, caller, cancellationToken);
        await using (
            var held = new NpgsqlCommand(
                "SELECT revision, community_code, grid_code FROM schools WHERE street_code = @street AND code = @code FOR UPDATE",
                connection
            )
        )
        {
            // What was read before the lock is what is changed, so it must not have changed in between either.
            await PlaceBook.LockAsync(
                held,
                new PlaceRecord("school", school.Street, school.Code, school.Revision),
                match,
                caller,
                _ => true,
                cancellationToken
            );
        }

        var after = shape.Of(school);
        if (shape.Campus is not null)
        {
            await PlaceBook.RequireHeldAsync(
                connection,
                school.Street,
                after.Campus,
                BeijingTime.Today(clock),
                caller,
                cancellationToken
            );
            await using var update = new NpgsqlCommand(
                Sql.Load("SchoolPerimeters/WhatIf/update_campus.sql"),
                connection
            )
                .With("street", school.Street)
                .With("code", school.Code)
                .With("geom", after.Campus)
                .With("accuracy", after.Accuracy)
                .With("datum", after.Datum)
                .With("on", BeijingTime.Today(clock))
                .With("now", clock.GetUtcNow().UtcDateTime);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        if (shape.Gates is not null)
        {
            await SaveGatesAsync(connection, after, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task SaveGatesAsync(
        NpgsqlConnection connection,
        PerimeterSchool after,
        CancellationToken cancellationToken
    )
    {
        await using (
            var others = new NpgsqlCommand(
                "SELECT code FROM gates WHERE street_code = @street AND code = ANY (@codes) AND school_code <> @school",
                connection
            )
                .With("street", after.Street)
                .With("school", after.Code)
                .With("codes", after.Gates.Select(g => g.Code).ToArray())
        )
        {
            if (await others.ExecuteScalarAsync(cancellationToken) is string taken)
            {
                throw ProblemException.Unacceptable(
                    "gates",
                    $"'{taken}' is the code of another school's gate"
                );
            }
        }

        await using var save = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/WhatIf/save_gates.sql"),
            connection
        )
            .With("street", after.Street)
            .With("school", after.Code)
            .With("codes", after.Gates.Select(g => g.Code).ToArray())
            .With("names", after.Gates.Select(g => g.Name!).ToArray())
            .With("mains", after.Gates.Select(g => g.Main ? "true" : "false").ToArray())
            .With("accuracies", after.Gates.Select(g => g.Accuracy!).ToArray())
            .With("data", after.Gates.Select(g => g.Datum!).ToArray())
            .With(
                "places",
                Factory.CreateMultiPointFromCoords([
                    .. after.Gates.Select(g => new Coordinate(g.Place.Lon, g.Place.Lat)),
                ])
            )
            .With("now", clock.GetUtcNow().UtcDateTime);
        await save.ExecuteNonQueryAsync(cancellationToken);
    }
}
