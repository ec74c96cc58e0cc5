using GeoCivic.Http;

namespace GeoCivic.Issues;

/// <summary>A step that somebody asks for, as read from the body of a call.</summary>
/// <param name="Id">The client's id of the submission.</param>
/// <param name="To">The state wanted.</param>
/// <param name="Note">Text of the note, or of the reply.</param>
/// <param name="Body">The lead body of a dispatch.</param>
/// <param name="Cooperating">Further bodies of a dispatch; null when not said.</param>
/// <param name="Photos">Photos brought along.</param>
/// <param name="Days">Working days of an extension.</param>
/// <param name="MergedInto">The issue it is merged into.</param>
/// <param name="Leader">Title of the leader a notice names.</param>
/// <param name="Digest">Digest of the body.</param>
internal sealed record IssueStep(
    Guid Id,
    IssueState To,
    string? Note,
    string? Body,
    string[]? Cooperating,
    IReadOnlyList<IssuePhoto> Photos,
    int? Days,
    Guid? MergedInto,
    string? Leader,
    byte[] Digest
)
{
    /// <summary>Longest note.</summary>
    public const int NoteLength = 4000;

    /// <summary>Reads the body of a transition.</summary>
    /// <exception cref="ProblemException">It is faulty.</exception>
    public static async Task<IssueStep> ReadAsync(HttpRequest request)
    {
        var body = await BodyReader.OfAsync(request);
        var id = body.Id("id", required: true);
        var to = body.Choice("to", required: true, [.. IssueStates.All.Select(s => s.Code())]);
        var note = body.Text("note", NoteLength);
        var lead = body.Text("body", 64);
        var cooperating = body.Texts("cooperating", 20, 64);
        var photos = IssuePhotos.Read(body);
        var days = body.Whole("days", 1, 60);
        var mergedInto = body.Id("merged_into");
        var leader = body.Text("leader", 100);
        _ = IssueStates.TryParse(to, out var state);
        RefuseOthers(body, state);
        if (
            cooperating is not null
            && (
                cooperating.Distinct(StringComparer.Ordinal).Count() != cooperating.Length
                || cooperating.Contains(lead, StringComparer.Ordinal)
            )
        )
        {
            body.Refuse("cooperating", "names a body twice, or the lead");
        }

        body.Done();
        return new IssueStep(
            id!.Value,
            state,
            note,
            lead,
            cooperating,
            photos,
            days,
            mergedInto,
            leader,
            body.Digest()
        );
    }

    /// <summary>What of the requirements comes with it.</summary>
    public IssueRequirements Given =>
        IssuePhotos.Given(Photos)
        | (Note is null ? IssueRequirements.None : IssueRequirements.Note)
        | (Body is null ? IssueRequirements.None : IssueRequirements.Body)
        | (Days is null ? IssueRequirements.None : IssueRequirements.Days)
        | (MergedInto is null ? IssueRequirements.None : IssueRequirements.MergedInto);

    // What a step cannot use was meant for another step; taking it silently would hide the mistake.
    private static void RefuseOthers(BodyReader body, IssueState to)
    {
        foreach (
            var (name, state) in new[]
            {
                ("body", IssueState.Dispatched),
                ("cooperating", IssueState.Dispatched),
                ("leader", IssueState.Dispatched),
                ("days", IssueState.Extended),
                ("merged_into", IssueState.Merged),
            }
        )
        {
            if (to != state && body.Has(name))
            {
                body.Refuse(name, $"belongs to the step {state.Code()} only");
            }
        }
    }
}
