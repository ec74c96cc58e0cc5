namespace GeoCivic.Http;

/// <summary>OpenAPI, and a page for each kind of problem.</summary>
public static class ApiDescription
{
    /// <summary>Registers the OpenAPI document.</summary>
    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = "GeoCivic";
                        document.Info.Description =
                            "Points of inspection on grids and communities. Longitude first, WGS-84, RFC 7946 GeoJSON; errors are RFC 9457 problems.";
                        return Task.CompletedTask;
                    }
                )
        );

    /// <summary>Maps the document and the problem pages.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes
            .MapGet(
                "/problems/{code}",
                (string code) =>
                    Problems.All.FirstOrDefault(p => p.Code == code) is { } kind
                        ? Results.Json(kind)
                        : throw new ProblemException(
                            Problems.NotFound,
                            $"There is no kind of problem '{code}'."
                        )
            )
            .WithSummary("What a kind of problem means and what to do");
        routes.MapGet("/docs", () => Results.Redirect("/docs/")).ExcludeFromDescription();
    }
}
