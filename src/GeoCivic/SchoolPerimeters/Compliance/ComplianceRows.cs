using System.Runtime.CompilerServices;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>The rows of one school.</summary>
/// <param name="School">The school.</param>
/// <param name="Rows">Its rows in order.</param>
public sealed record SchoolRows(PerimeterSchool School, IReadOnlyList<ComplianceRow> Rows);

/// <summary>
/// Every verdict comes from here: venues near schools, measured, and decided by the rules of the school's street. Lists,
/// files, summaries, runs and what-ifs differ only in what they do with the rows.
/// </summary>
public sealed class ComplianceRows(
    ComplianceGround ground,
    RuleBook rules,
    WalkingNetworks networks
)
{
    /// <summary>A walk longer than this, in metres, or than half as long again as the limit, is not looked for.</summary>
    public const double StandardReach = 2000;

    private sealed record Measure(
        WalkingNetwork? Network,
        double Within,
        double Reach,
        DateOnly On
    );

    /// <summary>The rows, school by school in order; schools without rows are left out.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SchoolRows> OfAsync(
        ComplianceQuestion question,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var schools = await ground.SchoolsAsync(question, cancellationToken);
        var book = await RulesOfAsync(schools, question, cancellationToken);
        await foreach (
            var school in OfAsync(question, schools, book, shape: null, cancellationToken)
        )
        {
            yield return school;
        }
    }

    /// <summary>The rows of schools that may be others than the stored ones.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="schools">Schools in order; venues near others are passed over.</param>
    /// <param name="book">The rules of each street.</param>
    /// <param name="shape">Where venues are looked for, instead of around each stored campus.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SchoolRows> OfAsync(
        ComplianceQuestion question,
        IReadOnlyList<PerimeterSchool> schools,
        IReadOnlyDictionary<string, IReadOnlyList<PerimeterRule>> book,
        Geometry? shape,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var byKey = schools.ToDictionary(s => (s.Street, s.Code));
        var within = WithinOf(question, book);
        var reach = ReachOf(
            book.Values.SelectMany(r => r).Select(r => r.Metres).DefaultIfEmpty(0).Max()
        );
        var walking = new NetworksOnce(networks, schools, reach);
        await foreach (
            var (key, venues) in ground.VenuesAsync(question, within, shape, cancellationToken)
        )
        {
            if (!byKey.TryGetValue(key, out var school))
            {
                // Added between the two queries.
                continue;
            }

            var applying = book[school.Street]
                .Where(r => r.SchoolKinds.Contains(school.Kind, StringComparer.Ordinal))
                .ToList();
            if (applying.Count == 0)
            {
                continue;
            }

            var rows = Rows(
                school,
                venues,
                applying,
                new Measure(
                    await walking.AroundAsync(school, cancellationToken),
                    within,
                    reach,
                    question.On
                )
            );
            if (rows.Count > 0)
            {
                yield return new SchoolRows(school, rows);
            }
        }
    }

    /// <summary>The rules in force for each street that has one of the schools, narrowed to those asked for.</summary>
    /// <exception cref="ProblemException">A rule is asked for that no pack has.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<PerimeterRule>>> RulesOfAsync(
        IEnumerable<PerimeterSchool> schools,
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        var all = await rules.AllAsync(cancellationToken);
        if (
            question.Rules is { } asked
            && Array.Find(
                asked,
                id => !all.Any(r => string.Equals(r.Id, id, StringComparison.Ordinal))
            )
                is { } unknown
        )
        {
            throw ProblemException.Unacceptable("rule", $"'{unknown}' is the id of no rule");
        }

        var book = new Dictionary<string, IReadOnlyList<PerimeterRule>>(StringComparer.Ordinal);
        foreach (var street in schools.Select(s => s.Street).Distinct(StringComparer.Ordinal))
        {
            book[street] =
            [
                .. RuleBook
                    .InForce(all, street, question.On)
                    .Where(r => question.Rules?.Contains(r.Id, StringComparer.Ordinal) != false)
                    .OrderBy(r => r.Id, Comparer<string>.Create(RowKey.Compare)),
            ];
        }

        return book;
    }

    /// <summary>Metres from the campus that a question reaches.</summary>
    public static double WithinOf(
        ComplianceQuestion question,
        IReadOnlyDictionary<string, IReadOnlyList<PerimeterRule>> book
    )
    {
        // Two places of the coarsest class: a verdict further than this beyond the limit is certain.
        var margin = Math.Sqrt(2) * Accuracy.Metres("D");
        return question.Within
            ?? Math.Max(
                ComplianceQuestion.StandardWithin,
                book.Values.SelectMany(r => r)
                    .Select(r => r.Metres + margin)
                    .DefaultIfEmpty(0)
                    .Max()
            );
    }

    /// <summary>Metres of walk beyond which a door counts as not reached; no verdict needs longer walks.</summary>
    /// <param name="limit">The longest limit of any rule.</param>
    public static double ReachOf(double limit) => Math.Max(StandardReach, 1.5 * limit);

    private static List<ComplianceRow> Rows(
        PerimeterSchool school,
        IReadOnlyList<PerimeterVenue> venues,
        List<PerimeterRule> applying,
        Measure measure
    )
    {
        var rows = new List<ComplianceRow>();
        SchoolMeasuring? measuring = null;
        foreach (var venue in venues)
        {
            var covering = applying
                .Where(r => r.VenueCategories.Contains(venue.Category, StringComparer.Ordinal))
                .ToList();
            if (covering.Count == 0)
            {
                continue;
            }

            measuring ??= new SchoolMeasuring(school, measure.Network, measure.Reach);
            if (measuring.To(venue, measure.Within) is not { } distances)
            {
                continue;
            }

            var licence = new Licence(venue.LicensedFrom, venue.LicensedUntil);
            rows.AddRange(
                covering.Select(rule => new ComplianceRow(
                    school,
                    venue,
                    rule,
                    distances,
                    Decide.By(rule, distances.Measured, licence, measure.On)
                ))
            );
        }

        return rows;
    }
}
