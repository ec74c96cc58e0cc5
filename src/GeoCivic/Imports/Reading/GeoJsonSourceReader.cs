using System.Text.Json;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// A GeoJSON FeatureCollection (RFC 7946, strictly), one feature in memory at a time. A bare Feature is
/// read as a collection of one.
/// </summary>
internal sealed class GeoJsonSourceReader : ISourceReader
{
    private readonly FileStream _file;
    private readonly SourceLimits _limits;
    private readonly SourceColumns _columns = new();
    private readonly long _length;
    private readonly int _skip;
    private readonly HashSet<string> _rootNames = new(StringComparer.Ordinal);
    private readonly GeoJsonFeature _feature;
    private JsonScanner _scanner;
    private bool _bare;
    private bool _typed;
    private bool _started;

    /// <summary>Takes over the file and reads up to its first feature.</summary>
    public GeoJsonSourceReader(FileStream file, SourceOptions options)
    {
        _file = file;
        _length = Math.Max(file.Length, 1);
        _limits = options.Limits ?? SourceLimits.Default;
        if (options.Encoding is { } declared && TextEncodings.ByName(declared).CodePage != 65001)
        {
            throw new SourceFileException(
                422,
                "encoding-unknown",
                $"GeoJSON is UTF-8 by its standard; {declared} is not read. Save the file as UTF-8."
            );
        }
        var (encoding, bom) = TextEncodings.Find(file, declared: null);
        if (encoding.CodePage != 65001)
        {
            throw new SourceFileException(
                422,
                "encoding-unknown",
                $"GeoJSON is UTF-8 by its standard, and this file is {encoding.WebName}. Save it as UTF-8."
            );
        }
        _skip = bom;
        _feature = new GeoJsonFeature(_columns, _limits);
        _scanner = new JsonScanner(file, _limits, bom);
        ReadHead();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => [];

    /// <inheritdoc/>
    public bool IsTable => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
        _feature.DroppedZ == 0
            ? []
            : [$"Z dropped in {_feature.DroppedZ} feature{(_feature.DroppedZ == 1 ? "" : "s")}"];

    /// <inheritdoc/>
    public double Progress => Math.Min(1, (double)_scanner.Offset / _length);

    /// <inheritdoc/>
    public IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException("A source is read once.");
        }
        _started = true;
        var row = new SourceRow(_columns);
        var number = 0L;
        while (ReadFeature(row, number + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            yield return row;
        }
        if (number == 0)
        {
            throw new SourceFileException(
                422,
                "no-rows",
                "The FeatureCollection holds no features."
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool ReadFeature(SourceRow row, long number)
    {
        if (_bare && number > 1)
        {
            _scanner.Read();
            return false;
        }
        var value = _scanner.ReadValue();
        if (_scanner.Token == JsonTokenType.EndArray)
        {
            ReadTail();
            return false;
        }
        row.Begin(number);
        _feature.Read(value, row);
        return true;
    }

    /// <summary>Reads the root's members up to its features.</summary>
    private void ReadHead()
    {
        if (!_scanner.Read() || _scanner.Token != JsonTokenType.StartObject)
        {
            throw NotACollection("the file does not start with a JSON object");
        }
        if (ReadMembers(untilFeatures: true))
        {
            return;
        }
        if (!_bare)
        {
            throw NotACollection(_typed ? "it has no \"features\"" : "its root has no \"type\"");
        }
        // A Feature alone: go back and read the whole document as the one element.
        _scanner = new JsonScanner(_file, _limits, _skip);
    }

    /// <summary>Reads what follows the features, where a type or a crs may still stand.</summary>
    private void ReadTail()
    {
        ReadMembers(untilFeatures: false);
        if (!_typed)
        {
            throw NotACollection("its root has no \"type\"");
        }
        // Anything but space after the document is an error of its own.
        if (_scanner.Read())
        {
            throw NotACollection("something follows the end of the document");
        }
    }

    private bool ReadMembers(bool untilFeatures)
    {
        while (_scanner.Read() && _scanner.Token != JsonTokenType.EndObject)
        {
            var name = _scanner.Text ?? "";
            if (!_rootNames.Add(name))
            {
                throw new SourceFileException(
                    400,
                    "invalid-json",
                    $"The root of the file names \"{RowFault.Shorten(name)}\" twice."
                );
            }
            if (_rootNames.Count > _limits.MaxColumns)
            {
                throw TableHeader.TooManyColumns(_rootNames.Count, _limits);
            }
            switch (name)
            {
                case "type":
                    _scanner.Read();
                    TakeType();
                    break;
                case "crs":
                    throw new SourceFileException(
                        400,
                        "crs-member",
                        "The file has a \"crs\" member, which RFC 7946 removed. Export it in longitude and latitude on WGS 84 (EPSG:4326) without one, or say --crs when it is in another system."
                    );
                case "features" when untilFeatures && !_bare:
                    _scanner.Read();
                    if (_scanner.Token != JsonTokenType.StartArray)
                    {
                        throw NotACollection("\"features\" is not an array");
                    }
                    return true;
                default:
                    _scanner.ReadValue();
                    break;
            }
        }
        return false;
    }

    private void TakeType()
    {
        var type = _scanner.Token == JsonTokenType.String ? _scanner.Text : null;
        switch (type)
        {
            case "FeatureCollection":
                _typed = true;
                break;
            case "Feature" when !_rootNames.Contains("features"):
                _typed = true;
                _bare = true;
                break;
            default:
                throw NotACollection(
                    $"its \"type\" is {(type is null ? "not a string" : $"\"{RowFault.Shorten(type)}\"")}"
                );
        }
    }

    private static SourceFileException NotACollection(string why) =>
        new(
            422,
            "not-a-feature-collection",
            $"The file is not a GeoJSON FeatureCollection: {why}. Wrap the geometries in Features of a FeatureCollection."
        );
}
