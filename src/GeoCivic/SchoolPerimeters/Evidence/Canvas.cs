namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>A picture in memory, x to the right and y down in pixels, on which shapes are drawn with soft edges.</summary>
internal sealed class Canvas
{
    // Rows of a letter from the top, five pixels each, the leftmost the highest bit.
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['0'] = [14, 17, 19, 21, 25, 17, 14],
        ['1'] = [4, 12, 4, 4, 4, 4, 14],
        ['2'] = [14, 17, 1, 2, 4, 8, 31],
        ['5'] = [31, 16, 30, 1, 1, 17, 14],
        ['m'] = [0, 0, 26, 21, 21, 21, 21],
        ['N'] = [17, 25, 21, 19, 17, 17, 17],
    };

    private readonly byte[] _rgb;

    public Canvas(int width, int height)
    {
        (Width, Height) = (width, height);
        _rgb = new byte[width * height * 3];
        _rgb.AsSpan().Fill(255);
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] ToPng() => PngFile.Write(Width, Height, _rgb);

    /// <summary>A line of straight pieces; each pixel is covered once, however often the pieces pass it.</summary>
    /// <param name="places">Its corners.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="colour">0xRRGGBB.</param>
    /// <param name="dash">Pixels drawn and left out in turns; 0 for a full line.</param>
    public void Line(
        IReadOnlyList<(double X, double Y)> places,
        double width,
        int colour,
        double dash = 0
    )
    {
        var cover = new Dictionary<int, double>();
        double before = 0;
        for (var i = 1; i < places.Count; i++)
        {
            var length = Math.Sqrt(Square(places[i - 1], places[i]));
            Piece(cover, places[i - 1], places[i], length, before, width, dash);
            before += length;
        }

        foreach (var (pixel, share) in cover)
        {
            Blend(pixel, share, colour);
        }
    }

    /// <summary>Fills rings by the even-odd rule, each pixel by 4 × 4 samples.</summary>
    public void Fill(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings,
        int colour,
        double strength
    )
    {
        const int Samples = 4;
        var cover = new int[Width];
        var cuts = new List<double>();
        for (var y = 0; y < Height; y++)
        {
            Array.Clear(cover);
            for (var s = 0; s < Samples; s++)
            {
                Cuts(rings, y + ((s + 0.5) / Samples), cuts);
                for (var c = 0; c + 1 < cuts.Count; c += 2)
                {
                    Span(cover, cuts[c] * Samples, cuts[c + 1] * Samples, Samples);
                }
            }

            for (var x = 0; x < Width; x++)
            {
                Blend((y * Width) + x, strength * cover[x] / (Samples * Samples), colour);
            }
        }
    }

    public void Circle((double X, double Y) at, double radius, int colour) =>
        Fill(
            Ring(48, i => (at.X + (radius * Math.Cos(i)), at.Y + (radius * Math.Sin(i)))),
            colour,
            1
        );

    public void Square((double X, double Y) at, double half, int colour) =>
        Fill(
            [
                [
                    (at.X - half, at.Y - half),
                    (at.X + half, at.Y - half),
                    (at.X + half, at.Y + half),
                    (at.X - half, at.Y + half),
                ],
            ],
            colour,
            1
        );

    public void Triangle((double X, double Y) at, double radius, int colour) =>
        Fill(
            [
                [
                    (at.X, at.Y - radius),
                    (at.X + (0.87 * radius), at.Y + (0.5 * radius)),
                    (at.X - (0.87 * radius), at.Y + (0.5 * radius)),
                ],
            ],
            colour,
            1
        );

    /// <summary>Digits, m and N.</summary>
    public void Text(string text, double left, double top, int size, int colour)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Letters.TryGetValue(text[i], out var rows))
            {
                continue;
            }

            for (var y = 0; y < rows.Length * size; y++)
            {
                for (var x = 0; x < 5 * size; x++)
                {
                    if ((rows[y / size] & (16 >> (x / size))) != 0)
                    {
                        Set((int)left + (i * 6 * size) + x, (int)top + y, colour);
                    }
                }
            }
        }
    }

    private static (double X, double Y)[][] Ring(int corners, Func<double, (double, double)> at) =>
        [
            [.. Enumerable.Range(0, corners).Select(i => at(2 * Math.PI * i / corners))],
        ];

    private void Piece(
        Dictionary<int, double> cover,
        (double X, double Y) a,
        (double X, double Y) b,
        double length,
        double before,
        double width,
        double dash
    )
    {
        var reach = (width / 2) + 1;
        var (west, east) = Range(a.X, b.X, reach, Width);
        var (north, south) = Range(a.Y, b.Y, reach, Height);
        for (var y = north; y <= south; y++)
        {
            for (var x = west; x <= east; x++)
            {
                var (px, py) = (x + 0.5 - a.X, y + 0.5 - a.Y);
                var along = length > 0 ? ((px * (b.X - a.X)) + (py * (b.Y - a.Y))) / length : 0;
                var on = Math.Clamp(along, 0, length);
                if (dash > 0 && (before + on) % (2 * dash) >= dash)
                {
                    continue;
                }

                var (dx, dy) =
                    length > 0
                        ? (px - (on * (b.X - a.X) / length), py - (on * (b.Y - a.Y) / length))
                        : (px, py);
                var share = Math.Clamp((width / 2) + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                var pixel = (y * Width) + x;
                if (share > cover.GetValueOrDefault(pixel))
                {
                    cover[pixel] = share;
                }
            }
        }
    }

    private static (int Low, int High) Range(double a, double b, double reach, int size) =>
        (
            (int)Math.Clamp(Math.Min(a, b) - reach, 0, size),
            (int)Math.Clamp(Math.Max(a, b) + reach, -1, size - 1)
        );

    private static void Cuts(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings,
        double y,
        List<double> cuts
    )
    {
        cuts.Clear();
        foreach (var ring in rings)
        {
            for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
            {
                if (ring[i].Y > y != ring[j].Y > y)
                {
                    var share = (y - ring[i].Y) / (ring[j].Y - ring[i].Y);
                    cuts.Add(ring[i].X + (share * (ring[j].X - ring[i].X)));
                }
            }
        }

        cuts.Sort();
    }

    private void Span(int[] cover, double from, double to, int samples)
    {
        var first = (int)Math.Clamp(Math.Ceiling(from - 0.5), 0, Width * (double)samples);
        var last = (int)Math.Clamp(Math.Ceiling(to - 0.5), 0, Width * (double)samples);
        for (var x = first; x < last; x++)
        {
            cover[x / samples]++;
        }
    }

    private void Set(int x, int y, int colour)
    {
        if (x >= 0 && y >= 0 && x < Width && y < Height)
        {
            Blend((y * Width) + x, 1, colour);
        }
    }

    private void Blend(int pixel, double share, int colour)
    {
        if (share <= 0)
        {
            return;
        }

        for (var c = 0; c < 3; c++)
        {
            var to = (colour >> (16 - (8 * c))) & 0xFF;
            var i = (pixel * 3) + c;
            _rgb[i] = (byte)Math.Round(_rgb[i] + ((to - _rgb[i]) * share));
        }
    }

    private static double Square((double X, double Y) a, (double X, double Y) b) =>
        ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}
