namespace GeoCivic.Assessments;

/// <summary>A node of an assessment tree, as far as its score is concerned.</summary>
/// <param name="Code">Code, unique in the tree.</param>
/// <param name="Parent">Code of the node above; null at the top.</param>
/// <param name="Level">1 at the top.</param>
/// <param name="Weight">Share among its siblings, in any unit, greater than 0.</param>
internal sealed record WeightedNode(string Code, string? Parent, int Level, double Weight);

/// <summary>What a node came to.</summary>
/// <param name="Score">0–100, or null: nothing below it was assessed.</param>
/// <param name="Assessed">Share of the weight below it that was assessed, 0–1.</param>
internal readonly record struct NodeScore(double? Score, double Assessed);

/// <summary>
/// Scores of indicators rolled up a tree: a node's score is the weighted arithmetic mean Σwᵢsᵢ/Σwᵢ over those children
/// that have a score; what was not assessed is left out of both sums, never counted as zero. How much that is, is told
/// beside it: the assessed share of a leaf is 1 or 0, of another node Σwᵢaᵢ/Σwᵢ over all its children.
/// </summary>
internal static class RollUp
{
    /// <summary>Rolls up; the time grows with the number of nodes.</summary>
    /// <param name="nodes">All nodes; each parent's level is one less.</param>
    /// <param name="results">Scores 0–100 of leaves; those not assessed are not in it.</param>
    /// <returns>Every node's score, and the whole tree's.</returns>
    public static (IReadOnlyDictionary<string, NodeScore> Nodes, NodeScore Total) Compute(
        IReadOnlyCollection<WeightedNode> nodes,
        IReadOnlyDictionary<string, double> results
    )
    {
        var sums = new Dictionary<string, Sums>(nodes.Count, StringComparer.Ordinal);
        var scores = new Dictionary<string, NodeScore>(nodes.Count, StringComparer.Ordinal);
        var top = new Sums();
        foreach (var node in nodes.OrderByDescending(n => n.Level))
        {
            var score =
                sums.TryGetValue(node.Code, out var below) ? below.Score
                : results.TryGetValue(node.Code, out var result) ? new NodeScore(result, 1)
                : new NodeScore(null, 0);
            scores[node.Code] = score;
            var above = top;
            if (node.Parent is not null && !sums.TryGetValue(node.Parent, out above))
            {
                sums[node.Parent] = above = new Sums();
            }

            above!.Add(node.Weight, score);
        }

        return (scores, top.Score);
    }

    private sealed class Sums
    {
        private double _weight;
        private double _assessed;
        private double _scoredWeight;
        private double _scored;

        public NodeScore Score =>
            new(
                _scoredWeight > 0 ? _scored / _scoredWeight : null,
                _weight > 0 ? _assessed / _weight : 0
            );

        public void Add(double weight, NodeScore child)
        {
            _weight += weight;
            _assessed += weight * child.Assessed;
            if (child.Score is { } score)
            {
                _scoredWeight += weight;
                _scored += weight * score;
            }
        }
    }
}
