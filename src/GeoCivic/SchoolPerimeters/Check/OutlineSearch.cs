using System.Runtime.InteropServices;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>
/// The edges of zones around a place, nearest first, in the plane in which that place is the origin and a degree has the
/// length it has there. Within 1 km that plane tells distances wrong by some centimetres.
/// </summary>
/// <param name="middle">The place.</param>
internal sealed class OutlineSearch(LonLat middle)
{
    private const double Degree = 1e-3;

    private readonly double _perLon =
        Geodesic.Metres(middle, middle with { Lon = middle.Lon + Degree }) / Degree;
    private readonly double _perLat =
        Geodesic.Metres(
            middle with
            {
                Lat = middle.Lat - (Degree / 2),
            },
            middle with
            {
                Lat = middle.Lat + (Degree / 2),
            }
        ) / Degree;

    private readonly List<Edge> _edges = [];
    private readonly List<(Outline Zone, bool Solid)> _zones = [];
    private int _passed;
    private int _blocker;

    private readonly record struct Edge(
        int Zone,
        double X,
        double Y,
        double DX,
        double DY,
        double T,
        double Square
    );

    /// <summary>Takes the zones that meet a circle around the place.</summary>
    /// <param name="zones">Whether nothing inside can be allowed, for each zone.</param>
    /// <param name="radius">The circle's, metres.</param>
    public void Begin(IReadOnlyDictionary<Outline, bool> zones, double radius)
    {
        _edges.Clear();
        _zones.Clear();
        _zones.AddRange(zones.Select(zone => (zone.Key, zone.Value)));
        (_passed, _blocker) = (0, 0);
        var most = radius * radius;
        for (var z = 0; z < _zones.Count; z++)
        {
            foreach (var ring in _zones[z].Zone.Rings)
            {
                var (x, y) = At(ring[0].X, ring[0].Y);
                for (var i = 1; i < ring.Length; i++)
                {
                    var (nextX, nextY) = At(ring[i].X, ring[i].Y);
                    var (dx, dy) = (nextX - x, nextY - y);
                    var length = (dx * dx) + (dy * dy);
                    var t = length > 0 ? Math.Clamp(-((x * dx) + (y * dy)) / length, 0, 1) : 0;
                    var (nearX, nearY) = (x + (t * dx), y + (t * dy));
                    var square = (nearX * nearX) + (nearY * nearY);
                    if (square <= most)
                    {
                        _edges.Add(new Edge(z, x, y, dx, dy, t, square));
                    }

                    (x, y) = (nextX, nextY);
                }
            }
        }

        CollectionsMarshal.AsSpan(_edges).Sort((a, b) => a.Square.CompareTo(b.Square));
    }

    /// <summary>The nearest place of each edge, nearest first, with its zone.</summary>
    public IEnumerable<(LonLat Place, int Zone, int Other)> Edges()
    {
        for (_passed = 0; _passed < _edges.Count; _passed++)
        {
            var edge = _edges[_passed];
            yield return (
                Back(edge.X + (edge.T * edge.DX), edge.Y + (edge.T * edge.DY)),
                edge.Zone,
                -1
            );
        }
    }

    /// <summary>The crossings of two zones' edges among those that were passed, nearest first.</summary>
    /// <param name="within">Metres from the place.</param>
    public IEnumerable<(LonLat Place, int Zone, int Other)> Crossings(double within)
    {
        var found = new List<(double Square, double X, double Y, int Zone, int Other)>();
        var edges = CollectionsMarshal.AsSpan(_edges)[.._passed];
        for (var i = 0; i < edges.Length; i++)
        {
            ref readonly var a = ref edges[i];
            for (var j = 0; j < i; j++)
            {
                ref readonly var b = ref edges[j];
                if (a.Zone == b.Zone)
                {
                    continue;
                }

                var cross = (a.DX * b.DY) - (a.DY * b.DX);
                var (x, y) = (b.X - a.X, b.Y - a.Y);
                var t = ((x * b.DY) - (y * b.DX)) / cross;
                var u = ((x * a.DY) - (y * a.DX)) / cross;
                // Of parallels both are infinite or not numbers.
                if (t >= 0 && t <= 1 && u >= 0 && u <= 1)
                {
                    (x, y) = (a.X + (t * a.DX), a.Y + (t * a.DY));
                    var square = (x * x) + (y * y);
                    if (square < within * within)
                    {
                        found.Add((square, x, y, a.Zone, b.Zone));
                    }
                }
            }
        }

        found.Sort();
        return found.Select(f => (Back(f.X, f.Y), f.Zone, f.Other));
    }

    /// <summary>Whether a place is inside a zone, other than two on whose outline it is.</summary>
    public bool IsBlocked(LonLat place, int zone, int other)
    {
        // What was in the way of the last place mostly is in the way of the next.
        for (var k = 0; k < _zones.Count; k++)
        {
            var z = (_blocker + k) % _zones.Count;
            if (_zones[z].Solid && z != zone && z != other && _zones[z].Zone.Holds(place))
            {
                _blocker = z;
                return true;
            }
        }

        return false;
    }

    private (double X, double Y) At(double lon, double lat) =>
        ((lon - middle.Lon) * _perLon, (lat - middle.Lat) * _perLat);

    private LonLat Back(double x, double y) =>
        new(middle.Lon + (x / _perLon), middle.Lat + (y / _perLat));
}
