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
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<PerimeterRule>();
        var objects = new List<PackObject>();
        foreach (var rule in file.Objects("rules", required: true))
        {
            rules.Add(Rule(rule, head, ids, context));
            objects.Add(rule);
        }

        var undecided = file.Objects("undecided", required: false)
            .Select(text => Undecided(text, head, ids, context))
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

    private static PerimeterRule Rule(
        PackObject rule,
        RulePack head,
        HashSet<string> ids,
        PackContext context
    )
    {
        var id = Id(rule, head, ids);
        var (kinds, venues, issues) = Covered(rule, context);
        var metres = rule.Number("metres");
        if (rule.Has("metres") && metres is not (> 0 and <= MostMetres))
        {
            rule.Fault("metres", $"must be more than 0 and at most {MostMetres}");
        }

        var from = rule.Choice("from", RuleCodes.Froms);
        var how = rule.Choice("how", RuleCodes.Hows);
        if (how == "walking" && from is not (null or "any_gate"))
        {
            rule.Fault("from", "must be any_gate: on foot is measured from the nearest gate");
        }

        if (how == "walking" && issues.Length > 0)
        {
            rule.Fault(
                "how",
                "must be straight for issue_categories: events have no door to walk to"
            );
        }

        var (validFrom, validUntil) = (rule.Day("valid_from"), rule.Day("valid_until"));
        if (validUntil <= validFrom)
        {
            rule.Fault("valid_until", $"must lie after valid_from ({validFrom:yyyy-MM-dd})");
        }

        var (before, until) = Exception(rule);
        var read = new PerimeterRule(
            head.Id,
            head.Version,
            id,
            rule.Text("name", 100),
            rule.Text("name_en", 200),
            head.Region,
            kinds,
            venues,
            issues,
            metres,
            rule.Flag("inclusive", otherwise: true),
            RuleCodes.ToFrom(from ?? "") ?? RuleFrom.CampusBoundary,
            RuleCodes.ToHow(how ?? "") ?? RuleHow.Straight,
            rule.Flag("method_settled", otherwise: false),
            before,
            until,
            validFrom,
            validUntil,
            PackCitation.Read(rule),
            rule.Choice("certainty", RuleCodes.Certainties) ?? "low"
        )
        {
            Replaces = PackReplacements.Read(rule, head, context),
            PackName = head.Name,
            PackNameEn = head.NameEn,
        };
        rule.Done();
        return read;
    }

    private static UndecidedText Undecided(
        PackObject text,
        RulePack head,
        HashSet<string> ids,
        PackContext context
    )
    {
        var id = Id(text, head, ids);
        var (kinds, venues, issues) = Covered(text, context);
        var read = new UndecidedText(
            id,
            text.Text("name", 100),
            text.Text("name_en", 200),
            kinds,
            venues,
            issues,
            text.Text("why", 500),
            text.Text("why_en", 500),
            PackCitation.Read(text)
        );
        text.Done();
        return read;
    }

    private static string Id(PackObject thing, RulePack head, HashSet<string> ids)
    {
        var id = thing.Text("id", 97);
        if (id.Length == 0)
        {
            return id;
        }

        if (
            !id.StartsWith($"{head.Id}.", StringComparison.Ordinal)
            || !PackId().IsMatch(id[(head.Id.Length + 1)..])
        )
        {
            thing.Fault(
                "id",
                $"is '{id}'; it must be {head.Id}. and then small letters, digits, hyphen and underscore"
            );
        }
        else if (!ids.Add(id))
        {
            thing.Fault("id", $"is '{id}', which stands there already");
        }

        return id;
    }

    private static (string[] Kinds, string[] Venues, string[] Issues) Covered(
        PackObject thing,
        PackContext context
    )
    {
        var kinds = thing.Codes(
            "school_kinds",
            code =>
                RuleCodes.SchoolKinds.Contains(code, StringComparer.Ordinal)
                    ? null
                    : $"is '{code}'; it must be one of {string.Join(", ", RuleCodes.SchoolKinds)}",
            required: true
        );
        var venues = thing.Codes(
            "venue_categories",
            code =>
                context.VenueCategories.Contains(code)
                    ? null
                    : $"is '{code}', which is no venue category",
            required: false
        );
        var issues = thing.Codes(
            "issue_categories",
            code =>
                context.IssueCategories.Contains(code)
                    ? null
                    : $"is '{code}', which is no issue category",
            required: false
        );
        if (thing.Has("school_kinds") && thing.IsEmpty("school_kinds"))
        {
            thing.Fault("school_kinds", "must name one kind of school at least");
        }

        if (thing.IsEmpty("venue_categories") && thing.IsEmpty("issue_categories"))
        {
            thing.Fault(
                null,
                "must name one category at least, in venue_categories or issue_categories"
            );
        }

        return (kinds, venues, issues);
    }

    private static (DateOnly? LicensedBefore, DateOnly? Until) Exception(PackObject rule)
    {
        if (rule.Object("exception", required: false) is not { } exception)
        {
            return (null, null);
        }

        var before = exception.Day("licensed_before", required: true);
        var until = exception.Day("until");
        if (until < before)
        {
            exception.Fault("until", $"lies before licensed_before ({before:yyyy-MM-dd})");
        }

        exception.Done();
        return (before, until);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackId();

    [GeneratedRegex(
        "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FreeRegion();
}
