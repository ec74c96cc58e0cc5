using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>
/// Makes runs and keeps what they found as versions, so that a night on which nothing changed adds one row.
/// </summary>
public sealed class RunBook(
    NpgsqlDataSource source,
    ComplianceGround ground,
    ComplianceRows compliance,
    ComplianceFacts facts,
    TimeProvider clock
)
{
    // Schools of other streets this near to the street's own places are noted, so that a school which was there before
    // is not taken for a new one when a venue opens beside it. Degrees; about 2 km.
    private const double Around = 0.02;

    /// <summary>Makes a run of a street.</summary>
    /// <returns>
    /// The run, and whether it was made now: not for an id that was sent before, nor for a night that was run already.
    /// </returns>
    /// <exception cref="ProblemException">The id was used for something else.</exception>
    public async Task<(PerimeterRun Run, bool Made)> MakeAsync(
        string street,
        RunOrder order,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var day = BeijingTime.Today(clock);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (
            order.Id is { } id
            && !await Submissions.ClaimAsync(
                connection,
                id,
                order.Account!.Value,
                "perimeter-run",
                order.Digest!,
                now,
                cancellationToken
            )
        )
        {
            return (
                await RunRows.FindAsync(connection, street, id, night: null, cancellationToken)
                    ?? throw new ProblemException(
                        Problems.IdInUse,
                        $"The id {id} was used for a run of another street."
                    ),
                false
            );
        }

        // One run of a street at a time, whichever process makes it.
        await using (
            var lockStreet = new NpgsqlCommand(
                "SELECT pg_advisory_xact_lock(hashtextextended('geocivic:perimeters:' || @street, 0))",
                connection
            ).With("street", street)
        )
        {
            await lockStreet.ExecuteNonQueryAsync(cancellationToken);
        }

        if (
            order.Kind == "nightly"
            && await RunRows.FindAsync(connection, street, id: null, day, cancellationToken)
                is { } night
        )
        {
            return (night, false);
        }

        var seq = await RunRows.LastAsync(connection, street, cancellationToken) + 1;
        var before = await RunStore.ReadAsync(connection, street, seq - 1, cancellationToken);
        var after = await LookAsync(street, day, cancellationToken);
        // Before the first run there was nothing that could have changed.
        var changes = PerimeterChange.Count(
            seq == 1 ? [] : PerimeterChange.Between(street, before, after)
        );
        var run = order.Id ?? Guid.CreateVersion7(clock.GetUtcNow());
        await using (
            var insert = new NpgsqlCommand(
                Sql.Load("SchoolPerimeters/Runs/insert_run.sql"),
                connection
            )
                .With("street", street)
                .With("seq", seq)
                .With("run", run)
                .With("day", day)
                .With("kind", order.Kind)
                .With("now", now)
                .With("account", order.Account)
                .With("tally", JsonSerializer.Serialize(after.Tally))
                .With("changes", JsonSerializer.Serialize(changes))
        )
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await RunStore.WriteAsync(connection, street, seq, before, after, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (
            new PerimeterRun(
                run,
                seq,
                RunRows.InBeijing(now),
                day,
                order.Kind,
                after.Tally,
                changes
            ),
            true
        );
    }

    /// <summary>The runs of a street, the latest first.</summary>
    public async Task<IReadOnlyList<PerimeterRun>> ListAsync(
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await RunRows.ListAsync(connection, street, cancellationToken);
    }

    /// <summary>
    /// What became another in the days from–to, both included: the last run of the last day compared with the last one before
    /// the first day, or with the first there is.
    /// </summary>
    public async Task<(
        PerimeterRun? From,
        PerimeterRun? To,
        IReadOnlyList<PerimeterChange> Changes
    )> ChangesAsync(string street, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var (first, last) = await RunRows.BetweenAsync(
            connection,
            street,
            from,
            to,
            cancellationToken
        );
        if (first is null || last is null)
        {
            return (first, last, []);
        }

        return (
            first,
            last,
            PerimeterChange.Between(
                street,
                await RunStore.ReadAsync(connection, street, first.Seq, cancellationToken),
                await RunStore.ReadAsync(connection, street, last.Seq, cancellationToken)
            )
        );
    }

    /// <summary>How a street is now.</summary>
    private async Task<PerimeterState> LookAsync(
        string street,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var question = new ComplianceQuestion(new Scope([street], []), day) { Street = street };
        var state = new PerimeterState();
        var box = new Envelope();
        await foreach (var venue in ground.AllVenuesAsync(question, cancellationToken))
        {
            state.Add(venue);
            box.ExpandToInclude(venue.Place.EnvelopeInternal);
        }

        var all = await ground.SchoolsAsync(question, cancellationToken);
        foreach (var school in all.Where(s => s.Own))
        {
            box.ExpandToInclude(school.Campus.EnvelopeInternal);
        }

        box.ExpandBy(Around);
        var near = all.Where(s => s.Own || box.Intersects(s.Campus.EnvelopeInternal)).ToList();
        near.ForEach(state.Add);
        var book = await compliance.RulesOfAsync(near, question, cancellationToken);
        foreach (var (of, rule) in book.SelectMany(b => b.Value.Select(r => (b.Key, r))))
        {
            state.Add(of, rule);
        }

        state.Add(await facts.NetworkAsync(question, cancellationToken));
        await foreach (
            var school in compliance.OfAsync(question, near, book, null, cancellationToken)
        )
        {
            foreach (var row in school.Rows)
            {
                state.Add(row);
            }
        }

        return state;
    }
}
