using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>What is asked of stalls and vendors around schools.</summary>
/// <param name="Street">Street of the issues, or all.</param>
/// <param name="From">First Beijing day.</param>
/// <param name="To">Last Beijing day, included.</param>
/// <param name="Schools">Codes of schools, or all.</param>
/// <param name="Rules">Ids of rules, or all.</param>
public sealed record StallQuestion(
    string? Street,
    DateOnly From,
    DateOnly To,
    string[]? Schools,
    string[]? Rules
);

/// <summary>
/// Issues of the categories that a rule names, inside its zone on the day they were found: each is a violation, with its
/// time of day. Distances are geodesics on the ellipsoid.
/// </summary>
public sealed class StallEvents(NpgsqlDataSource source, RuleBook book)
{
    /// <summary>The events by school, time and rule.</summary>
    /// <exception cref="ProblemException">A rule is asked for that no pack has.</exception>
    public async Task<IReadOnlyList<StallEvent>> FindAsync(
        StallQuestion question,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var all = await book.AllAsync(cancellationToken);
        if (
            question.Rules is { } asked
            && Array.Find(asked, id => !all.Any(r => r.Id == id)) is { } unknown
        )
        {
            throw ProblemException.Unacceptable("rule", $"'{unknown}' is the id of no rule");
        }

        var rules = all.Where(r => r.IssueCategories.Length > 0).ToList();
        if (rules.Count == 0)
        {
            return [];
        }

        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Events/events_near.sql"))
            .With("street", question.Street)
            .With("schools", question.Schools)
            .With(
                "categories",
                [.. rules.SelectMany(r => r.IssueCategories).Distinct(StringComparer.Ordinal)]
            )
            .With("metres", rules.Max(r => r.Metres))
            .With("from", BeijingTime.StartOf(question.From))
            .With("to", BeijingTime.StartOf(question.To.AddDays(1)))
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StallEvent>();
        var inForce = new Dictionary<(string Street, DateOnly Day), IReadOnlyList<PerimeterRule>>();
        NearSchool? school = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            var key = (rows.GetString(0), rows.GetString(1));
            if (school is null || (school.Street, school.Code) != key)
            {
                school = NearSchool.Read(rows);
            }

            var found = rows.GetDateTime(14);
            var on = (school.Street, DateOnly.FromDateTime(found + BeijingTime.Offset));
            if (!inForce.TryGetValue(on, out var holding))
            {
                // All rules decide which of them are replaced; what has no distance on the map comes to nothing later.
                inForce[on] = holding = RuleBook.InForce(all, on.Street, on.Item2);
            }

            Add(events, holding, question.Rules, school, rows, found);
        }

        return events;
    }

    /// <summary>The rules that a question is about: those it names, else those that count issues and hold in its days for its street or for what was found.</summary>
    public async Task<IReadOnlyList<PerimeterRule>> RulesAsync(
        StallQuestion question,
        IReadOnlyList<StallEvent> found,
        CancellationToken cancellationToken
    )
    {
        var seen = found.Select(e => e.Rule).ToHashSet(StringComparer.Ordinal);
        var all = await book.AllAsync(cancellationToken);
        return
        [
            .. all.Where(r =>
                r.IssueCategories.Length > 0
                && (
                    question.Rules?.Contains(r.Id, StringComparer.Ordinal)
                    ?? (
                        seen.Contains(r.Id)
                        || (
                            question.Street is { } street
                            && RuleBook.IsIn(r.Region, street)
                            && (r.ValidFrom is null || r.ValidFrom <= question.To)
                            && (r.ValidUntil is null || r.ValidUntil > question.From)
                        )
                    )
                )
            ),
        ];
    }

    private static void Add(
        List<StallEvent> events,
        IReadOnlyList<PerimeterRule> rules,
        string[]? asked,
        NearSchool school,
        NpgsqlDataReader row,
        DateTime found
    )
    {
        var category = row.GetString(12);
        var place = new LonLat(row.GetDouble(18), row.GetDouble(19));
        foreach (
            var rule in rules.Where(r =>
                r.IssueCategories.Contains(category, StringComparer.Ordinal)
                && r.SchoolKinds.Contains(school.Kind, StringComparer.Ordinal)
                && asked?.Contains(r.Id, StringComparer.Ordinal) != false
            )
        )
        {
            if (
                school.MetresTo(place, rule.From) is not { } metres
                || (rule.Inclusive ? metres > rule.Metres : metres >= rule.Metres)
            )
            {
                continue;
            }

            events.Add(
                new StallEvent(
                    row.GetString(9),
                    row.GetGuid(10),
                    row.GetString(11),
                    category,
                    row.GetString(13),
                    found,
                    row.GetString(15),
                    row.GetString(16),
                    row.GetString(20),
                    row.GetBoolean(17),
                    school.Street,
                    school.Code,
                    school.Name,
                    school.NearestGate(place)?.Code,
                    metres,
                    rule.Id,
                    rule.Name,
                    place.Lon,
                    place.Lat
                )
            );
        }
    }

    private sealed record NearSchool(
        string Street,
        string Code,
        string Name,
        string Kind,
        GeodesicShape Campus,
        IReadOnlyList<(string Code, bool Main, LonLat Place)> Gates
    )
    {
        public static NearSchool Read(NpgsqlDataReader row)
        {
            var gates = new List<(string, bool, LonLat)>();
            if (!row.IsDBNull(5))
            {
                var codes = row.GetFieldValue<string[]>(5);
                var mains = row.GetFieldValue<bool[]>(6);
                var (lons, lats) = (row.GetFieldValue<double[]>(7), row.GetFieldValue<double[]>(8));
                gates.AddRange(codes.Select((c, i) => (c, mains[i], new LonLat(lons[i], lats[i]))));
            }

            return new NearSchool(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                GeodesicShape.Of(row.GetFieldValue<Geometry>(4)),
                gates
            );
        }

        public (string Code, double Metres)? NearestGate(LonLat place, bool mainOnly = false)
        {
            (string Code, double Metres)? nearest = null;
            foreach (var gate in Gates.Where(g => !mainOnly || g.Main || Gates.Count == 1))
            {
                var metres = Geodesic.Metres(gate.Place, place);
                if (nearest is null || metres < nearest.Value.Metres)
                {
                    nearest = (gate.Code, metres);
                }
            }

            return nearest;
        }

        // Null where the rule measures from a gate that is not on the map.
        public double? MetresTo(LonLat place, RuleFrom from) =>
            from == RuleFrom.CampusBoundary
                ? Campus.To(GeodesicShape.Of(new Point(place.Lon, place.Lat))).Metres
                : NearestGate(place, from == RuleFrom.MainGate)?.Metres;
    }
}
