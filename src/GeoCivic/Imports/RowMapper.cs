using GeoCivic.Imports.Reading;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports;

/// <summary>A row on its way into the staging table.</summary>
internal sealed class StagedRow
{
    /// <summary>Line in the file.</summary>
    public required long Line { get; init; }

    /// <summary>Values in the order of the dataset's fields.</summary>
    public required object?[] Values { get; init; }

    /// <summary>Geometry, first in the file's system, then in WGS-84; the empty point where the dataset has no places.</summary>
    public required Geometry Geometry { get; set; }
}

/// <summary>Finds the dataset's fields in a file's columns and reads them, row by row.</summary>
internal sealed class RowMapper
{
    private static readonly string[] LonNames =
    [
        "lon",
        "lng",
        "long",
        "longitude",
        "经度",
        "x",
        "东坐标",
    ];
    private static readonly string[] LatNames = ["lat", "latitude", "纬度", "y", "北坐标"];
    private static readonly string[] WktNames =
    [
        "wkt",
        "geom",
        "geometry",
        "the_geom",
        "shape",
        "图形",
    ];

    private readonly Dataset _dataset;
    private readonly ImportRequest _request;
    private readonly FieldParser _parser;
    private readonly string _datum;
    private readonly string?[] _fixed;
    private readonly string[][] _candidates;
    private readonly string?[] _last;
    private readonly string[] _lon;
    private readonly string[] _lat;
    private readonly string[] _wkt;
    private readonly string? _street;
    private readonly bool _table;

    /// <summary>Whether a field was in the file or set; others keep their value when a record is changed.</summary>
    public bool[] Seen { get; }

    /// <summary>Finds the columns.</summary>
    /// <exception cref="ImportException">The mapping names what is not there, or a required column cannot be found.</exception>
    public RowMapper(
        ImportRequest request,
        ISourceReader reader,
        FieldParser parser,
        Spatial.Datum datum
    )
    {
        _datum = datum.ToString();
        _dataset = request.Dataset;
        _request = request;
        _parser = parser;
        _street = request.Street;
        _table = reader.IsTable;
        CheckNames(request.Map.Keys, "map", geometryToo: _dataset.HasPlace);
        CheckNames(request.Set.Keys, "set", geometryToo: false);
        _lon = Candidates("lon", LonNames);
        _lat = Candidates("lat", LatNames);
        _wkt = Candidates("wkt", WktNames);
        _fixed = new string?[_dataset.Fields.Count];
        _candidates = new string[_dataset.Fields.Count][];
        _last = new string?[_dataset.Fields.Count];
        Seen = new bool[_dataset.Fields.Count];
        for (var i = 0; i < _dataset.Fields.Count; i++)
        {
            var field = _dataset.Fields[i];
            _fixed[i] = request.Set.GetValueOrDefault(field.Name);
            _candidates[i] = Candidates(
                field.Name,
                [.. field.Before, field.Name, .. field.Aliases]
            );
            // Whatever the file says or does not say, the import's own system is known.
            Seen[i] = _fixed[i] is not null || field.Kind == FieldKind.Datum;
        }

        if (_table)
        {
            CheckTable(reader.Columns);
        }
    }

    /// <summary>Reads one row.</summary>
    /// <returns>The row, or null with the fault.</returns>
    public StagedRow? Map(SourceRow row, out RowFault? fault)
    {
        fault = row.Fault;
        if (fault is not null)
        {
            return null;
        }

        var values = new object?[_dataset.Fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var field = _dataset.Fields[i];
            var text = _fixed[i] ?? Text(row, i);
            values[i] = _parser.Parse(field, text, out fault);
            if (fault is not null)
            {
                return null;
            }

            if (values[i] is null && field.Kind == FieldKind.Datum)
            {
                values[i] = _datum;
            }

            if (values[i] is null && field.Required)
            {
                if (i == 0 && _dataset.AreaLevel == "street" && _street is not null)
                {
                    values[i] = _street;
                    continue;
                }

                fault = new RowFault(
                    field.Name,
                    "is missing; every row needs one",
                    Malformed: false
                );
                return null;
            }
        }

        fault = CheckTogether(values);
        if (fault is not null)
        {
            return null;
        }

        if (!_dataset.HasPlace)
        {
            return new StagedRow
            {
                Line = row.Line,
                Values = values,
                Geometry = Point.Empty,
            };
        }

        var geometry = row.Geometry ?? (_table ? TableGeometry(row, out fault) : null);
        if (geometry is null)
        {
            fault ??= new RowFault(
                RowFault.GeometryField,
                "is missing; every record needs a place",
                Malformed: false
            );
            return null;
        }

        return new StagedRow
        {
            Line = row.Line,
            Values = values,
            Geometry = geometry,
        };
    }

    /// <summary>The code as it stands in the row, to name a row that cannot be used; null when there is none.</summary>
    public string? CodeOf(SourceRow row) => _fixed[0] ?? Text(row, 0);

    private Geometry? TableGeometry(SourceRow row, out RowFault? fault)
    {
        var wkt = First(row, _wkt);
        return wkt.Text is not null
            ? GeometryText.ReadWkt(wkt.Text, wkt.Column, SourceLimits.Default, out fault)
            : ReadPoint(row, out fault);
    }

    private Point? ReadPoint(SourceRow row, out RowFault? fault)
    {
        var lon = First(row, _lon);
        var lat = First(row, _lat);
        return GeometryText.ReadPoint(lon.Text, lat.Text, lon.Column, lat.Column, out fault);
    }

    private string? Text(SourceRow row, int field)
    {
        var last = _last[field];
        if (last is not null && row.Has(last))
        {
            return row[last];
        }

        foreach (var name in _candidates[field])
        {
            if (row.Has(name))
            {
                _last[field] = name;
                Seen[field] = true;
                return row[name];
            }
        }

        return null;
    }

    private static (string? Text, string Column) First(SourceRow row, string[] names)
    {
        foreach (var name in names)
        {
            if (row[name] is { } text)
            {
                return (text, name);
            }
        }

        return (null, names[0]);
    }

    private string[] Candidates(string field, string[] names) =>
        _request.Map.TryGetValue(field, out var mapped)
            ? [mapped]
            :
            [
                .. names
                    .SelectMany(n =>
                        (string[])[n, n.ToUpperInvariant(), char.ToUpperInvariant(n[0]) + n[1..]]
                    )
                    .Distinct(StringComparer.Ordinal),
            ];

    private RowFault? CheckTogether(object?[] values)
    {
        object? Value(string field)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (string.Equals(_dataset.Fields[i].Name, field, StringComparison.Ordinal))
                {
                    return values[i];
                }
            }

            return null;
        }

        if (_dataset.AreaLevel is { } level)
        {
            return AreaCodes.Check(
                level,
                _street,
                (string)values[0]!,
                Value("community") as string
            );
        }

        if (Value("from") is DateOnly first && Value("to") is DateOnly last && last < first)
        {
            return new RowFault(
                "to",
                $"lies before from ({first:yyyy-MM-dd})",
                Malformed: false,
                $"{last:yyyy-MM-dd}"
            );
        }

        if (
            Value("licensed_from") is DateOnly from
            && Value("licensed_until") is DateOnly until
            && until < from
        )
        {
            return new RowFault(
                "licensed_until",
                $"lies before licensed_from ({from:yyyy-MM-dd})",
                Malformed: false,
                $"{until:yyyy-MM-dd}"
            );
        }

        if (
            Value("found_at") is DateTime found
            && Value("closed_at") is DateTime closed
            && closed < found
        )
        {
            return new RowFault(
                "closed_at",
                $"lies before found_at ({found:yyyy-MM-ddTHH:mm:ssZ})",
                Malformed: false,
                $"{closed:yyyy-MM-ddTHH:mm:ssZ}"
            );
        }

        return null;
    }

    private void CheckNames(IEnumerable<string> names, string option, bool geometryToo)
    {
        foreach (var name in names)
        {
            if (_dataset.Find(name) is null && !(geometryToo && name is "lon" or "lat" or "wkt"))
            {
                var known = _dataset
                    .Fields.Select(f => f.Name)
                    .Concat(geometryToo ? ["lon", "lat", "wkt"] : []);
                throw new ImportException(
                    400,
                    "unknown-field",
                    $"--{option}: {_dataset.Name} have no field '{name}'; the fields are {string.Join(", ", known)}."
                );
            }
        }
    }

    private void CheckTable(IReadOnlyList<string> columns)
    {
        List<string> missing = [];
        foreach (var (field, column) in _request.Map)
        {
            if (!columns.Contains(column, StringComparer.Ordinal))
            {
                missing.Add(column);
                throw Missing($"--map {field}={column}: the file has no column '{column}'.");
            }
        }

        missing = _dataset
            .Fields.Where(
                (f, i) => f.Required && _fixed[i] is null && !_candidates[i].Any(columns.Contains)
            )
            .Where(f =>
                !(f.Name == "code" && _dataset.AreaLevel == "street" && _street is not null)
            )
            .Select(f => f.Name)
            .ToList();
        var hasPlace =
            !_dataset.HasPlace
            || _wkt.Any(columns.Contains)
            || (_lon.Any(columns.Contains) && _lat.Any(columns.Contains));
        if (!hasPlace)
        {
            missing.Add("lon and lat (or wkt)");
        }

        if (missing.Count > 0)
        {
            throw Missing(
                $"No column was recognised for {string.Join(", ", missing)}. Say which one it is with --map field=column, or give one value for all rows with --set field=value."
            );
        }

        ImportException Missing(string detail) =>
            new(
                422,
                "columns-missing",
                $"{detail} The columns are: {string.Join(", ", columns.Take(60))}.",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["columns"] = columns.Take(200).ToList(),
                    ["missing"] = missing,
                }
            );
    }
}
