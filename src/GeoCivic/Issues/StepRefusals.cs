using GeoCivic.Http;

namespace GeoCivic.Issues;

/// <summary>Tells why a step was refused.</summary>
internal static class StepRefusals
{
    private static readonly (IssueRequirements What, string Field, string Reason)[] Missing =
    [
        (IssueRequirements.Note, "note", "is required for this step"),
        (
            IssueRequirements.Body,
            "body",
            "is required: no duty names the lead for this place and category"
        ),
        (IssueRequirements.Days, "days", "is required for this step"),
        (IssueRequirements.MergedInto, "merged_into", "is required for this step"),
        (IssueRequirements.BeforePhoto, "photos", "needs a photo of kind before"),
        (IssueRequirements.AfterPhoto, "photos", "needs a photo of kind after"),
        (IssueRequirements.InspectionPhoto, "photos", "needs a photo of kind inspection"),
    ];

    /// <summary>Throws when the decision is a refusal.</summary>
    /// <exception cref="ProblemException">It is.</exception>
    public static void Throw(
        IssueDecision decision,
        LockedIssue issue,
        IssueActor actor,
        IssueStep step
    )
    {
        var state = issue.Facts.State.Code();
        switch (decision.Refusal)
        {
            case IssueRefusal.None:
                return;
            case IssueRefusal.NoSuchStep:
                throw new ProblemException(
                    Problems.TransitionNotAllowed,
                    $"An issue in the state {state} cannot become {step.To.Code()}.",
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["state"] = state,
                        ["allowed"] = IssueLife
                            .Allowed(issue.Facts, actor)
                            .Select(r => r.To.Code())
                            .ToArray(),
                    }
                );
            case IssueRefusal.SamePerson:
                throw new ProblemException(
                    Problems.Forbidden,
                    "Whoever reported the rectification neither verifies nor cancels; somebody else has to."
                );
            case IssueRefusal.NotYours:
                throw new ProblemException(
                    Problems.Forbidden,
                    decision.Rule!.Roles == IssueRoles.Handler
                        ? "This step is the lead body's."
                        : "This step needs the role supervisor at the place of the issue."
                );
            default:
                throw ForMissing(decision.Missing);
        }
    }

    /// <summary>What is missing, by field.</summary>
    public static ProblemException ForMissing(IssueRequirements missing) =>
        ProblemException.ForFields(
            Problems.Unacceptable,
            [
                .. Missing
                    .Where(m => missing.HasFlag(m.What))
                    .Select(m => new FieldError(m.Field, m.Reason)),
            ]
        );

    /// <summary>Names of what a step asks for, and the kind of photo.</summary>
    public static (string[] Requires, string? PhotoKind) Describe(IssueRequirements requires)
    {
        string[] names =
        [
            .. Missing
                .Where(m => requires.HasFlag(m.What))
                .Select(m => m.Field)
                .Distinct(StringComparer.Ordinal),
        ];
        return (
            names,
            requires.HasFlag(IssueRequirements.AfterPhoto) ? "after"
            : requires.HasFlag(IssueRequirements.InspectionPhoto) ? "inspection"
            : null
        );
    }
}
