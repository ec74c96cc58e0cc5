using System.Xml;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// The cells of a sheet that hold an error such as <c>#N/A</c>. The spreadsheet library gives them as
/// empty, and a place that could not be calculated is not a place that was left out.
/// </summary>
internal sealed class XlsxErrors
{
    /// <summary>A sheet without errors.</summary>
    public static readonly XlsxErrors None = new();

    // A table with more is broken as a whole; the first ones say so.
    private const int MaxKept = 20_000;

    private readonly Dictionary<int, List<(int Column, string Error)>> _rows = [];
    private int _kept;

    /// <summary>The errors in a row, by column; both count from 0.</summary>
    public IReadOnlyList<(int Column, string Error)> At(int row) =>
        _rows.TryGetValue(row, out var found) ? found : [];

    /// <summary>Adds the error cell the reader is at, and leaves the reader in it.</summary>
    public void Add(XmlReader cell)
    {
        if (_kept == MaxKept || !TryPlace(cell.GetAttribute("r"), out var row, out var column))
        {
            return;
        }
        _kept++;
        if (!_rows.TryGetValue(row, out var found))
        {
            _rows[row] = found = [];
        }
        found.Add((column, "#?"));
        while (!cell.IsEmptyElement && cell.Read() && cell.NodeType != XmlNodeType.EndElement)
        {
            if (cell.NodeType == XmlNodeType.Text && cell.Value.StartsWith('#'))
            {
                found[^1] = (column, RowFault.Shorten(cell.Value)!);
            }
        }
    }

    private static bool TryPlace(string? reference, out int row, out int column)
    {
        row = 0;
        column = 0;
        var at = 0;
        for (; at < reference?.Length && reference[at] is >= 'A' and <= 'Z' && at < 3; at++)
        {
            column = column * 26 + (reference[at] - 'A' + 1);
        }
        return at > 0
            && int.TryParse(
                reference.AsSpan(at),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out row
            )
            && --row >= 0
            && --column >= 0;
    }
}
