using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Exports;
using GeoCivic.SchoolPerimeters.Compliance;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>The evidence as a document: A4, Chinese first and English second.</summary>
internal static class EvidenceDocument
{
    private static readonly DocxPaper Paper = PerimeterPaper.Paper;

    /// <summary>The document.</summary>
    /// <param name="sheet">What it says.</param>
    /// <param name="map">The picture, PNG.</param>
    public static byte[] Write(EvidenceSheet sheet, byte[] map) =>
        Paper.Write(main =>
        {
            var picture = main.AddImagePart(ImagePartType.Png);
            picture.FeedData(new MemoryStream(map));
            return
            [
                Paper.Title("校园周边距离核查单"),
                Paper.Middle("Evidence of distance around a school"),
                Paper.Middle($"{sheet.School.Name} — {sheet.Venue.Name}（{sheet.CategoryName}）"),
                EvidencePicture.Of(
                    main.GetIdOfPart(picture),
                    EvidenceMap.Width,
                    EvidenceMap.Height,
                    $"{sheet.School.Name} — {sheet.Venue.Name}"
                ),
                .. Legend(),
                Paper.Heading("一、结论 Verdict"),
                .. EvidenceWords.Chinese(sheet).Select(Paper.Text),
                .. EvidenceWords.English(sheet).Select(Paper.Text),
                Paper.Heading("二、距离 Distances"),
                Paper.Table(["量法 Measure", "米 m"], [70, 30], Distances(sheet), [0]),
                Paper.Text($"{EvidenceWords.ChineseWalk(sheet)}。"),
                Paper.Text($"{EvidenceWords.EnglishWalk(sheet)}."),
                .. Rules(sheet),
                Paper.Heading("四、数据 Data"),
                Paper.Table(["项目 Item", "学校 School", "场所 Venue"], [30, 35, 35], Data(sheet)),
                Paper.Text(
                    $"规则版本 Rule packs：{(sheet.Packs.Count == 0 ? "—" : string.Join("，", sheet.Packs))}；路网 Ways：{(sheet.Network.Loaded ? $"{sheet.Network.Ways}，第 {sheet.Network.Revision} 版 revision" : "未载入 none")}。"
                ),
                Paper.Text(
                    $"核查日 Day：{sheet.Day:yyyy-MM-dd}；制表时间 Made at：{sheet.MadeAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}（北京时间 Beijing time）。"
                ),
            ];
        });

    private static IEnumerable<Paragraph> Legend() =>
        [
            Paper.Note(
                "图例：绿色面为校园；紫色虚线为限距范围；红色虚线为最近直线，红色方块为围墙最近点；蓝色实线为步行路线；黑色三角为校门；黑色圆点为场所门口；灰线为道路。上为北。"
            ),
            Paper.Note(
                "Legend: green area, campus; violet dashes, zone of the limit; red dashes, nearest straight line, its red square the nearest place of the wall; blue line, way on foot; black triangles, gates; black circle, the venue's door; grey lines, ways. North is up."
            ),
        ];

    private static IEnumerable<string[]> Distances(EvidenceSheet sheet) =>
        [
            [
                "围墙最近点至场所，直线 Campus boundary, straight",
                EvidenceWords.Metres(sheet.StraightMetres),
            ],
            .. sheet.Gates.Select(g =>
                (string[])
                    [
                        $"{g.Gate.Name ?? g.Gate.Code}{(g.Gate.Main ? "（正门 main）" : "")}至场所，直线 Gate, straight",
                        EvidenceWords.Metres(g.Metres),
                    ]
            ),
            [
                "校门至场所，步行 Gate to door on foot",
                sheet.Route is { } route ? EvidenceWords.Metres(route.Metres) : "—",
            ],
        ];

    private static IEnumerable<OpenXmlElement> Rules(EvidenceSheet sheet)
    {
        yield return Paper.Heading("三、依据 Rules");
        foreach (var row in sheet.Rows)
        {
            var citation = row.Rule.Citation;
            yield return Paper.Text($"{row.Rule.Name} · {row.Rule.NameEn}（{row.Rule.Id}）");
            yield return Paper.Text($"{citation.Article}：{citation.Text}");
            if (citation.TextEn is { } english)
            {
                yield return Paper.Text(english);
            }

            var link = citation.Link is { } address ? $"；{citation.LinkText} {address}" : "";
            yield return Paper.Text(
                (
                    citation.Verified
                        ? "文字已与官方文本核对 Wording verified against an official text"
                        : "文字未与官方文本核对 Wording not verified"
                )
                    + link
                    + $"；把握程度 certainty：{Words.Certainty(row.Rule.Certainty)} {row.Rule.Certainty}。"
            );
        }

        if (sheet.Rows.Count == 0)
        {
            yield return Paper.Text("无适用规定。No rule applies.");
        }
    }

    private static IEnumerable<string[]> Data(EvidenceSheet sheet)
    {
        var (school, venue) = (sheet.School, sheet.Venue);
        yield return
        [
            "编码 Code",
            $"{school.Street} {school.Code}",
            $"{venue.Street} {venue.Code}",
        ];
        yield return ["版本 Revision", $"{school.Revision}", $"{venue.Revision}"];
        yield return ["录入坐标系 Datum entered", school.Datum ?? "—", venue.Datum ?? "—"];
        yield return
        [
            "精度等级 Accuracy class",
            Class(EvidenceJson.ClassOf(school)),
            Class(venue.Accuracy),
        ];
        yield return
        [
            "许可 Licence",
            "—",
            $"{venue.LicensedFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—"} – {venue.LicensedUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—"}",
        ];
    }

    private static string Class(string? code) =>
        $"{code ?? "B"}（{Accuracy.Metres(code).ToString(CultureInfo.InvariantCulture)} m）{(code is null ? "未申报 not declared" : "")}";
}
