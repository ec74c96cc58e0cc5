namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>A verdict that is another than before.</summary>
/// <param name="SchoolStreet">Street of the school.</param>
/// <param name="School">Code of the school.</param>
/// <param name="SchoolName">Its name.</param>
/// <param name="Venue">Code of the venue.</param>
/// <param name="VenueName">Its name.</param>
/// <param name="Street">Its street.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="RuleName">Its name.</param>
/// <param name="Was">The verdict before; null: there was none.</param>
/// <param name="Now">The verdict after; null: there is none any more.</param>
/// <param name="Why">What changed in between, of what the verdict follows from.</param>
/// <param name="StraightM">Metres from the campus, after or before; null for what was compliant both times.</param>
/// <param name="LimitM">The limit, metres.</param>
public sealed record PerimeterChange(
    string SchoolStreet,
    string School,
    string SchoolName,
    string Venue,
    string VenueName,
    string Street,
    string Rule,
    string RuleName,
    string? Was,
    string? Now,
    IReadOnlyList<string> Why,
    double? StraightM,
    double? LimitM
)
{
    private const string Compliant = "compliant";

    /// <summary>What is another between two states of a street, school by school.</summary>
    internal static IReadOnlyList<PerimeterChange> Between(
        string street,
        PerimeterState before,
        PerimeterState after
    )
    {
        var changes = new List<PerimeterChange>();
        foreach (
            var key in before
                .Findings.Keys.Union(after.Findings.Keys)
                .OrderBy(k => k.SchoolStreet, StringComparer.Ordinal)
                .ThenBy(k => k.School, StringComparer.Ordinal)
                .ThenBy(k => k.Venue, StringComparer.Ordinal)
                .ThenBy(k => k.Rule, StringComparer.Ordinal)
        )
        {
            var was = VerdictIn(street, before, key);
            var now = VerdictIn(street, after, key);
            if (string.Equals(was, now, StringComparison.Ordinal))
            {
                continue;
            }

            var finding =
                after.Findings.GetValueOrDefault(key) ?? before.Findings.GetValueOrDefault(key);
            changes.Add(
                new PerimeterChange(
                    key.SchoolStreet,
                    key.School,
                    NameOf(before, after, SchoolOf(key)),
                    key.Venue,
                    NameOf(before, after, VenueOf(street, key)),
                    street,
                    key.Rule,
                    NameOf(before, after, RuleOf(key)),
                    was,
                    now,
                    Reasons(street, before, after, key),
                    finding?.StraightM,
                    finding?.LimitM
                )
            );
        }

        return changes;
    }

    /// <summary>How many changes of which sort.</summary>
    public static SortedDictionary<string, int> Count(IEnumerable<PerimeterChange> changes)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            ["became_violating"] = 0,
            ["no_longer_violating"] = 0,
        };
        foreach (var change in changes)
        {
            var now = change.Now is null ? "ended" : $"became_{change.Now}";
            counts[now] = counts.GetValueOrDefault(now) + 1;
            if (change.Was == "violating")
            {
                counts["no_longer_violating"]++;
            }
        }

        return counts;
    }

    // What is not among the findings was compliant, if there was anything to be said of it.
    private static string? VerdictIn(string street, PerimeterState state, FindingKey key)
    {
        if (state.Findings.TryGetValue(key, out var finding))
        {
            return finding.Verdict;
        }

        return
            state.Facts.TryGetValue(SchoolOf(key), out var school)
            && state.Facts.TryGetValue(VenueOf(street, key), out var venue)
            && state.Facts.TryGetValue(RuleOf(key), out var rule)
            && Lists(rule["kinds"], school["kind"])
            && Lists(rule["categories"], venue["category"])
            ? Compliant
            : null;
    }

    private static List<string> Reasons(
        string street,
        PerimeterState before,
        PerimeterState after,
        FindingKey key
    )
    {
        var why = new List<string>();
        Note(
            VenueOf(street, key),
            "new_venue",
            "venue_gone",
            ("place", "venue_moved"),
            ("category", "category_changed"),
            ("licence", "licence_changed")
        );
        Note(
            SchoolOf(key),
            "new_school",
            "school_gone",
            ("shape", "school_moved"),
            ("gates", "gates_moved"),
            ("kind", "school_changed")
        );
        Note(RuleOf(key), "rule_new", "rule_ended", ("rule", "rule_changed"));
        var was = before.Findings.GetValueOrDefault(key);
        var now = after.Findings.GetValueOrDefault(key);
        if (
            before.Facts.GetValueOrDefault(PerimeterState.Network)?["revision"]
                != after.Facts.GetValueOrDefault(PerimeterState.Network)?["revision"]
            // The network explains what nothing else does, or a walk that became another.
            && (
                why.Count == 0
                || (was is not null && now is not null && was.WalkingM != now.WalkingM)
            )
        )
        {
            why.Add("network_changed");
        }

        if (was?.Verdict == "exempt" && now?.Verdict != "exempt" && why.Count == 0)
        {
            // Nothing changed but the day.
            why.Add("licence_expired");
        }

        return why;

        void Note(
            FactKey subject,
            string begun,
            string ended,
            params (string Member, string Reason)[] members
        )
        {
            var one = before.Facts.GetValueOrDefault(subject);
            var other = after.Facts.GetValueOrDefault(subject);
            if (one is null && other is not null)
            {
                why.Add(begun);
            }
            else if (one is not null && other is null)
            {
                why.Add(ended);
            }
            else if (one is not null && other is not null)
            {
                why.AddRange(
                    members.Where(m => one[m.Member] != other[m.Member]).Select(m => m.Reason)
                );
            }
        }
    }

    private static FactKey SchoolOf(FindingKey key) => new("school", key.SchoolStreet, key.School);

    private static FactKey VenueOf(string street, FindingKey key) =>
        new("venue", street, key.Venue);

    private static FactKey RuleOf(FindingKey key) => new("rule", key.SchoolStreet, key.Rule);

    private static string NameOf(PerimeterState before, PerimeterState after, FactKey key) =>
        (after.Facts.GetValueOrDefault(key) ?? before.Facts.GetValueOrDefault(key))?.Name
        ?? key.Code;

    private static bool Lists(string list, string code) =>
        list.Split(',').Contains(code, StringComparer.Ordinal);
}
