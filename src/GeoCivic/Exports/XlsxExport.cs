using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using GeoCivic.Http;

namespace GeoCivic.Exports;

/// <summary>
/// One sheet of texts (ECMA-376). The package's parts are written straight into the zip: the OpenXML SDK opens packages for
/// reading and writing, and such a zip is held in memory until it is closed.
/// </summary>
internal sealed class XlsxExport : IExportWriter
{
    /// <summary>Rows of a sheet with its header (Excel's specification).</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Characters of a cell (Excel's specification).</summary>
    public const int MostCharacters = 32_767;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private readonly ZipArchive _zip;
    private readonly Stream _part;
    private readonly XmlWriter _sheet;
    private readonly string[] _columns;
    private int _rows;

    public XlsxExport(Stream file, IReadOnlyList<string> fields, IReadOnlyList<string> places)
    {
        _columns = [.. fields, .. places];
        _zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Part(
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
              <Override PartName="/xl/workbook.xml" ContentType="{SheetType}.sheet.main+xml"/>
              <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SheetType}.worksheet+xml"/>
            </Types>
            """
        );
        Part(
            "_rels/.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """
        );
        Part(
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
            </Relationships>
            """
        );
        Part(
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}">
              <sheets><sheet name="GeoCivic" sheetId="1" r:id="rId1"/></sheets>
            </workbook>
            """
        );
        _part = _zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _sheet = XmlWriter.Create(
            _part,
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), Async = false }
        );
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetData", Main);
        Row(_columns);
    }

    public Task WriteAsync(IReadOnlyList<string?> values)
    {
        if (_rows == MostRows)
        {
            throw new ProblemException(
                Problems.TooLarge,
                $"A sheet has at most {MostRows} rows; export to .csv or .geojson."
            );
        }

        Row(values);
        return Task.CompletedTask;
    }

    public Task CompleteAsync()
    {
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Flush();
        _part.Dispose();
        // Writes the directory of the zip.
        _zip.Dispose();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _part.Dispose();
        _zip.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Row(IReadOnlyList<string?> values)
    {
        _rows++;
        _sheet.WriteStartElement("row", Main);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }

            if (value.Length > MostCharacters)
            {
                throw new ProblemException(
                    Problems.TooLarge,
                    $"{_columns[0]} {values[0]}: {_columns[i]} has {value.Length} characters, a cell at most {MostCharacters}; export to .csv or .geojson."
                );
            }

            // Texts, never formulas: what begins with = stays what it is.
            _sheet.WriteStartElement("c", Main);
            _sheet.WriteAttributeString("r", Cell(i));
            _sheet.WriteAttributeString("t", "inlineStr");
            _sheet.WriteStartElement("is", Main);
            _sheet.WriteStartElement("t", Main);
            _sheet.WriteAttributeString("xml", "space", null, "preserve");
            _sheet.WriteString(value);
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    // No dataset has more columns than the alphabet has letters.
    private string Cell(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{_rows}");

    private void Part(string name, string xml)
    {
        using var part = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml
            )
        );
    }
}
