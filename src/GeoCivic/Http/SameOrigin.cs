namespace GeoCivic.Http;

/// <summary>
/// Refuses writes that another site's page starts, by what browsers say themselves (Origin, Sec-Fetch-Site): beside the
/// session's SameSite=Strict cookie and bodies in JSON, which no form can send, the guard against forged requests.
/// </summary>
public static class SameOrigin
{
    /// <summary>Hosts served when nothing is configured: a foreign name that leads to this machine is not one of them.</summary>
    public const string LoopbackHosts = "localhost;127.0.0.1;[::1]";

    /// <summary>Adds the check.</summary>
    public static void UseSameOrigin(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                if (
                    !HttpMethods.IsGet(request.Method)
                    && !HttpMethods.IsHead(request.Method)
                    && !HttpMethods.IsOptions(request.Method)
                    && (
                        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
                        || IsForeign(request)
                    )
                )
                {
                    throw new ProblemException(
                        Problems.CrossOrigin,
                        "The request comes from a page of another site."
                    );
                }

                return next(context);
            }
        );

    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(
            Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
        );
}
