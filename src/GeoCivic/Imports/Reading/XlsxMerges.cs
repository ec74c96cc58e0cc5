using System.Globalization;
using ExcelDataReader;

namespace GeoCivic.Imports.Reading;

/// <summary>Gives every cell of a merged range the value of its first cell, row by row.</summary>
internal sealed class XlsxMerges
{
    private const int Named = 5;

    private readonly CellRange[] _ranges;
    private readonly List<(CellRange Range, object? Value)> _active = [];
    private readonly List<CellRange> _expanded = [];
    private int _next;

    public XlsxMerges(CellRange[]? ranges)
    {
        _ranges = ranges is null ? [] : [.. ranges.OrderBy(r => r.FromRow)];
    }

    /// <summary>Expands into a row; rows come in order, none left out.</summary>
    public void Expand(int row, object?[] values)
    {
        while (_next < _ranges.Length && _ranges[_next].FromRow <= row)
        {
            var range = _ranges[_next++];
            if (range.FromRow == row && range.FromColumn < values.Length)
            {
                _active.Add((range, values[range.FromColumn]));
            }
        }
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            var (range, value) = _active[i];
            if (range.ToRow < row)
            {
                _active.RemoveAt(i);
                continue;
            }
            for (var c = range.FromColumn; c <= Math.Min(range.ToColumn, values.Length - 1); c++)
            {
                values[c] = value;
            }
            if (row == range.FromRow && value is not null)
            {
                _expanded.Add(range);
            }
        }
    }

    /// <summary>Leaves ranges that end above a row out of the note, as those of titles.</summary>
    public void ForgetAbove(int row) => _expanded.RemoveAll(r => r.ToRow < row);

    /// <summary>What was expanded, for a note; null when nothing was.</summary>
    public string? Note()
    {
        if (_expanded.Count == 0)
        {
            return null;
        }
        var names = string.Join(
            ", ",
            _expanded.OrderBy(r => r.FromRow).ThenBy(r => r.FromColumn).Take(Named).Select(Name)
        );
        var more = _expanded.Count - Named;
        return $"merged cells expanded: {names}{(more > 0 ? $" and {more} more" : "")}";
    }

    private static string Name(CellRange range) =>
        $"{Letters(range.FromColumn)}{Row(range.FromRow)}:{Letters(range.ToColumn)}{Row(range.ToRow)}";

    private static string Row(int row) => (row + 1).ToString(CultureInfo.InvariantCulture);

    internal static string Letters(int column)
    {
        var name = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
        {
            name = (char)('A' + (n - 1) % 26) + name;
        }
        return name;
    }
}
