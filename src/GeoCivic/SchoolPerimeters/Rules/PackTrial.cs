using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>What one rule decides in a street.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Now">Rows by verdict with the rules in force; null where it is not in force.</param>
/// <param name="Then">Rows by verdict with the pack in use; null where it would not be in force.</param>
public sealed record TriedRule(
    string Rule,
    string Name,
    IReadOnlyDictionary<string, int>? Now,
    IReadOnlyDictionary<string, int>? Then
);

/// <summary>What a pack would decide in a street.</summary>
/// <param name="Street">The street.</param>
/// <param name="Rules">The rules of the pack, and those that it would end or change.</param>
public sealed record TriedStreet(string Street, IReadOnlyList<TriedRule> Rules);

/// <summary>Tries a pack on the schools and venues of streets without putting it into use: it only reads.</summary>
public sealed class PackTrial(
    NpgsqlDataSource source,
    RuleBook rules,
    ComplianceGround ground,
    ComplianceRows compliance
)
{
    /// <summary>Tries the pack on streets of its region.</summary>
    /// <param name="pack">A well-formed pack.</param>
    /// <param name="streets">The streets; none: all of its region.</param>
    /// <param name="on">The Beijing day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">A street does not exist or lies outside the pack's region.</exception>
    public async Task<IReadOnlyList<TriedStreet>> RunAsync(
        RulePack pack,
        IReadOnlyCollection<string> streets,
        DateOnly on,
        CancellationToken cancellationToken
    )
    {
        var known = await StreetsAsync(cancellationToken);
        foreach (var street in streets)
        {
            if (!known.Contains(street, StringComparer.Ordinal))
            {
                throw new ProblemException(
                    Problems.StreetUnknown,
                    $"There is no street '{street}'."
                );
            }

            if (!RuleBook.IsIn(pack.Region, street))
            {
                throw new ProblemException(
                    Problems.InvalidParameter,
                    $"Street '{street}' does not lie in the pack's region {pack.Region}."
                );
            }
        }

        var now = await rules.AllAsync(cancellationToken);
        List<PerimeterRule> then =
        [
            .. now.Where(r => !string.Equals(r.Pack, pack.Id, StringComparison.Ordinal)),
            .. pack.Rules,
        ];
        var tried = new List<TriedStreet>();
        foreach (
            var street in known.Where(s =>
                streets.Count > 0
                    ? streets.Contains(s, StringComparer.Ordinal)
                    : RuleBook.IsIn(pack.Region, s)
            )
        )
        {
            var before = await CountAsync(now, street, on, cancellationToken);
            var after = await CountAsync(then, street, on, cancellationToken);
            tried.Add(new TriedStreet(street, Compare(pack, before, after)));
        }

        return tried;
    }

    private static List<TriedRule> Compare(
        RulePack pack,
        Dictionary<string, (string Name, SortedDictionary<string, int> Verdicts)> now,
        Dictionary<string, (string Name, SortedDictionary<string, int> Verdicts)> then
    ) =>
        [
            .. now
                .Keys.Union(then.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Where(id =>
                    id.StartsWith($"{pack.Id}.", StringComparison.Ordinal)
                    || !now.ContainsKey(id)
                    || !then.ContainsKey(id)
                )
                .Select(id => new TriedRule(
                    id,
                    then.TryGetValue(id, out var named) ? named.Name : now[id].Name,
                    now.TryGetValue(id, out var before) ? before.Verdicts : null,
                    then.TryGetValue(id, out var after) ? after.Verdicts : null
                )),
        ];

    private async Task<
        Dictionary<string, (string Name, SortedDictionary<string, int> Verdicts)>
    > CountAsync(
        IReadOnlyList<PerimeterRule> all,
        string street,
        DateOnly on,
        CancellationToken cancellationToken
    )
    {
        var question = new ComplianceQuestion(new Scope([street], []), on) { Street = street };
        var schools = await ground.SchoolsAsync(question, cancellationToken);
        var book = schools
            .Select(s => s.Street)
            .Append(street)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(s => s, s => RuleBook.InForce(all, s, on), StringComparer.Ordinal);
        var counts = book[street]
            .ToDictionary(
                r => r.Id,
                r => (r.Name, new SortedDictionary<string, int>(StringComparer.Ordinal)),
                StringComparer.Ordinal
            );
        await foreach (
            var school in compliance.OfAsync(question, schools, book, null, cancellationToken)
        )
        {
            // A school beyond the border has the rules of its own street.
            foreach (var row in school.Rows.Where(r => counts.ContainsKey(r.Rule.Id)))
            {
                var verdicts = counts[row.Rule.Id].Item2;
                var verdict = row.Decision.Verdict.ToName();
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            }
        }

        return counts;
    }

    private async Task<List<string>> StreetsAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "SELECT street_code FROM streets ORDER BY street_code COLLATE \"C\""
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var streets = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
        {
            streets.Add(rows.GetString(0));
        }

        return streets;
    }
}
