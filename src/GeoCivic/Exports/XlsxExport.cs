namespace GeoCivic.Exports;

/// <summary>A dataset as a sheet of texts.</summary>
internal sealed class XlsxExport(
    Stream file,
    IReadOnlyList<string> fields,
    IReadOnlyList<string> places
) : IExportWriter
{
    private readonly XlsxSheet _sheet = new(
        file,
        "GeoCivic",
        [.. fields.Concat(places).Select(name => new XlsxColumn(name))],
        filters: false
    );

    public Task WriteAsync(IReadOnlyList<string?> values)
    {
        _sheet.Write(values);
        return Task.CompletedTask;
    }

    public Task CompleteAsync()
    {
        _sheet.Complete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _sheet.DisposeAsync();
}
