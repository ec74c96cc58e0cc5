using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>
/// Reads a pack's file strictly. Nothing is guessed and nothing is passed over: an unknown member, a member that stands
/// there twice or a code that no list has is a fault, named with its exact path.
/// </summary>
public static partial class PackReader
{
    /// <summary>Version of the format.</summary>
    public const int Format = 1;

    /// <summary>Largest file taken, bytes.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Largest limit of a rule, metres.</summary>
    public const double MostMetres = 5000;

    // Province-level division codes, GB/T 2260.
    private static readonly HashSet<string> Provinces =
    [
        .. (
            "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
        ).Split(' '),
    ];

    /// <summary>Reads a pack.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="context">What it may refer to.</param>
    /// <returns>The pack, and all its faults; with any fault the pack is not to be used.</returns>
    public static (RulePack? Pack, IReadOnlyList<PackFault> Faults) Read(
        ReadOnlyMemory<byte> utf8,
        PackContext context
    )
    {
        if (utf8.Length > MostBytes)
        {
            return (null, [new PackFault("$", $"is larger than {MostBytes} bytes")]);
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8,
                new JsonDocumentOptions { MaxDepth = 16 }
            );
            var faults = new List<PackFault>();
            var pack = ReadPack(document.RootElement, context, faults);
            return (pack, faults);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $" in line {line + 1}")
                : "";
            return (null, [new PackFault("$", $"is no JSON in UTF-8{place}")]);
        }
    }

    private static RulePack ReadPack(JsonElement root, PackContext context, List<PackFault> faults)
    {
        var file = new PackObject(root, "", faults);
        if (file.Has("format") && file.Number("format") is var format && format != Format)
        {
            file.Fault("format", $"must be {Format}");
        }
        else if (!file.Has("format"))
        {
            file.Number("format");
        }

        var id = file.Text("pack", 32);
        if (id.Length > 0 && !PackId().IsMatch(id))
        {
            file.Fault("pack", "must be small letters, digits, hyphen and underscore");
        }

        var head = new RulePack(
            id,
            file.Text("version", 32),
            file.Text("name", 100),
            file.Text("name_en", 200),
            Region(file),
            file.OptionalText("notes", 2000),
            [.. file.Objects("drives", required: false).Select(Drive)],
            [],
            []
        );
        var reader = new PackRules(head, context);
        var rules = new List<PerimeterRule>();
        var objects = new List<PackObject>();
        foreach (var rule in file.Objects("rules", required: true))
        {
            rules.Add(reader.Rule(rule));
            objects.Add(rule);
        }

        var undecided = file.Objects("undecided", required: false)
            .Select(reader.Undecided)
            .ToList();
        file.Done();
        PackReplacements.Check(head, rules, objects, context);
        return head with { Rules = rules, Undecided = undecided };
    }

    private static string Region(PackObject file)
    {
        var region = file.Text("region", 64);
        if (region.Length == 0 || region == RuleBook.National)
        {
            return region;
        }

        if (!region.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            if (region.Length is not (2 or 4 or 6 or 9))
            {
                file.Fault(
                    "region",
                    $"is '{region}'; a division code has 2, 4, 6 or 9 digits (province, city, county, street)"
                );
            }
            else if (!Provinces.Contains(region[..2]))
            {
                file.Fault("region", $"is '{region}'; no province has the code {region[..2]}");
            }
        }
        else if (!FreeRegion().IsMatch(region))
        {
            file.Fault(
                "region",
                $"is '{region}'; it must be cn, a division code, or the beginning of a street's own code (letters, digits, hyphen, underscore, dot)"
            );
        }

        return region;
    }

    private static Drive Drive(PackObject drive)
    {
        var read = new Drive(
            drive.Text("name", 100),
            drive.Text("name_en", 200),
            DayOfYear("from"),
            DayOfYear("until")
        );
        drive.Done();
        if (
            read.From.Length > 0
            && read.Until.Length > 0
            && string.CompareOrdinal(read.Until, read.From) < 0
        )
        {
            drive.Fault("until", $"lies before from ({read.From})");
        }

        return read;

        string DayOfYear(string name)
        {
            var text = drive.Text(name, 5);
            // A leap year, so that 02-29 is a day.
            if (
                text.Length == 0
                || DateOnly.TryParseExact(
                    $"2024-{text}",
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                )
            )
            {
                return text;
            }

            drive.Fault(name, $"is '{text}'; it must be a month and a day such as 03-01");
            return "";
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex PackId();

    [GeneratedRegex(
        "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FreeRegion();
}
