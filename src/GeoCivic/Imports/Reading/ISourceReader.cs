namespace GeoCivic.Imports.Reading;

/// <summary>
/// Reads one file as a stream of rows. Made by <see cref="SourceFile.Open"/>; read once, by one
/// thread. Memory does not grow with the number of rows.
/// </summary>
public interface ISourceReader : IDisposable
{
    /// <summary>The header of a table, shapefile or layer in file order; empty for GeoJSON, whose property names vary by feature.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>True for CSV and xlsx, whose rows have coordinates in columns.</summary>
    bool IsTable { get; }

    /// <summary>Whether the sender has to say the coordinate system: everything but GeoJSON.</summary>
    bool NeedsCrs => IsTable;

    /// <summary>What stands beside the data about its coordinate system, as a sentence; null when nothing does.</summary>
    string? CrsHint => null;

    /// <summary>The layer of a GeoPackage that is read, whose rows are numbered by fid; null in other files.</summary>
    string? Layer => null;

    /// <summary>What was decided silently while reading (English); complete once the rows are read.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    double Progress { get; }

    /// <summary>
    /// The rows in file order. <b>The same <see cref="SourceRow"/> object is given for every row</b>:
    /// take from it what is needed before asking for the next one.
    /// </summary>
    /// <exception cref="SourceFileException">The file as a whole cannot be used; earlier rows may have been given.</exception>
    IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken);
}
