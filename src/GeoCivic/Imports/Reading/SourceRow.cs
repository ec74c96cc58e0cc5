using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// One record of a file. <b>Reused</b>: a reader gives the same object for every row and overwrites it
/// on the next step; strings and geometry taken from it stay valid.
/// </summary>
public sealed class SourceRow
{
    private readonly SourceColumns _columns;
    private string?[] _values;
    private bool[] _present;

    internal SourceRow(SourceColumns columns)
    {
        _columns = columns;
        _values = new string?[Math.Max(columns.Count, 8)];
        _present = new bool[_values.Length];
    }

    /// <summary>Physical line of the start of the record (CSV, the header is line 1), row number (xlsx), or number from 1 of the feature (GeoJSON) or record (shapefile), or fid (GeoPackage).</summary>
    public long Line { get; private set; }

    /// <summary>The geometry of a GeoJSON feature or a shape in file coordinates, SRID 0, two-dimensional; null for tables, null geometry, or a fault.</summary>
    public Geometry? Geometry { get; internal set; }

    /// <summary>Why the row cannot be used; null when it can.</summary>
    public RowFault? Fault { get; internal set; }

    /// <summary>
    /// The value as text, null when absent or empty. Dates from Excel are ISO text, numbers invariant
    /// round-trip text, nested JSON its raw text. Names are compared exactly.
    /// </summary>
    public string? this[string column]
    {
        get
        {
            var place = _columns.IndexOf(column);
            return place < 0 ? null : ValueAt(place);
        }
    }

    /// <summary>Whether the row has this column at all, even empty.</summary>
    public bool Has(string column)
    {
        var place = _columns.IndexOf(column);
        return place >= 0 && place < _present.Length && _present[place];
    }

    /// <summary>All columns of this row with their values, in file order.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields
    {
        get
        {
            for (var place = 0; place < _columns.Count && place < _values.Length; place++)
            {
                if (_present[place])
                {
                    yield return new(_columns.Names[place], _values[place]);
                }
            }
        }
    }

    /// <summary>The value at a place of <see cref="ISourceReader.Columns"/>: the fast way for tables.</summary>
    public string? ValueAt(int place) => place < _values.Length ? _values[place] : null;

    internal void Begin(long line)
    {
        Line = line;
        Geometry = null;
        Fault = null;
        Array.Clear(_values);
        Array.Clear(_present);
    }

    /// <summary>Sets a value; false when it was set in this row before.</summary>
    internal bool Set(int place, string? value)
    {
        if (place >= _values.Length)
        {
            var size = Math.Max(_columns.Count, place + 1);
            Array.Resize(ref _values, size);
            Array.Resize(ref _present, size);
        }
        if (_present[place])
        {
            return false;
        }
        _present[place] = true;
        _values[place] = string.IsNullOrEmpty(value) ? null : value;
        return true;
    }

    /// <summary>Keeps the first fault of the row.</summary>
    internal void Refuse(RowFault fault) => Fault ??= fault;
}
