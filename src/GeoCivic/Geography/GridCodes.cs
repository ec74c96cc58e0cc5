using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>Issues grid codes inside a community (feature A1).</summary>
public static class GridCodes
{
    /// <summary>
    /// Takes the lowest code of the community that was never used, not even by a grid since dissolved, and keeps it taken.
    /// </summary>
    /// <exception cref="ProblemException">The community is unknown or has used all 999 codes.</exception>
    public static async Task<string> IssueAsync(
        NpgsqlDataSource source,
        string community,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The street's lock keeps two callers from being given the same code.
        await using var locked = new NpgsqlCommand(
            Sql.Load("Geography/lock_community.sql"),
            connection
        ).With("community", community);
        if (await locked.ExecuteScalarAsync(cancellationToken) is not string street)
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no community '{community}' in force."
            );
        }

        var used = new List<string>();
        await using (
            var command = new NpgsqlCommand(Sql.Load("Geography/used_grid_codes.sql"), connection)
                .With("street", street)
                .With("community", community)
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                used.Add(rows.GetString(0));
            }
        }

        if (!GridCode.TryNext(community, used, out var next, out var reason))
        {
            throw new ProblemException(Problems.GridCodesExhausted, reason);
        }

        await using var insert = new NpgsqlCommand(
            "INSERT INTO areas (street_code, level, code) VALUES (@street, 'grid', @code)",
            connection
        )
            .With("street", street)
            .With("code", next.ToString());
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return next.ToString();
    }
}
