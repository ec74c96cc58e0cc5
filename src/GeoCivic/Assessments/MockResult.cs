using GeoCivic.Database;
using GeoCivic.Http;

namespace GeoCivic.Assessments;

/// <summary>A score of an indicator, or what was found for it at a point.</summary>
/// <param name="Indicator">Code of a node with nothing below it.</param>
/// <param name="Score">0–100; null beside an outcome.</param>
/// <param name="Point">Code of the point looked at.</param>
/// <param name="Outcome"><c>ok</c>, <c>bad</c> or <c>na</c> (does not apply).</param>
/// <param name="Note">Anything else.</param>
internal sealed record MockResult(
    string Indicator,
    double? Score,
    string? Point,
    string? Outcome,
    string? Note
);

/// <summary>A mock assessment as it is sent.</summary>
internal sealed record MockDraft(
    Guid Id,
    string Street,
    Guid? Tree,
    string Name,
    DateOnly HeldOn,
    string? Note,
    IReadOnlyList<MockResult> Results
)
{
    private const int MostResults = 10_000;
    private static readonly string[] Outcomes = ["ok", "bad", "na"];

    /// <summary>Reads the body.</summary>
    /// <exception cref="ProblemException">400 malformed, 422 not acceptable, with each member.</exception>
    public static MockDraft Read(BodyReader body, TimeProvider clock)
    {
        var today = BeijingTime.Today(clock);
        var id = body.Id("id", required: true);
        var street = body.Text("street", 64, required: true);
        var tree = body.Id("tree");
        var name = body.Text("name", 100, required: true);
        var heldOn = body.Day("held_on");
        if (heldOn > today)
        {
            body.Refuse("held_on", "lies in the future");
        }

        var note = body.Text("note", 2000);
        var results = ReadResults(body);
        body.Done();
        return new MockDraft(id!.Value, street!, tree, name!, heldOn ?? today, note, results);
    }

    private static List<MockResult> ReadResults(BodyReader body)
    {
        var results = new List<MockResult>();
        var met = new HashSet<(string, string?)>();
        var scored = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var result in body.Objects("results", MostResults, required: true))
        {
            var indicator = result.Text("indicator", 64, required: true);
            var score = result.Number("score", 0, 100);
            var point = result.Text("point", 64);
            var outcome = result.Choice("outcome", required: false, Outcomes);
            var note = result.Text("note", 500);
            if (score is null == outcome is null)
            {
                result.Fault("score", "or outcome is needed, not both");
            }
            else if (outcome is null != point is null)
            {
                result.Fault("point", "belongs beside outcome");
            }
            else if (indicator is not null)
            {
                if (!met.Add((indicator, point)))
                {
                    result.Refuse("indicator", "has this result twice");
                }
                else if (
                    scored.TryGetValue(indicator, out var before)
                    && before != score is not null
                )
                {
                    result.Refuse("indicator", "has a score and outcomes at points; give one");
                }

                scored[indicator] = score is not null;
            }

            results.Add(new MockResult(indicator ?? "", score, point, outcome, note));
        }

        if (results.Count == 0)
        {
            body.Fault("results", "must have at least one result");
        }

        return results;
    }
}
