namespace GeoCivic.Imports.Reading;

/// <summary>Opens an uploaded or local file with the reader its content asks for.</summary>
public static class SourceFile
{
    /// <summary>Opens a file; the content decides the format, the name only where the content leaves it open.</summary>
    /// <param name="path">The file on local disk.</param>
    /// <param name="fileName">The name its sender gave it; never used as a path.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>A reader, to be disposed.</returns>
    /// <exception cref="SourceFileException">The file as a whole is refused.</exception>
    public static ISourceReader Open(string path, string fileName, SourceOptions options)
    {
        var limits = options.Limits ?? SourceLimits.Default;
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            }
        );
        try
        {
            if (file.Length > limits.MaxFileBytes)
            {
                throw new SourceFileException(
                    413,
                    "file-too-large",
                    $"The file has {file.Length} bytes; at most {limits.MaxFileBytes} are read."
                );
            }
            var format = SourceFormats.Find(file, fileName);
            if (
                options.Layer is not null
                && format is not (SourceFormat.GeoPackage or SourceFormat.Shapefile)
            )
            {
                throw new SourceFileException(
                    422,
                    "unknown-layer",
                    "Only a GeoPackage or an archive of shapefiles has layers to choose from; leave --layer (HTTP: layer=) away."
                );
            }
            return format switch
            {
                SourceFormat.Csv => new CsvSourceReader(file, options),
                SourceFormat.GeoJson => new GeoJsonSourceReader(file, options),
                SourceFormat.GeoPackage => new GeoPackageSourceReader(file, options),
                SourceFormat.Shapefile => new ShapefileSourceReader(file, options),
                _ => new XlsxSourceReader(file, options),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
