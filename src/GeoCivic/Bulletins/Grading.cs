namespace GeoCivic.Bulletins;

/// <summary>Who is graded.</summary>
/// <param name="Code">Code.</param>
/// <param name="Sample">How many tasks (communities: issues) the values rest on.</param>
/// <param name="Values">Values of the indicators; null where there is nothing to divide by.</param>
internal sealed record Graded(string Code, int Sample, IReadOnlyDictionary<string, double?> Values);

/// <summary>What came out.</summary>
/// <param name="Code">Code.</param>
/// <param name="Score">Points of 100 to two decimals, or null when no indicator has a value.</param>
/// <param name="Rank">1 is best; equal scores share a rank and the next ones are left out (1, 2, 2, 4). Null: not ranked.</param>
internal sealed record Standing(string Code, double? Score, int? Rank);

/// <summary>Scores and ranks by a formula.</summary>
internal static class Grading
{
    /// <summary>
    /// The weighted mean of the indicators' points, Σ wᵢ·sᵢ ÷ Σ wᵢ over those that have a value: what a community or body
    /// had no occasion for neither helps nor harms it.
    /// </summary>
    /// <returns>To two decimals, halves away from zero; null without any value.</returns>
    public static double? Score(
        IReadOnlyList<Indicator> indicators,
        IReadOnlyDictionary<string, double?> values
    )
    {
        double points = 0;
        double weights = 0;
        foreach (var indicator in indicators)
        {
            if (values.GetValueOrDefault(indicator.Code) is { } value)
            {
                points += indicator.Weight * indicator.Points(value);
                weights += indicator.Weight;
            }
        }

        return weights > 0 ? Math.Round(points / weights, 2, MidpointRounding.AwayFromZero) : null;
    }

    /// <summary>The standings, best first; who is not ranked comes last, by code.</summary>
    public static IReadOnlyList<Standing> Rank(
        IReadOnlyList<Indicator> indicators,
        int minSample,
        IEnumerable<Graded> all
    )
    {
        var scored = all.Select(g =>
                (g.Code, Score: Score(indicators, g.Values), Ranked: g.Sample >= minSample)
            )
            .ToList();
        var ranked = scored
            .Where(s => s.Ranked && s.Score is not null)
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.Code, StringComparer.Ordinal)
            .ToList();
        var standings = new List<Standing>();
        for (var i = 0; i < ranked.Count; i++)
        {
            var tie = i > 0 && ranked[i].Score == ranked[i - 1].Score;
            standings.Add(
                new Standing(ranked[i].Code, ranked[i].Score, tie ? standings[i - 1].Rank : i + 1)
            );
        }

        standings.AddRange(
            scored
                .Where(s => !s.Ranked || s.Score is null)
                .OrderBy(s => s.Code, StringComparer.Ordinal)
                .Select(s => new Standing(s.Code, s.Score, null))
        );
        return standings;
    }
}
