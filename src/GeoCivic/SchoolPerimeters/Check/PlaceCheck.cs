using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.SchoolPerimeters.Zones;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Code and names of a venue category.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record VenueCategory(string Code, string Name, string NameEn);

/// <summary>What is said of a place.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Category">The category asked about.</param>
/// <param name="Verdict">The worst verdict of any rule; null: no rule in force covers the category.</param>
/// <param name="Deciding">The rows with that verdict; of a compliant place those of the nearest school.</param>
/// <param name="Others">All other rows within <see cref="ComplianceQuestion.StandardWithin"/> of a campus.</param>
/// <param name="NearestAllowed">The nearest place where it would be allowed.</param>
public sealed record PlaceAnswer(
    Place Place,
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
    SchoolsAround schools,
    RuleBook rules,
    WalkingNetworks networks
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
        // What does not wait for each other is asked at once.
        var placing = places.FindAsync(at, day: null, street: null, scope, cancellationToken);
        var reading = rules.AllAsync(cancellationToken);
        const double First = ComplianceQuestion.StandardWithin;
        var finding = schools.NearAsync(GeodesicBox.Around(at, First), scope, cancellationToken);
        var named = await CategoryAsync(source, category, cancellationToken);
        var place = await placing;
        var all = await reading;
        var question = new PlaceQuestion(category, place.Street.Code, on, schoolKinds);
        var within = WithinOf(all, category);
        var around = await Surroundings.OfAsync(
            question,
            within <= First
                ? await finding
                : await schools.NearAsync(GeodesicBox.Around(at, within), scope, cancellationToken),
            all,
            networks,
            within,
            only: at,
            cancellationToken
        );
        var rows = around.At(at);
        if (
            rows.Count == 0
            && !RuleBook
                .InForce(all, place.Street.Code, on)
                .Any(rule => rule.VenueCategories.Contains(category, StringComparer.Ordinal))
        )
        {
            return new PlaceAnswer(place, named, Verdict: null, [], [], NearestAllowed: null);
        }

        var verdict = Worst(rows);
        var deciding = Deciding(rows, verdict);
        var allowed =
            verdict == Verdict.Compliant
                ? null
                : await NearestAsync(question, at, all, within, scope, cancellationToken);
        return new PlaceAnswer(
            place,
            named,
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
    }

    /// <summary>The category with a code.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<VenueCategory> CategoryAsync(
        NpgsqlDataSource source,
        string code,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand("SELECT code, name, name_en FROM venue_categories WHERE code = @code")
            .With("code", code);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new VenueCategory(row.GetString(0), row.GetString(1), row.GetString(2))
            : throw ProblemException.Unacceptable(
                "category",
                $"'{code}' is the code of no venue category"
            );
    }

    /// <summary>How far from a campus a rule about a category can speak, metres, and at least what is listed.</summary>
    public static double WithinOf(IEnumerable<PerimeterRule> rules, string category) =>
        rules
            .Where(rule => rule.VenueCategories.Contains(category, StringComparer.Ordinal))
            // Two places of the coarsest class.
            .Select(rule => rule.Metres + (Math.Sqrt(2) * Accuracy.Metres("D")))
            .Append(ComplianceQuestion.StandardWithin)
            .Max();

    private async Task<(LonLat, double)?> NearestAsync(
        PlaceQuestion question,
        LonLat at,
        IReadOnlyList<PerimeterRule> all,
        double within,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        // Mostly it is just behind the limit; only where it is not is more ground drawn.
        foreach (var radius in (double[])[NearestAllowed.MostMetres / 4, NearestAllowed.MostMetres])
        {
            var wide = await Surroundings.OfAsync(
                question,
                await schools.NearAsync(
                    GeodesicBox.Around(at, radius + within),
                    scope,
                    cancellationToken
                ),
                all,
                networks,
                within,
                only: null,
                cancellationToken
            );
            if (await NearestAllowed.FindAsync(wide, at, radius, IsCoveredAsync) is { } found)
            {
                return found;
            }
        }

        return null;

        async Task<bool> IsCoveredAsync(LonLat place) =>
            await locators.LocateAsync(place.Lon, place.Lat, street: null, scope, cancellationToken)
                is not null;
    }

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
