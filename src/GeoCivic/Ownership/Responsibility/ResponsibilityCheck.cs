using static GeoCivic.Ownership.Responsibility.ResponsibilityFinding;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>Looks for codes, item numbers and methods that cannot be right; changes nothing.</summary>
internal static class ResponsibilityCheck
{
    /// <summary>Adds what it finds.</summary>
    public static void Check(
        IReadOnlyList<ResponsibilityRow> rows,
        List<ResponsibilityFinding> findings
    )
    {
        DuplicateCodes(rows, findings);
        Level(rows, r => r.Name, "名称", "outer", findings);
        Level(rows, r => r.Content, "内容", "inner", findings);
        Items(rows, findings);
        Methods(rows, findings);
    }

    private static void DuplicateCodes(
        IReadOnlyList<ResponsibilityRow> rows,
        List<ResponsibilityFinding> findings
    )
    {
        foreach (
            var group in rows.Where(r => r.Content.Normalised is not null)
                .GroupBy(r => r.Content.Normalised!, StringComparer.Ordinal)
        )
        {
            var parents = group
                .Select(r => r.Name.Code ?? r.Name.Name)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            var different = group
                .Select(r => r.Name.Normalised ?? r.Name.Name)
                .Distinct(StringComparer.Ordinal)
                .Count();
            if (different > 1)
            {
                var printed = group.First().Content.Code!;
                findings.Add(
                    new ResponsibilityFinding(
                        FindingRules.DuplicateCode,
                        FindingSeverity.Warning,
                        [.. group.Select(r => r.SheetRow)],
                        printed,
                        $"代码 {printed} 同时出现在 {string.Join("、", parents)} 之下;代码只照录,不作标识",
                        $"The code {printed} stands under {string.Join(" and ", parents)}; it is kept as printed and is no key."
                    )
                );
            }
        }
    }

    private static void Level(
        IReadOnlyList<ResponsibilityRow> rows,
        Func<ResponsibilityRow, TaskLabel> label,
        string zh,
        string en,
        List<ResponsibilityFinding> findings
    )
    {
        var coded = rows.Where(r => label(r).Code is not null).ToList();
        if (coded.Count == 0)
        {
            return;
        }
        Spellings(coded, r => label(r).Dash ?? "", FindingRules.MixedDashes, "连接号", "dashes");
        Spellings(
            coded,
            r => label(r).HasRomanCharacter ? "Ⅲ" : "III",
            FindingRules.MixedNumerals,
            "罗马数字",
            "numerals"
        );
        foreach (
            var row in rows.Where(r => label(r) is { Code: null, Name.Length: > 0 })
                .DistinctBy(r => label(r).Name, StringComparer.Ordinal)
        )
        {
            findings.Add(
                At(
                    row.SheetRow,
                    FindingRules.CodeMissing,
                    FindingSeverity.Warning,
                    label(row).Name,
                    $"第{row.SheetRow}行{zh}“{label(row).Name}”没有代码",
                    $"Row {row.SheetRow}: the {en} task '{label(row).Name}' has no code."
                )
            );
        }
        Names(
            coded,
            r => label(r).Normalised!,
            r => label(r).Name,
            FindingRules.CodeTwoNames,
            "代码",
            "同一代码有不同名称",
            "One code has several names"
        );
        Names(
            coded.Where(r => label(r).Name.Length > 0),
            r => label(r).Name,
            r => label(r).Normalised!,
            FindingRules.NameTwoCodes,
            "名称",
            "同一名称有不同代码",
            "One name has several codes"
        );
        Gaps();

        void Spellings(
            List<ResponsibilityRow> all,
            Func<ResponsibilityRow, string> spelling,
            string rule,
            string whatZh,
            string what
        )
        {
            var groups = all.GroupBy(spelling, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ToList();
            if (groups.Count > 1)
            {
                var fewer = groups.Skip(1).SelectMany(g => g).Select(r => r.SheetRow).Order();
                var list = string.Join(", ", groups.Select(g => $"'{g.Key}' ×{g.Count()}"));
                findings.Add(
                    new ResponsibilityFinding(
                        rule,
                        FindingSeverity.Note,
                        [.. fewer],
                        label(groups[1].First()).Code,
                        $"{zh}代码的{whatZh}写法不一: {list}",
                        $"The codes of the {en} tasks are written with different {what}: {list}."
                    )
                );
            }
        }

        void Names(
            IEnumerable<ResponsibilityRow> all,
            Func<ResponsibilityRow, string> key,
            Func<ResponsibilityRow, string> value,
            string rule,
            string keyZh,
            string whatZh,
            string what
        )
        {
            foreach (var group in all.GroupBy(key, StringComparer.Ordinal))
            {
                var values = group.Select(value).Distinct(StringComparer.Ordinal).ToList();
                if (values.Count > 1)
                {
                    findings.Add(
                        new ResponsibilityFinding(
                            rule,
                            FindingSeverity.Warning,
                            [.. group.Select(r => r.SheetRow)],
                            group.Key,
                            $"{zh}: {whatZh}({keyZh}“{group.Key}”): {string.Join("、", values)}",
                            $"{what} ('{group.Key}'): {string.Join(", ", values)}."
                        )
                    );
                }
            }
        }

        void Gaps()
        {
            var numbers = coded.Select(r => label(r).Number!.Value).ToHashSet();
            var missing = Enumerable
                .Range(numbers.Min(), numbers.Max() - numbers.Min())
                .Where(n => !numbers.Contains(n))
                .ToList();
            if (missing.Count > 0)
            {
                var list = string.Join(", ", missing.Take(20));
                findings.Add(
                    At(
                        coded.First(r => label(r).Number > missing[0]).SheetRow,
                        FindingRules.CodeGap,
                        FindingSeverity.Warning,
                        list,
                        $"{zh}代码缺号: {list}",
                        $"Numbers are left out between the codes of the {en} tasks: {list}."
                    )
                );
            }
        }
    }

    private static void Items(
        IReadOnlyList<ResponsibilityRow> rows,
        List<ResponsibilityFinding> findings
    )
    {
        var expected = 1;
        (TaskLabel, TaskLabel) task = default;
        foreach (var row in rows)
        {
            if (task != (row.Name, row.Content))
            {
                task = (row.Name, row.Content);
                expected = 1;
            }
            if (row.ItemNumber is not { } number)
            {
                findings.Add(
                    At(
                        row.SheetRow,
                        FindingRules.ItemMissing,
                        FindingSeverity.Note,
                        null,
                        $"第{row.SheetRow}行的要求没有序号",
                        $"Row {row.SheetRow}: the requirement has no number."
                    )
                );
                continue;
            }
            if (number != expected)
            {
                findings.Add(
                    At(
                        row.SheetRow,
                        FindingRules.ItemMisnumbered,
                        FindingSeverity.Warning,
                        row.Item,
                        $"第{row.SheetRow}行({row.Content.Code})序号应为 {expected},实为“{row.Item}”",
                        $"Row {row.SheetRow} ({row.Content.Code}): number {expected} was due, '{row.Item}' is printed."
                    )
                );
            }
            if (row.Item!.All(char.IsAsciiDigit))
            {
                findings.Add(
                    At(
                        row.SheetRow,
                        FindingRules.ItemBare,
                        FindingSeverity.Note,
                        row.Item,
                        $"第{row.SheetRow}行序号“{row.Item}”缺括号",
                        $"Row {row.SheetRow}: the number '{row.Item}' has no bracket."
                    )
                );
            }
            expected = number + 1;
        }
    }

    private static void Methods(
        IReadOnlyList<ResponsibilityRow> rows,
        List<ResponsibilityFinding> findings
    )
    {
        foreach (var row in rows.Where(r => r.Methods.Count == 0))
        {
            findings.Add(
                At(
                    row.SheetRow,
                    FindingRules.EmptyMethod,
                    FindingSeverity.Warning,
                    null,
                    $"第{row.SheetRow}行没有考核方法",
                    $"Row {row.SheetRow} has no method of examination."
                )
            );
        }
        var inside = rows.Where(r => !r.IsSpatial).Select(r => r.SheetRow).ToList();
        if (inside.Count > 0)
        {
            findings.Add(
                new ResponsibilityFinding(
                    FindingRules.NonSpatial,
                    FindingSeverity.Note,
                    inside,
                    null,
                    $"{inside.Count} 条要求不含实地考察,不生成点位(第 {List(inside)} 行)",
                    $"{inside.Count} requirements are not examined in the field and get no points (rows {List(inside)})."
                )
            );
        }
    }
}
