namespace GeoCivic.Tiles;

/// <summary>One layer of vector tiles. Its name is the name of its embedded SQL file; there are no others.</summary>
/// <param name="Name">Name in the path and in the tile.</param>
/// <param name="Table">Table of the records.</param>
/// <param name="Where">Condition on the table's rows.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Fields">Attributes of the features with what they mean.</param>
public sealed record TileLayer(
    string Name,
    string Table,
    string Where,
    string Description,
    IReadOnlyDictionary<string, string> Fields
)
{
    private const string InForce =
        "valid_until = 'infinity' AND area_visible(r.street_code, r.level, r.code, r.parent_code, @scope)";
    private const string InScope = "in_scope(r.street_code, r.community_code, r.grid_code, @scope)";

    private static readonly (string, string)[] Placed =
    [
        ("street", "String: code of the street"),
        ("grid", "String: code of the grid; absent for orphans"),
        ("community", "String: code of the community; absent for orphans"),
        ("placement", "String: inside, snapped or orphan"),
    ];

    private static readonly (string, string)[] Named =
    [
        ("code", "String: code"),
        ("name", "String: name"),
    ];

    private static readonly (string, string)[] Area =
    [
        .. Named,
        ("parent", "String: code of the area above"),
        ("street", "String: code of the street"),
        ("area_m2", "Number: geodesic square metres"),
    ];

    /// <summary>All layers.</summary>
    public static readonly IReadOnlyList<TileLayer> All =
    [
        new(
            "communities",
            "area_versions",
            $"level = 'community' AND {InForce}",
            "Communities in force",
            Describe([.. Area])
        ),
        new(
            "grids",
            "area_versions",
            $"level = 'grid' AND {InForce}",
            "Grids in force",
            Describe([.. Area])
        ),
        new(
            "points",
            "points",
            InScope,
            "Evaluation points",
            Describe([.. Named, ("type", "String: code of the point type"), .. Placed])
        ),
        new(
            "issues",
            "issues",
            "issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)",
            "Issues, open and closed",
            Describe([
                ("id", "String: UUID"),
                ("code", "String: code"),
                ("category", "String: code of the category"),
                ("state", "String: code of the state"),
                ("open", "Boolean: whether the state is an open one"),
                ("found_at", "String: RFC 3339, Beijing time"),
                .. Placed,
            ])
        ),
        new(
            "schools",
            "schools",
            InScope,
            "Schools",
            Describe([.. Named, ("kind", "String: kind of school"), .. Placed])
        ),
        new(
            "venues",
            "venues",
            InScope,
            "Venues",
            Describe([.. Named, ("category", "String: code of the category"), .. Placed])
        ),
    ];

    /// <summary>The layer's SQL.</summary>
    public string File => $"Tiles/{Name}.sql";

    private static Dictionary<string, string> Describe((string Name, string Meaning)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Meaning, StringComparer.Ordinal);
}
