using System.Globalization;
using System.Text;
using GeoCivic.Database;
using GeoCivic.Imports.Reading;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;

namespace GeoCivic.Http;

/// <summary>
/// Reads query parameters strictly and collects every fault before it answers: unknown or doubled parameters,
/// text that is not exactly a number or a day, values out of range.
/// </summary>
public sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<ParameterError> _errors = [];

    /// <summary>Starts with a request's query.</summary>
    public QueryReader(HttpRequest request)
    {
        _query = request.Query;
    }

    /// <summary>A text of at most <paramref name="maxLength"/> characters, or null.</summary>
    public string? Text(string name, int maxLength = 200)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return null;
        }

        if (!StrictText.TryClean(raw, maxLength, out var text, out var reason))
        {
            Fault(name, reason!);
        }

        return text;
    }

    /// <summary>The code of the street that a call is about, which is required; empty when it is not given.</summary>
    public string Street()
    {
        var street = Text("street", 64);
        if (street is null)
        {
            Fault("street", "is required");
        }

        return street ?? "";
    }

    /// <summary>Several texts, separated by commas.</summary>
    public string[]? Texts(string name) =>
        Text(name, 2000)
            ?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A number within a closed range, or null.</summary>
    public double? Number(string name, double min, double max, bool required = false)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            if (required)
            {
                Fault(name, "is required");
            }

            return null;
        }

        if (!StrictNumber.TryParse(raw, out var number))
        {
            Fault(name, "must be a plain finite number such as 106.55");
            return null;
        }

        // Written so that NaN, should a parser ever let it through, fails too.
        if (!(number >= min && number <= max))
        {
            Fault(
                name,
                string.Create(CultureInfo.InvariantCulture, $"must lie between {min} and {max}")
            );
            return null;
        }

        return number;
    }

    /// <summary>A whole number within a closed range.</summary>
    public int Whole(string name, int standard, int min, int max)
    {
        if (Number(name, min, max) is not { } number)
        {
            return standard;
        }

        if (number != Math.Floor(number))
        {
            Fault(name, "must be a whole number");
            return standard;
        }

        return (int)number;
    }

    /// <summary>Whether a parameter is given at all.</summary>
    public bool Has(string name) => _query.ContainsKey(name);

    /// <summary>A whole number of at least one, cut to <paramref name="cap"/>.</summary>
    public int Limit(string name, int standard, int cap)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return standard;
        }

        if (
            raw.Length is 0 or > 18
            || !raw.All(char.IsAsciiDigit)
            || !long.TryParse(raw, CultureInfo.InvariantCulture, out var limit)
            || limit < 1
        )
        {
            Fault(name, "must be a whole number of at least 1");
            return standard;
        }

        return (int)Math.Min(limit, cap);
    }

    /// <summary>A day, or null.</summary>
    public DateOnly? Day(string name)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return null;
        }

        if (!StrictDate.TryParse(raw, out var day, out var reason))
        {
            Fault(name, reason ?? "must be a day such as 2026-03-05");
            return null;
        }

        return day;
    }

    /// <summary>An instant with its offset (RFC 3339) as UTC, or null.</summary>
    public DateTime? Instant(string name)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return null;
        }

        if (!BodyReader.TryInstant(raw, out var instant))
        {
            Fault(
                name,
                "must be a time with its offset such as 2026-03-05T14:05:00%2B08:00 (in an address, + is written %2B)"
            );
            return null;
        }

        return instant;
    }

    /// <summary>
    /// The window <c>from</c>–<c>to</c>, whole days of Beijing time, both included: instants from the start of the first day
    /// to before the start of the day after the last.
    /// </summary>
    public (DateTime? From, DateTime? To) Window()
    {
        var (from, to) = Days();
        return (
            from is { } first ? BeijingTime.StartOf(first) : null,
            to is { } last ? BeijingTime.StartOf(last.AddDays(1)) : null
        );
    }

    /// <summary>The first and the last day of a window, Beijing time, both included.</summary>
    public (DateOnly? From, DateOnly? To) Days()
    {
        var from = Day("from");
        var to = Day("to");
        if (from > to)
        {
            Fault("to", "lies before from");
        }

        return (from, to);
    }

    /// <summary>The id of a record, or null.</summary>
    public Guid? Id(string name)
    {
        if (Raw(name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        Fault(name, "must be a UUID");
        return null;
    }

    /// <summary>True or false, or null.</summary>
    public bool? Flag(string name)
    {
        switch (Raw(name))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Fault(name, "must be true or false");
                return null;
        }
    }

    /// <summary>One of a few words.</summary>
    public string? Choice(string name, string? standard, params string[] words)
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return standard;
        }

        if (!words.Contains(raw, StringComparer.Ordinal))
        {
            Fault(name, $"must be one of {string.Join(", ", words)}");
            return standard;
        }

        return raw;
    }

    /// <summary>Some of a few words, separated by commas.</summary>
    public string[]? Choices(string name, IReadOnlyCollection<string> words)
    {
        var given = Texts(name);
        if (given?.FirstOrDefault(g => !words.Contains(g, StringComparer.Ordinal)) is { } unknown)
        {
            Fault(name, $"must be of {string.Join(", ", words)}; '{unknown}' is none of them");
            return null;
        }

        return given;
    }

    /// <summary>
    /// A place in WGS-84 from <c>lon</c>, <c>lat</c> and <c>crs</c>. Null when a fault was found.
    /// </summary>
    public LonLat? Place()
    {
        var lon = Number("lon", -180, 180, required: true);
        var lat = Number("lat", -90, 90, required: true);
        var datum = Datum.Wgs84;
        if (Raw("crs") is { } crs)
        {
            if (!Datum.TryParse(crs, out datum, out var reason))
            {
                Fault("crs", reason);
            }
            else if (!datum.IsBuiltIn)
            {
                Fault("crs", "must be wgs84, cgcs2000, gcj02 or bd09 for a single place");
                datum = default;
            }
        }

        return lon is { } x && lat is { } y && datum.IsBuiltIn ? datum.ToWgs84(x, y) : null;
    }

    /// <summary>
    /// A box <c>west,south,east,north</c> in WGS-84 degrees; west may be greater than east across the antimeridian.
    /// </summary>
    /// <returns>One box, or two across the antimeridian; null when not given.</returns>
    public Geometry? Bbox(string name = "bbox")
    {
        var raw = Raw(name);
        if (raw is null)
        {
            return null;
        }

        var parts = raw.Split(',');
        if (parts.Length != 4)
        {
            Fault(name, "must be four numbers: west,south,east,north");
            return null;
        }

        var n = new double[4];
        for (var i = 0; i < 4; i++)
        {
            if (!StrictNumber.TryParse(parts[i], out n[i]))
            {
                Fault(name, $"number {i + 1} is not a plain finite number");
                return null;
            }
        }

        if (
            !(
                Math.Abs(n[0]) <= 180
                && Math.Abs(n[2]) <= 180
                && Math.Abs(n[1]) <= 90
                && Math.Abs(n[3]) <= 90
            )
        )
        {
            Fault(name, "longitudes must lie within ±180 and latitudes within ±90");
            return null;
        }

        if (n[1] > n[3])
        {
            Fault(name, "the southern latitude is greater than the northern");
            return null;
        }

        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        Polygon Box(double west, double east) =>
            factory.CreatePolygon([
                new(west, n[1]),
                new(east, n[1]),
                new(east, n[3]),
                new(west, n[3]),
                new(west, n[1]),
            ]);
        return n[0] <= n[2]
            ? factory.CreateMultiPolygon([Box(n[0], n[2])])
            : factory.CreateMultiPolygon([Box(n[0], 180), Box(-180, n[2])]);
    }

    /// <summary>Notes a fault; the first about a parameter is the one that is told.</summary>
    public void Fault(string name, string reason)
    {
        if (!_errors.Exists(e => string.Equals(e.Parameter, name, StringComparison.Ordinal)))
        {
            _errors.Add(new ParameterError(name, reason));
        }
    }

    /// <summary>Ends reading.</summary>
    /// <exception cref="ProblemException">A parameter was faulty, or one was given that the call does not have.</exception>
    public void Done()
    {
        foreach (var name in _query.Keys.Where(k => !_asked.Contains(k)))
        {
            var known =
                _asked.Count == 0
                    ? "no parameters"
                    : string.Join(", ", _asked.Order(StringComparer.Ordinal));
            Fault(name, $"is not a parameter of this call; it takes {known}");
        }

        if (_errors.Count > 0)
        {
            throw ProblemException.ForParameters(_errors);
        }
    }

    private string? Raw(string name)
    {
        _asked.Add(name);
        if (!_query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            Fault(name, "is given more than once");
            return null;
        }

        var raw = values[0];
        if (string.IsNullOrEmpty(raw))
        {
            Fault(name, "is empty");
            return null;
        }

        if (raw.EnumerateRunes().Any(r => r.Value == 0 || r == Rune.ReplacementChar))
        {
            Fault(name, "holds characters that are not text");
            return null;
        }

        return raw;
    }
}
