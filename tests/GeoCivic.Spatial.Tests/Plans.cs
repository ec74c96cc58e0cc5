using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Tests;

/// <summary>Polygons and points to try the locator on.</summary>
internal static class Plans
{
    private static readonly GeometryFactory s_factory = new(new PrecisionModel(), 4326);

    /// <summary>A gapless tiling of a square by columns × rows irregular quadrilaterals.</summary>
    internal static List<Geometry> Tiling(
        Random random,
        int columns,
        int rows,
        double west = 106.5,
        double south = 29.5,
        double size = 0.1
    )
    {
        var nodes = new Coordinate[columns + 1, rows + 1];
        for (int i = 0; i <= columns; i++)
        {
            for (int j = 0; j <= rows; j++)
            {
                double dx = (random.NextDouble() - 0.5) * 0.8;
                double dy = (random.NextDouble() - 0.5) * 0.8;
                nodes[i, j] = new Coordinate(
                    Math.Round(west + ((i + dx) * size / columns), 7),
                    Math.Round(south + ((j + dy) * size / rows), 7)
                );
            }
        }

        var quads = new List<Geometry>(columns * rows);
        for (int j = 0; j < rows; j++)
        {
            for (int i = 0; i < columns; i++)
            {
                Coordinate start = nodes[i, j];
                quads.Add(
                    s_factory.CreatePolygon([
                        start,
                        nodes[i + 1, j],
                        nodes[i + 1, j + 1],
                        nodes[i, j + 1],
                        start.Copy(),
                    ])
                );
            }
        }

        return quads;
    }

    /// <summary>A star-shaped polygon with a rough outline, in either direction, optionally with round holes.</summary>
    internal static Polygon Blob(
        Random random,
        double x,
        double y,
        double radius,
        int vertices,
        int holes = 0
    )
    {
        var inner = new List<LinearRing>();
        for (int h = 0; h < holes; h++)
        {
            // Holes sit on a circle of half the least radius, small enough not to touch each other.
            double angle = 2 * Math.PI * h / holes;
            double hole = radius * 0.5 * Math.Min(0.25, 1.0 / holes);
            inner.Add(
                Ring(
                    random,
                    x + (Math.Cos(angle) * radius * 0.25),
                    y + (Math.Sin(angle) * radius * 0.25),
                    hole,
                    Math.Max(4, vertices / 4)
                )
            );
        }

        return s_factory.CreatePolygon(Ring(random, x, y, radius, vertices), [.. inner]);
    }

    /// <summary>
    /// Every kind of polygon in random order over the same square: a tiling (six tenths), holes, multipolygons, rough
    /// outlines of hundreds of vertices, repeats.
    /// </summary>
    internal static List<Geometry> Mixture(Random random, int count)
    {
        int side = Math.Max(1, (int)Math.Sqrt(count * 0.6));
        List<Geometry> polygons = Tiling(random, side, side);
        double radius = 0.1 / side;
        while (polygons.Count < count)
        {
            polygons.Add(
                (polygons.Count % 10) switch
                {
                    0 => Blob(X(), Y(), radius * 4, 500, 5),
                    1 or 2 => Archipelago(X(), Y()),
                    3 => polygons[random.Next(polygons.Count)],
                    4 or 5 => Blob(X(), Y(), radius, 4, 0),
                    _ => Blob(X(), Y(), radius * 2, 20, 3),
                }
            );
        }

        Geometry[] shuffled = [.. polygons];
        random.Shuffle(shuffled);
        return [.. shuffled];

        double X() => 106.5 + (random.NextDouble() * 0.1);

        double Y() => 29.5 + (random.NextDouble() * 0.1);

        // Parts lie near each other: a box over the whole extent would make every point test the multipolygon.
        MultiPolygon Archipelago(double x, double y) =>
            Multi(
                Blob(x, y, radius, 8, 1),
                Blob(x + (2 * radius), y - radius, radius * 2, 40, 2),
                Blob(x - radius, y + radius, radius, 5, 0)
            );

        Polygon Blob(double x, double y, double r, int vertices, int holes) =>
            Plans.Blob(random, x, y, r, vertices, holes);
    }

    internal static MultiPolygon Multi(params Polygon[] parts) =>
        s_factory.CreateMultiPolygon(parts);

    /// <summary>Random points around the polygons, and points exactly on vertices and (rounded) on edges.</summary>
    internal static List<(double X, double Y)> Points(
        Random random,
        IReadOnlyList<Geometry> polygons,
        int count
    )
    {
        var extent = new Envelope();
        foreach (Geometry polygon in polygons)
        {
            extent.ExpandToInclude(polygon.EnvelopeInternal);
        }

        double margin = Math.Max(extent.Width, extent.Height) * 0.05;
        var points = new List<(double X, double Y)>(count);
        for (int i = 0; i < count; i++)
        {
            Geometry polygon = polygons[random.Next(polygons.Count)];
            if (i % 2 == 0 || polygon.IsEmpty)
            {
                points.Add(
                    (
                        extent.MinX
                            - margin
                            + (random.NextDouble() * (extent.Width + (2 * margin))),
                        extent.MinY
                            - margin
                            + (random.NextDouble() * (extent.Height + (2 * margin)))
                    )
                );
                continue;
            }

            points.Add(NearBoundary(random, polygon));
        }

        return points;
    }

    private static (double X, double Y) NearBoundary(Random random, Geometry polygon)
    {
        var part = (Polygon)polygon.GetGeometryN(random.Next(polygon.NumGeometries));
        int ring = random.Next(part.NumInteriorRings + 1);
        Coordinate[] c = (
            ring == 0 ? part.ExteriorRing : part.GetInteriorRingN(ring - 1)
        ).Coordinates;
        int edge = random.Next(c.Length - 1);
        Coordinate a = c[edge];
        Coordinate b = c[edge + 1];
        double share = random.NextDouble();
        double x = a.X + ((b.X - a.X) * share);
        double y = a.Y + ((b.Y - a.Y) * share);
        return random.Next(6) switch
        {
            0 => (a.X, a.Y),
            1 => (Math.Round(x, 7), Math.Round(y, 7)),
            2 => (Math.BitIncrement(a.X), a.Y),
            3 => (x, Math.BitDecrement(a.Y)),
            4 => ((a.X + b.X) / 2, (a.Y + b.Y) / 2),
            _ => (x, y),
        };
    }

    private static LinearRing Ring(Random random, double x, double y, double radius, int vertices)
    {
        var ring = new Coordinate[vertices + 1];
        int direction = random.Next(2) == 0 ? 1 : -1;
        for (int i = 0; i < vertices; i++)
        {
            double angle = direction * 2 * Math.PI * i / vertices;
            double r = radius * (0.6 + (0.4 * random.NextDouble()));
            ring[i] = new Coordinate(
                Math.Round(x + (r * Math.Cos(angle)), 7),
                Math.Round(y + (r * Math.Sin(angle)), 7)
            );
        }

        ring[vertices] = ring[0].Copy();
        return s_factory.CreateLinearRing(ring);
    }
}
