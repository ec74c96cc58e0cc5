using System.Globalization;
using System.Security;
using System.Text;

namespace GeoCivic.Exports;

/// <summary>The parts of a workbook of one sheet, besides its rows (ECMA-376 part 1).</summary>
internal static class XlsxParts
{
    /// <summary>Namespace of sheets.</summary>
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Namespace of references to parts.</summary>
    public const string Office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Formats of cells: places in the list <c>cellXfs</c> of the part of styles.</summary>
    public enum Style
    {
        /// <summary>A number.</summary>
        Plain,

        /// <summary>Text that stays text when it is edited.</summary>
        Text,

        /// <summary>Text on as many lines as it needs.</summary>
        Wrapped,

        /// <summary>The header.</summary>
        Header,

        /// <summary>A day.</summary>
        Day,

        /// <summary>An instant to the minute.</summary>
        Instant,

        /// <summary>A link.</summary>
        Link,
    }

    // Characters of a column that says nothing of its width, and of a page across that is legible still: about 7 pt on A4.
    private const double StandardWidth = 9;
    private const double LegibleWidth = 200;

    /// <summary>A, B, … Z, AA, …</summary>
    public static string ColumnName(int column) =>
        column < 26
            ? $"{(char)('A' + column)}"
            : $"{ColumnName((column / 26) - 1)}{(char)('A' + (column % 26))}";

    /// <summary>The parts that do not depend on the rows.</summary>
    public static IEnumerable<(string Name, string Xml)> Fixed(string sheet, bool filters)
    {
        var name = SecurityElement.Escape(sheet);
        var titles = filters
            ? $"<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{name}'!$A:$A,'{name}'!$1:$1</definedName></definedNames>"
            : "";
        yield return (
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
              <Override PartName="/xl/workbook.xml" ContentType="{SheetType}.sheet.main+xml"/>
              <Override PartName="/xl/styles.xml" ContentType="{SheetType}.styles+xml"/>
              <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SheetType}.worksheet+xml"/>
            </Types>
            """
        );
        yield return (
            "_rels/.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """
        );
        yield return (
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
              <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/>
            </Relationships>
            """
        );
        yield return (
            "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>{titles}</workbook>"""
        );
        yield return (
            "xl/styles.xml",
            $"""
            <styleSheet xmlns="{Main}">
              <numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
              <fonts count="3">
                <font><sz val="11"/><name val="等线"/></font>
                <font><b/><sz val="11"/><name val="等线"/></font>
                <font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="等线"/></font>
              </fonts>
              <fills count="3">
                <fill><patternFill patternType="none"/></fill>
                <fill><patternFill patternType="gray125"/></fill>
                <fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF3"/><bgColor indexed="64"/></patternFill></fill>
              </fills>
              <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
              <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
              <cellXfs count="7">
                <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>
                <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
                <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
                <xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf>
                <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
                <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
                <xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>
              </cellXfs>
            </styleSheet>
            """
        );
    }

    /// <summary>What a sheet says before its rows: the frozen header and the widths.</summary>
    public static string BeforeRows(IReadOnlyList<XlsxColumn> columns, bool filters)
    {
        var widths = string.Concat(
            columns.Select(
                (c, i) =>
                    c.Width is null
                        ? ""
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{WidthOf(c, filters)}\" customWidth=\"1\"/>"
                        )
            )
        );
        return (filters ? "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>" : "")
            + "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
            + "<selection pane=\"bottomLeft\"/></sheetView></sheetViews>"
            + (widths.Length > 0 ? $"<cols>{widths}</cols>" : "");
    }

    // A header is never cut: a Chinese character is as wide as two digits, and a filter has its arrow.
    private static double WidthOf(XlsxColumn column, bool filters) =>
        Math.Max(
            column.Width ?? StandardWidth,
            column.Header.Sum(c => c > '\u2E7F' ? 2 : 1) + (filters ? 3 : 1)
        );

    /// <summary>What a sheet says behind its rows: filters, links, the printed page.</summary>
    public static string AfterRows(
        IReadOnlyList<XlsxColumn> columns,
        int rows,
        bool filters,
        IReadOnlyList<(string Cell, string Address)> links
    )
    {
        var text = new StringBuilder();
        if (filters)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<autoFilter ref=\"A1:{ColumnName(columns.Count - 1)}{rows}\"/>"
            );
        }

        if (links.Count > 0)
        {
            text.Append("<hyperlinks>");
            for (var i = 0; i < links.Count; i++)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<hyperlink ref=\"{links[i].Cell}\" r:id=\"rId{i + 1}\"/>"
                );
            }

            text.Append("</hyperlinks>");
        }

        if (filters)
        {
            var across = columns.Sum(c => WidthOf(c, filters)) / LegibleWidth;
            text.Append(
                CultureInfo.InvariantCulture,
                $"<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"{Math.Max(1, (int)Math.Ceiling(across))}\" fitToHeight=\"0\"/>"
            );
        }

        return text.ToString();
    }

    /// <summary>The part that holds the addresses of the links.</summary>
    public static string Links(IReadOnlyList<(string Cell, string Address)> links)
    {
        var text = new StringBuilder($"<Relationships xmlns=\"{Package}/relationships\">");
        for (var i = 0; i < links.Count; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/hyperlink\" Target=\"{SecurityElement.Escape(links[i].Address)}\" TargetMode=\"External\"/>"
            );
        }

        return text.Append("</Relationships>").ToString();
    }
}
