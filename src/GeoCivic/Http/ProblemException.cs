namespace GeoCivic.Http;

/// <summary>One fault of a request.</summary>
/// <param name="Parameter">Query parameter.</param>
/// <param name="Reason">What is expected.</param>
public sealed record ParameterError(string Parameter, string Reason);

// Without its kind a problem could not be answered; the conventional constructors would leave it out.
#pragma warning disable RCS1194
/// <summary>Ends a request with a problem; turned into RFC 9457 at one place, <see cref="ProblemHandler"/>.</summary>
public sealed class ProblemException(
    ProblemKind kind,
    string detail,
    IReadOnlyDictionary<string, object?>? extensions = null
) : Exception(detail)
{
    /// <summary>The kind.</summary>
    public ProblemKind Kind { get; } = kind;

    /// <summary>Further members.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; } =
        extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>A problem about members of a body.</summary>
    public static ProblemException ForFields(ProblemKind kind, IReadOnlyList<FieldError> errors) =>
        new(
            kind,
            string.Join(" ", errors.Select(e => $"{e.Field}: {e.Reason}.")),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = errors }
        );

    /// <summary>A member of a body that can be read but not accepted (422).</summary>
    public static ProblemException Unacceptable(string field, string reason) =>
        ForFields(Problems.Unacceptable, [new FieldError(field, reason)]);

    /// <summary>A problem about parameters.</summary>
    public static ProblemException ForParameters(IReadOnlyList<ParameterError> errors) =>
        new(
            Problems.InvalidParameter,
            string.Join(" ", errors.Select(e => $"{e.Parameter}: {e.Reason}.")),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = errors }
        );
}
