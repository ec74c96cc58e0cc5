using System.CommandLine;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>Runs the command line and turns foreseeable failures into one line on standard error.</summary>
public static class CommandRunner
{
    /// <summary>Exit code when something was refused or failed.</summary>
    public const int Failed = 1;

    /// <summary>Exit code when the command line itself is wrong.</summary>
    public const int Misused = 2;

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"geocivic: {error.Message}");
            }

            await Console.Error.WriteLineAsync("Try --help.");
            return Misused;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false }
            );
        }
        catch (Exception e) when (Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync($"geocivic: {explanation}");
            return Failed;
        }
    }

    /// <summary>The connection string of the environment.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static string ConnectionString() =>
        Environment.GetEnvironmentVariable("ConnectionStrings__GeoCivic") is { Length: > 0 } text
            ? text
            : throw new ProblemException(
                Problems.Unavailable,
                "No database is configured. Start with scripts/geocivic, or set ConnectionStrings__GeoCivic."
            );

    /// <summary>A pool for the configured database.</summary>
    public static NpgsqlDataSource OpenDatabase() => Schema.CreateDataSource(ConnectionString());

    private static string? Explain(Exception exception) =>
        exception switch
        {
            ProblemException or ImportException => exception.Message,
            SourceFileException e => e.Detail,
            FileNotFoundException
            or DirectoryNotFoundException
            or UnauthorizedAccessException
            or InvalidDataException => exception.Message,
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } =>
                "The database has no GeoCivic tables yet; run: geocivic migrate",
            NpgsqlException e => $"The database failed: {e.Message}",
            OperationCanceledException => "Stopped; nothing was written.",
            _ => null,
        };
}
