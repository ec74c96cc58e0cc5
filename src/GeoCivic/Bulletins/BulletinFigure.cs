namespace GeoCivic.Bulletins;

/// <summary>One number of a bulletin.</summary>
/// <param name="Key">What calls name it by: the measure, or <c>community/CODE/measure</c> and so on.</param>
/// <param name="Subject"><c>street community body category outstanding</c>.</param>
/// <param name="Code">Code of the community, body or category; empty for the street, and for what has none.</param>
/// <param name="Name">Its name at that time.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Value">The number; null when there is nothing it could be made of.</param>
/// <param name="Previous">The same of the period before, or null.</param>
/// <param name="Base">What a rate divides by, or null.</param>
/// <param name="Rank">Of a score: the rank, ties alike; null: not ranked.</param>
/// <param name="Grade">Of a score: the grade, where the kind gives grades.</param>
internal sealed record BulletinFigure(
    string Key,
    string Subject,
    string Code,
    string Name,
    string Measure,
    double? Value,
    double? Previous = null,
    double? Base = null,
    int? Rank = null,
    string? Grade = null
)
{
    /// <summary>The key of a figure.</summary>
    public static string KeyOf(string subject, string code, string measure) =>
        subject == "street" ? measure : $"{subject}/{code}/{measure}";
}

/// <summary>A record behind figures, with the columns shown as they were.</summary>
/// <param name="Kind"><c>issue task round photo</c>.</param>
/// <param name="Issue">The issue, for a link to what it is now.</param>
/// <param name="Point">Code of the point of a round.</param>
/// <param name="Code">Code of the issue or point.</param>
/// <param name="Title">What was found, or the point's name.</param>
/// <param name="CategoryName">Category.</param>
/// <param name="CommunityName">Community.</param>
/// <param name="BodyName">Lead body of an issue, body of a task.</param>
/// <param name="State">State of the issue; of a task <c>on_time late overdue running</c>; of a round <c>made missed</c>.</param>
/// <param name="StateName">The same in words.</param>
/// <param name="StartedAt">Found; dispatched.</param>
/// <param name="DueAt">The limit that ran.</param>
/// <param name="EndedAt">Closed; done; last visit.</param>
/// <param name="Days">Whole days over the limit at the end of the period.</param>
/// <param name="Shift">Shift of a round.</param>
/// <param name="Expected">Rounds due.</param>
/// <param name="Made">Rounds made; photos.</param>
internal sealed record BulletinRecord(
    string Kind,
    Guid? Issue,
    string? Point,
    string Code,
    string? Title,
    string? CategoryName,
    string? CommunityName,
    string? BodyName,
    string State,
    string StateName,
    DateTime? StartedAt = null,
    DateTime? DueAt = null,
    DateTime? EndedAt = null,
    int? Days = null,
    string? Shift = null,
    int? Expected = null,
    int? Made = null
);

/// <summary>What stands in a bulletin: its figures in order, and the records behind them.</summary>
/// <param name="Figures">The figures.</param>
/// <param name="Records">All records; figures share them.</param>
/// <param name="Behind">Places in <paramref name="Records"/> for each figure's key.</param>
internal sealed record BulletinContent(
    IReadOnlyList<BulletinFigure> Figures,
    IReadOnlyList<BulletinRecord> Records,
    IReadOnlyDictionary<string, int[]> Behind
)
{
    private readonly Lazy<Dictionary<string, BulletinFigure>> _byKey = new(() =>
        Figures.ToDictionary(f => f.Key, StringComparer.Ordinal)
    );

    /// <summary>A figure by its key, or null.</summary>
    public BulletinFigure? Find(string key) => _byKey.Value.GetValueOrDefault(key);

    /// <summary>The records behind a figure.</summary>
    public IEnumerable<BulletinRecord> RecordsOf(string key) =>
        Behind.GetValueOrDefault(key, []).Select(i => Records[i]);
}
