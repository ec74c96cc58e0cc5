namespace GeoCivic.Letters;

/// <summary>A reminder that should go out.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="IssueCode">Its code.</param>
/// <param name="Task">The task that is late.</param>
/// <param name="Body">Code of the body.</param>
/// <param name="BodyName">Its name.</param>
/// <param name="DueAt">The deadline missed (UTC).</param>
/// <param name="DaysOverdue">Working days after the last day of the limit, today included.</param>
/// <param name="Level">1 to the main leader, 2 to the leader above.</param>
/// <param name="Addressee">Title it goes to.</param>
internal sealed record ReminderDue(
    Guid Issue,
    string IssueCode,
    int Task,
    string Body,
    string BodyName,
    DateTime DueAt,
    int DaysOverdue,
    int Level,
    string Addressee
);
