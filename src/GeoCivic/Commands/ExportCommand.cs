using System.CommandLine;
using GeoCivic.Exports;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Commands;

/// <summary><c>geocivic export DATASET FILE</c>.</summary>
public static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset")
        {
            Description = string.Join(" ", Datasets.All.Select(d => d.Name)),
        };
        var file = new Argument<string>("file")
        {
            Description = "File to write; .geojson, .gpkg, .csv or .xlsx says the format.",
        };
        var street = new Option<string?>("--street")
        {
            Description = "Street the records belong to.",
        };
        var at = new Option<string?>("--at")
        {
            Description = "Day whose boundaries are meant, for example 2026-03-05.",
        };
        var command = new Command(
            "export",
            "Writes a dataset to a file that can be imported again. Coordinates are WGS-84."
        )
        {
            dataset,
            file,
            street,
            at,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var name = parsed.GetRequiredValue(dataset);
                var target =
                    Datasets.Find(name)
                    ?? throw new ProblemException(
                        Problems.NotFound,
                        $"There is no dataset '{name}'; there are {string.Join(", ", Datasets.All.Select(d => d.Name))}."
                    );
                DateOnly? day = null;
                if (parsed.GetValue(at) is { } text)
                {
                    day = StrictDate.TryParse(text, out var read, out var reason)
                        ? read
                        : throw new ProblemException(
                            Problems.InvalidParameter,
                            $"--at {reason ?? "must be a day such as 2026-03-05"}."
                        );
                }

                await using var source = CommandRunner.OpenDatabase();
                var path = parsed.GetRequiredValue(file);
                var rows = await new Exporter(source, TimeProvider.System).RunAsync(
                    target,
                    path,
                    parsed.GetValue(street),
                    day,
                    cancellationToken
                );
                Console.WriteLine($"{rows} {target.Name} written to {path}");
                return 0;
            }
        );
        return command;
    }
}
