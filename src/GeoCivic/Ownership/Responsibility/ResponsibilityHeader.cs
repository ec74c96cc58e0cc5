using GeoCivic.Imports.Reading;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>
/// Where a responsibility table's columns are. Its header has one to three rows under any number of titles:
/// 任务 over 名称, 内容 and 要求, beside them 考核方法 and 责任单位 reaching down.
/// </summary>
internal sealed class ResponsibilityHeader
{
    private const int SearchedRows = 30;
    private const int MostRows = 3;

    private static readonly Dictionary<string, Part> Labels = new(StringComparer.Ordinal)
    {
        ["任务"] = Part.Group,
        ["工作任务"] = Part.Group,
        ["测评任务"] = Part.Group,
        ["名称"] = Part.Name,
        ["任务名称"] = Part.Name,
        ["测评项目"] = Part.Name,
        ["项目"] = Part.Name,
        ["内容"] = Part.Content,
        ["任务内容"] = Part.Content,
        ["测评内容"] = Part.Content,
        ["指标"] = Part.Content,
        ["要求"] = Part.Requirement,
        ["任务要求"] = Part.Requirement,
        ["工作要求"] = Part.Requirement,
        ["具体要求"] = Part.Requirement,
        ["测评标准"] = Part.Requirement,
        ["考核方法"] = Part.Methods,
        ["考核方式"] = Part.Methods,
        ["测评方法"] = Part.Methods,
        ["测评方式"] = Part.Methods,
        ["审核方法"] = Part.Methods,
        ["责任单位"] = Part.Lead,
        ["责任部门"] = Part.Lead,
        ["责任科室"] = Part.Lead,
        ["牵头单位"] = Part.Lead,
        ["牵头部门"] = Part.Lead,
        ["牵头科室"] = Part.Lead,
        ["配合单位"] = Part.Cooperating,
        ["配合部门"] = Part.Cooperating,
        ["配合科室"] = Part.Cooperating,
        ["协办单位"] = Part.Cooperating,
    };

    private readonly Dictionary<Part, int> _columns;
    private readonly IReadOnlyList<IReadOnlyList<string?>> _labels;

    private ResponsibilityHeader(
        int firstRow,
        int rows,
        Dictionary<Part, int> columns,
        IReadOnlyList<IReadOnlyList<string?>> labels
    )
    {
        FirstRow = firstRow;
        RowCount = rows;
        _columns = columns;
        _labels = labels;
    }

    /// <summary>A column's meaning.</summary>
    internal enum Part
    {
        Group,
        Name,
        Content,
        Requirement,
        Methods,
        Lead,
        Cooperating,
    }

    /// <summary>The header's first row, from 0.</summary>
    public int FirstRow { get; }

    /// <summary>How many rows the header has.</summary>
    public int RowCount { get; }

    /// <summary>The cell of a row for a column; null when it is empty or the table has no such column.</summary>
    public string? Cell(IReadOnlyList<string?> row, Part part) =>
        _columns.TryGetValue(part, out var column) ? row[column] : null;

    /// <summary>A column's index; null when the table has none such.</summary>
    public int? ColumnOf(Part part) => _columns.TryGetValue(part, out var column) ? column : null;

    /// <summary>Whether a row repeats a row of the header, as after a page break.</summary>
    public bool IsRepeat(IReadOnlyList<string?> row) =>
        Labelled(row) >= 2 && _labels.Any(l => l.SequenceEqual(row, StringComparer.Ordinal));

    /// <summary>Finds the header; null when the sheet has none.</summary>
    /// <exception cref="SourceFileException">422 when it lacks a column or has one twice.</exception>
    public static ResponsibilityHeader? Find(XlsxGrid grid)
    {
        for (var first = 0; first < Math.Min(grid.Rows.Count, SearchedRows); first++)
        {
            if (Labelled(grid.Rows[first]) < 2)
            {
                continue;
            }
            var count = 1;
            while (
                count < MostRows
                && first + count < grid.Rows.Count
                && Labelled(grid.Rows[first + count]) >= 2
            )
            {
                count++;
            }
            return new ResponsibilityHeader(
                first,
                count,
                Columns(grid, first, count),
                [.. grid.Rows.Skip(first).Take(count)]
            );
        }
        return null;
    }

    private static Dictionary<Part, int> Columns(XlsxGrid grid, int first, int count)
    {
        var columns = new Dictionary<Part, int>();
        for (var column = 0; column < grid.Rows[first].Count; column++)
        {
            // The lowest label says what the column is; those above it are groups.
            var part = Enumerable
                .Range(first, count)
                .Reverse()
                .Select(r => PartOf(grid.Rows[r][column]))
                .FirstOrDefault(p => p is not null and not Part.Group);
            if (part is not { } found)
            {
                continue;
            }
            if (!columns.TryAdd(found, column))
            {
                // A header merged over two columns expands to both; the first holds the texts.
                if (
                    columns[found] == column - 1
                    && Enumerable
                        .Range(first, count)
                        .All(r => grid.Rows[r][column - 1] == grid.Rows[r][column])
                )
                {
                    continue;
                }
                throw Refused(
                    $"The header names the column '{grid.Rows[first + count - 1][column]}' twice (columns {XlsxMerges.Letters(columns[found])} and {XlsxMerges.Letters(column)})."
                );
            }
        }
        foreach (
            var (part, label) in (ReadOnlySpan<(Part, string)>)
                [(Part.Requirement, "要求"), (Part.Methods, "考核方法"), (Part.Lead, "责任单位")]
        )
        {
            if (!columns.ContainsKey(part))
            {
                throw Refused($"The table's header has no column '{label}'.");
            }
        }
        if (!columns.ContainsKey(Part.Name) && !columns.ContainsKey(Part.Content))
        {
            throw Refused("The table's header has neither a column '名称' nor one '内容'.");
        }
        return columns;
    }

    internal static SourceFileException Refused(string detail) =>
        new(
            422,
            "invalid-header",
            $"{detail} A responsibility table has 任务 (名称, 内容, 要求), 考核方法 and 责任单位."
        );

    private static int Labelled(IReadOnlyList<string?> row) =>
        row.Select(PartOf).Where(p => p is not null).Distinct().Count();

    private static Part? PartOf(string? cell) =>
        cell is not null
        && Labels.TryGetValue(string.Concat(cell.Where(c => !char.IsWhiteSpace(c))), out var part)
            ? part
            : null;
}
