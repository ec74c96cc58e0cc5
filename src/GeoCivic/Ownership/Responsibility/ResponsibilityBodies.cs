namespace GeoCivic.Ownership.Responsibility;

/// <summary>Takes bodies apart that are written as one word, and tells which are missing or unknown.</summary>
internal static class ResponsibilityBodies
{
    /// <summary>The rows with their bodies taken apart.</summary>
    public static IReadOnlyList<ResponsibilityRow> Check(
        IReadOnlyList<ResponsibilityRow> rows,
        IReadOnlyCollection<string>? known,
        List<ResponsibilityFinding> findings
    )
    {
        // What stands alone elsewhere in the table is one body, and shows where two were run together.
        var alone = rows.SelectMany(r => r.Lead.Concat(r.Cooperating))
            .Concat(known ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var listed = known?.ToHashSet(StringComparer.Ordinal);
        return [.. rows.Select(CheckRow)];

        ResponsibilityRow CheckRow(ResponsibilityRow row)
        {
            var (lead, cooperating) = (Apart(row, row.Lead), Apart(row, row.Cooperating));
            if (lead.Count == 0)
            {
                findings.Add(
                    ResponsibilityFinding.At(
                        row.SheetRow,
                        FindingRules.NoBody,
                        FindingSeverity.Warning,
                        null,
                        $"第{row.SheetRow}行没有责任单位",
                        $"Row {row.SheetRow} names no responsible body."
                    )
                );
            }
            return row with { Lead = lead, Cooperating = cooperating };
        }

        List<string> Apart(ResponsibilityRow row, IReadOnlyList<string> names)
        {
            var apart = new List<string>();
            foreach (var name in names)
            {
                if (
                    listed?.Contains(name) != true
                    && BodyCell.Unjoin(name, alone) is { Count: > 1 } parts
                )
                {
                    findings.Add(
                        ResponsibilityFinding.At(
                            row.SheetRow,
                            FindingRules.JoinedBodies,
                            FindingSeverity.Note,
                            name,
                            $"第{row.SheetRow}行“{name}”是{parts.Count}个单位连写,已拆分",
                            $"Row {row.SheetRow}: '{name}' is {parts.Count} bodies written as one word; they were taken apart."
                        )
                    );
                    apart.AddRange(parts.Where(p => !apart.Contains(p, StringComparer.Ordinal)));
                }
                else if (!apart.Contains(name, StringComparer.Ordinal))
                {
                    apart.Add(name);
                }
            }
            foreach (var name in apart.Where(n => listed?.Contains(n) == false))
            {
                findings.Add(
                    ResponsibilityFinding.At(
                        row.SheetRow,
                        FindingRules.UnknownBody,
                        FindingSeverity.Warning,
                        name,
                        $"第{row.SheetRow}行的责任单位“{name}”不在单位名录中",
                        $"Row {row.SheetRow} names '{name}', which is not in the list of bodies."
                    )
                );
            }
            return apart;
        }
    }
}
