namespace GeoCivic.Http;

/// <summary>Gives the answers that the framework leaves without a body (unknown path, method, media type) the form of all other problems.</summary>
public static class StatusProblems
{
    /// <summary>Adds the bodies.</summary>
    public static void UseStatusProblems(this WebApplication app) =>
        app.UseStatusCodePages(async pages =>
        {
            var context = pages.HttpContext;
            var status = context.Response.StatusCode;
            var kind = Problems.All.FirstOrDefault(k => k.Status == status) ?? Problems.NotAnswered;
            await ProblemHandler.WriteAsync(
                context,
                ProblemHandler.Document(kind, Detail(context, status), status: status)
            );
        });

    private static string Detail(HttpContext context, int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized =>
                "Nobody is signed in, the session is over, or the token is unknown, revoked or expired.",
            StatusCodes.Status404NotFound =>
                $"There is nothing at {context.Request.Path}; /docs/ lists the calls.",
            StatusCodes.Status405MethodNotAllowed =>
                $"{context.Request.Method} is not among the methods of {context.Request.Path}: {context.Response.Headers.Allow}.",
            _ => $"{context.Request.Method} {context.Request.Path} cannot be answered.",
        };
}
