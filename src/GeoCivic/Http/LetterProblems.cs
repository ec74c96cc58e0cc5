namespace GeoCivic.Http;

/// <summary>Problems of letters.</summary>
public static class LetterProblems
{
    /// <summary>A draft that was discarded.</summary>
    public static readonly ProblemKind Void = new(
        "letter-void",
        409,
        "The letter was discarded",
        "A reminder is drafted once for a task, level and deadline; a discarded one does not go out any more."
    );

    /// <summary>A reminder about nothing.</summary>
    public static readonly ProblemKind Outdated = new(
        "letter-outdated",
        409,
        "The reminder has nothing to remind of any more",
        "Since it was drafted the body complied, or its deadline moved. Discard the draft."
    );

    /// <summary>A letter that only a step of the life makes.</summary>
    public static readonly ProblemKind NotVoidable = new(
        "letter-not-voidable",
        409,
        "Only reminders can be discarded",
        "Notices and replies document steps of an issue's life; the issue's next step follows them."
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ProblemKind> All = [Void, Outdated, NotVoidable];
}
