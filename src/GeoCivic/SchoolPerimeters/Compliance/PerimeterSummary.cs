using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Counts venues by the worst that any rule says of them, school by school.</summary>
public sealed class PerimeterSummary
{
    // From what must be acted on to what need not be.
    private static readonly Verdict[] Severity =
    [
        Verdict.Violating,
        Verdict.Disputed,
        Verdict.ToBeSurveyed,
        Verdict.Exempt,
        Verdict.Compliant,
    ];

    private readonly Dictionary<(string Street, string Code), Verdict> _venues = [];
    private readonly Dictionary<string, Counts> _categories = new(StringComparer.Ordinal);

    /// <summary>Numbers by verdict; every verdict is there.</summary>
    public sealed class Counts : Dictionary<string, int>
    {
        /// <summary>All zero.</summary>
        public Counts()
            : base(StringComparer.Ordinal)
        {
            foreach (var verdict in Severity)
            {
                this[verdict.ToName()] = 0;
            }
        }

        /// <summary>Counts one more.</summary>
        public void Add(Verdict verdict) => this[verdict.ToName()]++;

        /// <summary>The worst verdict that occurs; null when there is none.</summary>
        public string? Worst => Severity.Select(v => v.ToName()).FirstOrDefault(v => this[v] > 0);
    }

    /// <summary>What one school's surroundings look like.</summary>
    /// <param name="School">The school.</param>
    /// <param name="Verdicts">Venues by their worst rule.</param>
    /// <param name="Beyond">Violating venues that the asker may not see, by street.</param>
    public sealed record SchoolCounts(
        PerimeterSchool School,
        Counts Verdicts,
        IReadOnlyDictionary<string, int> Beyond
    );

    /// <summary>School × venue pairs by the worst rule.</summary>
    public Counts Tally { get; } = [];

    /// <summary>Venues, each once, by the worst rule of any school.</summary>
    public Counts Venues
    {
        get
        {
            var counts = new Counts();
            foreach (var verdict in _venues.Values)
            {
                counts.Add(verdict);
            }

            return counts;
        }
    }

    /// <summary>School × venue pairs of each category by the worst rule.</summary>
    public IReadOnlyDictionary<string, Counts> Categories => _categories;

    /// <summary>The worse of two verdicts.</summary>
    public static Verdict Worse(Verdict one, Verdict other) =>
        Array.IndexOf(Severity, one) <= Array.IndexOf(Severity, other) ? one : other;

    /// <summary>Counts a school's rows.</summary>
    public SchoolCounts Add(PerimeterSchool school, IEnumerable<ComplianceRow> rows)
    {
        var counts = new Counts();
        var beyond = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var venue in rows.GroupBy(r => (r.Venue.Street, r.Venue.Code)))
        {
            var worst = venue.Select(r => r.Decision.Verdict).Aggregate(Worse);
            var one = venue.First().Venue;
            if (!one.Shown)
            {
                if (worst == Verdict.Violating)
                {
                    beyond[one.Street] = beyond.GetValueOrDefault(one.Street) + 1;
                }

                continue;
            }

            counts.Add(worst);
            Tally.Add(worst);
            if (!_categories.TryGetValue(one.Category, out var category))
            {
                _categories[one.Category] = category = [];
            }

            category.Add(worst);
            _venues[venue.Key] = _venues.TryGetValue(venue.Key, out var before)
                ? Worse(before, worst)
                : worst;
        }

        return new SchoolCounts(school, counts, beyond);
    }
}
