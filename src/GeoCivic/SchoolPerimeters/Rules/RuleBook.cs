using System.Text.Json;
using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>The rules of the current packs.</summary>
public sealed class RuleBook(NpgsqlDataSource source)
{
    /// <summary>Region of the rules for every street in China.</summary>
    public const string National = "cn";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private RuleSet? _kept;

    /// <summary>The rules of the last revision that was read; null before the first.</summary>
    public RuleSet? Kept => Volatile.Read(ref _kept);

    /// <summary>
    /// The rules at a revision that the caller has just read from <c>rule_revision</c>: those kept, or read anew when the
    /// packs have changed since, so that nothing is older than the last commit.
    /// </summary>
    public async ValueTask<RuleSet> AtAsync(long revision, CancellationToken cancellationToken)
    {
        var kept = Kept;
        if (kept?.Revision != revision)
        {
            kept = new RuleSet(revision, await AllAsync(cancellationToken));
            Volatile.Write(ref _kept, kept);
        }

        return kept;
    }

    /// <summary>The rules in force for the schools of a street on a Beijing day.</summary>
    public async Task<IReadOnlyList<PerimeterRule>> InForceAsync(
        string street,
        DateOnly on,
        CancellationToken cancellationToken
    ) => InForce(await AllAsync(cancellationToken), street, on);

    /// <summary>All rules of the current packs, whatever their region and days; wide regions first.</summary>
    public async Task<IReadOnlyList<PerimeterRule>> AllAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            Sql.Load("SchoolPerimeters/Rules/all_rules.sql")
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rules = new List<PerimeterRule>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rules.Add(Read(reader));
        }

        return rules;
    }

    /// <summary>
    /// The rules that apply to the schools of a street on a day: those of its regions that hold, less those that narrower
    /// ones replace. A rule is replaced only when the rules in force that name it cover all its kinds of school and
    /// categories, so that no gap can open between two texts.
    /// </summary>
    /// <param name="all">Rules of any region and time.</param>
    /// <param name="street">Code of the street in which the school lies.</param>
    /// <param name="on">The Beijing day.</param>
    public static IReadOnlyList<PerimeterRule> InForce(
        IEnumerable<PerimeterRule> all,
        string street,
        DateOnly on
    )
    {
        List<PerimeterRule> here = [.. all.Where(r => IsIn(r.Region, street) && r.HoldsOn(on))];
        return [.. here.Where(r => !IsReplaced(r, here))];
    }

    /// <summary>
    /// Whether a street lies in the region of a pack. Regions of digits are those of the national division codes
    /// (GB/T 2260, GB/T 10114): they hold for streets of nine digits only.
    /// </summary>
    public static bool IsIn(string region, string street)
    {
        var national = street.Length == 9 && !street.AsSpan().ContainsAnyExceptInRange('0', '9');
        return string.Equals(region, National, StringComparison.Ordinal)
            ? national
            : street.StartsWith(region, StringComparison.Ordinal)
                && (national || region.AsSpan().ContainsAnyExceptInRange('0', '9'));
    }

    /// <summary>Whether the rules that name a rule as replaced cover all of it.</summary>
    public static bool IsReplaced(PerimeterRule rule, IEnumerable<PerimeterRule> by)
    {
        List<PerimeterRule> naming =
        [
            .. by.Where(r => r.Replaces.Contains(rule.Id, StringComparer.Ordinal)),
        ];
        return naming.Count > 0
            && rule.SchoolKinds.All(kind =>
                rule.VenueCategories.All(c => naming.Exists(r => r.Covers(kind, c)))
                && rule.IssueCategories.All(c =>
                    naming.Exists(r =>
                        r.SchoolKinds.Contains(kind, StringComparer.Ordinal)
                        && r.IssueCategories.Contains(c, StringComparer.Ordinal)
                    )
                )
            );
    }

    private static PerimeterRule Read(NpgsqlDataReader row)
    {
        DateOnly? Day(int i) => row.IsDBNull(i) ? null : row.GetFieldValue<DateOnly>(i);
        return new PerimeterRule(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetFieldValue<string[]>(6),
            row.GetFieldValue<string[]>(7),
            row.GetFieldValue<string[]>(8),
            row.GetDouble(9),
            row.GetBoolean(10),
            RuleCodes.ToFrom(row.GetString(11))!.Value,
            RuleCodes.ToHow(row.GetString(12))!.Value,
            row.GetBoolean(13),
            Day(14),
            Day(15),
            Day(16),
            Day(17),
            JsonSerializer.Deserialize<Citation>(row.GetString(18), Json)!,
            row.GetString(19)
        )
        {
            Replaces = row.GetFieldValue<string[]>(20),
            Digest = row.GetString(21),
            PackName = row.GetString(22),
            PackNameEn = row.GetString(23),
        };
    }
}
