using DocumentFormat.OpenXml.Packaging;
using GeoCivic.Letters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeoCivic.Tests.Letters;

public sealed class LetterTemplateTests : IDisposable
{
    private static readonly LetterSheet Sheet = new(
        "工作提示函",
        "草稿",
        "关于超期问题的提示",
        "街道主要领导",
        ["请阅处。"],
        [("编号", "I1")],
        CopyTo: null,
        "办公室",
        new DateOnly(2026, 11, 21)
    );

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(
        "geocivic-test-templates-"
    );

    public void Dispose() => folder.Delete(recursive: true);

    private string First(string street)
    {
        var templates = new LetterTemplates(
            new ConfigurationBuilder()
                .AddInMemoryCollection([new("Letters:Templates", folder.FullName)])
                .Build(),
            NullLogger<LetterTemplates>.Instance
        );
        using var document = WordprocessingDocument.Open(
            new MemoryStream(templates.Write(street, Sheet)),
            false
        );
        return document.MainDocumentPart!.Document.Body!.FirstChild!.InnerText;
    }

    /// <summary>The plain template with another text in place of its title.</summary>
    private void Put(string name, string title)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, PlainTemplate.Bytes);
        using var document = WordprocessingDocument.Open(path, isEditable: true);
        document
            .MainDocumentPart!.Document.Descendants<DocumentFormat.OpenXml.Wordprocessing.Text>()
            .First()
            .Text = title;
    }

    [Fact]
    public void A_street_has_its_own_letterhead_then_the_common_one_then_the_plain_one()
    {
        Assert.Equal("工作提示函", First("500103011"));
        Put("letter.docx", "共用{{title}}");
        Assert.Equal("共用工作提示函", First("500103011"));
        Put("500103011.docx", "本街道{{title}}");
        Assert.Equal("本街道工作提示函", First("500103011"));
        Assert.Equal("共用工作提示函", First("500103012"));
    }

    [Fact]
    public void A_broken_letterhead_does_not_hold_up_a_letter()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "a.docx"), "not a zip");
        File.WriteAllBytes(Path.Combine(folder.FullName, "b.docx"), []);
        Assert.Equal("工作提示函", First("a"));
        Assert.Equal("工作提示函", First("b"));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public void A_code_of_a_street_leads_out_of_no_folder(string street)
    {
        Put("letter.docx", "共用{{title}}");
        Assert.Equal("共用工作提示函", First(street));
    }
}
