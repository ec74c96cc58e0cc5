namespace GeoCivic.Imports;

/// <summary>What to import and how.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Path">The file on local disk.</param>
/// <param name="FileName">The name its owner gave it; reported, never used as a path.</param>
/// <param name="Street">Street the records belong to; may be null for streets.</param>
public sealed record ImportRequest(Dataset Dataset, string Path, string FileName, string? Street)
{
    /// <summary>Declared coordinate system (<c>wgs84 cgcs2000 gcj02 bd09 EPSG:n</c>); null is allowed for GeoJSON only.</summary>
    public string? Crs { get; init; }

    /// <summary>Canonical field → column of the file.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Canonical field → the same value for every row.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Text encoding of a CSV file; null for UTF-8, or UTF-16 with a byte order mark.</summary>
    public string? Encoding { get; init; }

    /// <summary>Layer of a GeoPackage or of an archive of shapefiles; null where there is but one.</summary>
    public string? Layer { get; init; }

    /// <summary>Does everything, reports, and rolls back.</summary>
    public bool DryRun { get; init; }

    /// <summary>Imports the good rows although others are refused.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Repairs invalid shapes instead of refusing them, and says what changed.</summary>
    public bool Repair { get; init; }

    /// <summary>Imports although the coordinates look as if they had another datum or order than declared.</summary>
    public bool AcceptDatum { get; init; }

    /// <summary>Days by which every date is moved (the demo's calendar ends on the day it is loaded).</summary>
    public int ShiftDays { get; init; }
}

/// <summary>A refused row.</summary>
/// <param name="Line">Line of the file (CSV), row (xlsx), number of the feature (GeoJSON) or fid (GeoPackage).</param>
/// <param name="Field">Canonical field or <c>geometry</c>.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="Value">The value, shortened.</param>
/// <param name="Lon">Where in the shape, degrees.</param>
/// <param name="Lat">Where in the shape, degrees.</param>
/// <param name="Code">Code of the record, where it could be read.</param>
/// <param name="Layer">Layer of a GeoPackage, where <paramref name="Line"/> is a fid; null in other files.</param>
public sealed record RefusedRow(
    long Line,
    string Field,
    string Reason,
    string? Value = null,
    double? Lon = null,
    double? Lat = null,
    string? Code = null,
    string? Layer = null
)
{
    /// <summary>Where in the file it is, for people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Place =>
        Layer is null
            ? FormattableString.Invariant($"line {Line}")
            : FormattableString.Invariant($"layer {Layer} fid {Line}");
}

/// <summary>Something the owner of the file should know although nothing was refused for it.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">Plain English.</param>
/// <param name="Details">Values it is about.</param>
public sealed record ImportWarning(
    string Code,
    string Message,
    IReadOnlyList<string>? Details = null
);

/// <summary>How many records stand where.</summary>
public sealed record PlacementCounts(long Inside, long Snapped, long Orphan);

/// <summary>What a boundary change did to records already there.</summary>
/// <param name="Examined">Records near a changed boundary.</param>
/// <param name="ChangedGrid">Records that went from one grid to another.</param>
/// <param name="NewlyPlaced">Orphans that found a grid.</param>
/// <param name="BecameOrphan">Records that no grid holds any more.</param>
/// <param name="ChangedCommunity">Records whose community changed.</param>
public sealed record MovedCounts(
    long Examined,
    long ChangedGrid,
    long NewlyPlaced,
    long BecameOrphan,
    long ChangedCommunity
);

/// <summary>What an import did, or in a dry run would do. Read = added + changed + unchanged + refused.</summary>
public sealed record ImportReport(string Dataset, string File, string? Street, bool DryRun)
{
    /// <summary>Whether anything was written.</summary>
    public bool Committed { get; init; }

    /// <summary>Rows read.</summary>
    public long Read { get; init; }

    /// <summary>Rows whose code was new.</summary>
    public long Added { get; init; }

    /// <summary>Rows that differ from the record there.</summary>
    public long Changed { get; init; }

    /// <summary>Rows equal to the record there.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows refused.</summary>
    public long Refused { get; init; }

    /// <summary>The refused rows by line.</summary>
    public IReadOnlyList<RefusedRow> Rows { get; init; } = [];

    /// <summary>Things to know.</summary>
    public IReadOnlyList<ImportWarning> Warnings { get; init; } = [];

    /// <summary>Where the file's records stand.</summary>
    public PlacementCounts? Placement { get; init; }

    /// <summary>By dataset, what a boundary change moved.</summary>
    public IReadOnlyDictionary<string, MovedCounts>? Moved { get; init; }

    /// <summary>Whether all refused rows were malformed (400) rather than unacceptable (422).</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool OnlyMalformed { get; init; }
}
