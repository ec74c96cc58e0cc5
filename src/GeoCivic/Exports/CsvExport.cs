using System.Buffers;
using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Exports;

/// <summary>RFC 4180 in UTF-8 with a byte order mark, by which Excel knows it from the system's code page.</summary>
internal sealed class CsvExport : IExportWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private readonly StreamWriter _text;
    private readonly int _fields;

    public CsvExport(Stream file, IReadOnlyList<string> fields, IReadOnlyList<string> places)
    {
        _fields = fields.Count;
        _text = new StreamWriter(
            file,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            leaveOpen: true
        );
        _text.Write(string.Join(',', fields.Concat(places)) + "\r\n");
    }

    public async Task WriteAsync(IReadOnlyList<string?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                await _text.WriteAsync(',');
            }

            var value = values[i] ?? "";
            // The coordinates are numbers: a minus there is a minus.
            value = i < _fields ? FormulaText.Write(value) : value;
            await _text.WriteAsync(
                value.AsSpan().ContainsAny(Special)
                    ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : value
            );
        }

        await _text.WriteAsync("\r\n");
    }

    public Task CompleteAsync() => _text.FlushAsync();

    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
