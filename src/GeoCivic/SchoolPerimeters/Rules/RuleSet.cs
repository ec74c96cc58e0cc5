using System.Collections.Concurrent;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>The rules of the current packs as they were at one revision; safe for concurrent use.</summary>
/// <param name="revision">The revision of the packs; the rules may be newer, never older.</param>
/// <param name="all">All rules, whatever their region and days; wide regions first.</param>
public sealed class RuleSet(long revision, IReadOnlyList<PerimeterRule> all)
{
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<
        (string Street, DateOnly On),
        IReadOnlyList<PerimeterRule>
    > _inForce = new();

    /// <summary>The revision.</summary>
    public long Revision => revision;

    /// <summary>All rules.</summary>
    public IReadOnlyList<PerimeterRule> All => all;

    /// <summary>The longest limit of any rule, metres; 0 without rules.</summary>
    public double Longest { get; } = all.Select(rule => rule.Metres).Append(0).Max();

    /// <summary>See <see cref="RuleBook.InForce"/>; what was found is kept.</summary>
    public IReadOnlyList<PerimeterRule> InForce(string street, DateOnly on)
    {
        if (_inForce.TryGetValue((street, on), out var here))
        {
            return here;
        }

        // Days are the asker's choice: not every one that was ever asked for is kept.
        if (_inForce.Count >= MostKept)
        {
            _inForce.Clear();
        }

        return _inForce[(street, on)] = RuleBook.InForce(all, street, on);
    }
}
