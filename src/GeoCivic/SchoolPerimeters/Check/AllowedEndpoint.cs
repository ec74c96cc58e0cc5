using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Zones;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>The map of where a category is allowed in a street.</summary>
public static class AllowedEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapAllowed(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/allowed", GetAsync)
            .WithSummary(
                "Where in a street a venue category is allowed, forbidden, or not to be told from the map"
            )
            .Takes(
                new QueryParameter("street", "Code of the street.").Required(),
                new QueryParameter("category", "Code of a venue category.").Required(),
                ComplianceEndpoint.On
            )
            .AnswersFeatures();

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        AllowedMaps maps,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var category = query.Text("category", 64);
        if (category is null)
        {
            query.Fault("category", "is required");
        }

        var on = query.Day("on") ?? BeijingTime.Today(clock);
        query.Done();
        var stop = context.RequestAborted;
        await Streets.RequireTouchedAsync(source, street, caller.Scope, stop);
        var map = await maps.OfAsync(street, category!, on, caller.Scope, stop);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Json(map, street, on), "application/geo+json; charset=utf-8");
    }

    private static byte[] Json(AllowedMap map, string street, DateOnly on)
    {
        var (category, rules, areas) = map;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, ComplianceFile.Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteString("street", street);
            json.WriteString("category", category.Code);
            json.WriteString("category_name", category.Name);
            json.WriteString("day", on.ToString("yyyy-MM-dd"));
            // Where no rule covers the category nothing is decided, and nothing is drawn.
            json.WriteBoolean("no_rule", rules.Count == 0);
            json.WriteStartArray("features");
            if (areas is not null)
            {
                WriteArea(json, "allowed", areas.Allowed, rules);
                WriteArea(json, "forbidden", areas.Forbidden, rules);
                WriteArea(json, "unsure", areas.Unsure, rules);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteArea(
        Utf8JsonWriter json,
        string status,
        Geometry area,
        IReadOnlyList<PerimeterRule> rules
    )
    {
        if (area.IsEmpty)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", status);
        ZoneJson.WriteGeometry(json, area);
        json.WriteStartObject("properties");
        json.WriteString("status", status);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            ZoneJson.WriteRule(json, rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
