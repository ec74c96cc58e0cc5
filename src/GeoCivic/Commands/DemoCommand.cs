using System.CommandLine;
using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;

namespace GeoCivic.Commands;

/// <summary><c>geocivic demo load</c>: the made-up street of <c>data/demo</c>, through the ordinary import.</summary>
public static class DemoCommand
{
    private const string Street = "500103011";

    private static readonly (Dataset Dataset, string File)[] Files =
    [
        (Datasets.Streets, "street.geojson"),
        (Datasets.Communities, "communities.geojson"),
        (Datasets.Grids, "grids.geojson"),
        (Datasets.Base, "base.geojson"),
        (Datasets.Points, "points.geojson"),
        (Datasets.Schools, "schools.geojson"),
        (Datasets.Gates, "gates.geojson"),
        (Datasets.Venues, "venues.geojson"),
        (Datasets.Issues, "issues.csv"),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var ifEmpty = new Option<bool>("--if-empty")
        {
            Description =
                "Does nothing when the database has a street of its own or the whole demo already.",
        };
        var load = new Command("load", "Loads the demo street; its calendar ends today.")
        {
            ifEmpty,
        };
        load.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                // A load that was cut short is finished; a street of one's own, or a complete demo, is left alone.
                await using var streets = source.CreateCommand(
                    $"""
                    SELECT EXISTS (SELECT FROM streets WHERE street_code <> '{Street}')
                        OR EXISTS (SELECT FROM imports WHERE street_code = '{Street}' AND dataset = 'issues')
                    """
                );
                if (
                    parsed.GetValue(ifEmpty)
                    && (bool)(await streets.ExecuteScalarAsync(cancellationToken))!
                )
                {
                    return 0;
                }

                await LoadAsync(
                    new Importer(source, TimeProvider.System),
                    TimeProvider.System,
                    Console.Out,
                    cancellationToken
                );
                return 0;
            }
        );
        return new Command("demo", "The demo street.") { load };
    }

    /// <summary>Imports all files; every date is moved so that the last day is today.</summary>
    public static async Task LoadAsync(
        Importer importer,
        TimeProvider clock,
        TextWriter text,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(AppPaths.Data, "demo");
        var anchor = DateOnly.ParseExact(
            (
                await File.ReadAllTextAsync(Path.Combine(folder, "anchor.txt"), cancellationToken)
            ).Trim(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
        var shift = BeijingTime.Today(clock).DayNumber - anchor.DayNumber;
        foreach (var (dataset, file) in Files)
        {
            var request = new ImportRequest(dataset, Path.Combine(folder, file), file, Street)
            {
                Crs = "wgs84",
                ShiftDays = shift,
            };
            var report = await importer.RunAsync(request, progress: null, cancellationToken);
            if (!report.Committed)
            {
                var first = report.Rows[0];
                throw new ProblemException(
                    Problems.ImportRefused,
                    $"data/demo/{file}, line {first.Line}: {first.Field} {first.Reason}; the demo was not loaded completely."
                );
            }

            await text.WriteLineAsync(
                $"demo: {dataset.Name, -12} {report.Added + report.Changed + report.Unchanged, 6}"
            );
        }
    }
}
