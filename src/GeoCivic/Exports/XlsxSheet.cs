using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using GeoCivic.Database;
using GeoCivic.Http;

namespace GeoCivic.Exports;

/// <summary>
/// A workbook of one sheet (ECMA-376), written row by row: texts, numbers, days and instants as what they are, the header
/// frozen, with filters. The parts are written straight into the zip: the OpenXML SDK opens packages for reading and writing,
/// and such a zip is held in memory until it is closed.
/// </summary>
internal sealed partial class XlsxSheet : IAsyncDisposable
{
    /// <summary>The media type of a workbook.</summary>
    public const string MediaType =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a sheet with its header (Excel's specification).</summary>
    public const int MostRows = 1_048_576;

    /// <summary>Characters of a cell (Excel's specification).</summary>
    public const int MostCharacters = 32_767;

    /// <summary>Links of a sheet (Excel's specification); further addresses stay plain text.</summary>
    public const int MostLinks = 65_530;

    // Day 0 of a serial number, for days from March 1900, before which spreadsheets disagree.
    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime FirstSerial = new(
        1900,
        3,
        1,
        0,
        0,
        0,
        DateTimeKind.Unspecified
    );

    private readonly ZipArchive _zip;
    private readonly IReadOnlyList<XlsxColumn> _columns;
    private readonly bool _filters;
    private readonly Stream _part;
    private readonly XmlWriter _sheet;
    private readonly List<(string Cell, string Address)> _links = [];
    private int _rows;

    /// <summary>Begins a workbook.</summary>
    /// <param name="file">Gets the zip; stays open.</param>
    /// <param name="name">Name of the sheet.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="filters">Whether the header has filters and is printed on every page.</param>
    public XlsxSheet(Stream file, string name, IReadOnlyList<XlsxColumn> columns, bool filters)
    {
        _columns = columns;
        _filters = filters;
        _zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (part, xml) in XlsxParts.Fixed(name, filters))
        {
            Part(part, xml);
        }

        _part = _zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _sheet = XmlWriter.Create(
            _part,
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), Async = false }
        );
        _sheet.WriteStartElement("worksheet", XlsxParts.Main);
        _sheet.WriteAttributeString("xmlns", "r", null, XlsxParts.Office);
        _sheet.WriteRaw(XlsxParts.BeforeRows(columns, filters));
        _sheet.WriteStartElement("sheetData", XlsxParts.Main);
        Row([.. columns.Select(c => c.Header)], XlsxParts.Style.Header);
    }

    /// <summary>
    /// Writes a row: null, text, <see cref="double"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC, shown in Beijing
    /// time) or <see cref="XlsxLink"/> for each column.
    /// </summary>
    /// <exception cref="ProblemException">The sheet is full, or a text is longer than a cell holds.</exception>
    public void Write(IReadOnlyList<object?> values)
    {
        if (_rows == MostRows)
        {
            throw new ProblemException(
                Problems.TooLarge,
                $"A sheet has at most {MostRows} rows; take another format."
            );
        }

        Row(values, style: null);
    }

    /// <summary>Ends the workbook. Without it the file is not complete.</summary>
    public void Complete()
    {
        _sheet.WriteEndElement();
        _sheet.WriteRaw(XlsxParts.AfterRows(_columns, _rows, _filters, _links));
        _sheet.WriteEndElement();
        _sheet.Dispose();
        _part.Dispose();
        if (_links.Count > 0)
        {
            Part("xl/worksheets/_rels/sheet1.xml.rels", XlsxParts.Links(_links));
        }

        // Writes the directory of the zip.
        _zip.Dispose();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _part.Dispose();
        _zip.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Row(IReadOnlyList<object?> values, XlsxParts.Style? style)
    {
        _rows++;
        _sheet.WriteStartElement("row", XlsxParts.Main);
        for (var i = 0; i < values.Count; i++)
        {
            switch (values[i])
            {
                case null:
                    break;
                case DateTime instant when instant + BeijingTime.Offset >= FirstSerial:
                    Number(
                        i,
                        XlsxParts.Style.Instant,
                        (instant + BeijingTime.Offset - Zero).TotalDays
                    );
                    break;
                case DateTime instant:
                    var local = instant + BeijingTime.Offset;
                    Text(i, XlsxParts.Style.Text, $"{local:yyyy-MM-dd HH:mm:ss}", values);
                    break;
                case DateOnly day when day.ToDateTime(default) >= FirstSerial:
                    Number(i, XlsxParts.Style.Day, (day.ToDateTime(default) - Zero).TotalDays);
                    break;
                case DateOnly day:
                    Text(i, XlsxParts.Style.Text, $"{day:yyyy-MM-dd}", values);
                    break;
                case double number:
                    Number(i, XlsxParts.Style.Plain, number);
                    break;
                case XlsxLink link when _links.Count < MostLinks:
                    _links.Add((Cell(i), link.Address));
                    Text(i, XlsxParts.Style.Link, link.Text, values);
                    break;
                case XlsxLink link:
                    Text(i, XlsxParts.Style.Text, link.Text, values);
                    break;
                default:
                    var text =
                        style
                        ?? (_columns[i].Wraps ? XlsxParts.Style.Wrapped : XlsxParts.Style.Text);
                    Text(i, text, (string)values[i]!, values);
                    break;
            }
        }

        _sheet.WriteEndElement();
    }

    private void Number(int column, XlsxParts.Style style, double number)
    {
        Start(column, style);
        _sheet.WriteElementString(
            "v",
            XlsxParts.Main,
            number.ToString("R", CultureInfo.InvariantCulture)
        );
        _sheet.WriteEndElement();
    }

    // Texts, never formulas: what begins with = stays what it is.
    private void Text(
        int column,
        XlsxParts.Style style,
        string value,
        IReadOnlyList<object?> values
    )
    {
        if (value.Length > MostCharacters)
        {
            throw new ProblemException(
                Problems.TooLarge,
                $"{_columns[0].Header} {values[0]}: {_columns[column].Header} has {value.Length} characters, a cell at most {MostCharacters}; take another format."
            );
        }

        Start(column, style);
        _sheet.WriteAttributeString("t", "inlineStr");
        _sheet.WriteStartElement("is", XlsxParts.Main);
        _sheet.WriteStartElement("t", XlsxParts.Main);
        _sheet.WriteAttributeString("xml", "space", null, "preserve");
        // _x0041_ in a cell stands for A (ECMA-376 part 1, 22.9.2.19); a text that holds such a thing says so.
        _sheet.WriteString(Escape().Replace(XmlText.Clean(value), "_x005F_"));
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
    }

    private void Start(int column, XlsxParts.Style style)
    {
        _sheet.WriteStartElement("c", XlsxParts.Main);
        _sheet.WriteAttributeString("r", Cell(column));
        _sheet.WriteAttributeString("s", ((int)style).ToString(CultureInfo.InvariantCulture));
    }

    private string Cell(int column) =>
        XlsxParts.ColumnName(column) + _rows.ToString(CultureInfo.InvariantCulture);

    private void Part(string name, string xml)
    {
        using var part = _zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        part.Write(
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml
            )
        );
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
