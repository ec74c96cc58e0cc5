using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using GeoCivic.Database;

namespace GeoCivic.Letters;

/// <summary>
/// Letterheads: <c>&lt;street code&gt;.docx</c>, else <c>letter.docx</c>, in the folder that the setting <c>Letters:Templates</c>
/// names (<c>data/templates</c> when it names none), else the plain one. A file that cannot be used is told in the log and
/// the plain one taken: a broken letterhead must not hold up a notice.
/// </summary>
internal sealed partial class LetterTemplates(
    IConfiguration configuration,
    ILogger<LetterTemplates> log
)
{
    private readonly string _folder =
        configuration["Letters:Templates"] ?? Path.Combine(AppPaths.Data, "templates");

    private readonly ConcurrentDictionary<string, (DateTime Written, byte[] Bytes)> _read = new(
        StringComparer.Ordinal
    );

    /// <summary>The letter of a street.</summary>
    public byte[] Write(string street, LetterSheet sheet)
    {
        // Codes of streets may be any text; only plain ones name a file.
        string[] names = FileName().IsMatch(street)
            ? [$"{street}.docx", "letter.docx"]
            : ["letter.docx"];
        foreach (var path in names.Select(n => Path.Combine(_folder, n)).Where(File.Exists))
        {
            try
            {
                return LetterDocument.Write(Read(path), sheet);
            }
            catch (Exception e)
                when (e
                        is InvalidDataException
                            or IOException
                            or UnauthorizedAccessException
                            or FormatException
                            or InvalidOperationException
                            or OpenXmlPackageException
                            or System.Xml.XmlException
                )
            {
                TemplateUnusable(log, path, e);
            }
        }

        return LetterDocument.Write(PlainTemplate.Bytes, sheet);
    }

    private byte[] Read(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (_read.TryGetValue(path, out var known) && known.Written == written)
        {
            return known.Bytes;
        }

        var bytes = File.ReadAllBytes(path);
        _read[path] = (written, bytes);
        return bytes;
    }

    [GeneratedRegex(@"^[\w-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex FileName();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The letter template {Path} cannot be used; the plain one is taken."
    )]
    private static partial void TemplateUnusable(ILogger log, string path, Exception exception);
}
