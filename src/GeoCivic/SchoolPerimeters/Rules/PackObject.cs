using System.Globalization;
using System.Text.Json;
using GeoCivic.Imports.Reading;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>
/// Reads one object of a pack strictly: every fault goes into a list with the exact path of its member. A member that is
/// missing or wrong reads as an empty value, so that one reading names all faults of a file.
/// </summary>
internal sealed class PackObject
{
    private readonly string _path;
    private readonly List<PackFault> _faults;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public PackObject(JsonElement element, string path, List<PackFault> faults)
    {
        _path = path;
        _faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(null, "must be an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                Fault(member.Name, "stands there twice");
            }
        }
    }

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) =>
        _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the member is missing, null or an array of nothing.</summary>
    public bool IsEmpty(string name) =>
        !Has(name)
        || (
            _members[name].ValueKind == JsonValueKind.Array && _members[name].GetArrayLength() == 0
        );

    /// <summary>Notes a fault of a member, or of the object itself.</summary>
    public void Fault(string? member, string reason) =>
        _faults.Add(new PackFault(member is null ? Self : PathOf(member), reason));

    /// <summary>Reports the members that nobody read.</summary>
    public void Done()
    {
        foreach (var name in _members.Keys.Where(n => !_read.Contains(n)))
        {
            Fault(
                name,
                $"is no member of this object; there are {string.Join(", ", _read.Order(StringComparer.Ordinal))}"
            );
        }
    }

    /// <summary>A text.</summary>
    public string Text(string name, int longest, bool required = true)
    {
        if (Take(name, JsonValueKind.String, "a text", required) is not { } value)
        {
            return "";
        }

        string? reason;
        try
        {
            var raw = value.GetString()!;
            if (StrictText.TryClean(raw, longest, out var clean, out reason))
            {
                if (string.Equals(raw, clean, StringComparison.Ordinal))
                {
                    return raw;
                }

                reason = clean is null
                    ? "is empty"
                    : "has space at its ends, or characters that are not in normal form C";
            }
        }
        catch (InvalidOperationException)
        {
            reason = "holds half of a surrogate pair, which is not a character";
        }

        Fault(name, reason!);
        return "";
    }

    /// <summary>A text that may be missing or null.</summary>
    public string? OptionalText(string name, int longest) =>
        Text(name, longest, required: false) is { Length: > 0 } text ? text : null;

    /// <summary>One of a few codes.</summary>
    public string? Choice(string name, IReadOnlyList<string> codes)
    {
        var text = Text(name, 64);
        if (text.Length == 0 || codes.Contains(text, StringComparer.Ordinal))
        {
            return text.Length == 0 ? null : text;
        }

        Fault(name, $"is '{text}'; it must be one of {string.Join(", ", codes)}");
        return null;
    }

    /// <summary>Several different codes; each is checked.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="unknown">Why a code is refused; null when it is good.</param>
    /// <param name="required">Whether there must be one at least.</param>
    public string[] Codes(string name, Func<string, string?> unknown, bool required)
    {
        var codes = new List<string>();
        foreach (var (element, path) in Elements(name, required))
        {
            var reason =
                element.ValueKind != JsonValueKind.String ? "must be a text"
                : codes.Contains(element.GetString()!, StringComparer.Ordinal)
                    ? "stands there twice"
                : unknown(element.GetString()!);
            if (reason is null)
            {
                codes.Add(element.GetString()!);
            }
            else
            {
                _faults.Add(new PackFault(path, reason));
            }
        }

        return [.. codes];
    }

    /// <summary>A number; NaN when it is missing or none.</summary>
    public double Number(string name) =>
        Take(name, JsonValueKind.Number, "a number", required: true) is { } value
        && value.TryGetDouble(out var number)
            ? number
            : double.NaN;

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool otherwise)
    {
        _read.Add(name);
        if (!_members.TryGetValue(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(name, "must be true or false");
        return otherwise;
    }

    /// <summary>A day as yyyy-MM-dd, or null.</summary>
    public DateOnly? Day(string name, bool required = false)
    {
        var text = Text(name, 10, required);
        if (text.Length == 0)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            return day;
        }

        Fault(name, $"is '{text}'; it must be a day such as 2023-10-01");
        return null;
    }

    /// <summary>An object; null when it is missing.</summary>
    public PackObject? Object(string name, bool required) =>
        Take(name, JsonValueKind.Object, "an object", required) is { } value
            ? new PackObject(value, PathOf(name), _faults)
            : null;

    /// <summary>The objects of an array.</summary>
    public IEnumerable<PackObject> Objects(string name, bool required) =>
        Elements(name, required).Select(e => new PackObject(e.Element, e.Path, _faults));

    private string Self => _path.Length == 0 ? "$" : _path;

    private string PathOf(string member) => _path.Length == 0 ? member : $"{_path}.{member}";

    private IEnumerable<(JsonElement Element, string Path)> Elements(string name, bool required) =>
        Take(name, JsonValueKind.Array, "an array", required) is { } array
            ? array
                .EnumerateArray()
                .Select(
                    (e, i) =>
                        (e, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]"))
                )
            : [];

    private JsonElement? Take(string name, JsonValueKind kind, string what, bool required)
    {
        _read.Add(name);
        if (!Has(name))
        {
            if (required)
            {
                Fault(name, $"is missing; it must be {what}");
            }

            return null;
        }

        var value = _members[name];
        if (value.ValueKind == kind)
        {
            return value;
        }

        Fault(name, $"must be {what}");
        return null;
    }
}
