using System.Diagnostics;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;
using GeoCivic.Spatial.Calendar;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace GeoCivic.Http;

/// <summary>Turns every exception into one problem document (RFC 9457); details of unforeseen ones stay in the log.</summary>
public sealed partial class ProblemHandler(ILogger<ProblemHandler> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (
            exception is OperationCanceledException
            && context.RequestAborted.IsCancellationRequested
        )
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ToProblem(exception);
        if (problem.Status >= 500)
        {
            LogFailure(
                log,
                exception,
                context.Request.Method,
                context.Request.GetEncodedPathAndQuery()
            );
            if (problem.Status == 503)
            {
                context.Response.Headers.RetryAfter = "5";
            }
        }

        if (problem.Extensions.TryGetValue("retryAfter", out var seconds))
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        await WriteAsync(context, problem);
        return true;
    }

    /// <summary>
    /// Answers with a problem, whatever the request accepts: the framework's own writer would leave a caller that
    /// asks for GeoJSON or a tile without any explanation.
    /// </summary>
    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status!.Value;
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier;
        return context.Response.WriteAsJsonAsync(
            problem,
            options: null,
            "application/problem+json",
            context.RequestAborted
        );
    }

    /// <summary>The document for a kind.</summary>
    public static ProblemDetails Document(
        ProblemKind kind,
        string detail,
        IReadOnlyDictionary<string, object?>? extensions = null,
        int? status = null
    )
    {
        var problem = new ProblemDetails
        {
            Type = $"/problems/{kind.Code}",
            Title = kind.Title,
            Status = status ?? kind.Status,
            Detail = detail,
        };
        foreach (
            var (name, value) in extensions
                ?? new Dictionary<string, object?>(StringComparer.Ordinal)
        )
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    private static ProblemDetails ToProblem(Exception exception) =>
        exception switch
        {
            ProblemException e => Document(e.Kind, e.Message, e.Extensions),
            CalendarYearMissingException e => Document(
                Problems.CalendarMissing,
                e.Message,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["year"] = e.Year }
            ),
            ImportException e => Document(KindOf(e.Code, e.Status), e.Message, e.Extensions),
            SourceFileException e => Document(KindOf(e.Code, e.Status), e.Detail, e.Extensions),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Document(Problems.TooLarge, "The upload is larger than this service takes."),
            BadHttpRequestException e => Document(
                Problems.InvalidParameter,
                e.Message,
                status: e.StatusCode
            ),
            PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => Document(
                Problems.Unavailable,
                "The answer takes the database longer than this call allows."
            ),
            // 57P01–57P05: the server is stopped, crashed, still starting, or ended the session.
            PostgresException e when e.SqlState.StartsWith("57P", StringComparison.Ordinal) =>
                Document(Problems.Unavailable, "The database does not answer at the moment."),
            NpgsqlException { IsTransient: true } or TimeoutException => Document(
                Problems.Unavailable,
                "The database does not answer at the moment."
            ),
            _ => Document(
                Problems.Internal,
                "An unforeseen error; it is in the log under the trace id."
            ),
        };

    // The status of the refusal stands: a code may be given with a more exact one than its usual.
    private static ProblemKind KindOf(string code, int status) =>
        Problems.All.First(k => k.Code == code) with
        {
            Status = status,
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(
        ILogger log,
        Exception exception,
        string method,
        string path
    );
}
