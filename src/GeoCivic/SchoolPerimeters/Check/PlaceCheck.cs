using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>What is said of a place.</summary>
/// <param name="Street">The street it is in.</param>
/// <param name="Category">The category asked about.</param>
/// <param name="Verdict">The worst verdict of any rule; null: no rule in force covers the category.</param>
/// <param name="Deciding">The rows with that verdict; of a compliant place those of the nearest school.</param>
/// <param name="Others">All other rows within <see cref="ComplianceQuestion.StandardWithin"/> of a campus.</param>
/// <param name="NearestAllowed">The nearest place where it would be allowed.</param>
public sealed record PlaceAnswer(
    Named Street,
    VenueCategory Category,
    Verdict? Verdict,
    IReadOnlyList<ComplianceRow> Deciding,
    IReadOnlyList<ComplianceRow> Others,
    (LonLat Place, double Metres)? NearestAllowed
)
{
    /// <summary>True or false; null where no rule covers the category, or where the verdict is open.</summary>
    public bool? Allowed =>
        Verdict switch
        {
            Rules.Verdict.Compliant => true,
            Rules.Verdict.Violating => false,
            _ => null,
        };
}

/// <summary>Says whether a venue of a category would be allowed at a place.</summary>
public sealed class PlaceCheck(
    NpgsqlDataSource source,
    PlaceFinder places,
    GridLocators locators,
    KnownSchools schools,
    RuleBook rules
)
{
    // From bad to good.
    private static readonly Verdict[] Order =
    [
        Verdict.Violating,
        Verdict.Disputed,
        Verdict.ToBeSurveyed,
        Verdict.Exempt,
        Verdict.Compliant,
    ];

    /// <summary>Judges a place.</summary>
    /// <param name="at">WGS-84 degrees.</param>
    /// <param name="category">Code of a venue category.</param>
    /// <param name="on">The Beijing day whose rules count.</param>
    /// <param name="schoolKinds">Kinds of school that count; null: all.</param>
    /// <param name="scope">What the caller may know of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The category is unknown, or no grid of the caller's is there.</exception>
    public async Task<PlaceAnswer> AtAsync(
        LonLat at,
        string category,
        DateOnly on,
        string[]? schoolKinds,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        // Read at once as wide as the nearest allowed place may need, by the rules last known.
        var guess = WithinOf(rules.Kept?.All ?? [], category);
        var state = await ReadAsync(guess);
        var set = await rules.AtAsync(state.Rules, cancellationToken);
        var within = WithinOf(set.All, category);
        if (within > guess)
        {
            state = await ReadAsync(within);
        }

        var street = await locators.StreetOfAsync(at, state.Streets, scope, cancellationToken)
            is { } inside
            ? new Named(inside.Code, inside.Name)
            // Beside a grid, or outside.
            : (
                await places.FindAsync(at, day: null, street: null, scope, cancellationToken)
            ).Street;
        var around = await Surroundings.OfAsync(
            new PlaceQuestion(category, street.Code, on, schoolKinds, scope),
            await schools.OfAsync(state.Schools, cancellationToken),
            set,
            (those, reach) => schools.WalksAsync(those, state.Ways, reach, cancellationToken),
            within
        );
        var rows = around.At(at);
        if (
            rows.Count == 0
            && !set.InForce(street.Code, on)
                .Any(rule => rule.VenueCategories.Contains(category, StringComparer.Ordinal))
        )
        {
            return new PlaceAnswer(
                street,
                state.Category,
                Verdict: null,
                [],
                [],
                NearestAllowed: null
            );
        }

        var verdict = Worst(rows);
        var deciding = Deciding(rows, verdict);
        var allowed =
            verdict == Verdict.Compliant
                ? null
                : await NearestAllowed.FindAsync(around, at, IsCoveredAsync);
        return new PlaceAnswer(
            street,
            state.Category,
            verdict,
            deciding,
            [
                .. rows.Where(row =>
                    !deciding.Contains(row)
                    && row.Distances.Measured.CampusMetres <= ComplianceQuestion.StandardWithin
                ),
            ],
            allowed
        );

        Task<CheckState> ReadAsync(double metres) =>
            CheckState.ReadAsync(
                source,
                GeodesicBox.Around(at, NearestAllowed.MostMetres + metres),
                category,
                scope,
                cancellationToken
            );

        async ValueTask<bool> IsCoveredAsync(LonLat place) =>
            await locators.StreetOfAsync(place, state.Streets, scope, cancellationToken)
                is not null;
    }

    /// <summary>How far from a campus a rule about a category can speak, metres, and at least what is listed.</summary>
    public static double WithinOf(IEnumerable<PerimeterRule> rules, string category) =>
        rules
            .Where(rule => rule.VenueCategories.Contains(category, StringComparer.Ordinal))
            // Two places of the coarsest class.
            .Select(rule => rule.Metres + (Math.Sqrt(2) * Accuracy.Metres("D")))
            .Append(ComplianceQuestion.StandardWithin)
            .Max();

    private static Verdict Worst(IReadOnlyList<ComplianceRow> rows) =>
        Order.FirstOrDefault(
            verdict => rows.Any(row => row.Decision.Verdict == verdict),
            Verdict.Compliant
        );

    private static ComplianceRow[] Deciding(IReadOnlyList<ComplianceRow> rows, Verdict verdict) =>
        verdict != Verdict.Compliant
            ? [.. rows.Where(row => row.Decision.Verdict == verdict)]
            : [.. rows.Where(row => ReferenceEquals(row.School, rows[0].School))];
}
