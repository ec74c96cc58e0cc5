using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GeoCivic.Http;

/// <summary>The OpenAPI document, made of what the routes declare, and the pages about problems.</summary>
public static class ApiDescription
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Registers the OpenAPI document.</summary>
    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.AddOperationTransformer(DescribeCall);
                options.AddDocumentTransformer(DescribeDocument);
            }
        );

    /// <summary>Maps the document and the problem pages.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes
            .MapGet("/problems", () => Results.Json(Problems.All))
            .WithSummary("All kinds of problems")
            .AllowAnonymous();
        routes
            .MapGet(
                "/problems/{code}",
                (string code) =>
                    Problems.All.FirstOrDefault(p =>
                        string.Equals(p.Code, code, StringComparison.Ordinal)
                    )
                        is { } kind
                        ? Results.Json(kind)
                        : throw new ProblemException(
                            Problems.NotFound,
                            $"There is no kind of problem '{code}'."
                        )
            )
            .WithSummary("What a kind of problem means and what to do")
            .AllowAnonymous();
    }

    private static Task DescribeDocument(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info.Title = "GeoCivic";
        document.Info.Description =
            "Points of inspection on grids and communities. Longitude first, WGS-84, RFC 7946 GeoJSON; errors are RFC 9457 problems. Unknown and doubled query parameters are refused.";
        document.AddComponent(
            "Feature",
            Object(("type", Constant("Feature")), ("geometry", Any()), ("properties", Any()))
        );
        document.AddComponent(
            "FeatureCollection",
            Object(
                ("type", Constant("FeatureCollection")),
                (
                    "features",
                    new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchemaReference("Feature", document),
                    }
                )
            )
        );
        document.AddComponent(
            "Problem",
            Object(
                ("type", Text("/problems/{code}; ask there what it means")),
                ("title", Text("Kind of problem")),
                ("status", new OpenApiSchema { Type = JsonSchemaType.Integer }),
                ("detail", Text("What is wrong with this request"))
            )
        );
        return Task.CompletedTask;
    }

    private static Task DescribeCall(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(q => q.All))
        {
            operation.Parameters.Add(parameter.ToOpenApi());
        }

        if (metadata.OfType<RequestBodies>().LastOrDefault() is { } bodies)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = bodies.ContentTypes.ToDictionary(
                    t => t,
                    _ => new OpenApiMediaType(),
                    StringComparer.Ordinal
                ),
            };
        }

        var answer =
            metadata.OfType<Answer>().LastOrDefault() ?? new Answer("application/json", null);
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Response("Success", answer.ContentType, answer.Schema, context.Document),
            ["default"] = Response("A problem", ProblemType, "Problem", context.Document),
        };
        return Task.CompletedTask;
    }

    private static OpenApiResponse Response(
        string description,
        string contentType,
        string? schema,
        OpenApiDocument? document
    ) =>
        new()
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [contentType] = new OpenApiMediaType
                {
                    Schema = schema is null ? null : new OpenApiSchemaReference(schema, document),
                },
            },
        };

    private static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] members) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = members.Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
            Properties = members.ToDictionary(m => m.Name, m => m.Schema, StringComparer.Ordinal),
        };

    private static OpenApiSchema Any() =>
        new() { Type = JsonSchemaType.Object | JsonSchemaType.Null };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Constant(string value) =>
        new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create(value)!] };
}
