using System.CommandLine;
using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Geography;

namespace GeoCivic.Commands;

/// <summary><c>geocivic coverage --street CODE</c>.</summary>
public static class CoverageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var street = new Option<string>("--street")
        {
            Description = "The street.",
            Required = true,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object on the last line." };
        var command = new Command(
            "coverage",
            "Gaps, overlaps, invalid shapes, grids outside their community, orphan points."
        )
        {
            street,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                var findings = await Coverage.FindAsync(
                    source,
                    parsed.GetRequiredValue(street),
                    BeijingTime.Today(TimeProvider.System),
                    cancellationToken
                );
                foreach (var finding in findings)
                {
                    var place =
                        finding.Lon is { } lon && finding.Lat is { } lat
                            ? string.Create(
                                CultureInfo.InvariantCulture,
                                $" at {lon:0.0000000},{lat:0.0000000}"
                            )
                            : "";
                    Console.WriteLine(
                        $"{finding.Severity, -6} {finding.Rule, -18} {finding.MessageEn}{place}"
                    );
                }

                var errors = findings.Count(f => f.Severity == "error");
                Console.WriteLine($"{errors} findings, {findings.Count - errors} notes");
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(
                        System.Text.Json.JsonSerializer.Serialize(
                            new
                            {
                                findings = errors,
                                notes = findings.Count - errors,
                                rows = findings,
                            },
                            System.Text.Json.JsonSerializerOptions.Web
                        )
                    );
                }

                return 0;
            }
        );
        return command;
    }
}
