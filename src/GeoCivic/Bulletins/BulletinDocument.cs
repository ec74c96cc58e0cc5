using System.Globalization;
using DocumentFormat.OpenXml;
using GeoCivic.Exports;
using GeoCivic.Letters;

namespace GeoCivic.Bulletins;

/// <summary>A bulletin as a document: A4, with everything that the page shows and the formula it was graded by.</summary>
internal static class BulletinDocument
{
    // GB/T 9704-2012: title 2号, text 3号; tables take 五号, so that ten columns fit an upright A4.
    private static readonly DocxPaper Paper = new(
        44,
        32,
        32,
        21,
        new DocxMargins(1701, 1418, 1418, 1418)
    );

    /// <summary>The document.</summary>
    public static byte[] Write(BulletinSheet sheet) =>
        Paper.Write(_ =>
            [
                .. Head(sheet.Bulletin),
                .. Overall(sheet),
                .. Ranking(sheet, "二、社区情况", "社区", "community", BulletinWords.Communities),
                .. Ranking(sheet, "三、责任单位情况", "单位", "body", BulletinWords.Bodies),
                .. Categories(sheet),
                .. Outstanding(sheet),
                .. Ahead(sheet.Bulletin),
                .. Sign(sheet.Bulletin),
                .. Formula(sheet),
            ]
        );

    private static IEnumerable<OpenXmlElement> Head(Bulletin b)
    {
        yield return Paper.Title(b.Title);
        yield return Paper.Middle(b.Number ?? "（草稿，未编号）");
        yield return Paper.Middle(
            $"统计期：{ChineseDate.Day(b.Period.From)}至{ChineseDate.Day(b.Period.To)}"
        );
        if (b.ReplacesNumber is { } replaced)
        {
            yield return Paper.Middle($"本通报更正并代替{replaced}");
        }
    }

    private static IEnumerable<OpenXmlElement> Overall(BulletinSheet sheet)
    {
        yield return Paper.Heading("一、总体情况");
        foreach (var paragraph in Paper.Prose(BulletinWords.Summary(sheet.Content)))
        {
            yield return paragraph;
        }

        yield return Paper.Table(
            ["指标", "本期", "上期", "增减"],
            [4, 2, 2, 3],
            sheet
                .Content.Figures.Where(f => f.Subject == "street")
                .Select(f =>
                    (string[])
                        [
                            BulletinWords.Measure(f.Measure),
                            BulletinWords.Value(f.Measure, f.Value),
                            BulletinWords.Value(f.Measure, f.Previous),
                            BulletinWords.Change(f),
                        ]
                ),
            texts: [0]
        );
        yield return Paper.Note(
            $"上期：{BulletinWords.Before(sheet.Bulletin.Period)}。{BulletinWords.LeftOut}"
        );
    }

    private static IEnumerable<OpenXmlElement> Ranking(
        BulletinSheet sheet,
        string heading,
        string subjectHeader,
        string subject,
        MeasureColumn[] columns
    )
    {
        var grades = BulletinKind.Grades(sheet.Bulletin.Kind);
        yield return Paper.Heading(heading);
        yield return Paper.Table(
            [
                "名次",
                subjectHeader,
                .. columns.Select(c => c.Header),
                .. grades ? ["等次"] : (string[])[],
            ],
            [
                6,
                14,
                .. columns.Select(c =>
                    c.Measure is "score" || BulletinWords.IsShare(c.Measure) ? 8 : 6
                ),
                .. grades ? [6] : (int[])[],
            ],
            SubjectRows
                .Of(sheet.Content, subject)
                .Select(row =>
                    (string[])
                        [
                            row.Score?.Rank?.ToString(CultureInfo.InvariantCulture)
                                ?? BulletinWords.Nothing,
                            row.Name,
                            .. columns.Select(c =>
                                BulletinWords.Value(c.Measure, row[c.Measure]?.Value)
                            ),
                            .. grades ? [row.Score?.Grade ?? BulletinWords.Nothing] : (string[])[],
                        ]
                ),
            texts: [1]
        );
        yield return Paper.Note(
            subject == "body"
                ? $"本期派遣不足{sheet.Formula.MinTasks}件的单位列出而不排名。得分相同的名次并列。"
                : $"本期发现、销号和未办结合计不足{sheet.Formula.MinTasks}件的社区列出而不排名。得分相同的名次并列。"
        );
    }

    private static IEnumerable<OpenXmlElement> Categories(BulletinSheet sheet)
    {
        yield return Paper.Heading("四、问题类别");
        yield return Paper.Table(
            ["类别", .. BulletinWords.Categories.Select(c => c.Header)],
            [5, 2, 2, 2, 2],
            SubjectRows
                .Of(sheet.Content, "category")
                .Select(row =>
                    (string[])
                        [
                            row.Name,
                            .. BulletinWords.Categories.Select(c =>
                                BulletinWords.Value(c.Measure, row[c.Measure]?.Value)
                            ),
                        ]
                ),
            texts: [0]
        );
    }

    private static IEnumerable<OpenXmlElement> Outstanding(BulletinSheet sheet)
    {
        yield return Paper.Heading("五、突出问题");
        foreach (var figure in sheet.Content.Figures.Where(f => f.Subject == "outstanding"))
        {
            var name = BulletinWords.Measure(figure.Measure);
            if (figure.Value is null or 0)
            {
                foreach (var none in Paper.Prose($"{name}：无。"))
                {
                    yield return none;
                }

                continue;
            }

            yield return Paper.Note($"{name}（{BulletinWords.Value("", figure.Value)}件）");
            yield return Paper.Table(
                ["编号", "类别", "情况", "社区", "牵头单位", "超期天数"],
                [8, 8, 14, 8, 8, 5],
                sheet
                    .Content.RecordsOf(figure.Key)
                    .Select(r =>
                        (string[])
                            [
                                r.Code,
                                r.CategoryName ?? "",
                                r.Title ?? "",
                                r.CommunityName ?? "",
                                r.BodyName ?? "",
                                r.Days?.ToString(CultureInfo.InvariantCulture) ?? "",
                            ]
                    ),
                texts: [0, 1, 2, 3, 4]
            );
        }
    }

    private static IEnumerable<OpenXmlElement> Ahead(Bulletin b)
    {
        if (b.Note is not { } note)
        {
            yield break;
        }

        yield return Paper.Heading("六、下步工作");
        foreach (var paragraph in Paper.Prose(note))
        {
            yield return paragraph;
        }
    }

    private static IEnumerable<OpenXmlElement> Sign(Bulletin b)
    {
        yield return Paper.Right("审核：＿＿＿＿＿＿＿＿　签发：＿＿＿＿＿＿＿＿");
        yield return Paper.Right($"{b.StreetName}创建工作领导小组办公室");
        yield return Paper.Right(
            b.IssuedAt is { } at ? ChineseDate.Day(ChineseDate.DayOf(at)) : "（草稿）"
        );
        yield return Paper.Note(
            b.IssuedAt is { } issued
                ? $"签发时间：{ChineseDate.Instant(issued)}，{b.Issuer}。数据为签发时的数据，此后的更正另行通报。"
                : "草稿：数据随台账变化，签发时固定。"
        );
    }

    private static IEnumerable<OpenXmlElement> Formula(BulletinSheet sheet)
    {
        var f = sheet.Formula;
        yield return Paper.Heading("附：评分办法");
        foreach (
            var paragraph in Paper.Prose(
                $"{(f.Street == "*" ? "通用" : "本街道")}评分办法第{f.Version}版。得分 = Σ(权重×指标分) ÷ Σ权重，没有数据的指标不参加计算，保留两位小数。"
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"等次：{f.Excellent:0.##}分及以上优秀，{f.Good:0.##}分及以上良好，{f.Fair:0.##}分及以上一般，其余较差。"
                    )
            )
        )
        {
            yield return paragraph;
        }

        foreach (var (name, subject) in new[] { ("社区", "community"), ("责任单位", "body") })
        {
            yield return Paper.Note($"{name}的指标");
            yield return Paper.Table(
                ["指标", "权重", "计算", "指标分"],
                [5, 2, 11, 9],
                f.Of(subject)
                    .Select(i =>
                        (string[])
                            [
                                BulletinWords.Measure(i.Code),
                                i.Weight.ToString("0.###", CultureInfo.InvariantCulture),
                                BulletinWords.Definition(i.Code),
                                BulletinWords.Scale(i),
                            ]
                    ),
                texts: [0, 2, 3]
            );
        }

        // Word wants a paragraph behind the last table.
        yield return Paper.Note("");
    }
}
