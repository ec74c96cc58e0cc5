using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Commands;

/// <summary><c>geocivic import DATASET FILE</c>.</summary>
public static class ImportCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset")
        {
            Description = string.Join(" ", Datasets.All.Select(d => d.Name)),
        };
        var file = new Argument<string>("file")
        {
            Description = "GeoJSON FeatureCollection, CSV, xlsx, GeoPackage or zipped shapefile.",
        };
        var street = new Option<string?>("--street")
        {
            Description = "Street the records belong to.",
        };
        var map = new Option<string[]>("--map")
        {
            Description = "field=column[,field=column…]: which column holds a field.",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "field=value[,field=value…]: one value for every row.",
        };
        var crs = new Option<string?>("--crs")
        {
            Description = "wgs84 cgcs2000 gcj02 bd09 EPSG:n; required for all but GeoJSON.",
        };
        var encoding = new Option<string?>("--encoding")
        {
            Description = "Encoding of a CSV file, for example gb18030.",
        };
        var layer = new Option<string?>("--layer")
        {
            Description = "Layer of a GeoPackage or of an archive of shapefiles that has several.",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Reports what would happen; writes nothing.",
        };
        var skip = new Option<bool>("--skip-bad-rows")
        {
            Description = "Imports the good rows although others are refused.",
        };
        var repair = new Option<bool>("--repair")
        {
            Description = "Repairs invalid shapes and says what changed.",
        };
        var accept = new Option<bool>("--accept-datum")
        {
            Description = "The coordinates are as declared although they look otherwise.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "The last line of standard output is one JSON object.",
        };
        var command = new Command("import", "Imports a file in one transaction.")
        {
            dataset,
            file,
            street,
            map,
            set,
            crs,
            encoding,
            layer,
            dryRun,
            skip,
            repair,
            accept,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetRequiredValue(file);
                var target =
                    Datasets.Find(parsed.GetRequiredValue(dataset))
                    ?? throw new ProblemException(
                        Problems.NotFound,
                        $"There is no dataset '{parsed.GetRequiredValue(dataset)}'; there are {string.Join(", ", Datasets.All.Select(d => d.Name))}."
                    );
                if (!File.Exists(path))
                {
                    throw new FileNotFoundException($"There is no file '{path}'.");
                }

                await using var source = CommandRunner.OpenDatabase();
                var progress = Console.IsErrorRedirected ? null : new TerminalProgress();
                var request = new ImportRequest(
                    target,
                    path,
                    Path.GetFileName(path),
                    parsed.GetValue(street)
                )
                {
                    Crs = parsed.GetValue(crs),
                    Encoding = parsed.GetValue(encoding),
                    Layer = parsed.GetValue(layer),
                    DryRun = parsed.GetValue(dryRun),
                    SkipBadRows = parsed.GetValue(skip),
                    Repair = parsed.GetValue(repair),
                    AcceptDatum = parsed.GetValue(accept),
                    Map = Pairs("--map", parsed.GetValue(map)),
                    Set = Pairs("--set", parsed.GetValue(set)),
                };
                ImportReport report;
                try
                {
                    report = await new Importer(source, TimeProvider.System).RunAsync(
                        request,
                        progress,
                        cancellationToken
                    );
                }
                catch (Exception e) when (Refusal(e) is not null)
                {
                    progress?.Clear();
                    if (parsed.GetValue(json))
                    {
                        Console.WriteLine(JsonSerializer.Serialize(Refusal(e), Json));
                    }

                    throw;
                }

                progress?.Clear();
                ImportReportText.Write(report, Console.Out);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Json));
                }

                return report.Refused == 0 ? 0 : CommandRunner.Failed;
            }
        );
        return command;
    }

    /// <summary>A file refused as a whole, in the shape of a report: no row has an outcome, the reason stands for all.</summary>
    private static object? Refusal(Exception exception)
    {
        (int Status, string Code, string Detail)? problem = exception switch
        {
            ImportException e => (e.Status, e.Code, e.Message),
            SourceFileException e => (e.Status, e.Code, e.Detail),
            _ => null,
        };
        return problem is { } p
            ? new
            {
                Read = 0,
                Added = 0,
                Changed = 0,
                Unchanged = 0,
                Refused = 0,
                Rows = new[] { new RefusedRow(1, "file", p.Detail) },
                Problem = new
                {
                    p.Status,
                    p.Code,
                    p.Detail,
                },
            }
            : null;
    }

    private static Dictionary<string, string> Pairs(string option, string[]? texts) =>
        FieldPairs.Read(
            (texts ?? []).SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries)),
            reason => throw new ProblemException(Problems.InvalidParameter, $"{option} {reason}.")
        );
}
