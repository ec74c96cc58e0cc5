using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>What a statistic says of cells.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Counts">The cells as the density has them, of what the caller may see.</param>
/// <param name="Weights">Who is whose neighbour, no cell its own.</param>
/// <param name="Values">The measure; NaN where nothing can be said.</param>
public sealed record HotspotMap(
    HotspotQuestion Question,
    DensityAnswer Counts,
    SpatialWeights Weights,
    double[] Values
)
{
    /// <summary>Gi*, where it was asked for.</summary>
    public GiStarResult? GiStar { get; init; }

    /// <summary>Local Moran's I, where it was asked for.</summary>
    public LocalMoranResult? Moran { get; init; }

    /// <summary>Number, mean and standard deviation of the values.</summary>
    public Moments Moments => GiStar?.Moments ?? Moran!.Moments;

    /// <summary>The class of a cell as programs write it.</summary>
    public string ClassOf(int cell) => GiStar?.Class(cell).Word() ?? Moran!.Class(cell).Word();

    /// <summary>The statistic of a cell; NaN where it took no part.</summary>
    public double StatisticOf(int cell) => GiStar?.Z[cell] ?? Moran!.I[cell];

    /// <summary>Probability under chance.</summary>
    public double POf(int cell) => GiStar?.P[cell] ?? Moran!.P[cell];

    /// <summary>Level of the false discovery rate.</summary>
    public double QOf(int cell) => GiStar?.Q[cell] ?? Moran!.Q[cell];

    /// <summary>Neighbours of a cell that have a value.</summary>
    public IEnumerable<int> NeighboursOf(int cell) =>
        Weights.Neighbours(cell).ToArray().Where(n => !double.IsNaN(Values[n]));
}

/// <summary>
/// Tells hot and cold cells from chance. The counts are those of the density call, from the same code, so that both maps
/// always speak of the same issues.
/// </summary>
public sealed class HotspotFinder(
    NpgsqlDataSource source,
    Density density,
    Neighbourhoods neighbourhoods
)
{
    // Some seconds of both cores of a small machine.
    private const long MostDraws = 500_000_000;

    /// <summary>Looks at the cells that the caller may see.</summary>
    /// <exception cref="ProblemException">404: no such street. 422: too little to tell. 400: too much to compute.</exception>
    public async Task<HotspotMap> FindAsync(
        HotspotQuestion question,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        if (question.Street is { } street)
        {
            await Streets.RequireTouchedAsync(source, street, scope, cancellationToken);
        }

        var counts = await density.CountAsync(question.Counted, scope, cancellationToken);
        double[] values = [.. counts.Cells.Select(c => c.Value ?? double.NaN)];
        var events = counts.Cells.Where(c => c.Value is not null).Sum(c => c.Count);
        if (TooFew.Check(values, events) is { } refusal)
        {
            throw Refused(refusal);
        }

        var weights = await neighbourhoods.AmongAsync(
            question.Counted.Level,
            counts.Cells,
            question.Rule,
            cancellationToken
        );
        var map = new HotspotMap(question, counts, weights, values);
        if (!question.LocalMoran)
        {
            return map with { GiStar = GetisOrd.GiStar(values, weights.WithSelf()) };
        }

        if (weights.Entries * (long)question.Permutations > MostDraws)
        {
            throw ProblemException.ForParameters([
                new ParameterError(
                    "permutations",
                    $"times {weights.Entries} neighbours is more than {MostDraws} draws; take fewer, or wider cells"
                ),
            ]);
        }

        return map with
        {
            Moran = await Task.Run(
                () =>
                    LocalMoran.Of(
                        values,
                        weights,
                        question.Permutations,
                        question.Seed,
                        stop: cancellationToken
                    ),
                cancellationToken
            ),
        };
    }

    /// <summary>The problem that says why nothing is said.</summary>
    internal static ProblemException Refused(TooFew refusal)
    {
        var (zh, en) = refusal.Reason switch
        {
            TooFewReason.Cells => (
                $"只有 {refusal.N} 个单元有数值，至少要 {refusal.Needed} 个才能下结论。",
                $"{refusal.N} cells have a value; a statement needs {refusal.Needed}."
            ),
            TooFewReason.Events => (
                $"只有 {refusal.N} 起问题，至少要 {refusal.Needed} 起才能下结论。",
                $"{refusal.N} issues were counted; a statement needs {refusal.Needed}."
            ),
            _ => (
                "所有单元的数值都一样，无从比较。",
                "All cells have the same value; there is nothing to compare."
            ),
        };
        return new ProblemException(
            HotspotProblems.TooFewToTell,
            en,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["n"] = refusal.N,
                ["needed"] = refusal.Needed,
                ["reason"] = refusal.Word,
                ["text"] = new { Zh = zh, En = en },
            }
        );
    }
}
