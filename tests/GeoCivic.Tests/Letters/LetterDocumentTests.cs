using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Letters;

namespace GeoCivic.Tests.Letters;

public sealed class LetterDocumentTests
{
    private static readonly LetterSheet Sheet = new(
        "问题通知函",
        "甲街道问函〔2026〕12号",
        "关于流动摊贩问题的通知",
        "市场监管所",
        ["经检查，发现下列问题。", "请于2026年2月24日（星期二）18:00前整改。\n第二行"],
        [("编号", "I00001"), ("情况", "=cmd|' /C calc'!A0"), ("地点", "𠀀巷 🚲\u0001\u001f\ud800")],
        "街道分管领导",
        "甲街道创建工作领导小组办公室",
        new DateOnly(2026, 2, 20)
    );

    private static string[] Lines(byte[] bytes)
    {
        using var memory = new MemoryStream(bytes);
        using var document = WordprocessingDocument.Open(memory, isEditable: false);
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2016)
                .Validate(document)
                .Select(e => $"{e.Path?.XPath}: {e.Description}")
        );
        return
        [
            .. document
                .MainDocumentPart!.Document.Body!.Descendants<Paragraph>()
                .Select(p => p.InnerText),
        ];
    }

    private static byte[] Template(params OpenXmlElement[] content)
    {
        using var memory = new MemoryStream();
        using (
            var document = WordprocessingDocument.Create(
                memory,
                WordprocessingDocumentType.Document
            )
        )
        {
            document.AddMainDocumentPart().Document = new Document(new Body(content));
        }

        return memory.ToArray();
    }

    private static Paragraph Line(params string[] runs) =>
        new(runs.Select(r => new Run(new Text(r) { Space = SpaceProcessingModeValues.Preserve })));

    [Fact]
    public void A_letter_on_the_plain_template_is_valid_and_says_everything_in_order()
    {
        var lines = Lines(LetterDocument.Write(PlainTemplate.Bytes, Sheet));
        Assert.Equal(
            [
                "问题通知函",
                "甲街道问函〔2026〕12号",
                "关于流动摊贩问题的通知",
                "市场监管所：",
                "经检查，发现下列问题。",
                "请于2026年2月24日（星期二）18:00前整改。",
                "第二行",
                "编号",
                "I00001",
                "情况",
                "=cmd|' /C calc'!A0",
                "地点",
                "𠀀巷 🚲  \ufffd",
                "",
                "甲街道创建工作领导小组办公室",
                "2026年2月20日",
                "抄送：街道分管领导",
            ],
            lines
        );
        // Without anybody to copy to, no empty line is left that might need a page of its own.
        Assert.Equal(
            "2026年2月20日",
            Lines(LetterDocument.Write(PlainTemplate.Bytes, Sheet with { CopyTo = null }))[^1]
        );
    }

    [Fact]
    public void Placeholders_that_Word_split_over_runs_are_filled_and_values_are_not_searched_again()
    {
        var template = Template(
            Line("文号：{{num", "ber}}，", "{{", "title", "}}{{unknown}}"),
            Line("{{to}}"),
            Line(" {{body}} "),
            Line("{{date}}")
        );
        var lines = Lines(
            LetterDocument.Write(
                template,
                Sheet with
                {
                    Number = "{{title}}{{to}}",
                    Paragraphs = ["{{date}}"],
                    Facts = [("项", "{{number}}")],
                }
            )
        );
        Assert.Equal(
            [
                "文号：{{title}}{{to}}，问题通知函{{unknown}}",
                "市场监管所",
                "{{date}}",
                "项",
                "{{number}}",
                "",
                "2026年2月20日",
            ],
            lines
        );
    }

    [Fact]
    public void A_body_in_a_table_cell_keeps_its_format()
    {
        var body = Line("{{body}}");
        body.ParagraphProperties = new ParagraphProperties(
            new Justification { Val = JustificationValues.Right }
        );
        var template = Template(
            new Table(
                new TableProperties(
                    new TableWidth { Type = TableWidthUnitValues.Auto, Width = "0" }
                ),
                new TableGrid(new GridColumn { Width = "8000" }),
                new TableRow(
                    new TableCell(Line("{{number}} {{to}} {{date}}"), body, Line("{{table}}"))
                )
            ),
            new Paragraph()
        );
        var bytes = LetterDocument.Write(template, Sheet);
        Lines(bytes);
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        var cell = document.MainDocumentPart!.Document.Body!.Descendants<TableCell>().First();
        Assert.Equal(
            3,
            cell.Elements<Paragraph>()
                .Count(p =>
                    p.ParagraphProperties?.Justification?.Val?.Value == JustificationValues.Right
                )
        );
        Assert.Single(cell.Elements<Table>());
    }

    [Fact]
    public void A_template_without_a_place_for_the_number_is_refused()
    {
        var fault = Assert.Throws<InvalidDataException>(() =>
            LetterDocument.Write(Template(Line("{{to}}{{date}}"), Line("{{body}}")), Sheet)
        );
        Assert.Contains("{{number}}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_are_those_of_Beijing_with_their_weekday()
    {
        Assert.Equal(
            "2026年2月24日（星期二）00:30",
            ChineseDate.Instant(new DateTime(2026, 2, 23, 16, 30, 0, DateTimeKind.Utc))
        );
        Assert.Equal("2026年3月1日（星期日）", ChineseDate.Weekday(new DateOnly(2026, 3, 1)));
    }
}
