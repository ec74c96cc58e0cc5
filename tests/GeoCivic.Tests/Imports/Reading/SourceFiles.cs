using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Files made for one test, and what reading them gave.</summary>
internal sealed class SourceFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gc-reading-").FullName;

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public WholeFile Read(
        string name,
        string content,
        string? encoding = null,
        SourceLimits? limits = null
    ) => Read(name, Encoding.UTF8.GetBytes(content), encoding, limits);

    public WholeFile Read(
        string name,
        byte[] content,
        string? encoding = null,
        SourceLimits? limits = null,
        string? layer = null
    ) => Open(Write(name, content), encoding, limits, layer);

    public static WholeFile Open(
        string path,
        string? encoding = null,
        SourceLimits? limits = null,
        string? layer = null
    )
    {
        using var reader = SourceFile.Open(
            path,
            Path.GetFileName(path),
            new SourceOptions(encoding, limits, layer)
        );
        var rows = new List<ReadRow>();
        foreach (var row in reader.ReadRows(CancellationToken.None))
        {
            rows.Add(
                new ReadRow(
                    row.Line,
                    row.Fields.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal),
                    row.Geometry,
                    row.Fault
                )
            );
        }
        return new WholeFile([.. reader.Columns], reader.IsTable, [.. reader.Notes], rows);
    }

    public SourceFileException Refused(string name, string content, SourceLimits? limits = null) =>
        Refused(name, Encoding.UTF8.GetBytes(content), null, limits);

    public SourceFileException Refused(
        string name,
        byte[] content,
        string? encoding = null,
        SourceLimits? limits = null,
        string? layer = null
    ) => Assert.Throws<SourceFileException>(() => Read(name, content, encoding, limits, layer));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

internal sealed record WholeFile(
    string[] Columns,
    bool IsTable,
    string[] Notes,
    List<ReadRow> Rows
);

internal sealed record ReadRow(
    long Line,
    Dictionary<string, string?> Fields,
    NetTopologySuite.Geometries.Geometry? Geometry,
    RowFault? Fault
)
{
    public string? this[string column] => Fields.GetValueOrDefault(column);
}
