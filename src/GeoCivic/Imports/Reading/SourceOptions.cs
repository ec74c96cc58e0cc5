namespace GeoCivic.Imports.Reading;

/// <summary>How a file is to be read.</summary>
/// <param name="Encoding">The encoding of a CSV as its sender names it (<c>gb18030</c>, <c>gbk</c>, <c>utf-8</c>, <c>utf-16</c>, …); null = by byte order mark, else strict UTF-8.</param>
/// <param name="Limits">Bounds on what is accepted; null = the defaults.</param>
/// <param name="Layer">The layer of a GeoPackage or of an archive of shapefiles; null where there is but one.</param>
public sealed record SourceOptions(
    string? Encoding = null,
    SourceLimits? Limits = null,
    string? Layer = null
);

/// <summary>Bounds that keep one file from taking the machine; beyond them a file is refused with 413.</summary>
public sealed record SourceLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static SourceLimits Default { get; } = new();

    /// <summary>Size of the file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 4L << 30;

    /// <summary>Columns of a table, or distinct property names of a GeoJSON file.</summary>
    public int MaxColumns { get; init; } = 1_000;

    /// <summary>Data rows of an xlsx sheet; larger tables are sent as CSV.</summary>
    public int MaxXlsxRows { get; init; } = 200_000;

    /// <summary>Inflated bytes of all parts of an xlsx package.</summary>
    public long MaxXlsxInflatedBytes { get; init; } = 1L << 30;

    /// <summary>Inflated bytes of the shared strings of an xlsx, which have to be held in memory.</summary>
    public long MaxXlsxSharedStringBytes { get; init; } = 96L << 20;

    /// <summary>Inflated to compressed size of a package part above 8 MiB.</summary>
    public int MaxXlsxRatio { get; init; } = 100;

    /// <summary>Entries of an xlsx package.</summary>
    public int MaxXlsxEntries { get; init; } = 4_000;

    /// <summary>Vertices of one geometry.</summary>
    public int MaxVerticesPerGeometry { get; init; } = 100_000;

    /// <summary>Bytes of one GeoJSON feature, or of one record of a GeoPackage.</summary>
    public int MaxFeatureBytes { get; init; } = 32 << 20;

    /// <summary>
    /// Seconds for one step of reading a GeoPackage: a healthy one takes microseconds, but a tree of pages can be made to
    /// run in circles.
    /// </summary>
    public double MaxSecondsOfStep { get; init; } = 20;

    /// <summary>Nesting of JSON.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>Characters of one value; room for the WKT of the largest accepted geometry.</summary>
    public int MaxFieldChars { get; init; } = 4_500_000;
}
