using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Measures from one school to many venues: its campus and the walks from its gates are prepared once.</summary>
/// <remarks>
/// Uncertainties of a distance between two places that were mapped independently of each other are combined as
/// u = √(u₁² + u₂²) (JCGM 100:2008, 5.1.2, with sensitivity coefficients of at most 1).
/// </remarks>
public sealed class SchoolMeasuring
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly PerimeterSchool _school;
    private readonly GeodesicShape _campus;
    private readonly bool _isPoint;
    private readonly double _campusUncertainty;
    private readonly bool _network;
    private readonly WalkingField? _walks;

    /// <summary>Prepares a school.</summary>
    /// <param name="school">The school.</param>
    /// <param name="network">The walking network around it; null: none is loaded there.</param>
    /// <param name="reach">Metres of walk beyond which a door counts as not reached.</param>
    public SchoolMeasuring(PerimeterSchool school, WalkingNetwork? network, double reach)
    {
        _school = school;
        _campus = GeodesicShape.Of(school.Campus);
        _isPoint = school.Campus.Dimension == Dimension.Point;
        _campusUncertainty = Accuracy.Metres(_isPoint ? "D" : school.Accuracy);
        _network = network is not null;
        _walks =
            network is not null && school.Gates.Count > 0
                ? network.From(
                    [.. school.Gates.Select(g => new WalkingStart(g.Code, g.Place))],
                    reach,
                    school.Walls
                )
                : null;
    }

    /// <summary>The ways on foot from its gates; null: no network, or no gates.</summary>
    internal WalkingField? Walks => _walks;

    /// <summary>Measures to a venue.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="within">Metres from the campus beyond which null is answered.</param>
    public PairDistances? To(PerimeterVenue venue, double within)
    {
        var place = venue.Place as Point;
        var shape = place is null ? GeodesicShape.Of(venue.Place) : null;
        Nearest straight;
        if (place is not null)
        {
            if (!_campus.TryWithin(At(place), within, out straight))
            {
                return null;
            }
        }
        else
        {
            straight = _campus.To(shape!);
            if (straight.Metres > within)
            {
                return null;
            }
        }

        var u = Accuracy.Metres(venue.Accuracy);
        (PerimeterGate Gate, double Metres)? nearest = null;
        (PerimeterGate Gate, double Metres)? main = null;
        foreach (var gate in _school.Gates)
        {
            var metres = place is not null
                ? Geodesic.Metres(gate.Place, At(place))
                : shape!.To(gate.Place).Metres;
            if (nearest is null || metres < nearest.Value.Metres)
            {
                nearest = (gate, metres);
            }

            // The only gate is the main one, flagged or not.
            if (
                (gate.Main || _school.Gates.Count == 1)
                && (main is null || metres < main.Value.Metres)
            )
            {
                main = (gate, metres);
            }
        }

        var door = place ?? Factory.CreatePoint(new Coordinate(straight.To.Lon, straight.To.Lat));
        var route = _walks?.To(At(door));
        return new PairDistances(
            new Measured(
                straight.Metres,
                Both(_campusUncertainty, u),
                nearest?.Metres,
                nearest is { } n ? Both(Accuracy.Metres(n.Gate.Accuracy), u) : null,
                main?.Metres,
                _isPoint,
                _school.Gates.Count,
                route?.Metres,
                route is null ? null : Walked(route, u),
                _network
            )
            {
                MainGateUncertainty = main is { } m
                    ? Both(Accuracy.Metres(m.Gate.Accuracy), u)
                    : null,
            },
            nearest?.Gate.Code,
            route?.Gate,
            route is not null ? "measured"
                : _walks is not null ? "no_path"
                : "not_measured"
        )
        {
            Wall = straight.On,
        };
    }

    private double Walked(WalkingRoute route, double u)
    {
        var gate = _school.Gates.First(g =>
            string.Equals(g.Code, route.Gate, StringComparison.Ordinal)
        );
        return Both(Both(Accuracy.Metres(gate.Accuracy), u), route.AccuracyMetres);
    }

    private static LonLat At(Point point) => new(point.X, point.Y);

    private static double Both(double one, double other) =>
        Math.Sqrt((one * one) + (other * other));
}
