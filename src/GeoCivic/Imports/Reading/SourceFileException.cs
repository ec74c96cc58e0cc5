namespace GeoCivic.Imports.Reading;

// Without a status and a code there is nothing to answer, so the conventional constructors would only be traps.
#pragma warning disable RCS1194
/// <summary>The whole file is refused; carries what an RFC 9457 problem needs.</summary>
public sealed class SourceFileException : Exception
{
    private static readonly IReadOnlyDictionary<string, object?> NoExtensions = new Dictionary<
        string,
        object?
    >(StringComparer.Ordinal);

    /// <summary>Makes the refusal.</summary>
    /// <param name="status">HTTP status: 400, 413, 415 or 422.</param>
    /// <param name="code">Stable problem code, lower case with hyphens.</param>
    /// <param name="detail">What is wrong and what to do (English).</param>
    /// <param name="extensions">Further members of the problem.</param>
    /// <param name="inner">What was caught.</param>
    public SourceFileException(
        int status,
        string code,
        string detail,
        IReadOnlyDictionary<string, object?>? extensions = null,
        Exception? inner = null
    )
        : base(detail, inner)
    {
        Status = status;
        Code = code;
        Detail = detail;
        Extensions = extensions ?? NoExtensions;
    }

    /// <summary>HTTP status: 400, 413, 415 or 422.</summary>
    public int Status { get; }

    /// <summary>Stable problem code.</summary>
    public string Code { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Detail { get; }

    /// <summary>Further members of the problem.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; }
}
