using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Imports;
using Npgsql;

namespace GeoCivic.Exports;

/// <summary>
/// Writes a dataset to a file under its canonical names, so that importing the file again changes nothing. Rows stream from
/// one query (one state of the database) into the file; the file appears under its name when it is complete.
/// </summary>
public sealed class Exporter(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>Exports a dataset.</summary>
    /// <param name="dataset">What to export.</param>
    /// <param name="path">File to write; its extension is the format: .geojson, .json, .gpkg, .csv or .xlsx. Replaced if it is there.</param>
    /// <param name="street">Of which street; null for all streets of the dataset streets.</param>
    /// <param name="at">Areas in force on that day; null for today, and for records.</param>
    /// <param name="cancellationToken">Ends it; no file is left.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="ProblemException">The format, the street or the day does not fit; no file was written.</exception>
    public async Task<long> RunAsync(
        Dataset dataset,
        string path,
        string? street,
        DateOnly? at,
        CancellationToken cancellationToken
    )
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var place = extension switch
        {
            ".geojson" or ".json" or ".gpkg" when !dataset.HasPlace => throw new ProblemException(
                Problems.InvalidParameter,
                $"{dataset.Name} have no place; export them as .csv or .xlsx."
            ),
            ".geojson" or ".json" => ExportQuery.Place.GeoJson,
            ".gpkg" => ExportQuery.Place.Wkb,
            ".csv" or ".xlsx" => ExportQuery.InTable(dataset),
            _ => throw new ProblemException(
                Problems.InvalidParameter,
                $"'{Path.GetFileName(path)}' does not say a format: name it .geojson, .gpkg, .csv or .xlsx."
            ),
        };
        if (at is not null && dataset.AreaLevel is null)
        {
            throw new ProblemException(
                Problems.InvalidParameter,
                $"Only boundaries have versions; {dataset.Name} are exported as they are now."
            );
        }

        if (street is not null)
        {
            await Streets.RequireAsync(source, street, cancellationToken);
        }
        else if (!ReferenceEquals(dataset, Datasets.Streets))
        {
            throw new ProblemException(
                Problems.InvalidParameter,
                $"Say of which street: {dataset.Name} belong to one."
            );
        }

        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Guid.NewGuid():N}.part";
        try
        {
            long rows;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                rows = await WriteAsync(file);
            }

            File.Move(temporary, full, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(temporary);
        }

        async Task<long> WriteAsync(FileStream file)
        {
            string[] fields = [.. dataset.Fields.Select(f => f.Name)];
            var places = ExportQuery.Columns(place);
            await using var command = ExportQuery.Create(
                source,
                dataset,
                street,
                at ?? BeijingTime.Today(clock),
                place
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await using IExportWriter writer = extension switch
            {
                ".csv" => new CsvExport(file, fields, places),
                ".xlsx" => new XlsxExport(file, fields, places),
                ".gpkg" => new GeoPackageExport(file, dataset),
                _ => new GeoJsonExport(file, fields),
            };
            var values = new string?[fields.Length + places.Length];
            long rows = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = await reader.IsDBNullAsync(i, cancellationToken)
                        ? null
                        : reader.GetString(i);
                }

                await writer.WriteAsync(values);
                rows++;
            }

            await writer.CompleteAsync();
            return rows;
        }
    }
}
