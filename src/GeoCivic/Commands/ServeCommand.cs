using System.CommandLine;
using GeoCivic.Http;

namespace GeoCivic.Commands;

/// <summary><c>geocivic serve</c>.</summary>
public static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        var command = new Command("serve", "Serves the map and the API.") { urls };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = WebService.Build([], CommandRunner.ConnectionString());
                app.Urls.Clear();
                foreach (var url in parsed.GetRequiredValue(urls).Split(';'))
                {
                    app.Urls.Add(url);
                }

                await app.StartAsync(cancellationToken);
                await app.WaitForShutdownAsync(cancellationToken);
                return 0;
            }
        );
        return command;
    }
}
