using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests.Geodesy;

/// <summary>Campus-like shapes of any size: stars with and without a hole, lines, places, pairs of buildings.</summary>
internal static class RandomShapes
{
    private static readonly GeometryFactory Factory = new();

    internal static Geometry Next(Random random, Coordinate middle, double metres) =>
        random.Next(5) switch
        {
            0 => Factory.CreatePoint(middle),
            1 => Factory.CreateLineString(Ring(random, middle, metres, 3 + random.Next(9))[..^1]),
            2 => Factory.CreateMultiPolygon([
                Star(random, middle, metres, hole: false),
                Star(
                    random,
                    new Coordinate(middle.X, middle.Y + (3 * metres / 111_000)),
                    metres,
                    hole: false
                ),
            ]),
            _ => Star(random, middle, metres, hole: random.Next(2) == 0),
        };

    internal static Polygon Star(Random random, Coordinate middle, double metres, bool hole)
    {
        var shell = Factory.CreateLinearRing(Ring(random, middle, metres, 5 + random.Next(36)));
        return hole
            ? Factory.CreatePolygon(
                shell,
                [Factory.CreateLinearRing(Ring(random, middle, metres / 4, 5))]
            )
            : Factory.CreatePolygon(shell);
    }

    /// <summary>A star-shaped ring between 0.4 and 1 times the radius: concave, never crossing itself.</summary>
    private static Coordinate[] Ring(Random random, Coordinate middle, double metres, int vertices)
    {
        var ring = new Coordinate[vertices + 1];
        double perLat = metres / 111_000;
        double perLon = perLat / Math.Cos(middle.Y * Math.PI / 180);
        for (int i = 0; i < vertices; i++)
        {
            double angle = 2 * Math.PI * i / vertices;
            double share = 0.4 + (0.6 * random.NextDouble());
            ring[i] = new Coordinate(
                middle.X + (perLon * share * Math.Cos(angle)),
                middle.Y + (perLat * share * Math.Sin(angle))
            );
        }

        ring[vertices] = ring[0].Copy();
        return ring;
    }
}
