using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>A code with its name.</summary>
public sealed record Named(string Code, string Name);

/// <summary>Where a place belongs.</summary>
/// <param name="Lon">Longitude, WGS-84 degrees.</param>
/// <param name="Lat">Latitude, WGS-84 degrees.</param>
/// <param name="Street">Street.</param>
/// <param name="Community">Community.</param>
/// <param name="Grid">Grid.</param>
/// <param name="Placement"><c>inside</c> or <c>snapped</c>.</param>
/// <param name="DistanceM">Metres to the grid; 0 inside.</param>
public sealed record Place(
    double Lon,
    double Lat,
    Named Street,
    Named? Community,
    Named Grid,
    string Placement,
    [property: System.Text.Json.Serialization.JsonPropertyName("distance_m")] double DistanceM
);

/// <summary>Finds the place of a coordinate.</summary>
public sealed class PlaceFinder(NpgsqlDataSource source, GridLocators locators, TimeProvider clock)
{
    /// <summary>The place on a day.</summary>
    /// <param name="at">The place.</param>
    /// <param name="day">The day; null: today.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="scope">What the caller may know of: other grids are as if they were not there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">No grid is within 20 m: <c>outside-coverage</c> with the nearest.</exception>
    public async Task<Place> FindAsync(
        LonLat at,
        DateOnly? day,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var today = BeijingTime.Today(clock);
        if (
            day is null
            && await locators.LocateAsync(at.Lon, at.Lat, street, scope, cancellationToken)
                is { } found
        )
        {
            await using var names = source
                .CreateCommand(Sql.Load("Geography/place_names.sql"))
                .With("street", found.Street)
                .With("community", found.Community)
                .With("grid", found.Grid);
            await using var row = await names.ExecuteReaderAsync(cancellationToken);
            // A boundary may have changed between the two queries; then the general query decides.
            if (await row.ReadAsync(cancellationToken))
            {
                return new Place(
                    at.Lon,
                    at.Lat,
                    new Named(found.Street, row.GetString(0)),
                    await row.IsDBNullAsync(1, cancellationToken)
                        ? null
                        : new Named(found.Community, row.GetString(1)),
                    new Named(found.Grid, row.GetString(2)),
                    "inside",
                    0
                );
            }
        }

        var point = new Point(at.Lon, at.Lat);
        await using var command = source
            .CreateCommand(Sql.Load("Geography/locate.sql"))
            .With("place", point)
            .With("at", day ?? today)
            .With("street", street)
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken))
        {
            return new Place(
                at.Lon,
                at.Lat,
                new Named(rows.GetString(0), rows.GetString(1)),
                await rows.IsDBNullAsync(3, cancellationToken)
                    ? null
                    : new Named(rows.GetString(2), rows.GetString(3)),
                new Named(rows.GetString(4), rows.GetString(5)),
                rows.GetString(6),
                await rows.IsDBNullAsync(7, cancellationToken)
                    ? 0
                    : Math.Round(rows.GetDouble(7), 2)
            );
        }

        throw await OutsideAsync(point, day ?? today, street, scope, cancellationToken);
    }

    private async Task<ProblemException> OutsideAsync(
        Point point,
        DateOnly day,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Geography/nearest_grid.sql"))
            .With("place", point)
            .With("at", day)
            .With("street", street)
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var nearest = await rows.ReadAsync(cancellationToken)
            ? new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["street"] = rows.GetString(0),
                ["code"] = rows.GetString(1),
                ["name"] = rows.GetString(2),
                ["distance_m"] = Math.Round(rows.GetDouble(3), 1),
            }
            : null;
        return new ProblemException(
            Problems.OutsideCoverage,
            nearest is null
                ? "There are no grids in force."
                : $"No grid covers the place; the nearest is {nearest["name"]} ({nearest["code"]}), {nearest["distance_m"]} m away.",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["nearest"] = nearest }
        );
    }
}
