using GeoCivic.Accounts;
using Npgsql;

namespace GeoCivic.Geography;

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
}
