using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using GeoCivic.Database;
using GeoCivic.Exports;
using GeoCivic.Letters;

namespace GeoCivic.Bulletins;

/// <summary>
/// A bulletin as a workbook: a sheet for each of its tables, the formula, and the records behind every figure. Numbers are
/// numbers; texts are never formulas.
/// </summary>
internal static class BulletinWorkbook
{
    // Places in the list of formats below.
    private const uint Plain = 0;
    private const uint Share = 1;
    private const uint Header = 2;
    private const uint Instant = 3;

    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The workbook.</summary>
    public static byte[] Write(BulletinSheet sheet)
    {
        using var memory = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Formats();
            var sheets = new Sheets();
            foreach (var (name, widths, rows) in Tables(sheet))
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(
                    new Columns(
                        widths.Select(
                            (w, i) =>
                                new Column
                                {
                                    Min = (uint)i + 1,
                                    Max = (uint)i + 1,
                                    Width = w,
                                    CustomWidth = true,
                                }
                        )
                    ),
                    new SheetData(rows.Select((row, i) => RowOf(row, (uint)i + 1)))
                );
                sheets.AppendChild(
                    new Sheet
                    {
                        Name = name,
                        SheetId = (uint)sheets.ChildElements.Count + 1,
                        Id = workbook.GetIdOfPart(part),
                    }
                );
            }

            workbook.Workbook = new Workbook(sheets);
        }

        return memory.ToArray();
    }

    private sealed record Cells(object?[] Values, bool IsHeader = false);

    private static IEnumerable<(string Name, double[] Widths, IEnumerable<Cells> Rows)> Tables(
        BulletinSheet sheet
    )
    {
        yield return ("总体", [24, 14, 14, 14], Overall(sheet));
        yield return (
            "社区",
            [8, 20, .. Wide(BulletinWords.Communities), 10],
            Rows(sheet, "community", "社区", BulletinWords.Communities)
        );
        yield return (
            "责任单位",
            [8, 24, .. Wide(BulletinWords.Bodies), 10],
            Rows(sheet, "body", "单位", BulletinWords.Bodies)
        );
        yield return (
            "类别",
            [8, 24, .. Wide(BulletinWords.Categories), 10],
            Rows(sheet, "category", "类别", BulletinWords.Categories)
        );
        yield return ("评分办法", [12, 18, 10, 70, 44], Formula(sheet.Formula));
        yield return (
            "明细",
            [14, 20, 20, 10, 16, 44, 18, 16, 20, 14, 17, 17, 17, 10, 12, 8, 8],
            Records(sheet.Content)
        );
    }

    private static IEnumerable<double> Wide(MeasureColumn[] columns) => columns.Select(_ => 11.0);

    private static IEnumerable<Cells> Overall(BulletinSheet sheet)
    {
        var b = sheet.Bulletin;
        yield return new([b.Title]);
        yield return new([b.Number ?? "（草稿，未编号）"]);
        yield return new([$"统计期：{BulletinWords.Period(b.Period)}"]);
        yield return new([$"上期：{BulletinWords.Before(b.Period)}"]);
        yield return new([
            b.IssuedAt is { } at
                ? $"签发时间：{ChineseDate.Instant(at)}，{b.Issuer}"
                : "草稿：数据随台账变化，签发时固定。",
        ]);
        if (b.ReplacesNumber is { } replaced)
        {
            yield return new([$"本通报更正并代替{replaced}"]);
        }

        yield return new([BulletinWords.LeftOut]);
        yield return new([]);
        yield return new(["指标", "本期", "上期", "分母"], IsHeader: true);
        foreach (var f in sheet.Content.Figures.Where(f => f.Subject == "street"))
        {
            yield return new([
                BulletinWords.Measure(f.Measure),
                Number(f.Measure, f.Value),
                Number(f.Measure, f.Previous),
                Number("", f.Base),
            ]);
        }

        if (b.Note is { } note)
        {
            yield return new([]);
            yield return new(["下步工作"], IsHeader: true);
            yield return new([note]);
        }
    }

    private static IEnumerable<Cells> Rows(
        BulletinSheet sheet,
        string subject,
        string header,
        MeasureColumn[] columns
    )
    {
        yield return new(
            ["名次", header, .. columns.Select(c => c.Header), "等次"],
            IsHeader: true
        );
        foreach (var row in SubjectRows.Of(sheet.Content, subject))
        {
            yield return new([
                Number("", row.Score?.Rank),
                row.Name,
                .. columns.Select(c => Number(c.Measure, row[c.Measure]?.Value)),
                row.Score?.Grade,
            ]);
        }
    }

    private static IEnumerable<Cells> Formula(GradingFormula f)
    {
        yield return new([
            $"{(f.Street == "*" ? "通用" : "本街道")}评分办法第{f.Version}版；不足{f.MinTasks}件不排名",
        ]);
        yield return new([
            string.Create(
                CultureInfo.InvariantCulture,
                $"等次：{f.Excellent:0.##}分及以上优秀，{f.Good:0.##}分及以上良好，{f.Fair:0.##}分及以上一般，其余较差"
            ),
        ]);
        yield return new(["对象", "指标", "权重", "计算", "指标分"], IsHeader: true);
        foreach (var (name, subject) in new[] { ("社区", "community"), ("责任单位", "body") })
        {
            foreach (var i in f.Of(subject))
            {
                yield return new([
                    name,
                    BulletinWords.Measure(i.Code),
                    (i.Weight, Plain),
                    BulletinWords.Definition(i.Code),
                    BulletinWords.Scale(i),
                ]);
            }
        }
    }

    // A row for each figure that a record stands behind, so that filtering by figure gives the number.
    private static IEnumerable<Cells> Records(BulletinContent content)
    {
        yield return new(
            [
                "对象",
                "名称",
                "指标",
                "种类",
                "编号",
                "情况",
                "类别",
                "社区",
                "单位",
                "状态",
                "发现或派遣",
                "时限",
                "办结或完成",
                "超期天数",
                "时段",
                "应巡",
                "已巡/张数",
            ],
            IsHeader: true
        );
        foreach (var f in content.Figures)
        {
            foreach (var r in content.RecordsOf(f.Key))
            {
                yield return new([
                    f.Subject switch
                    {
                        "street" => "全街道",
                        "community" => "社区",
                        "body" => "责任单位",
                        "category" => "类别",
                        _ => "突出问题",
                    },
                    f.Name,
                    BulletinWords.Measure(f.Measure),
                    r.Kind switch
                    {
                        "issue" => "问题",
                        "task" => "任务",
                        "round" => "巡查",
                        "veto" => "一票否决",
                        _ => "照片",
                    },
                    r.Code,
                    r.Title,
                    r.CategoryName,
                    r.CommunityName,
                    r.BodyName,
                    r.StateName,
                    r.StartedAt,
                    r.DueAt,
                    r.EndedAt,
                    Number("", r.Days),
                    BulletinWords.Shift(r.Shift),
                    Number("", r.Expected),
                    Number("", r.Made),
                ]);
            }
        }
    }

    private static object? Number(string measure, double? value) =>
        value is { } v ? (v, BulletinWords.IsShare(measure) ? Share : Plain) : null;

    private static Row RowOf(Cells row, uint number) =>
        new(
            row.Values.Select(
                    (value, i) =>
                        Of(
                            value,
                            row.IsHeader,
                            XlsxParts.ColumnName(i) + number.ToString(CultureInfo.InvariantCulture)
                        )
                )
                .OfType<Cell>()
        )
        {
            RowIndex = number,
        };

    private static Cell? Of(object? value, bool header, string place) =>
        value switch
        {
            null or "" => null,
            (double number, uint format) => new Cell
            {
                CellReference = place,
                StyleIndex = format,
                CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)),
            },
            DateTime at => new Cell
            {
                CellReference = place,
                StyleIndex = Instant,
                CellValue = new CellValue(
                    (at + BeijingTime.Offset - Zero).TotalDays.ToString(
                        "R",
                        CultureInfo.InvariantCulture
                    )
                ),
            },
            _ => new Cell
            {
                CellReference = place,
                StyleIndex = header ? Header : Plain,
                DataType = CellValues.InlineString,
                InlineString = new InlineString(
                    new Text(XmlText.Clean((string)value))
                    {
                        Space = SpaceProcessingModeValues.Preserve,
                    }
                ),
            },
        };

    private static Stylesheet Formats() =>
        new(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy\\-mm\\-dd\\ hh:mm" }
            )
            {
                Count = 1,
            },
            new Fonts(
                new Font(new FontSize { Val = 11 }, new FontName { Val = "等线" }),
                new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "等线" })
            )
            {
                Count = 2,
            },
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            )
            {
                Count = 2,
            },
            new Borders(
                new Border(
                    new LeftBorder(),
                    new RightBorder(),
                    new TopBorder(),
                    new BottomBorder(),
                    new DiagonalBorder()
                )
            )
            {
                Count = 1,
            },
            new CellStyleFormats(new CellFormat()) { Count = 1 },
            new CellFormats(
                new CellFormat { FormatId = 0 },
                // 0.00 %
                new CellFormat
                {
                    FormatId = 0,
                    NumberFormatId = 10,
                    ApplyNumberFormat = true,
                },
                new CellFormat
                {
                    FormatId = 0,
                    FontId = 1,
                    ApplyFont = true,
                },
                new CellFormat
                {
                    FormatId = 0,
                    NumberFormatId = 164,
                    ApplyNumberFormat = true,
                }
            )
            {
                Count = 4,
            }
        );
}
