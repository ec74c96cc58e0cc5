using System.Globalization;
using DocumentFormat.OpenXml;
using GeoCivic.Exports;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>The sheet of a drive (专项整治表) as a document: A4, Chinese first and English second.</summary>
internal static class StallDocument
{
    /// <summary>Most rows on paper; the table as a file has all.</summary>
    public const int MostRows = 2000;

    private static readonly DocxPaper Paper = PerimeterPaper.Paper;

    /// <summary>The document.</summary>
    /// <param name="sheet">What was found.</param>
    /// <param name="rules">The rules whose zones were looked into.</param>
    /// <param name="streets">Names of the streets it is about; none when nothing was found and no street was asked for.</param>
    public static byte[] Write(
        StallSheet sheet,
        IReadOnlyList<PerimeterRule> rules,
        IReadOnlyCollection<string> streets
    ) =>
        Paper.Write(_ =>
            [
                Paper.Title($"{string.Join("、", streets)}校园周边占道经营专项整治表"),
                Paper.Middle("Stalls and vendors around schools"),
                Paper.Middle(Window(sheet)),
                .. Overall(sheet),
                .. Rules(rules),
                .. BySchool(sheet),
                .. ByHour(sheet),
                .. Rows(sheet, rules),
            ]
        );

    /// <summary>A drive or a window of days, in words.</summary>
    private static string Window(StallSheet sheet)
    {
        var season = sheet.Season is { } s
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{s.From.Year}年{(s.IsSpring ? "春季" : "秋季")} {(s.IsSpring ? "spring" : "autumn")} {s.From.Year}："
            )
            : "";
        return $"{season}{Day(sheet.From)} – {Day(sheet.To)}";
    }

    private static IEnumerable<OpenXmlElement> Overall(StallSheet sheet)
    {
        var (n, schools) = (sheet.Issues.Count, sheet.BySchool().Count);
        var (open, peak) = (sheet.Issues.Count(e => e.Open), sheet.Issues.Count(e => e.SchoolPeak));
        yield return Paper.Heading("一、总体情况 Overall");
        yield return Paper.Text(
            n == 0
                ? "限距范围内未发现。"
                : $"限距范围内发现{n}件，涉及学校{schools}所；未办结{open}件；上下学时段（7–9时、16–18时）{peak}件。"
        );
        yield return Paper.Text(
            n == 0
                ? "None was found inside the zones."
                : $"Found inside the zones: {n}, around {schools} school(s); {open} still open; {peak} when pupils come and go (7–9, 16–18 h)."
        );
    }

    private static IEnumerable<OpenXmlElement> Rules(IReadOnlyList<PerimeterRule> rules)
    {
        yield return Paper.Heading("二、规则 Rules");
        yield return Paper.Table(
            ["序号 No.", "规则 Rule", "量法 Measured", "限距 Limit m", "依据 Basis"],
            [6, 30, 18, 10, 36],
            rules.Select(
                (r, i) =>
                    (string[])
                        [
                            Number(i + 1),
                            $"{r.Name} · {r.NameEn}（{r.Id}）",
                            $"自{Words.From(r.From)}直线，{(r.Inclusive ? "含" : "不含")}本数",
                            r.Metres.ToString("0.###", CultureInfo.InvariantCulture),
                            $"{r.Citation.Article}（把握程度 certainty：{Words.Certainty(r.Certainty)}）",
                        ]
            ),
            [0, 1, 2, 4]
        );
    }

    private static IEnumerable<OpenXmlElement> BySchool(StallSheet sheet)
    {
        yield return Paper.Heading("三、按学校 By school");
        yield return Paper.Table(
            ["学校 School", "编码 Code", "件数 Found", "未办结 Open", "上下学时段 Peak"],
            [34, 24, 14, 14, 14],
            sheet
                .BySchool()
                .Select(s =>
                    (string[])
                        [
                            s.Name,
                            $"{s.SchoolStreet} {s.School}",
                            Number(s.N),
                            Number(s.Open),
                            Number(s.Peak),
                        ]
                ),
            [0, 1]
        );
    }

    private static IEnumerable<OpenXmlElement> ByHour(StallSheet sheet)
    {
        var hours = sheet.ByHour();
        yield return Paper.Heading("四、按时段 By hour");
        // Two tables of half a day: 24 columns are too narrow to read.
        for (var first = 0; first < 24; first += 12)
        {
            var from = first;
            yield return Paper.Table(
                ["时 Hour", .. Enumerable.Range(from, 12).Select(h => $"{h:00}")],
                [2, .. Enumerable.Repeat(1, 12)],
                [
                    ["件数 Found", .. hours[from..(from + 12)].Select(Number)],
                ],
                [0]
            );
            // Two tables without a paragraph between them would become one.
            yield return Paper.Note(from == 0 ? "" : "北京时间。Beijing time.");
        }
    }

    private static IEnumerable<OpenXmlElement> Rows(
        StallSheet sheet,
        IReadOnlyList<PerimeterRule> rules
    )
    {
        var number = rules
            .Select((r, i) => (r.Id, Number: Number(i + 1)))
            .ToDictionary(r => r.Id, r => r.Number, StringComparer.Ordinal);
        yield return Paper.Heading("五、明细 Rows");
        yield return Paper.Table(
            [
                "问题编号 Code",
                "类别 Category",
                "发现时间 Found at",
                "时段",
                "学校 School",
                "最近校门 Gate",
                "距离 m",
                "规则 Rule",
                "状态 State",
            ],
            [16, 10, 15, 8, 18, 9, 8, 6, 10],
            sheet
                .Events.Take(MostRows)
                .Select(e =>
                    (string[])
                        [
                            e.Code,
                            e.CategoryName,
                            e.Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                            StallEvent.ShiftName(e.Shift),
                            e.SchoolName,
                            e.Gate ?? "—",
                            e.Metres.ToString("F1", CultureInfo.InvariantCulture),
                            number.GetValueOrDefault(e.Rule, e.Rule),
                            e.StateName,
                        ]
                ),
            [0, 1, 2, 3, 4, 5, 7, 8]
        );
        yield return Paper.Note(
            sheet.Events.Count > MostRows
                ? $"本表列前{MostRows}行，共{sheet.Events.Count}行，全部见表格文件。The first {MostRows} of {sheet.Events.Count} rows; the table as a file has all."
                : "同一问题在几条规则或几所学校的范围内时各列一行，件数只计一次。An issue inside several zones has a row for each and counts once."
        );
    }

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
