using System.Data;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>A cell and its number in each step.</summary>
public sealed record SeriesCell(string Street, AreaShape Shape, long[] Counts);

/// <summary>Issues by cell and step.</summary>
/// <param name="Cells">Every cell that the caller may see.</param>
/// <param name="Unplaced">Issues in no cell, by step.</param>
public sealed record SeriesAnswer(IReadOnlyList<SeriesCell> Cells, long[] Unplaced);

/// <summary>Counts issues by cell and step of time.</summary>
public sealed class DensitySeries(NpgsqlDataSource source, Density density)
{
    /// <summary>The counts in one snapshot of the database, of what the caller may see.</summary>
    /// <param name="question">Cells and filters; its window is not used.</param>
    /// <param name="steps">Steps without gaps, in order.</param>
    /// <param name="open">
    /// Issues open at the end of each step, that is, found by then and not closed by then; else those found in each step.
    /// </param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SeriesAnswer> CountAsync(
        DensityQuestion question,
        IReadOnlyList<TimeStep> steps,
        bool open,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            cancellationToken
        );
        var frame = await density.FrameAsync(connection, question, scope, cancellationToken);
        var tally = new SeriesTally(frame.Streets.Count, steps.Count);
        // What was closed is kept for all issues only: with a filter, the counts by day know both ends of each.
        var slice = open && question.Slice != "all" ? null : question.Slice;
        if (question.Level != "hex" && slice is not null)
        {
            await using var command = ByYear(connection, question, steps, open, slice);
            await ReadYearsAsync(command, frame, tally, steps, open, cancellationToken);
        }
        else
        {
            await using var command = BySteps(connection, question, steps, open);
            await ReadStepsAsync(command, frame, tally, open, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new SeriesAnswer(
            [
                .. frame
                    .Cells()
                    .Select(c => (c.Street, c.Place, c.Shape, Counts: tally[c.Street, c.Place]))
                    .Where(c => frame.IsShown(c.Street, c.Place, c.Counts.Max()))
                    .Select(c => new SeriesCell(frame.Streets[c.Street].Code, c.Shape, c.Counts)),
            ],
            tally.Unplaced
        );
    }

    private static NpgsqlCommand ByYear(
        NpgsqlConnection connection,
        DensityQuestion question,
        IReadOnlyList<TimeStep> steps,
        bool open,
        string slice
    ) =>
        YearSums
            .Command(
                connection,
                "series_year",
                question.Street,
                YearSums.SpanOf(slice),
                // What was found before the first step may be open in it.
                open ? DateOnly.MinValue : steps[0].From,
                steps[^1].To
            )
            .With("slices", open ? [slice, "closed"] : [slice]);

    private static NpgsqlCommand BySteps(
        NpgsqlConnection connection,
        DensityQuestion question,
        IReadOnlyList<TimeStep> steps,
        bool open
    )
    {
        // What was found before the first step may be open in it.
        var from = open ? DateOnly.MinValue : steps[0].From;
        var file = question.Level == "hex" ? "series_places" : "series_day";
        var command = new NpgsqlCommand(Sql.Load($"Hotspots/{file}.sql"), connection)
            .With("street", question.Street)
            .With("category", question.Category)
            .With("state", question.State)
            .With("shift", question.Shift)
            .With("closed", open)
            .With("starts", [.. steps.Select(s => s.From.ToString("O"))])
            .With("to", steps[^1].To);
        return question.Level == "hex"
            ? command
                .With("from_instant", open ? null : (DateTime?)BeijingTime.StartOf(from))
                .With("before_instant", BeijingTime.StartOf(steps[^1].To.AddDays(1)))
            : command.With("from", from);
    }

    private static async Task ReadYearsAsync(
        NpgsqlCommand command,
        CellFrame frame,
        SeriesTally tally,
        IReadOnlyList<TimeStep> steps,
        bool open,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (frame.StreetOf(rows.GetString(0)) is not { } street)
            {
                continue;
            }

            var place = frame.PlaceOf(street, rows, 2, 0);
            var sign = rows.GetBoolean(3) ? -1 : 1;
            var sums = new YearSums(
                new DateOnly(Math.Max((short)1, rows.GetInt16(4)), 1, 1),
                await rows.GetFieldValueAsync<short[]>(5, cancellationToken),
                await rows.GetFieldValueAsync<int[]>(6, cancellationToken)
            );
            var before = open ? 0 : sums.Until(steps[0].From.AddDays(-1));
            for (var step = 0; step < steps.Count; step++)
            {
                var until = sums.Until(steps[step].To);
                tally.Add(street, place, step, sign * (until - before));
                before = open ? 0 : until;
            }
        }
    }

    private static async Task ReadStepsAsync(
        NpgsqlCommand command,
        CellFrame frame,
        SeriesTally tally,
        bool open,
        CancellationToken cancellationToken
    )
    {
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                if (frame.StreetOf(rows.GetString(0)) is { } street)
                {
                    // What happened before the first step shows in it.
                    tally.Add(
                        street,
                        frame.PlaceOf(street, rows, 3, 5),
                        Math.Max(0, rows.GetInt32(4) - 1),
                        rows.GetInt64(2)
                    );
                }
            }
        }

        if (open)
        {
            tally.Accumulate();
        }
    }
}

/// <summary>Numbers by cell and step.</summary>
internal sealed class SeriesTally(int streets, int steps)
{
    private readonly Dictionary<int, long[]>[] _counts =
    [
        .. Enumerable.Range(0, streets).Select(_ => new Dictionary<int, long[]>()),
    ];

    /// <summary>What is in no cell.</summary>
    public long[] Unplaced { get; } = new long[steps];

    /// <summary>The numbers of a cell.</summary>
    public long[] this[int street, int place] =>
        _counts[street].TryGetValue(place, out var counts) ? counts : new long[steps];

    /// <summary>Adds to a cell, to what is in none, or, of what is hidden, nothing.</summary>
    public void Add(int street, int place, int step, long n)
    {
        if (place == CellFrame.Hidden)
        {
            return;
        }

        var counts = Unplaced;
        if (place >= 0 && !_counts[street].TryGetValue(place, out counts))
        {
            _counts[street].Add(place, counts = new long[steps]);
        }

        counts![step] += n;
    }

    /// <summary>Makes of the change in each step the state at its end.</summary>
    public void Accumulate()
    {
        foreach (var counts in _counts.SelectMany(c => c.Values).Append(Unplaced))
        {
            for (var step = 1; step < steps; step++)
            {
                counts[step] += counts[step - 1];
            }
        }
    }
}
