using System.Data;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Counts issues by cell.</summary>
public sealed class Density(
    NpgsqlDataSource source,
    AreaShapes shapes,
    HexShapes hexagons,
    TimeProvider clock
)
{
    /// <summary>The counts in one snapshot of the database, of what the caller may see.</summary>
    public async Task<DensityAnswer> CountAsync(
        DensityQuestion question,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var frame = await FrameAsync(connection, question, scope, cancellationToken);
        async Task<Tally> TallyAsync(NpgsqlCommand command)
        {
            await using (command)
            {
                return await frame.TallyAsync(command, cancellationToken);
            }
        }

        var late = question.Measure == DensityMeasure.OverdueShare;
        var issues = await TallyAsync(
            late ? OpenIssues(connection, question, overdue: false) : Issues(connection, question)
        );
        var points =
            question.Measure == DensityMeasure.PerPoint
                ? await TallyAsync(Command(connection, "points", question))
                : null;
        var visits =
            question.Measure == DensityMeasure.PerVisit
                ? await TallyAsync(Command(connection, "visits", question))
                : null;
        var overdue = late
            ? await TallyAsync(OpenIssues(connection, question, overdue: true))
            : null;
        await transaction.CommitAsync(cancellationToken);

        var cells = new List<DensityCell>();
        foreach (var (street, place, shape) in frame.Cells())
        {
            var n = issues[street, place];
            if (frame.IsShown(street, place, n))
            {
                cells.Add(
                    Cell(
                        question.Measure,
                        frame.Streets[street].Code,
                        shape,
                        n,
                        points?[street, place],
                        visits?[street, place],
                        overdue?[street, place]
                    )
                );
            }
        }

        return new DensityAnswer(cells, issues.Unplaced);
    }

    /// <summary>The cells of a question, in the snapshot of the transaction that is open.</summary>
    internal async Task<CellFrame> FrameAsync(
        NpgsqlConnection connection,
        DensityQuestion question,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var grids = await shapes.InForceAsync(
            connection,
            "grid",
            question.Street,
            scope,
            cancellationToken
        );
        var frame = new CellFrame(question.Level, scope);
        if (question.Level == "hex")
        {
            var cells = await hexagons.InForceAsync(
                connection,
                question.Size,
                question.Street,
                scope,
                cancellationToken
            );
            frame.Add(grids, cells);
            return frame;
        }

        frame.Add(
            grids,
            question.Level == "grid"
                ? grids
                : await shapes.InForceAsync(
                    connection,
                    question.Level,
                    question.Street,
                    scope,
                    cancellationToken
                )
        );
        return frame;
    }

    /// <summary>The query that counts issues: of what is maintained, the least that can answer.</summary>
    internal static NpgsqlCommand Issues(NpgsqlConnection connection, DensityQuestion question)
    {
        if (question.Level == "hex")
        {
            // Where in its grid an issue lies, only the issue itself knows.
            return Command(connection, "counts_places", question)
                .With("state", question.State)
                .With("category", question.Category);
        }

        var always = question.From is null && question.To is null;
        if (always && question.State is "open" or "all" && question.Shift is null)
        {
            return new NpgsqlCommand(Sql.Load("Hotspots/counts_all_time.sql"), connection)
                .With("street", question.Street)
                .With("category", question.Category)
                .With("open", question.State == "open");
        }

        var from = question.From ?? DateOnly.MinValue;
        var to = question.To ?? DateOnly.MaxValue;
        return question.Slice is { } slice
            ? YearSums
                .Command(
                    connection,
                    "counts_year",
                    question.Street,
                    YearSums.SpanOf(slice),
                    from,
                    to
                )
                .With("slice", slice)
            : new NpgsqlCommand(Sql.Load("Hotspots/counts_day.sql"), connection)
                .With("street", question.Street)
                .With("category", question.Category)
                .With("state", question.State)
                .With("shift", question.Shift)
                .With("from", from)
                .With("to", to);
    }

    private NpgsqlCommand OpenIssues(
        NpgsqlConnection connection,
        DensityQuestion question,
        bool overdue
    ) =>
        Command(connection, "open_issues", question)
            .With("state", question.State)
            .With("category", question.Category)
            .With("overdue", overdue)
            .With("now", clock.GetUtcNow().UtcDateTime);

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string file,
        DensityQuestion question
    )
    {
        var command = new NpgsqlCommand(Sql.Load($"Hotspots/{file}.sql"), connection)
            .With("street", question.Street)
            .With("hex", question.Level == "hex");
        if (file == "points")
        {
            return command;
        }

        var (from, before) = question.Instants();
        return command.With("shift", question.Shift).With("from", from).With("before", before);
    }

    private static DensityCell Cell(
        DensityMeasure measure,
        string street,
        AreaShape shape,
        long n,
        long? points,
        long? visits,
        long? overdue
    )
    {
        double? value = measure switch
        {
            DensityMeasure.PerKm2 => n / (shape.AreaM2 / 1e6),
            DensityMeasure.PerPoint => points == 0 ? null : (double)n / points,
            DensityMeasure.PerVisit => visits == 0 ? null : (double)n / visits,
            DensityMeasure.OverdueShare => n == 0 ? null : (double?)overdue / n,
            _ => n,
        };
        var status =
            visits == 0 ? CellStatus.NeverVisited
            : value is null ? CellStatus.NoData
            : value == 0 ? CellStatus.Zero
            : CellStatus.Value;
        return new DensityCell(street, shape, n, value, status)
        {
            Points = points,
            Visits = visits,
            Overdue = overdue,
        };
    }
}
