using GeoCivic.Bulletins;

namespace GeoCivic.Tests.Bulletins;

public sealed class GradingTests
{
    // The definition, written as slowly as it reads.
    private static double? SlowScore(
        IReadOnlyList<Indicator> indicators,
        IReadOnlyDictionary<string, double?> values
    )
    {
        decimal points = 0;
        decimal weights = 0;
        foreach (var i in indicators)
        {
            if (!values.TryGetValue(i.Code, out var value) || value is null)
            {
                continue;
            }

            var share =
                ((decimal)value.Value - (decimal)i.ZeroAt)
                / ((decimal)i.FullAt - (decimal)i.ZeroAt);
            share =
                share < 0 ? 0
                : share > 1 ? 1
                : share;
            points += (decimal)i.Weight * share * 100;
            weights += (decimal)i.Weight;
        }

        return weights == 0 ? null : (double)(points / weights);
    }

    [Fact]
    public void Scores_ranks_and_ties_are_those_of_the_definition_on_random_input()
    {
        var random = new Random(20261123);
        var ties = 0;
        for (var round = 0; round < 400; round++)
        {
            Indicator[] indicators =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 7))
                    .Select(n =>
                    {
                        var zero = random.Next(0, 20) / 10.0;
                        var full =
                            zero + (random.Next(1, 20) * (random.Next(2) == 0 ? -0.05 : 0.1));
                        return new Indicator($"i{n}", random.Next(1, 50), zero, full);
                    }),
            ];
            var min = random.Next(1, 5);
            Graded[] all =
            [
                .. Enumerable
                    .Range(0, random.Next(0, 30))
                    .Select(n => new Graded(
                        $"c{n:00}",
                        random.Next(0, 9),
                        indicators
                            .Where(_ => random.Next(5) > 0)
                            .ToDictionary(
                                i => i.Code,
                                _ => random.Next(6) == 0 ? (double?)null : random.Next(0, 8) / 4.0,
                                StringComparer.Ordinal
                            )
                    )),
            ];
            var standings = Grading.Rank(indicators, min, all);
            Assert.Equal(all.Length, standings.Count);
            foreach (var one in all)
            {
                var standing = Assert.Single(standings, s => s.Code == one.Code);
                var slow = SlowScore(indicators, one.Values);
                Assert.Equal(slow is null, standing.Score is null);
                if (slow is not null)
                {
                    Assert.InRange(
                        standing.Score!.Value,
                        slow.Value - 0.00501,
                        slow.Value + 0.00501
                    );
                }

                // Counted, not sorted: one more than those that are better.
                var eligible = one.Sample >= min && standing.Score is not null;
                var better = all.Count(o =>
                    o.Sample >= min
                    && standings.Single(s => s.Code == o.Code).Score > standing.Score
                );
                Assert.Equal(eligible ? better + 1 : null, standing.Rank);
            }

            ties += standings
                .Where(s => s.Rank is not null)
                .GroupBy(s => s.Rank)
                .Count(g => g.Count() > 1);
            // Best first, whoever is not ranked last.
            var ranks = standings.Select(s => s.Rank ?? int.MaxValue).ToList();
            Assert.Equal(ranks.Order(), ranks);
        }

        Assert.True(ties > 100, $"{ties}");
    }

    [Fact]
    public void An_indicator_runs_straight_between_its_ends_whichever_way_is_better()
    {
        var rate = new Indicator("on_time_rate", 1, 0.5, 1);
        Assert.Equal([0, 0, 50, 100, 100], new[] { 0.2, 0.5, 0.75, 1, 1.2 }.Select(rate.Points));
        var late = new Indicator("late_replies", 1, 5, 0);
        Assert.Equal([100, 60, 0, 0], new[] { 0.0, 2, 5, 9 }.Select(late.Points));
        Assert.True(rate.HigherIsBetter && !late.HigherIsBetter);
    }

    [Theory]
    [InlineData("weekly", "2026-03-04", "2026-02-25", "2026-03-03", "2026-02-18")]
    [InlineData("half_monthly", "2026-03-16", "2026-03-01", "2026-03-15", "2026-02-16")]
    [InlineData("half_monthly", "2024-03-01", "2024-02-16", "2024-02-29", "2024-02-01")]
    [InlineData("monthly", "2026-01-01", "2025-12-01", "2025-12-31", "2025-11-01")]
    public void A_period_ends_the_day_before_it_is_due_and_follows_the_one_before(
        string kind,
        string on,
        string from,
        string to,
        string previous
    )
    {
        var period = BulletinPeriod.DueOn(kind, DateOnly.Parse(on), 3);
        Assert.Equal(
            new BulletinPeriod(
                DateOnly.Parse(on),
                DateOnly.Parse(from),
                DateOnly.Parse(to),
                DateOnly.Parse(previous)
            ),
            period
        );
        // A year of them leaves no day out and has none twice; each begins where the previous ended.
        for (var i = 0; i < 30; i++)
        {
            var next = BulletinPeriod.Next(kind, period!.On, 3);
            Assert.Equal(period.To.AddDays(1), next.From);
            Assert.Equal(period.From, next.PreviousFrom);
            Assert.Equal(next, BulletinPeriod.Last(kind, next.On.AddDays(3), 3));
            period = next;
        }
    }

    [Fact]
    public void A_bulletin_is_missed_when_its_day_is_over_and_one_was_ever_issued()
    {
        var thursday = new DateOnly(2026, 3, 5);
        BulletinDue Due(DateOnly today, string? last) =>
            BulletinDue.Of("weekly", today, 3, last is null ? null : DateOnly.Parse(last));
        Assert.Equal("none", Due(thursday, null).Status);
        Assert.Equal("missing", Due(thursday, "2026-02-18").Status);
        Assert.Equal("issued", Due(thursday, "2026-02-25").Status);
        Assert.Equal("today", Due(thursday.AddDays(-1), "2026-02-18").Status);
        Assert.Equal(new DateOnly(2026, 3, 11), Due(thursday, null).Next.On);
    }
}
