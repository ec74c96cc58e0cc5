using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>The real service, as built, in a process of its own on a free port of this machine.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "geocivic.dll");

    private readonly Process process;

    private readonly StringBuilder output;

    private RunningService(Process process, StringBuilder output, Uri address)
    {
        this.process = process;
        this.output = output;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Runs one command of the service's command line to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">Its exit code was not 0.</exception>
    public static async Task<string> RunAsync(string connectionString, params string[] arguments)
    {
        using var command = Start(connectionString, arguments, []);
        var error = command.StandardError.ReadToEndAsync();
        var text = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? text
            : throw new InvalidOperationException(
                $"geocivic {string.Join(' ', arguments)} ended with {command.ExitCode}:\n{text}\n{await error}"
            );
    }

    /// <summary>Starts the service and waits until it says it is ready.</summary>
    /// <param name="connectionString">Of a migrated database.</param>
    /// <param name="settings">Configuration, as environment variables.</param>
    /// <exception cref="InvalidOperationException">It ended or did not get ready; the message carries its output.</exception>
    public static async Task<RunningService> ServeAsync(
        string connectionString,
        params (string Name, string Value)[] settings
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var kept = new StringBuilder();
        var started = Start(
            connectionString,
            ["serve", "--urls", address.ToString().TrimEnd('/')],
            settings
        );
        started.OutputDataReceived += (_, line) => Keep(kept, line.Data);
        started.ErrorDataReceived += (_, line) => Keep(kept, line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var service = new RunningService(started, kept, address);
        try
        {
            await service.WaitUntilReadyAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does: nothing is finished, nothing tidied up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static Process Start(
        string connectionString,
        IReadOnlyList<string> arguments,
        (string Name, string Value)[] settings
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__GeoCivic"] = connectionString;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)
            ?? throw new InvalidOperationException("dotnet could not be started.");
    }

    private static void Keep(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < StartTime && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(
                    new Uri("/health/ready", UriKind.Relative)
                );
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        lock (output)
        {
            throw new InvalidOperationException(
                $"The service at {Address} did not get ready:\n{output}"
            );
        }
    }
}
