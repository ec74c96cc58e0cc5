namespace GeoCivic.Imports;

// A refusal needs its status, code and text; the conventional constructors would leave them out.
#pragma warning disable RCS1194
/// <summary>The import as a whole is refused; nothing was written.</summary>
public sealed class ImportException(
    int status,
    string code,
    string detail,
    IReadOnlyDictionary<string, object?>? extensions = null
) : Exception(detail)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Code of the problem.</summary>
    public string Code { get; } = code;

    /// <summary>Further members of the problem.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; } =
        extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal);
}
