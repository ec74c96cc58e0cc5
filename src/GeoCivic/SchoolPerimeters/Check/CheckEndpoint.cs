using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Whether a venue of a category would be allowed at a place.</summary>
public static class CheckEndpoint
{
    // Members of a compliance row that only a venue that is there has.
    private static readonly HashSet<string> OfVenue = new(StringComparer.Ordinal)
    {
        "venue",
        "venue_name",
        "licensed_from",
        "licensed_until",
        "licence",
        "exempt_until",
        "pre_existing",
    };

    /// <summary>Maps the call.</summary>
    public static void MapCheck(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/perimeters/check", CheckAsync)
            .WithSummary(
                "Whether a venue of a category would be allowed at a place, which schools and rules decide, and the nearest place where it would be"
            )
            .Reads("application/json")
            .Asks()
            .Takes();

    private static async Task<IResult> CheckAsync(
        HttpContext context,
        Caller caller,
        PlaceCheck check,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var at = body.Place(required: true);
        var category = body.Text("category", 64, required: true);
        var on = body.Day("on") ?? BeijingTime.Today(clock);
        var kinds = body.Texts("school_kinds");
        if (
            kinds?.Any(kind => !RuleCodes.SchoolKinds.Contains(kind, StringComparer.Ordinal))
            == true
        )
        {
            body.Refuse("school_kinds", $"takes {string.Join(", ", RuleCodes.SchoolKinds)}");
        }

        body.Done();
        var answer = await check.AtAsync(
            at!.Value,
            category!,
            on,
            kinds,
            caller.Scope,
            context.RequestAborted
        );
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Json(answer, at.Value, on), "application/json; charset=utf-8");
    }

    private static byte[] Json(PlaceAnswer answer, LonLat at, DateOnly on)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, ComplianceFile.Readable))
        {
            json.WriteStartObject();
            WritePlace(json, at);
            json.WriteString("category", answer.Category.Code);
            json.WriteString("category_name", answer.Category.Name);
            json.WriteString("street", answer.Street.Code);
            json.WriteString("street_name", answer.Street.Name);
            json.WriteString("day", on.ToString("yyyy-MM-dd"));
            json.WriteString("verdict", answer.Verdict?.ToName() ?? "no_rule");
            if (answer.Allowed is { } allowed)
            {
                json.WriteBoolean("allowed", allowed);
            }
            else
            {
                json.WriteNull("allowed");
            }

            WriteRows(json, "deciding", answer.Deciding, answer);
            WriteRows(json, "others", answer.Others, answer);
            if (answer.NearestAllowed is { } nearest)
            {
                json.WriteStartObject("nearest_allowed");
                WritePlace(json, nearest.Place);
                json.WriteNumber("metres", Math.Round(nearest.Metres, 1));
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("nearest_allowed");
            }

            json.WritePropertyName("explanation");
            PerimeterJson.Write(json, CheckExplanation.For(answer));
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteRows(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<ComplianceRow> rows,
        PlaceAnswer answer
    )
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            ComplianceFile.WriteRow(
                json,
                new ComplianceCell(row, answer.Category.Name),
                more =>
                {
                    more.WriteStartObject("wall");
                    WritePlace(more, row.Distances.Wall);
                    more.WriteEndObject();
                },
                OfVenue
            );
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, LonLat place)
    {
        json.WriteNumber("lon", Math.Round(place.Lon, 7));
        json.WriteNumber("lat", Math.Round(place.Lat, 7));
    }
}
