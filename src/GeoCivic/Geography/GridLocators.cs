using GeoCivic.Accounts;
using GeoCivic.Spatial;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>A street with the revision of its boundaries, as just read.</summary>
/// <param name="Code">Code.</param>
/// <param name="Revision">Grows with every change of its boundaries.</param>
/// <param name="Name">Name.</param>
public sealed record StreetRevision(string Code, long Revision, string Name);

/// <summary>Locators of all streets in memory.</summary>
public sealed class GridLocators(NpgsqlDataSource source)
{
    private readonly PerRevision<GridLocator> _locators = new(GridLocator.LoadAsync);

    /// <summary>The grid in force that covers a place; streets in code order, the first that has one.</summary>
    /// <param name="lon">Longitude, degrees WGS-84.</param>
    /// <param name="lat">Latitude, degrees WGS-84.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="scope">Grids that the caller may know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(string Street, string Grid, string Community)?> LocateAsync(
        double lon,
        double lat,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await foreach (
            var (code, locator) in _locators.InForceAsync(
                connection,
                street,
                scope,
                cancellationToken
            )
        )
        {
            if (
                locator.Locate(lon, lat) is { } found
                && scope.Covers(code, found.Community, found.Grid)
            )
            {
                return (code, found.Grid, found.Community);
            }
        }

        return null;
    }

    /// <summary>
    /// The grid in force that covers a place, by boundaries of revisions that the caller has just read: without asking the
    /// database, unless a boundary has changed since the street was last asked about.
    /// </summary>
    /// <param name="at">WGS-84 degrees.</param>
    /// <param name="streets">Streets in code order; the first that has a grid there counts.</param>
    /// <param name="scope">Grids that the caller may know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<StreetRevision?> StreetOfAsync(
        LonLat at,
        IReadOnlyList<StreetRevision> streets,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        foreach (var street in streets)
        {
            if (!_locators.TryGet(street.Code, street.Revision, out var locator))
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                locator = await _locators.MakeAsync(
                    connection,
                    street.Code,
                    street.Revision,
                    cancellationToken
                );
            }

            if (
                locator.Locate(at.Lon, at.Lat) is { } found
                && scope.Covers(street.Code, found.Community, found.Grid)
            )
            {
                return street;
            }
        }

        return null;
    }
}
