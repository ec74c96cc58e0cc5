using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GeoCivic.Http;

/// <summary>
/// A query parameter as the API description tells it. Handlers read parameters through <see cref="QueryReader"/>, which the
/// framework cannot see; a test compares the two for every call, so that neither can drift.
/// </summary>
/// <param name="Name">Name in the query.</param>
/// <param name="Description">What it does, with units.</param>
public sealed record QueryParameter(string Name, string Description)
{
    /// <summary>Type of the value, or of each value of a list.</summary>
    public JsonSchemaType Type { get; init; } = JsonSchemaType.String;

    /// <summary>Format of the value, such as <c>date</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Whether a call without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether several values may be given, separated by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>The only values taken.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Least number taken.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest number taken.</summary>
    public string? Max { get; init; }

    /// <summary>What is meant when it is absent.</summary>
    public JsonNode? Standard { get; init; }

    /// <summary>A value that works on the demo street.</summary>
    public string? Example { get; init; }

    /// <summary>The same parameter, required.</summary>
    public QueryParameter Required() => this with { IsRequired = true };

    internal OpenApiParameter ToOpenApi()
    {
        var value = new OpenApiSchema
        {
            Type = Type,
            Format = Format,
            Enum = Values?.Select(v => (JsonNode)JsonValue.Create(v)!).ToList(),
            Minimum = Min,
            Maximum = Max,
            Default = Standard?.DeepClone(),
        };
        return new OpenApiParameter
        {
            Name = Name,
            In = ParameterLocation.Query,
            Description = Description,
            Required = IsRequired,
            Style = IsList ? ParameterStyle.Form : null,
            Explode = !IsList,
            Schema = IsList
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value }
                : value,
            Example = Example is null ? null : JsonValue.Create(Example),
        };
    }
}
