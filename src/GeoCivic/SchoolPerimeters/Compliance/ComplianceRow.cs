using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>One school × venue × rule.</summary>
/// <param name="School">The school.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Distances">What was measured between the two.</param>
/// <param name="Decision">What the rule says of it.</param>
public sealed record ComplianceRow(
    PerimeterSchool School,
    PerimeterVenue Venue,
    PerimeterRule Rule,
    PairDistances Distances,
    Decision Decision
)
{
    /// <summary>The place of the row in the answer.</summary>
    public RowKey Key => new(School.Street, School.Code, Venue.Street, Venue.Code, RuleKey(Rule));

    /// <summary>A rule through all versions of its pack: ids begin with the pack.</summary>
    public static string RuleKey(PerimeterRule rule) => rule.Id;
}

/// <summary>What was measured between a school and a venue.</summary>
/// <param name="Measured">As the decision needs it.</param>
/// <param name="Gate">Code of the gate that is nearest in a straight line; null without gates.</param>
/// <param name="WalkingGate">Code of the gate where the shortest walk begins.</param>
/// <param name="Walking"><c>measured</c>, <c>no_path</c> or <c>not_measured</c>.</param>
public sealed record PairDistances(
    Measured Measured,
    string? Gate,
    string? WalkingGate,
    string Walking
)
{
    /// <summary>The place of the campus that is nearest; the venue's own where it is inside.</summary>
    public LonLat Wall { get; init; }
}

/// <summary>The order of rows: school, venue, rule, each by its code as the database orders them (UTF-8 bytes).</summary>
public readonly record struct RowKey(
    string SchoolStreet,
    string School,
    string VenueStreet,
    string Venue,
    string Rule
)
{
    /// <summary>The order of answers.</summary>
    public static readonly Comparer<RowKey> Order = Comparer<RowKey>.Create(Compare);

    private const char Separator = '\n';

    /// <summary>Whether it comes after another.</summary>
    public bool IsAfter(RowKey other) => Compare(this, other) > 0;

    /// <summary>The two halves of a cursor.</summary>
    public (string First, string Second) Halves =>
        ($"{SchoolStreet}{Separator}{School}", $"{VenueStreet}{Separator}{Venue}{Separator}{Rule}");

    /// <summary>Reads the halves of a cursor; false for a forged one.</summary>
    public static bool TryRead((string First, string Second) halves, out RowKey key)
    {
        var school = halves.First.Split(Separator);
        var rest = halves.Second.Split(Separator);
        key =
            school.Length == 2 && rest.Length == 3
                ? new RowKey(school[0], school[1], rest[0], rest[1], rest[2])
                : default;
        return key != default;
    }

    /// <summary>
    /// Texts by code point, which is the order of their UTF-8 bytes and of PostgreSQL's collation "C"; UTF-16 order differs
    /// where a character outside the basic plane meets one above the surrogates.
    /// </summary>
    public static int Compare(string a, string b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
            {
                var (one, other) = (char.IsSurrogate(a[i]), char.IsSurrogate(b[i]));
                return one == other ? a[i].CompareTo(b[i])
                    : one ? 1
                    : -1;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int Compare(RowKey a, RowKey b)
    {
        var c = Compare(a.SchoolStreet, b.SchoolStreet);
        c = c != 0 ? c : Compare(a.School, b.School);
        c = c != 0 ? c : Compare(a.VenueStreet, b.VenueStreet);
        c = c != 0 ? c : Compare(a.Venue, b.Venue);
        return c != 0 ? c : Compare(a.Rule, b.Rule);
    }
}
