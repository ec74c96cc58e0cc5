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
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(string Street, string Grid, string Community)?> LocateAsync(
        double lon,
        double lat,
        string? street,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await foreach (
            var (code, locator) in _locators.InForceAsync(connection, street, cancellationToken)
        )
        {
            if (locator.Locate(lon, lat) is { } found)
            {
                return (code, found.Grid, found.Community);
            }
        }

        return null;
    }
}
