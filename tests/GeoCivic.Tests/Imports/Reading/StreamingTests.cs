using System.Globalization;
using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Memory stays flat however long the file is.</summary>
[Collection(nameof(StreamingTests))]
[CollectionDefinition(nameof(StreamingTests), DisableParallelization = true)]
public sealed class StreamingTests : IDisposable
{
    private const long MaxGrowth = 24L << 20;

    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_million_rows_of_CSV_are_read_in_flat_memory()
    {
        var path = _files.PathOf("a.csv");
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16))
        {
            writer.Write("code,name,type,lon,lat\n");
            for (var i = 0; i < 1_000_000; i++)
            {
                writer.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"P{i:0000000},点位{i},market,{106 + i % 1000 * 1e-4:F6},{29 + i % 777 * 1e-4:F6}\n"
                    )
                );
            }
        }
        var (rows, growth, last) = Read(path, r => r["code"]);
        Assert.Equal(1_000_000, rows);
        Assert.Equal("P0999999", last);
        Assert.True(growth < MaxGrowth, $"The managed heap grew by {growth >> 20} MiB.");
    }

    [Fact]
    public void Three_hundred_thousand_features_are_read_in_flat_memory()
    {
        var path = _files.PathOf("a.geojson");
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16))
        {
            writer.Write("{\"type\":\"FeatureCollection\",\"features\":[\n");
            for (var i = 0; i < 300_000; i++)
            {
                var lon = (106 + i % 1000 * 1e-4).ToString("F6", CultureInfo.InvariantCulture);
                writer.Write(
                    $"{(i == 0 ? "" : ",\n")}{{\"type\":\"Feature\",\"properties\":{{\"code\":\"P{i}\",\"name\":\"点位{i}\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[[{lon},29.5],[{lon},29.6]]}}}}"
                );
            }
            writer.Write("]}\n");
        }
        var (rows, growth, last) = Read(path, r => r["code"]);
        Assert.Equal(300_000, rows);
        Assert.Equal("P299999", last);
        Assert.True(growth < MaxGrowth, $"The managed heap grew by {growth >> 20} MiB.");
    }

    /// <summary>Reads a file, collecting now and then to see what is really held.</summary>
    private static (long Rows, long Growth, string? Last) Read(
        string path,
        Func<SourceRow, string?> take
    )
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var rows = 0L;
        string? last = null;
        using var reader = SourceFile.Open(path, Path.GetFileName(path), new SourceOptions());
        foreach (var row in reader.ReadRows(CancellationToken.None))
        {
            Assert.Null(row.Fault);
            last = take(row);
            if (++rows % 50_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }
        return (rows, most, last);
    }
}
