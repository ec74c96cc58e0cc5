using System.CommandLine;
using GeoCivic.Geography;

namespace GeoCivic.Commands;

/// <summary><c>geocivic grid next COMMUNITY</c>.</summary>
public static class GridCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var community = new Argument<string>("community") { Description = "Community, 12 digits." };
        var next = new Command(
            "next",
            "Issues the next free grid code of a community (GB/T 30428.1); an issued code is never given again."
        )
        {
            community,
        };
        next.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                Console.WriteLine(
                    await GridCodes.IssueAsync(
                        source,
                        parsed.GetRequiredValue(community),
                        cancellationToken
                    )
                );
                return 0;
            }
        );
        return new Command("grid", "Grid codes.") { next };
    }
}
