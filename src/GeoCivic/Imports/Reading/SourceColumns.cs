namespace GeoCivic.Imports.Reading;

/// <summary>Column names and their places, shared by all rows of a file so that a row is only an array of values.</summary>
internal sealed class SourceColumns
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public SourceColumns() => _bySpan = _places.GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<string> Names => _names;

    public int Count => _names.Count;

    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> name) =>
        _bySpan.TryGetValue(name, out var place) ? place : -1;

    /// <summary>Adds a column; false when the name is there already.</summary>
    public bool TryAdd(string name)
    {
        if (!_places.TryAdd(name, _names.Count))
        {
            return false;
        }
        _names.Add(name);
        return true;
    }
}
