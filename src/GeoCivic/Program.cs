using System.CommandLine;
using GeoCivic.Commands;

var root = new RootCommand("GeoCivic maps points of inspection onto grids and communities.")
{
    ServeCommand.Create(),
    MigrateCommand.Create(),
    StreetCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    CoverageCommand.Create(),
    GridCommand.Create(),
    WaysCommand.Create(),
    DueCommand.Create(),
    RulesCommand.Create(),
    UserCommand.Create(),
    TokenCommand.Create(),
    PerimetersCommand.Create(),
    DemoCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);
