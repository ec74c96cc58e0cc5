using System.CommandLine;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Runs;
using GeoCivic.SchoolPerimeters.Walking;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary><c>geocivic perimeters run [--street CODE]</c>.</summary>
public static class PerimetersCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var street = new Option<string?>("--street")
        {
            Description = "One street; without it, all streets with schools or venues.",
        };
        var run = new Command(
            "run",
            "Looks at all schools now, keeps what it finds and says what became another since the last run."
        )
        {
            street,
        };
        run.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetValue(street), Console.Out, cancellationToken)
        );
        return new Command("perimeters", "The surroundings of schools.") { run };
    }

    private static async Task<int> RunAsync(
        string? street,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        await using var source = CommandRunner.OpenDatabase();
        if (street is not null)
        {
            await Streets.RequireAsync(source, street, cancellationToken);
        }

        var rules = new RuleBook(source);
        var ground = new ComplianceGround(source);
        var book = new RunBook(
            source,
            ground,
            new ComplianceRows(ground, rules, new WalkingNetworks(source)),
            new ComplianceFacts(source, rules),
            TimeProvider.System
        );
        var streets = street is null ? await AllAsync(source, cancellationToken) : [street];
        foreach (var one in streets)
        {
            var (run, _) = await book.MakeAsync(one, new RunOrder("command"), cancellationToken);
            var verdicts = string.Join(
                ", ",
                run.Tally.OrderBy(t => t.Key, StringComparer.Ordinal)
                    .Select(t => $"{t.Value} {t.Key}")
            );
            var changes = string.Join(
                ", ",
                run.Changes.Where(c => c.Value > 0).Select(c => $"{c.Value} {c.Key}")
            );
            await output.WriteLineAsync(
                $"{one} run {run.Seq} of {run.Day:yyyy-MM-dd}: {(verdicts.Length > 0 ? verdicts : "nothing to judge")}; {(changes.Length > 0 ? changes : "no changes")}"
            );
        }

        return 0;
    }

    private static async Task<IReadOnlyList<string>> AllAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        // No run of the year 1 is a nightly one: every street is due.
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Runs/streets_due.sql"))
            .With("day", DateOnly.MinValue);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var streets = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            streets.Add(rows.GetString(0));
        }

        return streets;
    }
}
