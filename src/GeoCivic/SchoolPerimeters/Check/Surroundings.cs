using GeoCivic.Accounts;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>What somebody wants to know of a place.</summary>
/// <param name="Category">Code of a venue category.</param>
/// <param name="Street">The street the place is in.</param>
/// <param name="On">The Beijing day whose rules count.</param>
/// <param name="SchoolKinds">Kinds of school that count; null: all.</param>
/// <param name="Scope">Tells which schools are the asker's own.</param>
public sealed record PlaceQuestion(
    string Category,
    string Street,
    DateOnly On,
    string[]? SchoolKinds,
    Scope Scope
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

    /// <summary>A school that matters.</summary>
    private sealed record Near(
        KnownSchool Known,
        PerimeterSchool School,
        List<PerimeterRule> Rules,
        Envelope Box,
        double Within,
        SchoolWalks Walks
    );

    /// <summary>The schools with the rules that keep the category away from them, and the walks from their gates.</summary>
    public IEnumerable<(
        KnownSchool School,
        IReadOnlyList<PerimeterRule> Rules,
        SchoolWalks Walks
    )> Schools =>
        _schools.Select(near => (near.Known, (IReadOnlyList<PerimeterRule>)near.Rules, near.Walks));

    /// <summary>Prepares schools; those that no rule protects from the category are left out.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="schools">Schools.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="walksOf">Finds the walks of schools, in their order.</param>
    /// <param name="within">Metres from a campus within which places are judged.</param>
    public static async ValueTask<Surroundings> OfAsync(
        PlaceQuestion question,
        IEnumerable<KnownSchool> schools,
        RuleSet rules,
        Func<IReadOnlyList<KnownSchool>, double, ValueTask<SchoolWalks[]>> walksOf,
        double within
    )
    {
        var book = new Dictionary<string, List<PerimeterRule>>(StringComparer.Ordinal);
        var chosen = new List<(KnownSchool Known, List<PerimeterRule> Rules)>();
        foreach (var known in schools)
        {
            var school = known.School;
            if (!book.TryGetValue(school.Street, out var here))
            {
                book[school.Street] = here = [
                    .. rules
                        .InForce(school.Street, question.On)
                        .Where(rule =>
                            rule.VenueCategories.Contains(question.Category, StringComparer.Ordinal)
                        ),
                ];
            }

            var covering = here.FindAll(rule =>
                rule.SchoolKinds.Contains(school.Kind, StringComparer.Ordinal)
            );
            if (
                covering.Count > 0
                && question.SchoolKinds?.Contains(school.Kind, StringComparer.Ordinal) != false
            )
            {
                chosen.Add((known, covering));
            }
        }

        var around = new Surroundings(question);
        // As far as the table follows walks, so that both measure the same.
        var walks = await walksOf(
            [.. chosen.Select(c => c.Known)],
            ComplianceRows.ReachOf(rules.Longest)
        );
        for (var i = 0; i < chosen.Count; i++)
        {
            var (known, covering) = chosen[i];
            around._schools.Add(
                new Near(
                    known,
                    known.For(question.Scope),
                    covering,
                    GeodesicBox.Around(known.Campus.Box, within),
                    within,
                    walks[i]
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

        rows.Sort(Nearest);
        return rows;
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

    // Of equal distances always in the same order.
    private static int Nearest(ComplianceRow a, ComplianceRow b)
    {
        var order = a.Distances.Measured.CampusMetres.CompareTo(b.Distances.Measured.CampusMetres);
        return order != 0 ? order : RowKey.Order.Compare(a.Key, b.Key);
    }

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
        return near.Walks.Measuring.Value.To(venue, near.Within) is { } distances
            ? near.Rules.Select(rule => new ComplianceRow(
                near.School,
                venue,
                rule,
                distances,
                Decide.By(rule, distances.Measured, licence: null, _question.On)
            ))
            : [];
    }
}
