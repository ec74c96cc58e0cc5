namespace GeoCivic.Exports;

/// <summary>Writes rows to a file as they come, so that memory does not grow with them.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    /// <summary>Writes one row: a text or null for each field, then the place.</summary>
    Task WriteAsync(IReadOnlyList<string?> values);

    /// <summary>Ends the file. Without it the file is not complete.</summary>
    Task CompleteAsync();
}
