using GeoCivic.Imports.Reading;
using static GeoCivic.Ownership.Responsibility.ResponsibilityHeader;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>
/// Reads a responsibility table (责任分解表) as offices lay it out in a spreadsheet: titles, a header of several
/// rows, merged cells, several bodies and methods in one cell. What looks wrong is kept as printed and told.
/// </summary>
public static class ResponsibilityReader
{
    private static readonly (string Word, ExamineMethod Method)[] Words =
    [
        ("材料审核", ExamineMethod.Documents),
        ("材料", ExamineMethod.Documents),
        ("网上申报", ExamineMethod.Documents),
        ("实地考察", ExamineMethod.FieldVisit),
        ("实地", ExamineMethod.FieldVisit),
        ("问卷调查", ExamineMethod.Survey),
        ("问卷", ExamineMethod.Survey),
    ];

    /// <summary>Reads the first visible sheet that has such a table.</summary>
    /// <param name="path">The file on local disk.</param>
    /// <param name="fileName">The name its sender gave it; never used as a path.</param>
    /// <param name="knownBodies">The names of the bodies there are; null when none is known yet, then no body is called unknown.</param>
    /// <exception cref="SourceFileException">400, 413, 415 or 422: the file as a whole is refused.</exception>
    public static ResponsibilityTable Read(
        string path,
        string fileName,
        IReadOnlyCollection<string>? knownBodies = null
    )
    {
        var grids = XlsxGrid.ReadAll(path, fileName);
        foreach (var grid in grids)
        {
            if (Find(grid) is { } header)
            {
                return Read(grid, header, knownBodies);
            }
        }
        throw Refused("No sheet of the workbook has the header of a responsibility table.");
    }

    private static ResponsibilityTable Read(
        XlsxGrid grid,
        ResponsibilityHeader header,
        IReadOnlyCollection<string>? knownBodies
    )
    {
        var rows = new List<ResponsibilityRow>();
        var findings = grid
            .Faults.Where(f => f.Row > header.FirstRow)
            .Select(f =>
                ResponsibilityFinding.At(
                    f.Row + 1,
                    FindingRules.BadCell,
                    FindingSeverity.Warning,
                    f.Reason,
                    $"单元格 {XlsxMerges.Letters(f.Column)}{f.Row + 1} 无法使用",
                    $"Cell {XlsxMerges.Letters(f.Column)}{f.Row + 1} cannot be used: {f.Reason}"
                )
            )
            .ToList();
        var (name, content) = (TaskLabel.None, TaskLabel.None);
        var repeats = 0;
        for (var at = header.FirstRow + header.RowCount; at < grid.Rows.Count; at++)
        {
            var cells = grid.Rows[at];
            if (cells.All(c => c is null))
            {
                continue;
            }
            if (header.IsRepeat(cells))
            {
                repeats++;
                continue;
            }
            var outer = Carry(header, cells, Part.Name, name, at, findings);
            // An inner task is carried down only as long as the outer one goes on.
            content = Carry(
                header,
                cells,
                Part.Content,
                outer == name ? content : TaskLabel.None,
                at,
                findings
            );
            name = outer;
            if (header.Cell(cells, Part.Requirement) is not { } requirement)
            {
                findings.Add(
                    ResponsibilityFinding.At(
                        at + 1,
                        FindingRules.NoRequirement,
                        FindingSeverity.Error,
                        null,
                        $"第{at + 1}行没有要求,未读入",
                        $"Row {at + 1} has no requirement and was not taken."
                    )
                );
                continue;
            }
            var item = ItemText.Parse(requirement);
            rows.Add(
                new ResponsibilityRow(
                    at + 1,
                    name,
                    content,
                    item.Printed,
                    item.Number,
                    item.Text,
                    Methods(header.Cell(cells, Part.Methods), at + 1, findings),
                    BodyCell.Split(header.Cell(cells, Part.Lead)),
                    BodyCell.Split(header.Cell(cells, Part.Cooperating))
                )
            );
        }
        if (rows.Count == 0)
        {
            throw TableHeader.NoRows();
        }
        var checkedRows = ResponsibilityBodies.Check(rows, knownBodies, findings);
        ResponsibilityCheck.Check(checkedRows, findings);
        return new ResponsibilityTable(
            grid.Sheet,
            Title(grid, header),
            checkedRows,
            [.. findings.OrderBy(f => f.Rows[0])],
            Notes(grid, header, repeats)
        );
    }

    /// <summary>An empty task cell that no merge reaches into belongs, to a reader's eye, to the task above.</summary>
    private static TaskLabel Carry(
        ResponsibilityHeader header,
        IReadOnlyList<string?> cells,
        Part part,
        TaskLabel above,
        int at,
        List<ResponsibilityFinding> findings
    )
    {
        if (
            header.ColumnOf(part) is null
            || header.Cell(cells, part) is { } cell && cell.Length > 0
        )
        {
            return TaskLabel.Parse(header.Cell(cells, part));
        }
        if (above != TaskLabel.None)
        {
            findings.Add(
                ResponsibilityFinding.At(
                    at + 1,
                    FindingRules.CarriedDown,
                    FindingSeverity.Note,
                    above.Code ?? above.Name,
                    $"第{at + 1}行任务单元格为空,沿用上一行的“{above.Code}{above.Name}”",
                    $"Row {at + 1} leaves the task empty; '{above.Code} {above.Name}' of the row above was taken."
                )
            );
        }
        return above;
    }

    private static List<ExamineMethod> Methods(
        string? cell,
        int row,
        List<ResponsibilityFinding> findings
    )
    {
        var methods = new List<ExamineMethod>();
        var rest = cell ?? "";
        foreach (var (word, method) in Words)
        {
            if (rest.Contains(word, StringComparison.Ordinal))
            {
                rest = rest.Replace(word, " ", StringComparison.Ordinal);
                if (!methods.Contains(method))
                {
                    methods.Add(method);
                }
            }
        }
        foreach (var unknown in BodyCell.Split(rest))
        {
            findings.Add(
                ResponsibilityFinding.At(
                    row,
                    FindingRules.UnknownMethod,
                    FindingSeverity.Warning,
                    unknown,
                    $"第{row}行的考核方法“{unknown}”不认识",
                    $"Row {row} has the method '{unknown}', which is not known."
                )
            );
        }
        return methods;
    }

    private static string? Title(XlsxGrid grid, ResponsibilityHeader header) =>
        grid
            .Rows.Take(header.FirstRow)
            .Select(r => r.FirstOrDefault(c => c is not null))
            .LastOrDefault(c => c is not null)
            is { } title
            ? TaskLabel.CloseUp(title)
            : null;

    private static List<string> Notes(XlsxGrid grid, ResponsibilityHeader header, int repeats)
    {
        var notes = new List<string>
        {
            header.RowCount == 1
                ? $"header in row {header.FirstRow + 1}"
                : $"header in rows {header.FirstRow + 1} to {header.FirstRow + header.RowCount}",
        };
        if (grid.MergeNote is { } merges)
        {
            notes.Add(merges);
        }
        if (repeats > 0)
        {
            notes.Add($"{repeats} repeated header rows passed over");
        }
        return notes;
    }
}
