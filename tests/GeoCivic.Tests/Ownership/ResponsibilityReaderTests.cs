using GeoCivic.Imports.Reading;
using GeoCivic.Ownership.Responsibility;

namespace GeoCivic.Tests.Ownership;

/// <summary>A real table of 2015 with its merged cells and its mistakes, and small made ones.</summary>
public sealed class ResponsibilityReaderTests
{
    private static readonly List<Responsibility2015.Line> Lines = Responsibility2015.Lines();

    private static ResponsibilityTable Read(string path, params string[] bodies)
    {
        try
        {
            return ResponsibilityReader.Read(
                path,
                "责任分解表.xlsx",
                bodies.Length > 0 ? bodies : null
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ResponsibilityTable Table2015(params string[] bodies) =>
        Read(Responsibility2015.Save(Lines), bodies);

    private static List<int> RowsOf(ResponsibilityTable table, string rule) =>
        [.. table.Findings.Where(f => f.Rule == rule).SelectMany(f => f.Rows).Distinct().Order()];

    /// <summary>The sheet's row of a line of the file.</summary>
    private static int Sheet(int line) => Responsibility2015.FirstRow + line - 1;

    [Fact]
    public void Every_requirement_comes_with_its_tasks_methods_and_bodies()
    {
        var table = Table2015();
        Assert.Equal("联合街道创建全国文明城市人文环境建设具体责任分解表", table.Title);
        Assert.Equal(57, table.Rows.Count);
        IReadOnlyList<string> methods = [];
        IReadOnlyList<string> bodies = [];
        for (var i = 0; i < Lines.Count; i++)
        {
            var (line, row) = (Lines[i], table.Rows[i]);
            Assert.Equal(Sheet(i + 1), row.SheetRow);
            Assert.Equal(line.Two.Code, row.Name.Code);
            Assert.Equal(line.Two.Name, row.Name.Name);
            Assert.Equal(line.Three.Code, row.Content.Code);
            Assert.Equal(line.Three.Name, row.Content.Name);
            Assert.Equal(line.Item.Length == 0 ? null : line.Item, row.Item);
            Assert.Equal(line.Requirement, row.Requirement);
            // A merged cell answers for all rows it reaches over; an empty one of its own for none.
            methods = line.MethodsCell == "spanned" ? methods : line.Methods;
            Assert.Equal(
                methods,
                row.Methods.Select(m =>
                    m switch
                    {
                        ExamineMethod.Documents => "材料审核",
                        ExamineMethod.FieldVisit => "实地考察",
                        _ => "问卷调查",
                    }
                )
            );
            bodies = line.BodiesCell == "spanned" ? bodies : line.Bodies;
            Assert.Equal(string.Concat(bodies), string.Concat(row.Lead));
            Assert.Empty(row.Cooperating);
        }
    }

    [Fact]
    public void A_code_under_two_tasks_is_told_and_kept_twice()
    {
        var table = Table2015();
        var finding = Assert.Single(table.Findings, f => f.Rule == FindingRules.DuplicateCode);
        Assert.Equal("Ⅲ-19", finding.Value);
        Assert.Equal([Sheet(44), Sheet(45), Sheet(46), Sheet(47)], finding.Rows);
        Assert.Contains("Ⅱ-10、Ⅱ-11", finding.Zh, StringComparison.Ordinal);
        Assert.Equal(
            ["Ⅱ-10", "Ⅱ-10", "Ⅱ-11", "Ⅱ-11"],
            table.Rows.Where(r => r.Content.Normalised == "III-19").Select(r => r.Name.Code)
        );
        Assert.Contains(
            table.Findings,
            f => f.Rule == FindingRules.NameTwoCodes && f.Value == "城乡基层创建工作"
        );
    }

    [Fact]
    public void Dashes_and_numbers_that_do_not_agree_are_told()
    {
        var table = Table2015();
        var dashes = table.Findings.Where(f => f.Rule == FindingRules.MixedDashes).ToList();
        Assert.Equal(2, dashes.Count);
        // Lines 1 to 27 have the long dash in both columns, 28 to 57 the hyphen.
        Assert.All(dashes, d => Assert.Equal(Enumerable.Range(Sheet(1), 27), d.Rows));
        Assert.Equal(
            new[] { 5, 26, 35, 37, 39, 46 }.Select(Sheet),
            RowsOf(table, FindingRules.ItemMisnumbered)
        );
        Assert.Equal(new[] { 4, 13, 20 }.Select(Sheet), RowsOf(table, FindingRules.ItemBare));
        Assert.Equal(new[] { 48, 49 }.Select(Sheet), RowsOf(table, FindingRules.ItemMissing));
        Assert.Empty(RowsOf(table, FindingRules.CodeGap));
        Assert.Empty(RowsOf(table, FindingRules.CodeMissing));
    }

    [Fact]
    public void Empty_methods_and_bodies_are_told_and_only_field_visits_are_spatial()
    {
        var table = Table2015();
        Assert.Equal(new[] { 4, 20 }.Select(Sheet), RowsOf(table, FindingRules.EmptyMethod));
        Assert.Equal(new[] { 39 }.Select(Sheet), RowsOf(table, FindingRules.NoBody));
        var spatial = table.Rows.Where(r => r.IsSpatial).Select(r => r.SheetRow).ToList();
        Assert.Equal(new[] { 12, 13, 16, 21, 22, 26, 27, 32, 34, 35, 48 }.Select(Sheet), spatial);
        Assert.Equal(57 - spatial.Count, RowsOf(table, FindingRules.NonSpatial).Count);
    }

    [Fact]
    public void Bodies_written_as_one_word_are_taken_apart_and_unknown_ones_told()
    {
        var table = Table2015(
            "街道党政办",
            "街道创建办",
            "街道民政办",
            "街道财政所",
            "各社(管)区",
            "各支部"
        );
        Assert.Equal(["街道党政办", "街道创建办", "各社(管)区"], table.Rows[2].Lead);
        Assert.Equal(new[] { 3, 4 }.Select(Sheet), RowsOf(table, FindingRules.JoinedBodies));
        Assert.Equal(
            ["社(管)区", "街道城管委", "街道文化站", "街道经济办", "街道财政"],
            table
                .Findings.Where(f => f.Rule == FindingRules.UnknownBody)
                .Select(f => f.Value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_merged_cells_are_named_in_the_notes()
    {
        var notes = Table2015().Notes;
        Assert.Contains("header in rows 3 to 4", notes);
        Assert.Contains(
            notes,
            n => n.StartsWith("merged cells expanded: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Leading_and_cooperating_bodies_repeated_headers_and_empty_cells_are_read()
    {
        string?[] header = ["任务名称", "任务要求", "测评方式", "牵头单位", "配合单位"];
        var table = Read(
            new ResponsibilityWorkbook()
                .Row(header)
                .Row(
                    "II－1 环境卫生",
                    "①清理 暴露垃圾",
                    "实地 / 问卷",
                    "规建办",
                    "执法大队，各社区"
                )
                .Row(null, "3次以上巡查", "目测", "规建办")
                .Row(header)
                .Row("Ⅱ-3\n市容\n秩序", null, "实地考察", "执法大队")
                .Row("无代码任务", "（2）劝导", "材料审核", "执法大队（夜 间）")
                .Save()
        );
        Assert.Equal([2, 3, 6], table.Rows.Select(r => r.SheetRow));
        var first = table.Rows[0];
        Assert.Equal(
            ("II－1", "II-1", "环境卫生"),
            (first.Name.Code, first.Name.Normalised, first.Name.Name)
        );
        Assert.Equal(("①", 1), (first.Item, first.ItemNumber));
        Assert.Equal([ExamineMethod.FieldVisit, ExamineMethod.Survey], first.Methods);
        Assert.Equal(["执法大队", "各社区"], first.Cooperating);
        Assert.Equal(("II-1", null), (table.Rows[1].Name.Normalised, table.Rows[1].Item));
        Assert.Equal("3次以上巡查", table.Rows[1].Requirement);
        Assert.Equal([3], RowsOf(table, FindingRules.CarriedDown));
        Assert.Equal([3], RowsOf(table, FindingRules.UnknownMethod));
        Assert.Equal([5], RowsOf(table, FindingRules.NoRequirement));
        Assert.Equal([6], RowsOf(table, FindingRules.CodeMissing));
        Assert.Equal([6], RowsOf(table, FindingRules.ItemMisnumbered));
        Assert.Equal(["执法大队（夜 间）"], table.Rows[2].Lead);
        Assert.Contains("1 repeated header rows passed over", table.Notes);
    }

    [Theory]
    [InlineData("Ⅲ—19创建", "Ⅲ—19", "III-19", "创建")]
    [InlineData("Ⅱ - 8\n\n社会\n道德", "Ⅱ - 8", "II-8", "社会道德")]
    [InlineData("III–07 X", "III–07", "III-7", "X")]
    [InlineData("Ⅱ１２", "Ⅱ１２", "II-12", "")]
    [InlineData("I 级任务", null, null, "I 级任务")]
    [InlineData("创建", null, null, "创建")]
    public void Codes_are_kept_as_printed_with_one_spelling_beside(
        string cell,
        string? code,
        string? normalised,
        string name
    )
    {
        var label = TaskLabel.Parse(cell);
        Assert.Equal((code, normalised, name), (label.Code, label.Normalised, label.Name));
    }

    [Fact]
    public void A_workbook_without_such_a_table_is_refused()
    {
        var other = Assert.Throws<SourceFileException>(() =>
            Read(new ResponsibilityWorkbook().Row("编号", "名字").Row("1", "x").Save())
        );
        Assert.Equal((422, "invalid-header"), (other.Status, other.Code));
        var lacking = Assert.Throws<SourceFileException>(() =>
            Read(new ResponsibilityWorkbook().Row("名称", "要求", "考核方法").Row("a", "b").Save())
        );
        Assert.Contains("责任单位", lacking.Detail, StringComparison.Ordinal);
        var empty = Assert.Throws<SourceFileException>(() =>
            Read(new ResponsibilityWorkbook().Header().Save())
        );
        Assert.Equal("no-rows", empty.Code);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "名称,要求\n");
        var csv = Assert.Throws<SourceFileException>(() => Read(path));
        Assert.Equal(415, csv.Status);
    }
}
