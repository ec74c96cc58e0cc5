using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Hotspots;

/// <summary>A cell over some weeks.</summary>
/// <param name="Street">Its street.</param>
/// <param name="Shape">The cell.</param>
/// <param name="Counts">Issues found in each week.</param>
/// <param name="Z">Gi* of each week; NaN where there was nothing to compare.</param>
/// <param name="Hot">Whether the week was hot here: Gi* positive, q at most <see cref="TrendFinder.HotLevel"/>.</param>
/// <param name="Trend">Mann–Kendall of the weekly Gi*, NaN taken as 0.</param>
/// <param name="Class">The name of it all: <see cref="TrendClasses"/>.</param>
public sealed record TrendCell(
    string Street,
    AreaShape Shape,
    long[] Counts,
    double[] Z,
    bool[] Hot,
    MannKendall Trend,
    TrendClass Class
);

/// <summary>How hot cells have become, week by week.</summary>
public sealed class TrendFinder(DensitySeries series, Neighbourhoods neighbourhoods)
{
    /// <summary>False discovery rate among the cells of a week at which a cell counts as hot in it.</summary>
    public const double HotLevel = 0.10;

    /// <summary>
    /// Issues that a week needs so that a cell can be hot in it: with fewer, two issues that happen to be neighbours would be
    /// an alarm. A week with fewer has no hot cell; its Gi* counts in the trend.
    /// </summary>
    public const int LeastInAWeek = 5;

    /// <summary>The cells that the caller may see, with what the weeks show of them.</summary>
    /// <exception cref="ProblemException">422: too little to tell.</exception>
    public async Task<IReadOnlyList<TrendCell>> FindAsync(
        DensityQuestion question,
        IReadOnlyList<TimeStep> weeks,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var counted = await series.CountAsync(
            question,
            weeks,
            open: false,
            scope,
            cancellationToken
        );
        var cells = counted.Cells;
        double[] totals = [.. cells.Select(c => (double)c.Counts.Sum())];
        if (TooFew.Check(totals, (long)totals.Sum()) is { } refusal)
        {
            throw HotspotFinder.Refused(refusal);
        }

        var neighbours = await neighbourhoods.AmongAsync(
            question.Level,
            [
                .. cells.Select(c => new DensityCell(
                    c.Street,
                    c.Shape,
                    c.Counts.Sum(),
                    c.Counts.Sum(),
                    CellStatus.Value
                )),
            ],
            NeighbourRule.Standard,
            cancellationToken
        );
        var weights = neighbours.WithSelf();
        var ofWeeks = new GiStarResult[weeks.Count];
        for (var week = 0; week < weeks.Count; week++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ofWeeks[week] = GetisOrd.GiStar(
                [.. cells.Select(c => (double)c.Counts[week])],
                weights
            );
        }

        bool[] enough =
        [
            .. Enumerable
                .Range(0, weeks.Count)
                .Select(w => cells.Sum(c => c.Counts[w]) >= LeastInAWeek),
        ];
        return
        [
            .. cells.Select(
                (cell, place) =>
                {
                    double[] z = [.. ofWeeks.Select(w => w.Z[place])];
                    bool[] hot =
                    [
                        .. ofWeeks.Select(
                            (w, week) => enough[week] && z[week] > 0 && w.Q[place] <= HotLevel
                        ),
                    ];
                    var trend = MannKendall.Of([.. z.Select(v => double.IsNaN(v) ? 0 : v)]);
                    return new TrendCell(
                        cell.Street,
                        cell.Shape,
                        cell.Counts,
                        z,
                        hot,
                        trend,
                        TrendClasses.Of(hot, trend.Direction)
                    );
                }
            ),
        ];
    }
}
