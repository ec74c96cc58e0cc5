using System.IO.Compression;
using System.Xml;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Looks through an xlsx package before any spreadsheet code touches it: really a macro-free workbook,
/// really as small as it says, without document types in its XML, and of a size that is read.
/// </summary>
internal sealed class XlsxPackage
{
    private const string ContentTypes = "[Content_Types].xml";
    private const string WorkbookType =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    private const string Relationships =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelationships =
        "http://purl.oclc.org/ooxml/officeDocument/relationships";

    // Below this size any ratio is harmless.
    private const long RatioFromBytes = 8L << 20;

    private readonly SourceLimits _limits;
    private readonly Dictionary<string, XlsxErrors> _errorsByPart = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly Dictionary<string, string> _partByRelation = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _relationBySheet = new(StringComparer.Ordinal);
    private long _inflated;

    private XlsxPackage(SourceLimits limits) => _limits = limits;

    /// <summary>Whether dates count from 1904.</summary>
    public bool From1904 { get; private set; }

    /// <summary>The error cells of a sheet.</summary>
    public XlsxErrors ErrorsOf(string sheet) =>
        _relationBySheet.TryGetValue(sheet, out var relation)
        && _partByRelation.TryGetValue(relation, out var part)
        && _errorsByPart.TryGetValue(part, out var errors)
            ? errors
            : XlsxErrors.None;

    /// <summary>Checks a package, reading every part of it once.</summary>
    /// <exception cref="SourceFileException">400 XML with a document type; 413 too large; 415 not an .xlsx; 422 damaged.</exception>
    public static XlsxPackage Check(FileStream file, SourceLimits limits)
    {
        var package = new XlsxPackage(limits);
        file.Position = 0;
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            package.Check(zip);
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new SourceFileException(
                400,
                "document-type",
                "The workbook holds XML with a document type definition, which spreadsheets never write and which can pull in other files. It is not read.",
                inner: e
            );
        }
        catch (Exception e)
            when (e is InvalidDataException or XmlException or NotSupportedException)
        {
            throw Damaged(e);
        }
        finally
        {
            file.Position = 0;
        }
        return package;
    }

    public static SourceFileException Damaged(Exception? inner) =>
        new(
            422,
            "damaged-file",
            "The workbook is damaged. Open it in a spreadsheet, save it again as .xlsx and send that.",
            inner: inner
        );

    public static SourceFileException TooManyRows(SourceLimits limits) =>
        new(
            413,
            "too-many-rows",
            $"The sheet has more than {limits.MaxXlsxRows} rows. Save it as CSV (UTF-8), which has no such limit."
        );

    private void Check(ZipArchive zip)
    {
        if (zip.Entries.Count > _limits.MaxXlsxEntries)
        {
            throw Bomb($"it holds {zip.Entries.Count} parts");
        }
        var declared = 0L;
        foreach (var entry in zip.Entries)
        {
            declared += entry.Length;
            if (
                declared > _limits.MaxXlsxInflatedBytes
                || IsBomb(entry.Length, entry.CompressedLength)
            )
            {
                throw Bomb("it says it unpacks to far more than its size");
            }
        }
        CheckType(zip);
        foreach (var entry in zip.Entries)
        {
            CheckPart(entry);
        }
    }

    private void CheckType(ZipArchive zip)
    {
        var workbook = false;
        using var xml = Xml(Open(zip.GetEntry(ContentTypes) ?? throw Damaged(null)));
        while (xml.Read())
        {
            var type = xml.NodeType == XmlNodeType.Element ? xml.GetAttribute("ContentType") : null;
            if (type is null)
            {
                continue;
            }
            if (
                type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
                || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
            )
            {
                throw new SourceFileException(
                    415,
                    "macro-workbook",
                    "The workbook can hold macros (.xlsm, .xlsb or a renamed one). Save it as .xlsx and send that."
                );
            }
            workbook |= string.Equals(type, WorkbookType, StringComparison.OrdinalIgnoreCase);
        }
        if (!workbook)
        {
            throw new SourceFileException(
                415,
                "unsupported-format",
                "The file is an Office document but not an .xlsx workbook. Save the table as .xlsx or CSV."
            );
        }
    }

    private void CheckPart(ZipArchiveEntry entry)
    {
        using var part = Open(entry);
        if (!IsXml(entry.FullName))
        {
            part.CopyTo(Stream.Null);
            return;
        }
        using var xml = Xml(part);
        if (entry.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase))
        {
            _errorsByPart[entry.FullName] = ScanSheet(xml);
        }
        else if (entry.FullName.Equals("xl/workbook.xml", StringComparison.OrdinalIgnoreCase))
        {
            ReadWorkbook(xml);
        }
        else if (
            entry.FullName.Equals("xl/_rels/workbook.xml.rels", StringComparison.OrdinalIgnoreCase)
        )
        {
            ReadRelations(xml);
        }
        else
        {
            while (xml.Read())
            {
                // Every byte is looked at for its size and for document types.
            }
        }
    }

    /// <summary>Counts the rows that hold anything, and finds the cells that hold errors.</summary>
    private XlsxErrors ScanSheet(XmlReader xml)
    {
        var errors = new XlsxErrors();
        var rows = 0;
        var filled = false;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }
            switch (xml.LocalName)
            {
                case "row":
                    filled = false;
                    break;
                case "v" or "is" when !filled:
                    filled = true;
                    // The header, and titles above it, are not counted as rows by the one who sent them.
                    if (++rows > _limits.MaxXlsxRows + 10)
                    {
                        throw TooManyRows(_limits);
                    }
                    break;
                case "c" when xml.GetAttribute("t") is "e":
                    errors.Add(xml);
                    break;
                default:
                    break;
            }
        }
        return errors;
    }

    private void ReadRelations(XmlReader xml)
    {
        while (xml.Read())
        {
            if (
                xml.NodeType == XmlNodeType.Element
                && xml.GetAttribute("Id") is { } id
                && xml.GetAttribute("Target") is { } target
            )
            {
                _partByRelation[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }
    }

    private void ReadWorkbook(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }
            if (string.Equals(xml.LocalName, "workbookPr", StringComparison.Ordinal))
            {
                From1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (
                string.Equals(xml.LocalName, "sheet", StringComparison.Ordinal)
                && xml.GetAttribute("name") is { } name
            )
            {
                _relationBySheet[name] =
                    xml.GetAttribute("id", Relationships)
                    ?? xml.GetAttribute("id", StrictRelationships)
                    ?? "";
            }
        }
    }

    private CountedStream Open(ZipArchiveEntry entry) => new(this, entry);

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase);

    private static XmlReader Xml(Stream part) =>
        XmlReader.Create(
            part,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                CheckCharacters = false,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );

    private bool IsBomb(long inflated, long compressed) =>
        inflated > RatioFromBytes && inflated / Math.Max(compressed, 1) > _limits.MaxXlsxRatio;

    private static SourceFileException Bomb(string why) =>
        new(
            413,
            "archive-bomb",
            $"The workbook is not read because {why}. Save only the table, as CSV if it is large."
        );

    /// <summary>Counts what a part really unpacks to, whatever its directory entry says.</summary>
    private sealed class CountedStream(XlsxPackage package, ZipArchiveEntry entry) : Stream
    {
        private readonly Stream _inner = entry.Open();
        private long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var n = _inner.Read(buffer);
            _read += n;
            package._inflated += n;
            if (package._inflated > package._limits.MaxXlsxInflatedBytes)
            {
                throw Bomb($"it unpacks to more than {package._limits.MaxXlsxInflatedBytes} bytes");
            }
            if (package.IsBomb(_read, entry.CompressedLength))
            {
                throw Bomb("a part of it unpacks to far more than its size");
            }
            if (
                _read > package._limits.MaxXlsxSharedStringBytes
                && entry.Name.Equals("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)
            )
            {
                throw Bomb(
                    $"its texts are more than {package._limits.MaxXlsxSharedStringBytes} bytes"
                );
            }
            return n;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
