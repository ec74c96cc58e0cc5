using System.Diagnostics;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests.Walking;

public sealed class WalkingNetworkTests
{
    private static readonly GeometryFactory s_factory = new(new PrecisionModel(), 4326);
    private static readonly LonLat s_corner = new(106.55, 29.56);

    /// <summary>A place so many metres east and north of the corner.</summary>
    private static LonLat At(double east, double north) =>
        Geodesic.Destination(Geodesic.Destination(s_corner, 90, east), 0, north);

    private static Way Line(int layer, params (double East, double North)[] places) =>
        new(
            "s",
            $"{layer}:{places[0]}",
            s_factory.CreateLineString([
                .. places
                    .Select(p => At(p.East, p.North))
                    .Select(p => new Coordinate(p.Lon, p.Lat)),
            ]),
            layer,
            layer == 0 ? 1 : 10
        );

    private static double? Walk(WalkingNetwork network, LonLat gate, LonLat door) =>
        network.From([new WalkingStart("g", gate)], 5000).To(door)?.Metres;

    [Fact]
    public void A_river_is_crossed_on_the_bridge_alone()
    {
        Way[] banks =
        [
            Line(0, (0, 0), (400, 0)),
            Line(0, (0, 60), (400, 60)),
            // A quay below the bridge, along the river.
            Line(0, (0, 20), (400, 20)),
        ];
        Assert.Null(Walk(WalkingNetwork.Build(banks), At(10, 0), At(10, 60)));

        // Its ends lie on the middle of the bank roads; it passes over the quay.
        WalkingNetwork network = WalkingNetwork.Build([.. banks, Line(1, (300, 0), (300, 60))]);
        WalkingRoute route = network
            .From([new WalkingStart("g", At(10, -5))], 5000)
            .To(At(10, 64))!;
        Assert.Equal(5 + 290 + 60 + 290 + 4, route.Metres, 0.02);
        Assert.Equal(5, route.GateSnapMetres, 0.001);
        Assert.Equal(4, route.DoorSnapMetres, 0.001);
        Assert.Equal(10, route.AccuracyMetres);
        Assert.Null(Walk(network, At(10, 0), At(10, 20)));
        Assert.Equal(2, network.Report.Components);
        Assert.Equal(0, network.Report.Crossings);

        // Streets that go on where the bridge ends, and a bridge in two pieces that meet right over the quay.
        WalkingNetwork pieces = WalkingNetwork.Build([
            Line(0, (0, 0), (300, 0)),
            Line(0, (0, 60), (300, 60)),
            Line(0, (0, 20), (400, 20)),
            Line(1, (300, 0), (300, 20)),
            Line(1, (300, 20), (300, 60)),
        ]);
        Assert.Equal(640, Walk(pieces, At(10, 0), At(10, 60))!.Value, 0.02);
        Assert.Null(Walk(pieces, At(10, 0), At(10, 20)));
    }

    [Fact]
    public void No_leg_between_a_gate_or_door_and_the_ways_cuts_across_the_campus()
    {
        Polygon Box(double x0, double y0, double x1, double y1)
        {
            LonLat[] corners = [At(x0, y0), At(x1, y0), At(x1, y1), At(x0, y1), At(x0, y0)];
            return s_factory.CreatePolygon([.. corners.Select(p => new Coordinate(p.Lon, p.Lat))]);
        }

        var walls = new WalledGround(Box(0, 0, 60, 30), 1);
        Way north = Line(0, (-50, 45), (110, 45));
        Way south = Line(0, (-50, -48), (110, -48));
        Way inner = Line(0, (5, 10), (55, 10));
        var gate = At(30, 0);
        double? Snap(LonLat place, WalledGround? behind, params Way[] ways) =>
            WalkingNetwork.Build(ways).From([new WalkingStart("g", place)], 5000, behind).Snaps[0];

        Assert.Equal(45, Snap(gate, null, north, south)!.Value, 0.01);
        Assert.Equal(48, Snap(gate, walls, north, south)!.Value, 0.01);
        Assert.Equal(48, Snap(gate, walls, inner, south)!.Value, 0.01);
        Assert.Null(Snap(gate, walls, north, inner));
        // Mapped a little inside the wall, a gate still leads out; so does a way mapped a little inside, in.
        Assert.Equal(43, Snap(At(30, 3), walls, Line(0, (-50, -40), (110, -40)))!.Value, 0.01);
        Assert.Equal(1.5, Snap(gate, walls, Line(0, (5, 1.5), (55, 1.5)))!.Value, 0.01);
        Assert.Equal(10, Snap(gate, new WalledGround(Box(0, 0, 60, 30), 10), inner)!.Value, 0.01);
        // A campus that is a point has no inside; a yard within the campus is not the campus.
        Assert.Equal(45, Snap(gate, new WalledGround(GatePoint(), 50), north)!.Value, 0.01);
        var yard = s_factory.CreatePolygon(
            Box(0, 0, 60, 30).Shell,
            [(LinearRing)Box(10, 0.5, 50, 29.5).Shell.Copy()]
        );
        Assert.Equal(10, Snap(gate, new WalledGround(yard, 1), inner)!.Value, 0.01);

        // Doors: one behind the campus is not reached through it, one inside it is.
        WalkingField field = WalkingNetwork
            .Build([south])
            .From([new WalkingStart("g", At(0, -40))], 5000, walls);
        WalkingNetwork near = WalkingNetwork.Build([Line(0, (-50, -10), (110, -10))]);
        WalkingStart[] starts = [new WalkingStart("g", At(0, -5))];
        Assert.Equal(42, near.From(starts, 5000).To(At(30, 32))!.DoorSnapMetres, 0.01);
        Assert.Null(near.From(starts, 5000, walls).To(At(30, 32)));
        Assert.Equal(8 + 30 + 49, field.To(At(30, 1))!.Metres, 0.02);

        Point GatePoint() => s_factory.CreatePoint(new Coordinate(gate.Lon, gate.Lat));
    }

    [Fact]
    public void A_tunnel_does_not_come_up_on_its_way()
    {
        Way[] ways =
        [
            Line(0, (0, 0), (0, 100)),
            Line(0, (0, 50), (0, 50.001), (200, 50)),
            Line(-1, (0, 100), (100, 0), (220, 0)),
            Line(0, (220, 0), (260, 0)),
        ];
        WalkingNetwork network = WalkingNetwork.Build(ways);
        // Through the tunnel from its mouth; the road it passes under is not a way out, and no door is in it.
        Assert.Equal(50 + 141.42 + 120 + 40, Walk(network, At(0, 50), At(260, 0))!.Value, 0.05);
        Assert.Null(network.Nearest(At(100, -20)));
        Assert.Equal(30, network.Nearest(At(230, 30))!.Metres, 0.01);
        Assert.Equal("0:(220, 0)", network.Nearest(At(230, 30))!.Way.Code);
        // In one layer the two would cross.
        WalkingNetwork flat = WalkingNetwork.Build([.. ways.Select(w => w with { Layer = 0 })]);
        Assert.Equal(network.Report.Crossings + 1, flat.Report.Crossings);
    }

    [Fact]
    public void Ends_are_joined_within_half_a_metre_and_no_farther()
    {
        WalkingNetwork network = WalkingNetwork.Build([
            Line(0, (0, 0), (100, 0)),
            // 0.3 m short of the road, and 0.3 m beyond it.
            Line(0, (20, 0.3), (20, 50)),
            Line(0, (40, -0.3), (40, 50)),
            // 0.4 m from the road's end.
            Line(0, (100.4, 0), (150, 0)),
            // 0.6 m off.
            Line(0, (60, 0.6), (60, 50)),
            // Repeated, reversed, and without length.
            Line(0, (20, 50), (20, 0.3)),
            Line(0, (5, 5), (5, 5)),
        ]);
        NetworkReport report = network.Report;
        // Where two ends meet beside the road, the road bends to them; a single end is moved onto it.
        Assert.Equal(49.7 + 80, Walk(network, At(20, 50), At(100, 0))!.Value, 0.02);
        Assert.Equal(49.7 + 20 + 50, Walk(network, At(20, 50), At(40, 50))!.Value, 0.02);
        Assert.Equal(90, Walk(network, At(60, 0), At(150, 0))!.Value, 0.02);
        Assert.Null(Walk(network, At(20, 50), At(60, 50)));
        Assert.Equal(2, report.Components);
        Assert.Equal(4, report.JoinedEnds);
        Assert.Equal(0.4, report.GreatestSnapMetres, 0.001);
        Assert.Equal(2, report.Dropped);
        Assert.Equal(0, report.Crossings);
        // Three pieces of the road, two footpaths, the road beyond, and the one that hangs with nothing.
        Assert.Equal(7, report.Edges);
        Assert.Equal(49.4, report.Metres * (1 - report.LargestShare), 0.02);
    }

    [Fact]
    public void Everything_is_the_same_again_and_in_both_directions()
    {
        var random = new Random(5);
        Way[] ways =
        [
            .. Enumerable
                .Range(0, 25)
                .Select(_ => Line(0, (Any(), Any()), (Any(), Any()), (Any(), Any()))),
        ];
        WalkingNetwork network = WalkingNetwork.Build(ways);
        WalkingNetwork again = WalkingNetwork.Build(ways);
        WalkingNetwork turned = WalkingNetwork.Build([
            .. ways.Select(w => w with { Line = (LineString)w.Line.Reverse() }),
        ]);
        for (int i = 0; i < 25; i++)
        {
            var (gate, door) = (At(Any(), Any()), At(Any(), Any()));
            double? there = Walk(network, gate, door);
            Assert.Equal(there, Walk(again, gate, door));
            Assert.Equal(there ?? -1, Walk(network, door, gate) ?? -1, 1e-6);
            Assert.Equal(there ?? -1, Walk(turned, gate, door) ?? -1, 1e-3);
        }

        double Any() => random.NextDouble() * 400;
    }

    [Fact]
    public void A_city_is_built_in_seconds_and_asked_in_milliseconds()
    {
        // 20,000 pieces of 50 to 60 m: streets from end to end, which only the noding cuts.
        const int Streets = 100;
        Way[] ways =
        [
            .. Enumerable
                .Range(0, Streets)
                .SelectMany(i =>
                    new[]
                    {
                        Straight(i * 5e-4, 0, i * 5e-4, Streets * 5e-4),
                        Straight(0, i * 5e-4, Streets * 5e-4, i * 5e-4),
                    }
                ),
        ];
        var clock = Stopwatch.StartNew();
        WalkingNetwork network = WalkingNetwork.Build(ways);
        TimeSpan built = clock.Elapsed;
        Assert.Equal(2 * Streets * Streets, network.Report.Edges);
        Assert.Equal(1, network.Report.Components);
        Assert.True(built < TimeSpan.FromSeconds(20), $"Built in {built}.");

        clock.Restart();
        for (int i = 0; i < 20; i++)
        {
            var gate = new LonLat(106.5 + (i * 2e-3), 29.5 + (i * 1e-3) + 1e-4);
            Assert.True(network.From([new WalkingStart("g", gate)], 1000).To(gate)!.Metres < 100);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), $"20 fields in {clock.Elapsed}.");

        // A hair's breadth aslant, so that no crossing is at a common place.
        Way Straight(double x1, double y1, double x2, double y2) =>
            new(
                "s",
                "w",
                s_factory.CreateLineString([
                    new Coordinate(106.5 + x1 + 1e-6, 29.5 + y1),
                    new Coordinate(106.5 + x2, 29.5 + y2 + 1e-6),
                ]),
                0,
                1
            );
    }
}
