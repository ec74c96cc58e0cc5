namespace GeoCivic.Bulletins;

/// <summary>The figures of one community, body or category: a row of a table.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Figures">Its figures by measure.</param>
internal sealed record SubjectRow(
    string Code,
    string Name,
    IReadOnlyDictionary<string, BulletinFigure> Figures
)
{
    /// <summary>A figure, or null.</summary>
    public BulletinFigure? this[string measure] => Figures.GetValueOrDefault(measure);

    /// <summary>The score with rank and grade; null for who is not graded.</summary>
    public BulletinFigure? Score => this["score"];
}

/// <summary>Tables of subjects.</summary>
internal static class SubjectRows
{
    /// <summary>The rows of a subject: by rank, who is not ranked behind, what has no name last.</summary>
    public static IEnumerable<SubjectRow> Of(BulletinContent content, string subject) =>
        content
            .Figures.Where(f => f.Subject == subject)
            .GroupBy(f => f.Code, StringComparer.Ordinal)
            .Select(g => new SubjectRow(
                g.Key,
                g.First().Name,
                g.ToDictionary(f => f.Measure, StringComparer.Ordinal)
            ))
            // Sorting is stable: categories keep their order, by how many were found.
            .OrderBy(r => r.Score?.Rank ?? int.MaxValue)
            .ThenBy(r => r.Code.Length == 0);
}
