using System.IO.Compression;
using System.Text;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Writes xlsx packages part by part, so that a test can make any of them wrong.</summary>
internal sealed class XlsxBuilder
{
    public const string SheetType =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Rel =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Xml)> _sheets = [];
    private readonly List<(string Name, byte[] Content)> _parts = [];

    public string WorkbookType { get; init; } = SheetType;

    public bool From1904 { get; init; }

    public string SharedStrings { get; init; } =
        $"""<sst xmlns="{Main}"><si><t>shared 大溪沟</t></si></sst>""";

    /// <summary>A sheet of rows written as cell XML without references, which count themselves.</summary>
    public XlsxBuilder Sheet(
        string rows,
        string merges = "",
        string name = "Sheet1",
        string state = "visible"
    )
    {
        var xml =
            $"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}"><sheetData>{rows}</sheetData>{merges}</worksheet>""";
        _sheets.Add((name, state, xml));
        return this;
    }

    public XlsxBuilder Part(string name, byte[] content)
    {
        _parts.Add((name, content));
        return this;
    }

    /// <summary>A row: texts inline, null left out; strings that start with &lt; are cell XML.</summary>
    public static string Row(int number, params string?[] cells)
    {
        var xml = new StringBuilder($"<row r=\"{number}\">");
        for (var i = 0; i < cells.Length; i++)
        {
            var at = $"r=\"{Letters(i)}{number}\"";
            xml.Append(
                cells[i] switch
                {
                    null => "",
                    ['<', ..] cell => cell.Replace("<c", $"<c {at}", StringComparison.Ordinal),
                    { } text =>
                        $"<c {at} t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>",
                }
            );
        }
        return xml.Append("</row>").ToString();
    }

    public byte[] Bytes()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", Encoding.UTF8.GetBytes(Types()));
            Add(
                zip,
                "_rels/.rels",
                Encoding.UTF8.GetBytes(
                    $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
                )
            );
            Add(zip, "xl/workbook.xml", Encoding.UTF8.GetBytes(Workbook()));
            Add(zip, "xl/_rels/workbook.xml.rels", Encoding.UTF8.GetBytes(Relations()));
            // Style 1 is a date, 2 a date with time, 3 a time, 4 a duration.
            Add(
                zip,
                "xl/styles.xml",
                Encoding.UTF8.GetBytes(
                    $"""<styleSheet xmlns="{Main}"><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/><xf numFmtId="46" applyNumberFormat="1"/></cellXfs></styleSheet>"""
                )
            );
            Add(zip, "xl/sharedStrings.xml", Encoding.UTF8.GetBytes(SharedStrings));
            for (var i = 0; i < _sheets.Count; i++)
            {
                Add(zip, $"xl/worksheets/sheet{i + 1}.xml", Encoding.UTF8.GetBytes(_sheets[i].Xml));
            }
            foreach (var (name, content) in _parts)
            {
                Add(zip, name, content);
            }
        }
        return memory.ToArray();
    }

    private string Types() =>
        $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{WorkbookType}"/></Types>""";

    private string Workbook()
    {
        var sheets = string.Concat(
            _sheets.Select(
                (s, i) =>
                    $"<sheet name=\"{s.Name}\" state=\"{s.State}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"
            )
        );
        return $"""<workbook xmlns="{Main}" xmlns:r="{Rel}"><workbookPr date1904="{(From1904 ? 1 : 0)}"/><sheets>{sheets}</sheets></workbook>""";
    }

    private string Relations()
    {
        var sheets = string.Concat(
            _sheets.Select(
                (_, i) =>
                    $"<Relationship Id=\"rId{i + 1}\" Type=\"{Rel}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"
            )
        );
        return $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{sheets}<Relationship Id="rId901" Type="{Rel}/styles" Target="styles.xml"/><Relationship Id="rId902" Type="{Rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""";
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var part = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        part.Write(content);
    }

    private static string Letters(int column)
    {
        var name = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
        {
            name = (char)('A' + (n - 1) % 26) + name;
        }
        return name;
    }
}
