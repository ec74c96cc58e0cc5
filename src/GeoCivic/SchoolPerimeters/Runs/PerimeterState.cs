using System.Security.Cryptography;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>What verdicts follow from: a school, a venue, a rule for the schools of a street, or the walking network.</summary>
/// <param name="Subject"><c>school</c>, <c>venue</c>, <c>rule</c> or <c>network</c>.</param>
/// <param name="Street">Its street; of a rule, the street whose schools it protects.</param>
/// <param name="Code">Its code.</param>
public sealed record FactKey(string Subject, string Street, string Code);

/// <summary>How it is: one value for each thing about it that can change by itself.</summary>
/// <param name="Name">Its name, kept for the time when it is gone.</param>
/// <param name="Values">Digests and values.</param>
public sealed record Fact(string Name, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a member; empty when there is none.</summary>
    public string this[string member] => Values.GetValueOrDefault(member, "");

    /// <summary>Whether everything is as it was.</summary>
    public bool IsSame(Fact other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Values.Count == other.Values.Count
        && Values.All(v => string.Equals(other[v.Key], v.Value, StringComparison.Ordinal));
}

/// <summary>Which school, venue and rule.</summary>
public sealed record FindingKey(string SchoolStreet, string School, string Venue, string Rule);

/// <summary>A verdict other than compliant with its distances in metres.</summary>
public sealed record Finding(
    string Verdict,
    string Reason,
    double LimitM,
    double StraightM,
    double? GateM,
    double? WalkingM,
    double? MeasuredM,
    double UncertaintyM,
    DateOnly? ExemptUntil
)
{
    /// <summary>The finding of a row, distances to the millimetre so that equal ones are equal.</summary>
    public static Finding Of(ComplianceRow row) =>
        new(
            row.Decision.Verdict.ToName(),
            row.Decision.Reason,
            row.Rule.Metres,
            Millimetres(row.Distances.Measured.CampusMetres)!.Value,
            Millimetres(row.Distances.Measured.GateMetres),
            Millimetres(row.Distances.Measured.WalkingMetres),
            Millimetres(row.Decision.DecidingMetres),
            Millimetres(row.Decision.UncertaintyMetres)!.Value,
            row.Decision.ExemptUntil
        );

    private static double? Millimetres(double? metres) => ComplianceColumn.Metres(metres);
}

/// <summary>What a run found in a street, and what it found it in.</summary>
internal sealed class PerimeterState
{
    /// <summary>What there was.</summary>
    public Dictionary<FactKey, Fact> Facts { get; } = [];

    /// <summary>Every verdict but compliant.</summary>
    public Dictionary<FindingKey, Finding> Findings { get; } = [];

    /// <summary>Rows by verdict, compliant ones, too; empty for a state that was read back.</summary>
    public Dictionary<string, int> Tally { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes a school.</summary>
    public void Add(PerimeterSchool school) =>
        Facts[new FactKey("school", school.Street, school.Code)] = new Fact(
            school.Name,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["shape"] = Digest(school.Campus, school.Accuracy),
                ["gates"] = Digest(
                    string.Join(
                        ';',
                        school.Gates.Select(g =>
                            FormattableString.Invariant(
                                $"{g.Code} {g.Main} {g.Place.Lon:R} {g.Place.Lat:R} {g.Accuracy}"
                            )
                        )
                    )
                ),
                ["kind"] = school.Kind,
            }
        );

    /// <summary>Notes a venue.</summary>
    public void Add(PerimeterVenue venue) =>
        Facts[new FactKey("venue", venue.Street, venue.Code)] = new Fact(
            venue.Name,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["place"] = Digest(venue.Place, venue.Accuracy),
                ["category"] = venue.Category,
                ["licence"] = $"{venue.LicensedFrom:yyyy-MM-dd}/{venue.LicensedUntil:yyyy-MM-dd}",
            }
        );

    /// <summary>Notes a rule for the schools of a street.</summary>
    public void Add(string street, PerimeterRule rule) =>
        Facts[new FactKey("rule", street, ComplianceRow.RuleKey(rule))] = new Fact(
            rule.Name,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["rule"] = rule.Digest,
                ["kinds"] = string.Join(',', rule.SchoolKinds),
                ["categories"] = string.Join(',', rule.VenueCategories),
            }
        );

    /// <summary>Notes the walking network.</summary>
    public void Add(NetworkState network) =>
        Facts[Network] = new Fact(
            "ways",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["revision"] = FormattableString.Invariant($"{network.Revision}"),
            }
        );

    /// <summary>Notes a row.</summary>
    public void Add(ComplianceRow row)
    {
        var verdict = row.Decision.Verdict.ToName();
        Tally[verdict] = Tally.GetValueOrDefault(verdict) + 1;
        if (row.Decision.Verdict != Verdict.Compliant)
        {
            Findings[
                new FindingKey(
                    row.School.Street,
                    row.School.Code,
                    row.Venue.Code,
                    ComplianceRow.RuleKey(row.Rule)
                )
            ] = Finding.Of(row);
        }
    }

    /// <summary>The walking network among the facts.</summary>
    internal static readonly FactKey Network = new("network", "", "ways");

    private static string Digest(Geometry shape, string? accuracy) =>
        Digest($"{Convert.ToHexString(new WKBWriter().Write(shape))} {accuracy}");

    // 64 bits: a street has thousands of things, not thousands of millions.
    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
}
