using System.CommandLine;
using GeoCivic.Database;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.Commands;

/// <summary><c>geocivic migrate</c>.</summary>
public static class MigrateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the schema and the code lists up to date.");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                // A faulty file is refused by name before anything is written.
                PackFiles.ReadAll(AppPaths.Data);
                await Schema.MigrateAsync(CommandRunner.ConnectionString(), cancellationToken);
                Console.WriteLine("The schema is up to date.");
                return 0;
            }
        );
        return command;
    }
}
