using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.Commands;

/// <summary><c>geocivic rules check FILE</c>.</summary>
internal static class RulesCheck
{
    /// <summary>Checks a file.</summary>
    /// <returns>0 when it is well-formed, otherwise 1.</returns>
    /// <exception cref="ProblemException">A street to try it on does not fit.</exception>
    public static async Task<int> RunAsync(
        string path,
        string[] streets,
        bool json,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var utf8 = await RulesCommand.ReadAsync(path, cancellationToken);
        await using var source = RulesCommand.TryOpenDatabase();
        var (pack, faults) = source is null
            ? PackReader.Read(utf8, PackFiles.Context(AppPaths.Data, path))
            : await RulesCommand.ReadAsync(
                new PackStore(source, new RuleBook(source)),
                utf8,
                cancellationToken
            );
        if (pack is null || faults.Count > 0)
        {
            await WriteAsync(
                output,
                json,
                new { WellFormed = false, Faults = faults },
                faults.Select(f => $"{f.Path}: {f.Reason}")
            );
            return CommandRunner.Failed;
        }

        var head = new
        {
            WellFormed = true,
            Pack = pack.Id,
            pack.Version,
            pack.Region,
            Rules = pack.Rules.Count,
            Undecided = pack.Undecided.Count,
            Verified = pack.Rules.Count(r => r.Citation.Verified),
            Tried = false,
        };
        await WriteAsync(
            output,
            json,
            head,
            [
                $"{pack.Id} {pack.Version}, region {pack.Region}: well-formed, {head.Rules} rules ({head.Verified} with verified wording), {head.Undecided} texts without a number.",
                "Not tried on any street: no database is configured. Codes of categories and rules were compared with the files in data.",
            ]
        );
        return 0;
    }

    private static async Task WriteAsync(
        TextWriter output,
        bool json,
        object answer,
        IEnumerable<string> lines
    )
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, RulesCommand.Json));
            return;
        }

        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }
    }
}
