namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>Reads the rules and texts of one pack; an id may stand in it once.</summary>
/// <param name="head">The pack without them.</param>
/// <param name="context">What it may refer to.</param>
internal sealed class PackRules(RulePack head, PackContext context)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Reads a rule that decides.</summary>
    /// <param name="rule">Its object; faults are noted there.</param>
    internal PerimeterRule Rule(PackObject rule)
    {
        var id = Id(rule);
        var (kinds, venues, issues) = Covered(rule);
        var metres = rule.Number("metres");
        if (rule.Has("metres") && metres is not (> 0 and <= PackReader.MostMetres))
        {
            rule.Fault("metres", $"must be more than 0 and at most {PackReader.MostMetres}");
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

    /// <summary>Reads a text that is shown and decides nothing.</summary>
    /// <param name="text">Its object; faults are noted there.</param>
    internal UndecidedText Undecided(PackObject text)
    {
        var id = Id(text);
        var (kinds, venues, issues) = Covered(text);
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

    private string Id(PackObject thing)
    {
        var id = thing.Text("id", 97);
        if (id.Length == 0)
        {
            return id;
        }

        if (
            !id.StartsWith($"{head.Id}.", StringComparison.Ordinal)
            || !PackReader.PackId().IsMatch(id[(head.Id.Length + 1)..])
        )
        {
            thing.Fault(
                "id",
                $"is '{id}'; it must be {head.Id}. and then small letters, digits, hyphen and underscore"
            );
        }
        else if (!_ids.Add(id))
        {
            thing.Fault("id", $"is '{id}', which stands there already");
        }

        return id;
    }

    private (string[] Kinds, string[] Venues, string[] Issues) Covered(PackObject thing)
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
}
