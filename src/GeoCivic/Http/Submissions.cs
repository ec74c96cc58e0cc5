using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Http;

/// <summary>Ids that clients give their submissions, so that sending one again, even at the same time, does nothing twice.</summary>
public static class Submissions
{
    /// <summary>
    /// Claims an id inside the transaction that does the work. When another transaction is doing the same work, this
    /// waits for its end.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="id">The client's id.</param>
    /// <param name="account">Who submits.</param>
    /// <param name="kind">What, with the id of what it is about, when the address names it.</param>
    /// <param name="digest">Digest of the body.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>True when the work is to be done; false when it was done before, by the same submission.</returns>
    /// <exception cref="ProblemException">The id was used for something else: <c>id-in-use</c>.</exception>
    public static async Task<bool> ClaimAsync(
        NpgsqlConnection connection,
        Guid id,
        Guid account,
        string kind,
        byte[] digest,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var claim = new NpgsqlCommand(Sql.Load("Http/claim_submission.sql"), connection)
            .With("id", id)
            .With("account", account)
            .With("kind", kind)
            .With("digest", Convert.ToHexStringLower(digest))
            .With("now", now);
        if (await claim.ExecuteNonQueryAsync(cancellationToken) == 1)
        {
            return true;
        }

        await using var same = new NpgsqlCommand(Sql.Load("Http/same_submission.sql"), connection)
            .With("id", id)
            .With("account", account)
            .With("kind", kind)
            .With("digest", Convert.ToHexStringLower(digest));
        return await same.ExecuteScalarAsync(cancellationToken) is true
            ? false
            : throw new ProblemException(
                Problems.IdInUse,
                $"The id {id} was used for another submission."
            );
    }
}
