using GeoCivic.Assessments;

namespace GeoCivic.Tests.Assessments;

/// <summary>Scores rolled up a tree, against the definition followed down from the top on random trees.</summary>
public sealed class RollUpTests
{
    // The definition itself: a node is the weighted mean of what is below it and has a score.
    private static (double? Score, double Assessed) Define(
        IReadOnlyList<WeightedNode> all,
        IReadOnlyDictionary<string, double> results,
        string? code
    )
    {
        var below = all.Where(n => n.Parent == code).ToList();
        if (below.Count == 0)
        {
            return results.TryGetValue(code!, out var score) ? (score, 1) : (null, 0);
        }

        var parts = below.Select(n => (n.Weight, Of: Define(all, results, n.Code))).ToList();
        var scored = parts.Where(p => p.Of.Score is not null).ToList();
        return (
            scored.Count == 0
                ? null
                : scored.Sum(p => p.Weight * p.Of.Score!.Value) / scored.Sum(p => p.Weight),
            parts.Sum(p => p.Weight * p.Of.Assessed) / parts.Sum(p => p.Weight)
        );
    }

    [Fact]
    public void Every_node_is_the_weighted_mean_of_what_was_assessed_below_it()
    {
        var random = new Random(88237);
        var unassessed = 0;
        for (var round = 0; round < 60; round++)
        {
            var nodes = new List<WeightedNode>();
            void Grow(string? parent, int level)
            {
                var children = level == 1 ? 1 + random.Next(5) : random.Next(5);
                for (var i = 0; i < children && level <= 5; i++)
                {
                    var code = $"{parent}/{i}";
                    nodes.Add(
                        new WeightedNode(code, parent, level, 0.1 + (random.NextDouble() * 9))
                    );
                    Grow(code, level + 1);
                }
            }

            Grow(null, 1);
            var leaves = nodes.Where(n => !nodes.Exists(c => c.Parent == n.Code)).ToList();
            var results = leaves
                .Where(_ => random.NextDouble() < 0.6)
                .ToDictionary(n => n.Code, _ => random.NextDouble() * 100, StringComparer.Ordinal);
            var (scores, total) = RollUp.Compute([.. nodes.OrderBy(_ => random.Next())], results);
            Assert.Equal(nodes.Count, scores.Count);
            foreach (var (code, score) in scores.Select(s => (s.Key, s.Value)).Append(("", total)))
            {
                var (expected, assessed) = Define(nodes, results, code.Length == 0 ? null : code);
                Assert.Equal(expected is null, score.Score is null);
                Assert.Equal(expected ?? 0, score.Score ?? 0, 1e-9);
                Assert.Equal(assessed, score.Assessed, 1e-12);
                unassessed += expected is null ? 1 : 0;
            }
        }

        Assert.True(unassessed > 20, $"{unassessed}");
    }

    [Fact]
    public void What_was_not_assessed_is_neither_zero_nor_full()
    {
        WeightedNode[] nodes =
        [
            new("a", null, 1, 60),
            new("b", null, 1, 40),
            new("a1", "a", 2, 1),
            new("a2", "a", 2, 3),
        ];
        var (scores, total) = RollUp.Compute(
            nodes,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["a1"] = 80 }
        );
        Assert.Equal(new NodeScore(80, 0.25), scores["a"]);
        Assert.Equal(new NodeScore(null, 0), scores["b"]);
        Assert.Equal(80, total.Score);
        Assert.Equal(0.15, total.Assessed, 1e-12);
    }
}
