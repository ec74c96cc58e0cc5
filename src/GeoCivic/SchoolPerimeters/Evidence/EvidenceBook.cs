using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.SchoolPerimeters.Zones;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>Puts the evidence about a school and a venue together: the rows of the compliance table, and the shapes behind them.</summary>
internal sealed class EvidenceBook(
    ComplianceGround ground,
    ComplianceRows compliance,
    ComplianceFacts facts,
    WalkingNetworks networks,
    TimeProvider clock
)
{
    /// <summary>The evidence.</summary>
    /// <param name="question">Scope, day, the venue's street, one school, one venue, and rules.</param>
    /// <param name="schoolStreet">The school's street; null: the venue's before others.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The asker sees no such school and venue within 5 km of each other.</exception>
    public async Task<EvidenceSheet> OfAsync(
        ComplianceQuestion question,
        string? schoolStreet,
        CancellationToken cancellationToken
    )
    {
        question = question with { SchoolStreet = schoolStreet };
        var (school, venue) = await PairAsync(question, cancellationToken);
        var straight = GeodesicNearest.Between(school.Campus, venue.Place);
        // As the compliance table has it, as long as it would list the pair.
        question = question with
        {
            SchoolStreet = school.Street,
            Within =
                straight.Metres <= ComplianceQuestion.StandardWithin
                    ? null
                    : ComplianceQuestion.MostWithin,
        };
        IReadOnlyList<ComplianceRow> rows = [];
        await foreach (var of in compliance.OfAsync(question, cancellationToken))
        {
            rows =
            [
                .. of.Rows.Where(r => r.Venue.Street == venue.Street && r.Venue.Code == venue.Code),
            ];
        }

        var reach = ComplianceRows.ReachOf(rows.Select(r => r.Rule.Metres).DefaultIfEmpty(0).Max());
        var network = await networks.AroundAsync(school, reach, cancellationToken);
        var route = network.FieldOf(school, reach)?.To(straight.To);
        var categories = await facts.CategoryNamesAsync(cancellationToken);
        return new EvidenceSheet(
            school,
            venue,
            categories.GetValueOrDefault(venue.Category, venue.Category),
            question.On,
            clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)),
            rows,
            straight.Metres,
            straight.On,
            straight.To,
            [.. school.Gates.Select(g => (g, MetresTo(g, venue)))],
            route is not null ? "measured"
                : network is not null && school.Gates.Count > 0 ? "no_path"
                : "not_measured",
            route,
            await facts.NetworkAsync(question, cancellationToken)
        );
    }

    private async Task<(PerimeterSchool School, PerimeterVenue Venue)> PairAsync(
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        var schools = await ground.SchoolsAsync(question, cancellationToken);
        (PerimeterSchool, PerimeterVenue)? found = null;
        await foreach (
            var (key, venues) in ground.VenuesAsync(
                question,
                ComplianceQuestion.MostWithin,
                shape: null,
                cancellationToken
            )
        )
        {
            var school = schools.FirstOrDefault(s => s.Street == key.Street && s.Code == key.Code);
            foreach (var venue in venues.Where(v => v.Shown))
            {
                // Codes are a street's own: a pair of one street comes before one across a border.
                if (school is not null && (found is null || school.Street == venue.Street))
                {
                    found = (school, venue);
                }
            }
        }

        return found
            ?? throw new ProblemException(
                Problems.NotFound,
                "There are no such school and venue here within 5 km of each other."
            );
    }

    private static double MetresTo(PerimeterGate gate, PerimeterVenue venue) =>
        GeodesicNearest
            .Between(
                venue.Place.Factory.CreatePoint(new Coordinate(gate.Place.Lon, gate.Place.Lat)),
                venue.Place
            )
            .Metres;
}
