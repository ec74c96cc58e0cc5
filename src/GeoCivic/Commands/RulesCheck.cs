using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary><c>geocivic rules check FILE</c>.</summary>
internal static class RulesCheck
{
    private sealed record Answer(
        bool WellFormed,
        string? Pack,
        string? Version,
        string? Region,
        int Rules,
        int Verified,
        int Undecided,
        IReadOnlyList<PackFault> Faults,
        bool Tried,
        DateOnly? Day,
        IReadOnlyList<TriedStreet> Streets
    );

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
        if (source is null && streets.Length > 0)
        {
            throw new ProblemException(
                Problems.Unavailable,
                "--street needs a database, and none is configured; set ConnectionStrings__GeoCivic."
            );
        }

        var (pack, faults) = source is null
            ? PackReader.Read(utf8, PackFiles.Context(AppPaths.Data, path))
            : await RulesCommand.ReadAsync(
                new PackStore(source, new RuleBook(source)),
                utf8,
                cancellationToken
            );
        var good = pack is not null && faults.Count == 0;
        var day = BeijingTime.Today(TimeProvider.System);
        var tried =
            good && source is not null
                ? await TryAsync(source, pack!, streets, day, cancellationToken)
                : null;
        var answer = new Answer(
            good,
            pack?.Id,
            pack?.Version,
            pack?.Region,
            pack?.Rules.Count ?? 0,
            pack?.Rules.Count(r => r.Citation.Verified) ?? 0,
            pack?.Undecided.Count ?? 0,
            faults,
            tried is not null,
            tried is null ? null : day,
            tried ?? []
        );
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, RulesCommand.Json));
        }
        else
        {
            foreach (var line in Lines(answer))
            {
                await output.WriteLineAsync(line);
            }
        }

        return good ? 0 : CommandRunner.Failed;
    }

    private static Task<IReadOnlyList<TriedStreet>> TryAsync(
        NpgsqlDataSource source,
        RulePack pack,
        string[] streets,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var book = new RuleBook(source);
        var ground = new ComplianceGround(source);
        var compliance = new ComplianceRows(ground, book, new WalkingNetworks(source));
        return new PackTrial(source, book, ground, compliance).RunAsync(
            pack,
            streets,
            day,
            cancellationToken
        );
    }

    private static IEnumerable<string> Lines(Answer answer)
    {
        if (!answer.WellFormed)
        {
            return answer.Faults.Select(f => $"{f.Path}: {f.Reason}");
        }

        var head =
            $"{answer.Pack} {answer.Version}, region {answer.Region}: well-formed, {answer.Rules} rules ({answer.Verified} with verified wording), {answer.Undecided} texts without a number.";
        return (answer.Tried, answer.Streets.Count) switch
        {
            (false, _) =>
            [
                head,
                "Not tried on any street: no database is configured. Codes of categories and rules were compared with the files in data.",
            ],
            (true, 0) => [head, "Not tried on any street: none lies in its region."],
            _ => [head, .. answer.Streets.SelectMany(s => Lines(s, answer.Day!.Value))],
        };
    }

    private static IEnumerable<string> Lines(TriedStreet street, DateOnly day) =>
        [
            $"Street {street.Street} on {day:yyyy-MM-dd}, venues by verdict with the pack, and now:",
            .. street.Rules.Select(r =>
                $"  {r.Rule}: {Text(r.Then, "not in force")}; now {Text(r.Now, "not in force")}"
            ),
        ];

    private static string Text(IReadOnlyDictionary<string, int>? verdicts, string none) =>
        verdicts is null ? none
        : verdicts.Count == 0 ? "nothing near"
        : string.Join(", ", verdicts.Select(v => $"{v.Value} {v.Key}"));
}
