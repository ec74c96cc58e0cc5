using System.CommandLine;
using GeoCivic.SchoolPerimeters.Walking;

namespace GeoCivic.Commands;

/// <summary><c>geocivic ways report</c>.</summary>
public static class WaysCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var street = new Option<string>("--street")
        {
            Description = "Code of the street.",
            Required = true,
        };
        var report = new Command(
            "report",
            "Tells what became of a street's ways as a walking network, and how far its school gates are from it."
        )
        {
            street,
        };
        report.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                foreach (
                    var line in await WaysReport.OfAsync(
                        source,
                        parsed.GetRequiredValue(street),
                        cancellationToken
                    )
                )
                {
                    Console.WriteLine(line);
                }

                return 0;
            }
        );
        return new Command("ways", "Ways that people walk on.") { report };
    }
}
