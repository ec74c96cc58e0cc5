using GeoCivic.Geography;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Imports;

/// <summary>Writes checked rows into the staging table by binary COPY.</summary>
internal sealed class StageCopy : IAsyncDisposable
{
    private readonly NpgsqlBinaryImporter _importer;
    private readonly Dataset _dataset;
    private readonly NpgsqlDbType[] _types;
    private readonly string? _street;
    private readonly CodeLists _lists;
    private readonly bool _national;
    private readonly bool _issues;

    private StageCopy(NpgsqlBinaryImporter importer, ImportRequest request, CodeLists lists)
    {
        _importer = importer;
        _dataset = request.Dataset;
        _street = request.Street;
        _lists = lists;
        _national = AreaCodes.IsNational(_street);
        _issues = ReferenceEquals(_dataset, Datasets.Issues);
        _types = [.. _dataset.Fields.Select(f => TypeOf(f).Copy)];
    }

    /// <summary>SQL and COPY type of a field.</summary>
    public static (string Sql, NpgsqlDbType Copy) TypeOf(Field field) =>
        field.Kind switch
        {
            FieldKind.Date => ("date", NpgsqlDbType.Date),
            FieldKind.Instant => ("timestamptz", NpgsqlDbType.TimestampTz),
            FieldKind.YesNo => ("boolean", NpgsqlDbType.Boolean),
            FieldKind.Whole => ("integer", NpgsqlDbType.Integer),
            _ => ("text", NpgsqlDbType.Text),
        };

    /// <summary>Opens the COPY.</summary>
    public static async Task<StageCopy> BeginAsync(
        NpgsqlConnection connection,
        ImportRequest request,
        CodeLists lists,
        CancellationToken cancellationToken
    )
    {
        var importer = await connection.BeginBinaryImportAsync(
            ImportSql.CopyCommand(request.Dataset),
            cancellationToken
        );
        return new StageCopy(importer, request, lists);
    }

    /// <summary>Writes one row; a point that a grid covers is placed at once.</summary>
    public void Write(StagedRow row, GridLocator? locator)
    {
        _importer.StartRow();
        _importer.Write(row.Line, NpgsqlDbType.Bigint);
        if (_dataset.AreaLevel is not null)
        {
            WriteArea(row);
            return;
        }

        if (_issues)
        {
            row.Values[ImportSql.IssueStateField] ??= row.Values[ImportSql.IssueClosedField] is null
                ? "open"
                : "closed";
        }

        for (var i = 0; i < row.Values.Length; i++)
        {
            WriteValue(row.Values[i], _types[i]);
        }

        if (_issues)
        {
            _importer.Write(
                _lists.States[(string)row.Values[ImportSql.IssueStateField]!].IsOpen,
                NpgsqlDbType.Boolean
            );
            _importer.Write(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
        }

        if (!_dataset.HasPlace)
        {
            return;
        }

        _importer.Write(row.Geometry, NpgsqlDbType.Geometry);
        if (!_dataset.Placed)
        {
            return;
        }

        var place = row.Geometry is Point point ? locator!.Locate(point.X, point.Y) : null;
        if (place is { } found)
        {
            _importer.Write("inside", NpgsqlDbType.Text);
            _importer.Write(found.Grid, NpgsqlDbType.Text);
            _importer.Write(found.Community, NpgsqlDbType.Text);
        }
        else
        {
            _importer.WriteNull();
            _importer.WriteNull();
            _importer.WriteNull();
        }
    }

    /// <summary>Ends the COPY; without it the rows are gone.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken) =>
        await _importer.CompleteAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _importer.DisposeAsync();

    private void WriteArea(StagedRow row)
    {
        var code = (string)row.Values[0]!;
        _importer.Write(_dataset.AreaLevel == "street" ? code : _street!, NpgsqlDbType.Text);
        for (var i = 0; i < row.Values.Length; i++)
        {
            var value = row.Values[i];
            if (value is null && _national && _dataset.Fields[i].Name == "community")
            {
                value = code[..12];
            }

            WriteValue(value, _types[i]);
        }

        _importer.Write(row.Geometry, NpgsqlDbType.Geometry);
    }

    private void WriteValue(object? value, NpgsqlDbType type)
    {
        switch (value)
        {
            case null:
                _importer.WriteNull();
                break;
            case string text:
                _importer.Write(text, type);
                break;
            case DateOnly date:
                _importer.Write(date, type);
                break;
            case int whole:
                _importer.Write(whole, type);
                break;
            case bool yes:
                _importer.Write(yes, type);
                break;
            case DateTime instant:
                _importer.Write(instant, type);
                break;
            default:
                throw new InvalidOperationException(value.GetType().Name);
        }
    }
}
