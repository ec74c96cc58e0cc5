using System.Text.Json.Nodes;

namespace GeoCivic.Assessments;

/// <summary>A mock assessment as the database has it, with its scores rolled up.</summary>
internal sealed class MockRun
{
    // Scores are shown to a hundredth; more would be pretended.
    private const int Digits = 2;

    private readonly JsonObject _head;
    private readonly JsonArray _nodes;
    private readonly IReadOnlyDictionary<string, NodeScore> _scores;
    private readonly NodeScore _total;

    /// <summary>Takes over what the database wrote.</summary>
    /// <param name="head">The assessment.</param>
    /// <param name="nodes">The nodes of its tree in order, leaves with their results.</param>
    public MockRun(string head, string nodes)
    {
        _head = JsonNode.Parse(head)!.AsObject();
        _nodes = JsonNode.Parse(nodes)!.AsArray();
        var tree = new List<WeightedNode>(_nodes.Count);
        var results = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var node in _nodes)
        {
            var code = node!["code"]!.GetValue<string>();
            tree.Add(
                new WeightedNode(
                    code,
                    node["parent"]?.GetValue<string>(),
                    node["level"]!.GetValue<int>(),
                    node["weight"]!.GetValue<double>()
                )
            );
            if (node["result"] is { } result)
            {
                results[code] = result.GetValue<double>();
            }
        }

        (_scores, _total) = RollUp.Compute(tree, results);
    }

    /// <summary>Its street.</summary>
    public string Street => _head["street"]!.GetValue<string>();

    /// <summary>The assessment with its total.</summary>
    public JsonObject Summary()
    {
        var answer = _head.DeepClone().AsObject();
        answer.Remove("bad_points");
        answer["score"] = Shown(_total.Score);
        answer["assessed"] = Math.Round(_total.Assessed, 4);
        return answer;
    }

    /// <summary>Everything; beside another run, its scores and the differences.</summary>
    public JsonObject Answer(MockRun? before = null)
    {
        var answer = Summary();
        answer["bad_points"] = _head["bad_points"]?.DeepClone();
        if (before is not null)
        {
            answer["compared"] = before.Summary();
            answer["difference"] = Shown(_total.Score - before._total.Score);
        }

        var rows = new JsonArray();
        foreach (var node in _nodes)
        {
            var row = node!.DeepClone().AsObject();
            row.Remove("result");
            var code = row["code"]!.GetValue<string>();
            var score = _scores[code];
            row["score"] = Shown(score.Score);
            row["assessed"] = Math.Round(score.Assessed, 4);
            if (before is not null)
            {
                var other = before._scores.TryGetValue(code, out var was) ? was.Score : null;
                row["before"] = Shown(other);
                row["difference"] = Shown(score.Score - other);
            }

            rows.Add((JsonNode)row);
        }

        answer["nodes"] = rows;
        return answer;
    }

    private static JsonNode? Shown(double? score) =>
        score is { } value ? JsonValue.Create(Math.Round(value, Digits)) : null;
}
