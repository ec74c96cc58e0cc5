using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Spatial.Statistics;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>The picture of the evidence sheet, north up: the same in print without colours, by shape and dash.</summary>
internal static class EvidenceMap
{
    /// <summary>Pixels across.</summary>
    public const int Width = 1200;

    /// <summary>Pixels down.</summary>
    public const int Height = 840;

    private const int Ink = 0x202020;
    private const int Grey = 0xB4B4B4;
    private const int Green = 0x7FB069;
    private const int Violet = 0x6A3D9A;
    private const int Red = 0xB3261E;
    private const int Blue = 0x0B4A8F;

    /// <summary>The extent that is drawn, degrees: school, zone, venue and the way between them with some room.</summary>
    public static Envelope Extent(EvidenceSheet sheet)
    {
        var box = sheet.School.Campus.EnvelopeInternal.Copy();
        box.ExpandToInclude(sheet.Venue.Place.EnvelopeInternal);
        foreach (var (gate, _) in sheet.Gates)
        {
            box.ExpandToInclude(gate.Place.Lon, gate.Place.Lat);
        }

        if (sheet.Route is { } route)
        {
            box.ExpandToInclude(route.Path.EnvelopeInternal);
        }

        if (Zone(sheet) is { } zone)
        {
            box.ExpandToInclude(zone.EnvelopeInternal);
        }

        box.ExpandBy(Math.Max(0.0002, Math.Max(box.Width, box.Height) * 0.05));
        return box;
    }

    /// <summary>The zone of the rule that weighs most, as it is drawn; null for a rule that is walked.</summary>
    public static Geometry? Zone(EvidenceSheet sheet)
    {
        if (sheet.Worst is not { } row || row.Rule.How == RuleHow.Walking)
        {
            return null;
        }

        if (row.Rule.From == RuleFrom.CampusBoundary)
        {
            return GeodesicZone.Around(sheet.School.Campus, row.Rule.Metres);
        }

        var gates = sheet
            .School.Gates.Where(g =>
                row.Rule.From == RuleFrom.AnyGate || g.Main || sheet.School.Gates.Count == 1
            )
            .Select(g =>
                GeodesicZone.Around(
                    sheet.School.Campus.Factory.CreatePoint(
                        new Coordinate(g.Place.Lon, g.Place.Lat)
                    ),
                    row.Rule.Metres
                )
            )
            .ToList();
        return gates.Count == 0 ? null : GeodesicZone.Dissolve(gates);
    }

    /// <summary>The picture as PNG.</summary>
    public static byte[] Draw(EvidenceSheet sheet, IEnumerable<Way> ways)
    {
        var box = Extent(sheet);
        var frame = new MetreFrame(new LonLat(box.Centre.X, box.Centre.Y));
        var (east, north) = frame.Forward(box.MaxX, box.MaxY);
        // Pixels of a metre.
        var scale = Math.Min(Width / (2 * east), Height / (2 * north));
        var canvas = new Canvas(Width, Height);
        foreach (var way in ways)
        {
            canvas.Line(Places(way.Line), way.Layer > 0 ? 7 : 5, Grey);
        }

        Campus(canvas, sheet.School.Campus);
        if (Zone(sheet) is { } zone)
        {
            foreach (var ring in Rings(zone))
            {
                canvas.Line([.. ring, ring[0]], 2.5, Violet, dash: 14);
            }
        }

        if (sheet.Venue.Place is not Point)
        {
            canvas.Fill([.. Rings(sheet.Venue.Place)], Ink, 0.35);
        }

        if (sheet.Route is { } route)
        {
            canvas.Line(Places(route.Path), 4.5, Blue);
        }

        // Over the way, which may begin on the same line.
        canvas.Line([At(sheet.Door), At(sheet.Wall)], 4, Red, dash: 7);
        foreach (var (gate, _) in sheet.Gates)
        {
            canvas.Triangle(At(gate.Place), 15, 0xFFFFFF);
            canvas.Triangle(At(gate.Place), 11, Ink);
        }

        canvas.Square(At(sheet.Wall), 9, 0xFFFFFF);
        canvas.Square(At(sheet.Wall), 6, Red);
        canvas.Circle(At(sheet.Door), 11, 0xFFFFFF);
        canvas.Circle(At(sheet.Door), 8, Ink);
        ScaleBar(canvas, scale);
        North(canvas);
        return canvas.ToPng();

        (double X, double Y) At(LonLat place)
        {
            var (x, y) = frame.Forward(place.Lon, place.Lat);
            return ((Width / 2.0) + (x * scale), (Height / 2.0) - (y * scale));
        }

        List<(double X, double Y)> Places(LineString line) =>
            [.. line.Coordinates.Select(c => At(new LonLat(c.X, c.Y)))];

        IEnumerable<IReadOnlyList<(double X, double Y)>> Rings(Geometry shape)
        {
            for (var i = 0; i < shape.NumGeometries; i++)
            {
                if (shape.GetGeometryN(i) is Polygon polygon)
                {
                    yield return Places(polygon.ExteriorRing);
                    foreach (var hole in polygon.InteriorRings)
                    {
                        yield return Places(hole);
                    }
                }
            }
        }

        void Campus(Canvas on, Geometry campus)
        {
            on.Fill([.. Rings(campus)], Green, 0.45);
            foreach (var ring in Rings(campus))
            {
                on.Line([.. ring, ring[0]], 2.5, 0x2F5D20);
            }
        }
    }

    /// <summary>Metres of the scale bar: about a fifth of the picture.</summary>
    public static int BarMetres(double scale) =>
        ((int[])[10, 20, 50, 100, 200, 500, 1000, 2000]).Last(m =>
            m == 10 || m * scale <= Width / 4.0
        );

    private static void ScaleBar(Canvas canvas, double scale)
    {
        var metres = BarMetres(scale);
        var length = metres * scale;
        double left = 36;
        double y = Height - 36;
        canvas.Fill(
            [
                [
                    (16, y - 44),
                    (left + length + 24, y - 44),
                    (left + length + 24, y + 20),
                    (16, y + 20),
                ],
            ],
            0xFFFFFF,
            0.85
        );
        canvas.Line([(left, y), (left + length, y)], 4, Ink);
        canvas.Line([(left, y - 8), (left, y + 8)], 3, Ink);
        canvas.Line([(left + length, y - 8), (left + length, y + 8)], 3, Ink);
        canvas.Text($"{metres} m", left, y - 36, 3, Ink);
    }

    private static void North(Canvas canvas)
    {
        canvas.Fill(
            [
                [(Width - 70, 14), (Width - 14, 14), (Width - 14, 102), (Width - 70, 102)],
            ],
            0xFFFFFF,
            0.85
        );
        canvas.Fill(
            [
                [(Width - 42, 20), (Width - 28, 62), (Width - 42, 52), (Width - 56, 62)],
            ],
            Ink,
            1
        );
        canvas.Text("N", Width - 50, 72, 3, Ink);
    }
}
