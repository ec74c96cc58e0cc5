using GeoCivic.Imports.Reading;

namespace GeoCivic.Imports;

/// <summary>What a field's text is read as.</summary>
public enum FieldKind
{
    /// <summary>A stable external id, 1–64 characters.</summary>
    Code,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A day.</summary>
    Date,

    /// <summary>An instant; without an offset, Beijing time.</summary>
    Instant,

    /// <summary>One of <see cref="Field.Values"/>.</summary>
    Choice,

    /// <summary>A code list that imports may extend (point types, categories).</summary>
    OpenList,

    /// <summary>A state of the list in <c>issue_states</c>, or one of its aliases.</summary>
    State,

    /// <summary>Yes or no, in Chinese, English or as 1 and 0.</summary>
    YesNo,

    /// <summary>The coordinate system in which the place was entered; where a row says none, that of the import.</summary>
    Datum,

    /// <summary>A small whole number, from -20 to 20.</summary>
    Whole,
}

/// <summary>One canonical field of a dataset.</summary>
/// <param name="Name">Canonical name, as in the contract.</param>
/// <param name="Column">Column of the table it lands in.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="Required">Whether a row without it is refused.</param>
/// <param name="Aliases">Other headers it is recognised by.</param>
public sealed record Field(
    string Name,
    string Column,
    FieldKind Kind,
    bool Required,
    params string[] Aliases
)
{
    /// <summary>The code list's table for <see cref="FieldKind.OpenList"/>.</summary>
    public string? ListTable { get; init; }

    /// <summary>Headers it is recognised by even where there is one of its own name.</summary>
    public string[] Before { get; init; } = [];

    /// <summary>
    /// Allowed values of <see cref="FieldKind.Choice"/>, each with the words it is recognised by; for
    /// <see cref="FieldKind.YesNo"/> further words for true and false.
    /// </summary>
    public IReadOnlyDictionary<string, string[]>? Values { get; init; }

    /// <summary>Longest text taken.</summary>
    public int MaxLength { get; init; } = 500;
}

/// <summary>Something that can be imported: its fields, its geometry, and the table it lands in.</summary>
/// <param name="Name">Name on the command line and in the path.</param>
/// <param name="Table">Table of the records.</param>
/// <param name="Geometry">Geometry types taken.</param>
/// <param name="Fields">Canonical fields; <c>code</c> comes first.</param>
public sealed record Dataset(
    string Name,
    string Table,
    GeometryKinds Geometry,
    IReadOnlyList<Field> Fields
)
{
    /// <summary>Level of the boundary versions, or null for records.</summary>
    public string? AreaLevel { get; init; }

    /// <summary>Whether records lie somewhere; bodies, people and duties do not, they have an area.</summary>
    public bool HasPlace => Geometry != GeometryKinds.None;

    /// <summary>
    /// For records that are kept in versions: the SQL function that enters one, and the view of the newest version of each
    /// code that exports read.
    /// </summary>
    public (string Put, string Latest)? Versions { get; init; }

    /// <summary>Whether records are given their grid and community.</summary>
    public bool Placed { get; init; }

    /// <summary>Table of the grids that a line or an area meets.</summary>
    public string? SharesTable { get; init; }

    /// <summary>Key column in <see cref="Table"/> that shares and placing refer to.</summary>
    public string KeyColumn { get; init; } = "code";

    /// <summary>The field with that canonical name, or null.</summary>
    public Field? Find(string name) =>
        Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));
}
