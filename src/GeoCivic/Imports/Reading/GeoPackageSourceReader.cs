using System.Globalization;
using SQLitePCL;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// One layer of features of a GeoPackage (OGC 12-128r18), streamed in the order of its fids, which are the numbers of
/// its rows. The coordinate system beside the layer is quoted, not believed, since shifted coordinates carry the same one.
/// </summary>
internal sealed class GeoPackageSourceReader : ISourceReader
{
    private const int RowAt = 0;
    private const int GeometryAt = 1;
    private const int ColumnsFrom = 2;

    private readonly FileStream _file;
    private readonly SourceLimits _limits;
    private readonly GeoPackageFile _package;
    private readonly GeoPackageLayer _layer;
    private readonly SourceColumns _columns = new();
    private readonly List<string> _notes = [];
    private readonly long _last;
    private long _at;
    private bool _flattened;
    private bool _started;

    /// <summary>Takes over the file.</summary>
    public GeoPackageSourceReader(FileStream file, SourceOptions options)
    {
        _file = file;
        _limits = options.Limits ?? SourceLimits.Default;
        _package = GeoPackageFile.Open(file, _limits);
        try
        {
            _layer = GeoPackageLayer.Find(_package, options.Layer, _notes);
            _notes.Insert(
                0,
                $"layer '{_layer.Table}' read, {(_layer.SystemName is null ? "without a coordinate system" : $"labelled {_layer.SystemName}")}"
            );
            if (_package.HasWriteAheadLog)
            {
                _notes.Add(
                    "the GeoPackage was written with a log beside it (-wal); what stands only there is not read. Close the program that edits it before sending"
                );
            }

            TableHeader.Take([.. _layer.Columns.Select(c => c.Name)], _columns, _notes, _limits);
            using var last = _package.Query(
                $"SELECT max({_layer.Row}) FROM {GeoPackageFile.Quote(_layer.Table)}"
            );
            _last = last.Next(CancellationToken.None) ? last.Integer(0) : 0;
        }
        catch
        {
            _package.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <inheritdoc/>
    public bool IsTable => false;

    /// <inheritdoc/>
    public bool NeedsCrs => true;

    /// <inheritdoc/>
    public string? Layer => _layer.Table;

    /// <inheritdoc/>
    public string? CrsHint =>
        _layer.SystemName is { } name
            ? $"The layer '{_layer.Table}' is labelled '{name}', which shifted coordinates carry as well."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The layer '{_layer.Table}' says that its coordinate system is undefined (srs_id {_layer.System})."
            );

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
        _flattened ? [.. _notes, "heights and measures of the shapes are left out"] : _notes;

    /// <inheritdoc/>
    public double Progress => _last > 0 ? Math.Clamp((double)_at / _last, 0, 1) : 0;

    /// <inheritdoc/>
    public IEnumerable<SourceRow> ReadRows(CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException("A source is read once.");
        }

        _started = true;
        var row = new SourceRow(_columns);
        var any = false;
        // By the table itself: an index of the file could hold other rows than it.
        using var records = _package.Query(
            $"SELECT {_layer.Row}, {string.Join(", ", _layer.Columns.Select(c => c.Name).Prepend(_layer.Geometry).Select(GeoPackageFile.Quote))} FROM {GeoPackageFile.Quote(_layer.Table)} NOT INDEXED ORDER BY {_layer.Row}"
        );
        while (records.Next(cancellationToken))
        {
            var fid = records.Integer(RowAt);
            if (any && fid <= _at)
            {
                // A tree whose branches lead to the same leaf again would give rows without end.
                throw GeoPackageFile.Damaged("the fids of the layer do not rise");
            }

            (_at, any) = (fid, true);
            Fill(row, records);
            yield return row;
        }

        if (!any)
        {
            throw TableHeader.NoRows();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _package.Dispose();
        _file.Dispose();
    }

    private void Fill(SourceRow row, GeoPackageQuery record)
    {
        row.Begin(_at);
        for (var i = 0; i < _layer.Columns.Count; i++)
        {
            var value = _layer
                .Columns[i]
                .Value(record, ColumnsFrom + i, _limits, out var unreadable);
            if (unreadable is not null)
            {
                row.Refuse(unreadable);
            }

            row.Set(i, value);
        }

        if (record.Type(GeometryAt) == raw.SQLITE_NULL)
        {
            return;
        }

        row.Geometry = GeoPackageGeometry.Read(
            record.Type(GeometryAt) == raw.SQLITE_BLOB ? record.Bytes(GeometryAt) : [],
            _layer.System,
            _limits,
            out var flattened,
            out var fault
        );
        _flattened |= flattened;
        if (fault is not null)
        {
            row.Refuse(fault);
        }
    }
}
