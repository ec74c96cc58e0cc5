namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>Reads and checks which rules of wider packs a pack replaces.</summary>
internal static class PackReplacements
{
    /// <summary>The ids that a rule replaces; each must be a rule of a pack with a wider region.</summary>
    public static string[] Read(PackObject rule, RulePack head, PackContext context) =>
        rule.Codes(
            "replaces",
            id =>
                context.Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal))
                    is not { } other
                    ? $"is '{id}', which is no rule of another pack"
                : IsWider(other.Region, head.Region) ? null
                : $"is '{id}' of region {other.Region}, which is not wider than {head.Region}",
            required: false
        );

    /// <summary>A rule is replaced as a whole: what its successors do not cover would be left without one.</summary>
    public static void Check(
        RulePack head,
        IReadOnlyList<PerimeterRule> rules,
        IReadOnlyList<PackObject> objects,
        PackContext context
    )
    {
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var id in rules[i].Replaces)
            {
                var first = rules.First(r => r.Replaces.Contains(id, StringComparer.Ordinal));
                var other = context.Rules.First(r =>
                    string.Equals(r.Id, id, StringComparison.Ordinal)
                );
                if (ReferenceEquals(first, rules[i]) && !RuleBook.IsReplaced(other, rules))
                {
                    objects[i]
                        .Fault(
                            "replaces",
                            $"names {id}, but the rules of {head.Id} that name it do not cover all its kinds of school and categories, so it would stay"
                        );
                }
            }
        }
    }

    private static bool IsWider(string region, string than) =>
        !string.Equals(region, than, StringComparison.Ordinal)
        && (
            region == RuleBook.National
                ? !than.AsSpan().ContainsAnyExceptInRange('0', '9')
                : than.StartsWith(region, StringComparison.Ordinal)
        );
}
