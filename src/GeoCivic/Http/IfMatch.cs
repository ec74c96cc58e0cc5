namespace GeoCivic.Http;

/// <summary>The revision of a record that a change is based on (RFC 9110, 13.1.1).</summary>
public static class IfMatch
{
    /// <summary>The tag sent, or null: a star matches whatever there is, as if the header were not sent.</summary>
    public static string? Of(HttpContext context) =>
        context.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*"
            ? tag
            : null;

    /// <summary>The tag sent.</summary>
    /// <param name="context">The call.</param>
    /// <param name="record">What is changed, for the answer where there is none.</param>
    /// <exception cref="ProblemException">428 without a tag: nobody changes what they have not read.</exception>
    public static string Required(HttpContext context, string record) =>
        Of(context)
        ?? throw new ProblemException(
            Problems.PreconditionRequired,
            $"If-Match with the ETag of the {record} is required."
        );
}
