namespace GeoCivic.Http;

/// <summary>The query parameters of a call, as endpoint metadata.</summary>
internal sealed record QueryParameters(IReadOnlyList<QueryParameter> All);

/// <summary>What a call answers with when it succeeds, as endpoint metadata.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Schema">Name of a component of the description, or null for any JSON.</param>
internal sealed record Answer(string ContentType, string? Schema);

/// <summary>The bodies a call reads, as endpoint metadata.</summary>
internal sealed record RequestBodies(IReadOnlyList<string> ContentTypes);

/// <summary>Declares beside a route what its call takes and answers; <see cref="ApiDescription"/> puts it into the OpenAPI document.</summary>
public static class CallDescription
{
    /// <summary>The call takes these query parameters and no others.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder route, params QueryParameter[] parameters)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new QueryParameters(parameters));

    /// <summary>The call answers with a GeoJSON FeatureCollection.</summary>
    public static TBuilder AnswersFeatures<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Answer("application/geo+json", "FeatureCollection"));

    /// <summary>The call answers with one GeoJSON Feature.</summary>
    public static TBuilder AnswersFeature<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Answer("application/geo+json", "Feature"));

    /// <summary>The call answers with something else than JSON.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder route, string contentType)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Answer(contentType, Schema: null));

    /// <summary>The call reads a body of one of these types.</summary>
    public static TBuilder Reads<TBuilder>(this TBuilder route, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RequestBodies(contentTypes));
}
