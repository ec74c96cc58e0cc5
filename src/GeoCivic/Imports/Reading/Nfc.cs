using System.Globalization;
using System.Text;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Unicode normalisation form C (UAX #15). .NET leaves strings as they are when it runs without ICU, as
/// GeoCivic does (InvariantGlobalization), so a name typed on a Mac would differ from the same name typed
/// on Windows.
/// </summary>
internal static class Nfc
{
    private const int HangulS = 0xAC00,
        HangulL = 0x1100,
        HangulV = 0x1161,
        HangulT = 0x11A7,
        CountL = 19,
        CountV = 21,
        CountT = 28,
        CountS = CountL * CountV * CountT;

    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly Dictionary<int, (int First, int Second)> Decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];

    /// <summary>Characters that make a look at the whole text necessary.</summary>
    private static readonly HashSet<int> Suspects = [];

    static Nfc() => Load();

    /// <summary>The text in normalisation form C; the same object when it is already.</summary>
    public static string Normalise(string text) => IsSurely(text) ? text : Compose(Ordered(text));

    private static bool IsSurely(string text)
    {
        // Everything below U+0300 is in form C.
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0)
        {
            return true;
        }
        foreach (var rune in text.EnumerateRunes())
        {
            var c = rune.Value;
            if (
                c >= 0x300
                && (IsHangulPart(c) || ((c < 0x3400 || c > 0x9FFF) && Suspects.Contains(c)))
            )
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsHangulPart(int c) =>
        c is (>= HangulV and < HangulV + CountV) or (> HangulT and < HangulT + CountT);

    private static List<int> Ordered(string text)
    {
        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }
        // Marks of a base are sorted by class, those of one class keep their order.
        for (var i = 1; i < points.Count; i++)
        {
            var c = points[i];
            var order = Class(c);
            var to = i;
            while (order != 0 && to > 0 && Class(points[to - 1]) > order)
            {
                points[to] = points[to - 1];
                to--;
            }
            points[to] = c;
        }
        return points;
    }

    private static void Decompose(int c, List<int> points)
    {
        if (c is >= HangulS and < HangulS + CountS)
        {
            var s = c - HangulS;
            points.Add(HangulL + s / (CountV * CountT));
            points.Add(HangulV + s % (CountV * CountT) / CountT);
            if (s % CountT != 0)
            {
                points.Add(HangulT + s % CountT);
            }
            return;
        }
        if (!Decompositions.TryGetValue(c, out var parts))
        {
            points.Add(c);
            return;
        }
        Decompose(parts.First, points);
        if (parts.Second != 0)
        {
            Decompose(parts.Second, points);
        }
    }

    private static string Compose(List<int> points)
    {
        var starter = -1;
        var last = 0;
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var c = points[i];
            var order = Class(c);
            // A mark joins its base unless one of its class, or a base, stands between them.
            var blocked = starter < kept - 1 && (last >= order || last == 0);
            if (starter >= 0 && !blocked && Pair(points[starter], c) is { } whole)
            {
                points[starter] = whole;
                continue;
            }
            if (order == 0)
            {
                starter = kept;
            }
            last = order;
            points[kept++] = c;
        }
        var text = new StringBuilder(kept);
        for (var i = 0; i < kept; i++)
        {
            text.Append(new Rune(points[i]).ToString());
        }
        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (
            first is >= HangulL and < HangulL + CountL
            && second is >= HangulV and < HangulV + CountV
        )
        {
            return HangulS + ((first - HangulL) * CountV + (second - HangulV)) * CountT;
        }
        if (
            first is >= HangulS and < HangulS + CountS
            && (first - HangulS) % CountT == 0
            && second is > HangulT and < HangulT + CountT
        )
        {
            return first + (second - HangulT);
        }
        return Compositions.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static byte Class(int c) => c < 0x300 ? (byte)0 : Classes.GetValueOrDefault(c);

    private static void Load()
    {
        using var stream =
            typeof(Nfc).Assembly.GetManifestResourceStream("canonical-characters.txt")
            ?? throw new InvalidOperationException("canonical-characters.txt is not embedded.");
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            switch (parts[0])
            {
                case "c":
                    var range = parts[1].Split('-');
                    for (var c = Hex(range[0]); c <= Hex(range[1]); c++)
                    {
                        Classes[c] = byte.Parse(parts[2], CultureInfo.InvariantCulture);
                        Suspects.Add(c);
                    }
                    break;
                case "d" or "x":
                    Add(
                        Hex(parts[1]),
                        Hex(parts[2]),
                        parts.Length > 3 ? Hex(parts[3]) : 0,
                        composes: parts[0] is "d"
                    );
                    break;
                default:
                    break;
            }
        }
    }

    private static void Add(int whole, int first, int second, bool composes)
    {
        Decompositions[whole] = (first, second);
        if (second != 0 && composes)
        {
            Compositions[(first, second)] = whole;
            Suspects.Add(second);
            return;
        }
        Suspects.Add(whole);
    }

    private static int Hex(string text) =>
        int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
