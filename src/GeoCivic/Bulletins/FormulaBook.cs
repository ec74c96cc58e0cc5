using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Bulletins;

/// <summary>The formulas, version after version.</summary>
internal static class FormulaBook
{
    /// <summary>The formula in force for a street, or a version of one.</summary>
    /// <param name="connection">Of the transaction, if there is one.</param>
    /// <param name="street">The street, or <c>*</c>.</param>
    /// <param name="version">A version; null: the one in force.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<GradingFormula> ReadAsync(
        NpgsqlConnection connection,
        string street,
        int? version,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/get_formula.sql"),
            connection
        )
            .With("street", street)
            .With("version", version);
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        var communities = new List<Indicator>();
        var bodies = new List<Indicator>();
        GradingFormula? formula = null;
        while (await r.ReadAsync(cancellationToken))
        {
            formula ??= new GradingFormula(
                r.GetString(0),
                r.GetInt32(1),
                r.GetInt32(2),
                r.GetDouble(3),
                r.GetDouble(4),
                r.GetDouble(5),
                communities,
                bodies
            );
            (r.GetString(7) == "community" ? communities : bodies).Add(
                new Indicator(r.GetString(8), r.GetDouble(9), r.GetDouble(10), r.GetDouble(11))
            );
        }

        return formula
            ?? throw new InvalidOperationException(
                $"There is no grading formula {street} {version}; the migration makes the standard one."
            );
    }

    /// <summary>Adds the next version of a street's formula.</summary>
    /// <param name="source">The database.</param>
    /// <param name="formula">The street's own formula, with the version it follows.</param>
    /// <param name="account">Who decided.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The new formula.</returns>
    /// <exception cref="ProblemException">Another version came meanwhile: <c>stale</c>.</exception>
    public static async Task<GradingFormula> AddAsync(
        NpgsqlDataSource source,
        GradingFormula formula,
        Guid account,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await ReadAsync(connection, formula.Street, null, cancellationToken);
        // The first of a street follows the standard one, whichever version that has.
        if (before.Version != formula.Version)
        {
            throw Stale();
        }

        var own = before.Street == formula.Street;
        var next = formula with { Version = own ? before.Version + 1 : 1 };
        (string Subject, Indicator Indicator)[] all =
        [
            .. next.Communities.Select(i => ("community", i)),
            .. next.Bodies.Select(i => ("body", i)),
        ];
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/put_formula.sql"),
            connection
        )
            .With("street", next.Street)
            .With("version", next.Version)
            .With("min_tasks", next.MinTasks)
            .With("excellent", next.Excellent)
            .With("good", next.Good)
            .With("fair", next.Fair)
            .With("now", now)
            .With("account", account)
            .With("subjects", all.Select(i => i.Subject).ToArray())
            .With("indicators", all.Select(i => i.Indicator.Code).ToArray());
        command.Parameters.AddWithValue("weights", all.Select(i => i.Indicator.Weight).ToArray());
        command.Parameters.AddWithValue("zeros", all.Select(i => i.Indicator.ZeroAt).ToArray());
        command.Parameters.AddWithValue("fulls", all.Select(i => i.Indicator.FullAt).ToArray());
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw Stale();
        }

        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    private static ProblemException Stale() =>
        new(Problems.Stale, "The formula was changed meanwhile; read it again and decide anew.");
}
