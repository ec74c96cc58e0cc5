using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using GeoCivic.Accounts;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>
/// What was made of a street's boundaries in force, kept until a boundary change makes it old. Each use reads the streets'
/// revisions (one short query), so that nothing is older than the last commit.
/// </summary>
/// <param name="make">Makes the value of one street.</param>
internal sealed class PerRevision<T>(
    Func<NpgsqlConnection, string, CancellationToken, Task<T>> make
)
{
    private readonly ConcurrentDictionary<string, (long Revision, T Value)> _made = new(
        StringComparer.Ordinal
    );

    /// <summary>Streets in code order, each made only when the caller comes to it.</summary>
    /// <param name="connection">Where the revisions and the boundaries are read.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="scope">Streets that the caller may know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<(string Street, T Value)> InForceAsync(
        NpgsqlConnection connection,
        string? street,
        Scope scope,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var revisions = new List<(string Street, long Revision)>();
        await using (
            var command = new NpgsqlCommand(
                Database.Sql.Load("Geography/revisions.sql"),
                connection
            )
                .With("street", street)
                .With(scope)
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                revisions.Add((rows.GetString(0), rows.GetInt64(1)));
            }
        }

        foreach (var (code, revision) in revisions)
        {
            if (!TryGet(code, revision, out var value))
            {
                value = await MakeAsync(connection, code, revision, cancellationToken);
            }

            yield return (code, value);
        }
    }

    /// <summary>What is kept of a street at a revision that the caller has just read.</summary>
    public bool TryGet(string street, long revision, [MaybeNullWhen(false)] out T value)
    {
        var known = _made.TryGetValue(street, out var made) && made.Revision == revision;
        value = made.Value;
        return known;
    }

    /// <summary>Makes the value of a street and keeps it under a revision that was read before.</summary>
    public async Task<T> MakeAsync(
        NpgsqlConnection connection,
        string street,
        long revision,
        CancellationToken cancellationToken
    )
    {
        var value = await make(connection, street, cancellationToken);
        _made[street] = (revision, value);
        return value;
    }
}
