namespace GeoCivic.Assessments;

/// <summary>One row of an assessment tree.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Code">Its code.</param>
/// <param name="Level">1 for a project (大项) to 4 for an indicator (指标).</param>
/// <param name="Parent">Code of the row above it in the tree.</param>
/// <param name="Name">What is assessed.</param>
internal sealed record TreeRow(long Line, string Code, int Level, string? Parent, string Name)
{
    public string? Basis { get; init; }

    /// <summary>How it is assessed: documents (网上申报), field_visit (实地考察), survey (问卷调查).</summary>
    public string[] Methods { get; init; } = [];

    public double Weight { get; init; } = 1;

    public bool Veto { get; init; }

    public string[] PointTypes { get; init; } = [];

    public string[] Points { get; init; } = [];

    /// <summary>Households asked (入户调查).</summary>
    public int? Households { get; init; }
}

/// <summary>A row, or a cell of it, that cannot be taken.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Field">Which column.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record TreeFault(long Line, string Field, string Reason);
