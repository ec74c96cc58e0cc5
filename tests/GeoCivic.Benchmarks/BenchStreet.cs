using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Imports;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>A street of 100 communities and 10,000 irregular grids that tile it, imported from files like any other.</summary>
internal static class BenchStreet
{
    internal const string Code = "bench";
    internal const double West = 106.4;
    internal const double South = 29.4;
    internal const double Size = 0.2;
    private const int Cells = 100;
    private const int Block = 10;

    internal static async Task CreateAsync(NpgsqlDataSource source, string folder)
    {
        var exists = source.CreateCommand(
            $"INSERT INTO streets (street_code, name) VALUES ('{Code}', 'Bench street') ON CONFLICT DO NOTHING"
        );
        await exists.ExecuteNonQueryAsync();
        var corners = Corners(new Random(20261121));
        await ImportAsync(
            source,
            Datasets.Communities,
            Path.Combine(folder, "communities.csv"),
            Communities(corners)
        );
        await ImportAsync(
            source,
            Datasets.Grids,
            Path.Combine(folder, "grids.csv"),
            Grids(corners)
        );
    }

    internal static async Task<ImportReport> ImportAsync(
        NpgsqlDataSource source,
        Dataset dataset,
        string path,
        IEnumerable<string>? lines
    )
    {
        if (lines is not null)
        {
            await File.WriteAllLinesAsync(path, lines);
        }

        var report = await new Importer(source, TimeProvider.System).RunAsync(
            new ImportRequest(dataset, path, Path.GetFileName(path), Code) { Crs = "wgs84" },
            progress: null,
            CancellationToken.None
        );
        return report.Committed
            ? report
            : throw new InvalidOperationException($"{dataset.Name}: {report.Rows[0]}");
    }

    private static string[,] Corners(Random random)
    {
        var corners = new string[Cells + 1, Cells + 1];
        for (var i = 0; i <= Cells; i++)
        {
            for (var j = 0; j <= Cells; j++)
            {
                var dx = i is 0 or Cells ? 0 : (random.NextDouble() - 0.5) * 0.6;
                var dy = j is 0 or Cells ? 0 : (random.NextDouble() - 0.5) * 0.6;
                corners[i, j] = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{West + ((i + dx) * Size / Cells):F7} {South + ((j + dy) * Size / Cells):F7}"
                );
            }
        }

        return corners;
    }

    private static IEnumerable<string> Grids(string[,] c)
    {
        yield return "code,name,community,wkt";
        for (var i = 0; i < Cells; i++)
        {
            for (var j = 0; j < Cells; j++)
            {
                yield return $"G{i:00}{j:00},Grid {i}-{j},C{i / Block}{j / Block},\"POLYGON(({c[i, j]},{c[i + 1, j]},{c[i + 1, j + 1]},{c[i, j + 1]},{c[i, j]}))\"";
            }
        }
    }

    private static IEnumerable<string> Communities(string[,] c)
    {
        yield return "code,name,wkt";
        for (var a = 0; a < Cells / Block; a++)
        {
            for (var b = 0; b < Cells / Block; b++)
            {
                var (i, j) = (a * Block, b * Block);
                var ring = Enumerable
                    .Range(0, Block)
                    .Select(k => c[i + k, j])
                    .Concat(Enumerable.Range(0, Block).Select(k => c[i + Block, j + k]))
                    .Concat(Enumerable.Range(0, Block).Select(k => c[i + Block - k, j + Block]))
                    .Concat(Enumerable.Range(0, Block).Select(k => c[i, j + Block - k]))
                    .Append(c[i, j]);
                yield return $"C{a}{b},Community {a}-{b},\"POLYGON(({string.Join(',', ring)}))\"";
            }
        }
    }
}
