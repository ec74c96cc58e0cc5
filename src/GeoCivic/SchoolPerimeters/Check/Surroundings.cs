using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>What somebody wants to know of a place.</summary>
/// <param name="Category">Code of a venue category.</param>
/// <param name="Street">The street the place is in.</param>
/// <param name="On">The Beijing day whose rules count.</param>
/// <param name="SchoolKinds">Kinds of school that count; null: all.</param>
public sealed record PlaceQuestion(
    string Category,
    string Street,
    DateOnly On,
    string[]? SchoolKinds
);

/// <summary>
/// The schools around some ground, ready to judge any place of it: the same measuring and the same decision as the
/// compliance table's, for a venue that is not there yet.
/// </summary>
public sealed class Surroundings
{
    private readonly PlaceQuestion _question;
    private readonly List<Near> _schools = [];

    private Surroundings(PlaceQuestion question) => _question = question;

    /// <summary>The schools with the rules that keep the category away from them.</summary>
    public IEnumerable<(PerimeterSchool School, IReadOnlyList<PerimeterRule> Rules)> Schools =>
        _schools.Select(near => (near.School, (IReadOnlyList<PerimeterRule>)near.Rules));

    /// <summary>Prepares schools; those that no rule protects from the category are left out.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="schools">Schools.</param>
    /// <param name="rules">All rules.</param>
    /// <param name="networks">Walking networks.</param>
    /// <param name="within">Metres from a campus within which places are judged.</param>
    /// <param name="only">Only this place will be judged: schools that are not within the metres of it are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Surroundings> OfAsync(
        PlaceQuestion question,
        IEnumerable<PerimeterSchool> schools,
        IReadOnlyList<PerimeterRule> rules,
        WalkingNetworks networks,
        double within,
        LonLat? only,
        CancellationToken cancellationToken
    )
    {
        var book = new Dictionary<string, IReadOnlyList<PerimeterRule>>(StringComparer.Ordinal);
        var chosen = new List<(PerimeterSchool School, List<PerimeterRule> Rules)>();
        foreach (var school in schools)
        {
            if (!book.TryGetValue(school.Street, out var here))
            {
                book[school.Street] = here = RuleBook.InForce(rules, school.Street, question.On);
            }

            List<PerimeterRule> covering =
            [
                .. here.Where(rule => rule.Covers(school.Kind, question.Category)),
            ];
            if (
                covering.Count > 0
                && question.SchoolKinds?.Contains(school.Kind, StringComparer.Ordinal) != false
                && (
                    only is not { } place
                    || GeodesicShape.Of(school.Campus).TryWithin(place, within, out _)
                )
            )
            {
                chosen.Add((school, covering));
            }
        }

        var around = new Surroundings(question);
        // As far as the table follows walks, so that both measure the same.
        var reach = ComplianceRows.ReachOf(rules.Select(rule => rule.Metres).Append(0).Max());
        PerimeterSchool[] withGates =
        [
            .. chosen.Select(c => c.School).Where(school => school.Gates.Count > 0),
        ];
        var walking = new NetworksOnce(networks, withGates, reach);
        foreach (var (school, covering) in chosen)
        {
            var network =
                school.Gates.Count > 0
                    ? await walking.AroundAsync(school, cancellationToken)
                    : null;
            around._schools.Add(
                new Near(
                    school,
                    covering,
                    GeodesicBox.Around(school.Campus.EnvelopeInternal, within),
                    within,
                    network,
                    new Lazy<SchoolMeasuring>(() => new SchoolMeasuring(school, network, reach))
                )
            );
        }

        return around;
    }

    /// <summary>The rows of a place, nearest school first.</summary>
    /// <param name="place">WGS-84 degrees.</param>
    public IReadOnlyList<ComplianceRow> At(LonLat place)
    {
        var rows = new List<ComplianceRow>();
        foreach (var near in _schools)
        {
            rows.AddRange(Rows(near, place));
        }

        rows.Sort((a, b) => Distance(a).CompareTo(Distance(b)));
        return rows;

        static double Distance(ComplianceRow row) => row.Distances.Measured.CampusMetres;
    }

    /// <summary>Whether every rule says "beyond the limit" of a place.</summary>
    /// <param name="place">WGS-84 degrees.</param>
    public bool Allows(LonLat place)
    {
        foreach (var near in _schools)
        {
            foreach (var row in Rows(near, place))
            {
                if (row.Decision.Verdict != Verdict.Compliant)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The walking network around a school; null: none is loaded there.</summary>
    public WalkingNetwork? NetworkOf(PerimeterSchool school) =>
        _schools.Find(near => ReferenceEquals(near.School, school))?.Network;

    private IEnumerable<ComplianceRow> Rows(Near near, LonLat place)
    {
        if (!near.Box.Contains(place.Lon, place.Lat))
        {
            return [];
        }

        var venue = new PerimeterVenue(
            _question.Street,
            "",
            "",
            _question.Category,
            LicensedFrom: null,
            LicensedUntil: null,
            Accuracy: null,
            Datum: null,
            Revision: 0,
            new Point(place.Lon, place.Lat),
            Shown: true
        );
        return near.Measuring.Value.To(venue, near.Within) is { } distances
            ? near.Rules.Select(rule => new ComplianceRow(
                near.School,
                venue,
                rule,
                distances,
                Decide.By(rule, distances.Measured, licence: null, _question.On)
            ))
            : [];
    }

    private sealed record Near(
        PerimeterSchool School,
        List<PerimeterRule> Rules,
        Envelope Box,
        double Within,
        WalkingNetwork? Network,
        Lazy<SchoolMeasuring> Measuring
    );
}
