using GeoCivic.Accounts;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Zones;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Measuring from a school, with the walks from its gates at a revision of the ways.</summary>
/// <param name="Ways">The revision; the network may be newer, never older.</param>
/// <param name="Reach">Metres of walk beyond which a door counts as not reached.</param>
/// <param name="Network">The network around it; null: none is loaded there, or the school has no gates.</param>
/// <param name="Measuring">Made when first asked for.</param>
public sealed record SchoolWalks(
    long Ways,
    double Reach,
    WalkingNetwork? Network,
    Lazy<SchoolMeasuring> Measuring
)
{
    /// <summary>Zones that were drawn with these walks; each is drawn when it is first asked for.</summary>
    public SchoolZones? Zones { get; set; }

    /// <summary>The zones of the school.</summary>
    public SchoolZones ZonesOf(PerimeterSchool school) =>
        Zones ??= new SchoolZones(school, Measuring.Value.Walks);
}

/// <summary>
/// A school with what was prepared of it for measuring. A changed school is another one. Safe for concurrent use: what it
/// keeps is made when it is first asked for, twice at worst.
/// </summary>
/// <param name="school">The school, nobody's own.</param>
/// <param name="written">The transaction that wrote its row.</param>
/// <param name="community">The community it is in.</param>
/// <param name="grid">The grid it is in.</param>
public sealed class KnownSchool(
    PerimeterSchool school,
    uint written,
    string? community,
    string? grid
)
{
    private readonly Dictionary<(int Origin, double Metres), Outline> _outlines = [];
    private readonly IReadOnlyList<Geometry> _origins =
    [
        school.Campus,
        .. school.Gates.Select(gate => new Point(gate.Place.Lon, gate.Place.Lat)),
    ];

    /// <summary>What is kept of the walks from its gates, which changes with the ways.</summary>
    public SchoolWalks? Walks { get; set; }

    /// <summary>The school as nobody's own.</summary>
    public PerimeterSchool School => school;

    /// <summary>The transaction that wrote its row: another one means another state of school or gates.</summary>
    public uint Written => written;

    /// <summary>Its campus.</summary>
    public GeodesicShape Campus { get; } = GeodesicShape.Of(school.Campus);

    /// <summary>The box of campus and gates, degrees.</summary>
    public Envelope Box { get; } = BoxOf(school);

    /// <summary>The school as somebody sees it.</summary>
    public PerimeterSchool For(Scope scope) =>
        school with
        {
            Own = scope.Covers(school.Street, community, grid),
        };

    /// <summary>
    /// The outlines of the ground that a rule keeps from places of no declared accuracy, straight: one around the campus,
    /// or one around each gate it may measure from.
    /// </summary>
    /// <param name="rule">A rule.</param>
    /// <param name="more">Metres beyond the limit and its uncertainty.</param>
    public IEnumerable<Outline> Outlines(PerimeterRule rule, double more)
    {
        foreach (var (origin, uncertainty) in SchoolZones.Origins(school, rule))
        {
            var metres = rule.Metres + double.Hypot(uncertainty, Accuracy.Metres(null)) + more;
            Outline? outline;
            lock (_outlines)
            {
                if (!_outlines.TryGetValue((origin, metres), out outline))
                {
                    _outlines[(origin, metres)] = outline = new Outline(
                        GeodesicZone.Around(_origins[origin], metres)
                    );
                }
            }

            yield return outline;
        }
    }

    private static Envelope BoxOf(PerimeterSchool school)
    {
        var box = school.Campus.EnvelopeInternal.Copy();
        foreach (var gate in school.Gates)
        {
            box.ExpandToInclude(gate.Place.Lon, gate.Place.Lat);
        }

        return box;
    }
}
