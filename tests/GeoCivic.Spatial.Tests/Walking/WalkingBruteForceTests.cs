using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests.Walking;

public sealed class WalkingBruteForceTests
{
    /// <summary>Lines over a lattice of 11 m: they cross, touch, overlap and repeat, but never come within a metre of a knot.</summary>
    private static List<Coordinate[]> Lines(Random random, int count, int size)
    {
        var lines = new List<Coordinate[]>();
        while (lines.Count < count)
        {
            var at = new Coordinate(random.Next(size), random.Next(size));
            var line = new List<Coordinate> { at };
            int places = random.Next(2, 5);
            while (line.Count < places)
            {
                at = new Coordinate(
                    Math.Clamp(at.X + random.Next(-6, 7), 0, size),
                    Math.Clamp(at.Y + random.Next(-6, 7), 0, size)
                );
                if (!at.Equals2D(line[^1]))
                {
                    line.Add(at);
                }
            }

            lines.Add(lines.Count % 9 == 8 ? lines[random.Next(lines.Count)] : [.. line]);
        }

        return lines;
    }

    private static Coordinate Somewhere(Random random, int size) =>
        new(random.NextDouble() * size, random.NextDouble() * size);

    private static WalkingNetwork Network(List<Coordinate[]> lines) =>
        WalkingNetwork.Build([
            .. lines.Select((l, i) => new Way("s", $"{i}", PlainWalk.OnGlobe(l), 0, 1)),
        ]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Ways_are_as_long_as_by_the_definition(int seed)
    {
        var random = new Random(seed);
        List<Coordinate[]> lines = Lines(random, 22, 16);
        WalkingNetwork network = Network(lines);
        var plain = new PlainWalk(lines);
        Assert.Equal(plain.Metres, network.Report.Metres, 1e-4);
        Assert.Equal(0, network.Report.JoinedEnds);
        Assert.True(network.Report.Crossings > 5 && network.Report.Dropped >= 2);

        Coordinate[] gates = [.. Enumerable.Range(0, 3).Select(_ => Somewhere(random, 16))];
        Coordinate[] doors =
        [
            .. Enumerable.Range(0, 60).Select(_ => Somewhere(random, 16)),
            gates[0],
            new(gates[1].X + 0.01, gates[1].Y),
            lines[0][0],
            new((lines[1][0].X + lines[1][1].X) / 2, (lines[1][0].Y + lines[1][1].Y) / 2),
        ];
        WalkingField field = network.From(
            [.. gates.Select((g, i) => new WalkingStart($"g{i}", PlainWalk.OnGlobe(g)))],
            5000
        );
        double[] expected = plain.Walk(gates, doors);
        int ways = 0;
        for (int i = 0; i < doors.Length; i++)
        {
            LonLat door = PlainWalk.OnGlobe(doors[i]);
            WalkingRoute? route = field.To(door);
            Assert.Equal(double.IsFinite(expected[i]), route is not null);
            if (route is not null)
            {
                ways++;
                Assert.Equal(expected[i], route.Metres, 1e-4);
                Assert.Equal(route.Metres, Length(route.Path), 1e-4);
                LonLat gate = PlainWalk.OnGlobe(gates[int.Parse(route.Gate[1..])]);
                Assert.Equal(new Coordinate(gate.Lon, gate.Lat), route.Path.GetCoordinateN(0));
                Assert.Equal(new Coordinate(door.Lon, door.Lat), route.Path.Coordinates[^1]);
                Assert.True(route.Metres >= Geodesic.Metres(gate, door) - 1e-6);
            }
        }

        Assert.InRange(ways, 10, doors.Length);
    }

    [Fact]
    public void The_reach_is_where_a_door_would_be_within_it()
    {
        var random = new Random(11);
        WalkingNetwork network = Network(Lines(random, 30, 30));
        Coordinate[] gates = [new(12, 16), new(18, 13)];
        WalkingField field = network.From(
            [.. gates.Select((g, i) => new WalkingStart($"g{i}", PlainWalk.OnGlobe(g)))],
            150
        );
        Geometry reach = field.Reach(80);
        Assert.True(reach.IsValid);
        Geometry boundary = reach.Boundary;
        var tally = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
        for (int i = 0; i < 1200; i++)
        {
            LonLat door = PlainWalk.OnGlobe(Somewhere(random, 30));
            Point point = reach.Factory.CreatePoint(new Coordinate(door.Lon, door.Lat));
            // The outline is drawn to 1 m; 2e-5 degree are about 2 m.
            if (boundary.Distance(point) > 2e-5)
            {
                bool within = field.To(door)?.Metres <= 80;
                Assert.Equal(within, reach.Contains(point));
                tally[within]++;
            }
        }

        Assert.True(tally[true] > 40 && tally[false] > 200, $"{tally[true]} {tally[false]}");
        Assert.Null(network.From([], 100).To(new LonLat(106.5, 29.5)));
        Assert.True(network.From([], 100).Reach(100).IsEmpty);
    }

    private static double Length(LineString line) =>
        line
            .Coordinates.Zip(line.Coordinates.Skip(1))
            .Sum(p =>
                Geodesic.Metres(
                    new LonLat(p.First.X, p.First.Y),
                    new LonLat(p.Second.X, p.Second.Y)
                )
            );
}
