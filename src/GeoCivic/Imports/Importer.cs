using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Imports.Reading;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Imports;

/// <summary>How far an import is.</summary>
/// <param name="Share">Share of the file read, 0 to 1; 1 while the database works.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Stage">What is being done.</param>
public readonly record struct ImportProgress(double Share, long Rows, string Stage);

/// <summary>
/// Imports one file in one transaction: rows are read, checked and copied into a staging table as they stream by;
/// the rest is set-based SQL. A dry run does exactly the same and rolls back, so its report is the real one.
/// </summary>
public sealed class Importer(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Refused rows kept with their reasons; a file with more is not the file that was meant.</summary>
    public const int MostRefusedRows = 100_000;

    private const int BatchRows = 1000;

    /// <summary>Runs an import.</summary>
    /// <exception cref="ImportException">The import as a whole is refused; nothing was written.</exception>
    /// <exception cref="SourceFileException">The file cannot be read; nothing was written.</exception>
    public async Task<ImportReport> RunAsync(
        ImportRequest request,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var reader = SourceFile.Open(
            request.Path,
            request.FileName,
            new SourceOptions(request.Encoding, Layer: request.Layer)
        );
        var datum = await DeclaredDatumAsync(request, reader, cancellationToken);

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var sql = new ImportSql(connection, request, BeijingTime.Today(clock));
        await sql.BeginAsync(cancellationToken);

        var lists = await CodeLists.LoadAsync(connection, cancellationToken);
        var parser = new FieldParser(lists, request.ShiftDays);
        var mapper = new RowMapper(request, reader, parser, datum);
        var locator = request.Dataset.Placed
            ? await GridLocator.LoadAsync(connection, request.Street!, cancellationToken)
            : null;
        var suspicion = new DatumSuspicion(datum);
        var refused = new List<RefusedRow>();
        var malformed = 0L;
        var repaired = new List<string>();
        long read = 0;
        var hasExtended = false;

        await sql.CreateStageAsync(cancellationToken);
        await using (
            var copy = await StageCopy.BeginAsync(connection, request, lists, cancellationToken)
        )
        {
            var batch = new List<StagedRow>(BatchRows);
            foreach (var row in reader.ReadRows(cancellationToken))
            {
                read++;
                var staged = mapper.Map(row, out var fault);
                if (staged is null)
                {
                    Refuse(row.Line, fault!, mapper.CodeOf(row));
                }
                else
                {
                    batch.Add(staged);
                    if (batch.Count == BatchRows)
                    {
                        await WriteBatchAsync();
                        progress?.Report(new ImportProgress(reader.Progress, read, "reading"));
                    }
                }
            }

            await WriteBatchAsync();
            progress?.Report(new ImportProgress(1, read, "checking"));
            await copy.CompleteAsync(cancellationToken);

            async Task WriteBatchAsync()
            {
                if (datum.Kind == DatumKind.Projected)
                {
                    await ProjTransform.ToWgs84Async(
                        source,
                        datum.Epsg!.Value,
                        batch,
                        Refuse,
                        cancellationToken
                    );
                }

                foreach (var staged in batch)
                {
                    WriteRow(staged);
                }

                batch.Clear();
            }

            void WriteRow(StagedRow staged)
            {
                if (!request.Dataset.HasPlace)
                {
                    copy.Write(staged, locator);
                    return;
                }

                var inFile = staged.Geometry.Coordinate?.Copy();
                if (
                    datum.Kind is DatumKind.Gcj02 or DatumKind.Bd09
                    && !DatumFilter.TryApply(staged.Geometry, datum, out var range)
                )
                {
                    Refuse(staged.Line, range!, (string)staged.Values[0]!);
                    return;
                }

                var result = GeometryRules.Check(
                    staged.Geometry,
                    request.Dataset.Geometry,
                    request.Repair
                );
                if (result.Fault is not null)
                {
                    Refuse(staged.Line, result.Fault, (string)staged.Values[0]!);
                    return;
                }

                suspicion.Sample(staged, inFile!);
                foreach (var note in result.Notes)
                {
                    if (repaired.Count < 1000)
                    {
                        repaired.Add($"line {staged.Line}: {note}");
                    }
                }

                var geometry = result.Geometry!;
                if (request.Dataset.AreaLevel is not null)
                {
                    geometry = geometry is Polygon polygon
                        ? polygon.Factory.CreateMultiPolygon([polygon])
                        : geometry;
                }

                hasExtended |= geometry is not Point;
                geometry.SRID = 4326;
                staged.Geometry = geometry;
                copy.Write(staged, locator);
            }
        }

        void Refuse(long line, RowFault fault, string? code)
        {
            if (fault.Malformed)
            {
                malformed++;
            }

            refused.Add(
                new RefusedRow(
                    line,
                    fault.Field,
                    fault.Reason,
                    fault.Value,
                    fault.Lon,
                    fault.Lat,
                    RowFault.Shorten(code)
                )
            );
            if (refused.Count > MostRefusedRows)
            {
                throw new ImportException(
                    422,
                    "too-many-refused-rows",
                    $"More than {MostRefusedRows} rows were refused; the first: line {refused[0].Line}, {refused[0].Field} {refused[0].Reason}. Check the mapping and the encoding."
                );
            }
        }

        if (!request.AcceptDatum && request.Dataset.HasPlace)
        {
            await suspicion.ThrowIfWrongAsync(connection, request, cancellationToken);
        }

        var warnings = new List<ImportWarning>();
        warnings.AddRange(reader.Notes.Select(n => new ImportWarning("file-note", n)));
        if (repaired.Count > 0)
        {
            warnings.Add(
                new ImportWarning(
                    "geometry-changed",
                    $"{repaired.Count} shapes were changed",
                    repaired
                )
            );
        }

        warnings.AddRange(await sql.ExtendListsAsync(parser.NewListValues, cancellationToken));
        var counts = request.Dataset.AreaLevel is null
            ? request.Dataset.Versions is null
                ? await sql.ApplyRecordsAsync(mapper.Seen, hasExtended, cancellationToken)
                : await sql.ApplyVersionsAsync(mapper.Seen, cancellationToken)
            : await sql.ApplyAreasAsync(cancellationToken);
        if (counts.TakenOn > 0)
        {
            warnings.Add(
                new ImportWarning(
                    "issues-taken-on",
                    $"{counts.TakenOn} issues have been taken on here; their rows were left as they are"
                )
            );
        }

        refused.AddRange(counts.Refused);
        refused.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (reader.Layer is { } layer)
        {
            refused = refused.ConvertAll(r => r with { Layer = layer });
        }

        var commit = !request.DryRun && (refused.Count == 0 || request.SkipBadRows);
        var report = new ImportReport(
            request.Dataset.Name,
            request.FileName,
            request.Street,
            request.DryRun
        )
        {
            Committed = commit,
            Read = read,
            Added = counts.Added,
            Changed = counts.Changed,
            Unchanged = counts.Unchanged,
            Refused = refused.Count,
            Rows = refused,
            Warnings = warnings,
            Placement = counts.Placement,
            Moved = counts.Moved,
            OnlyMalformed = refused.Count > 0 && malformed == refused.Count,
        };
        if (commit)
        {
            await sql.RecordImportAsync(report, cancellationToken);
            progress?.Report(new ImportProgress(1, read, "committing"));
            await transaction.CommitAsync(cancellationToken);
        }

        return report;
    }

    private async Task<Datum> DeclaredDatumAsync(
        ImportRequest request,
        ISourceReader reader,
        CancellationToken cancellationToken
    )
    {
        if (!request.Dataset.HasPlace)
        {
            return Datum.Wgs84;
        }

        if (request.Crs is null)
        {
            return reader.NeedsCrs
                ? throw new ImportException(
                    422,
                    "crs-missing",
                    (
                        reader.CrsHint
                        ?? "The file does not say which coordinate system its coordinates are in."
                    )
                        + " Say it with --crs (HTTP: crs=): wgs84, cgcs2000, gcj02, bd09 or EPSG:n. 高德 and 腾讯 maps give gcj02, 百度 gives bd09, 天地图 cgcs2000."
                )
                : Datum.Wgs84;
        }

        if (!Datum.TryParse(request.Crs, out var datum, out var reason))
        {
            throw new ImportException(400, "crs-unknown", reason);
        }

        if (
            datum.Kind == DatumKind.Projected
            && !await ProjTransform.KnowsAsync(source, datum.Epsg!.Value, cancellationToken)
        )
        {
            throw new ImportException(
                400,
                "crs-unknown",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"EPSG:{datum.Epsg} is not among the coordinate systems of PostGIS."
                )
            );
        }

        return datum;
    }
}
