namespace GeoCivic.Ownership.Responsibility;

/// <summary>A responsibility table (责任分解表) as it was read, with everything that looks wrong in it.</summary>
/// <param name="Sheet">The sheet it was found on.</param>
/// <param name="Title">The text above the header; null when there is none.</param>
/// <param name="Rows">The requirements in the table's order, merged cells expanded.</param>
/// <param name="Findings">What looks wrong, the first row first.</param>
/// <param name="Notes">How the sheet was read: header rows, merged ranges (English).</param>
public sealed record ResponsibilityTable(
    string Sheet,
    string? Title,
    IReadOnlyList<ResponsibilityRow> Rows,
    IReadOnlyList<ResponsibilityFinding> Findings,
    IReadOnlyList<string> Notes
);

/// <summary>One requirement of the table. Codes are kept as printed and are no keys: real tables use one twice.</summary>
/// <param name="SheetRow">The row of the sheet, from 1: what a person looks for.</param>
/// <param name="Name">The outer task (名称, level Ⅱ).</param>
/// <param name="Content">The inner task (内容, level Ⅲ).</param>
/// <param name="Item">The item number as printed, with its bracket; null when there is none.</param>
/// <param name="ItemNumber">The item's number; null when there is none.</param>
/// <param name="Requirement">The requirement without its item number.</param>
/// <param name="Methods">How it is examined; empty when the table does not say.</param>
/// <param name="Lead">The bodies that answer for it, or lead where the table has cooperating ones too.</param>
/// <param name="Cooperating">The cooperating bodies; empty when the table has no such column.</param>
public sealed record ResponsibilityRow(
    int SheetRow,
    TaskLabel Name,
    TaskLabel Content,
    string? Item,
    int? ItemNumber,
    string Requirement,
    IReadOnlyList<ExamineMethod> Methods,
    IReadOnlyList<string> Lead,
    IReadOnlyList<string> Cooperating
)
{
    /// <summary>Only a field visit needs a place; the rest stays a task without points.</summary>
    public bool IsSpatial => Methods.Contains(ExamineMethod.FieldVisit);
}

/// <summary>How a requirement is examined (考核方法).</summary>
public enum ExamineMethod
{
    /// <summary>材料审核: papers are looked through.</summary>
    Documents,

    /// <summary>实地考察: somebody goes and looks.</summary>
    FieldVisit,

    /// <summary>问卷调查: people are asked.</summary>
    Survey,
}
