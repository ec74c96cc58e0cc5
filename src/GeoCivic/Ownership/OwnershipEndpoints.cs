using System.Text.Json;
using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Ownership;

/// <summary>Whose a place is, the map of leads, and what nobody owns or two lead.</summary>
public static class OwnershipEndpoints
{
    private const double MetresPerDegree = 110_000;

    private static readonly QueryParameter Category = new(
        "category",
        "Code of an issue category; without it, the duties for every category."
    );

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapOwnership(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/ownership", GetAsync)
            .WithSummary(
                "To whom a place belongs, who answers for it and why, and what is known around it"
            )
            .Takes(
                Parameters.Lon,
                Parameters.Lat,
                Parameters.Crs,
                Parameters.At,
                Parameters.Street,
                Parameters.Number(
                    "radius",
                    "Metres around the place in which points and open issues are listed.",
                    0,
                    5000,
                    50
                ),
                new QueryParameter(
                    "category",
                    "Code of an issue category: who answers for it, and issues of that only. Without it, who answers for each."
                )
            );
        routes
            .MapGet("/api/ownership/map", MapAsync)
            .WithSummary("Grids with the body that leads in each for a category")
            .Takes(Street, Category, Parameters.At)
            .AnswersFeatures();
        routes
            .MapGet("/api/ownership/findings", FindingsAsync)
            .WithSummary(
                "Grids that nobody owns (unowned) or that two bodies lead (two_leads), by category"
            )
            .Takes(
                Street,
                new QueryParameter("category", "Code of an issue category; without it, all."),
                Parameters.At
            )
            .AnswersFeatures();
        routes.MapBodies();
        routes.MapDuties();
        routes.MapPeople();
        routes
            .MapGet("/api/campaigns", CampaignsAsync)
            .WithSummary("The seven campaigns of 2020: bodies, measures, named places")
            .Takes();
    }

    /// <summary>The street that a call is about.</summary>
    internal static readonly QueryParameter Street = new QueryParameter(
        "street",
        "Code of the street."
    ).Required();

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        PlaceFinder places,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var at = query.Place();
        var day = query.Day("at");
        var street = query.Text("street", 64);
        var radius = query.Number("radius", 0, 5000) ?? 50;
        var category = query.Text("category", 64);
        query.Done();
        var place = await places.FindAsync(
            at!.Value,
            day,
            street,
            caller.Scope,
            context.RequestAborted
        );
        var answer = await AroundAsync(
            source,
            caller,
            place,
            radius,
            category,
            context.RequestAborted
        );
        await using var command = source
            .CreateCommand(Sql.Load("Ownership/answers.sql"))
            .With("street", place.Street.Code)
            .With("community", place.Community?.Code)
            .With("grid", place.Grid.Code)
            .With("category", category)
            .With("day", day ?? BeijingTime.Today(clock));
        var who = JsonNode
            .Parse((string)(await command.ExecuteScalarAsync(context.RequestAborted))!)!
            .AsObject();
        var explanation = OwnershipExplanation.For(place, category, who);
        answer["explanation"] = JsonSerializer.SerializeToNode(
            explanation,
            JsonSerializerOptions.Web
        );
        foreach (var member in (string[])["people", "responsible", "duties"])
        {
            if (member != "duties" || category is null)
            {
                answer[member] = who[member]?.DeepClone();
            }
        }

        foreach (
            var member in JsonSerializer
                .SerializeToNode(place, JsonSerializerOptions.Web)!
                .AsObject()
        )
        {
            answer[member.Key] = member.Value?.DeepClone();
        }

        return Results.Json(answer);
    }

    private static async Task<JsonObject> AroundAsync(
        NpgsqlDataSource source,
        Caller caller,
        Place place,
        double radius,
        string? category,
        CancellationToken cancellationToken
    )
    {
        var dLat = radius / MetresPerDegree;
        var dLon = dLat / Math.Max(0.01, Math.Cos(place.Lat * Math.PI / 180));
        var box = new Envelope(
            place.Lon - dLon,
            place.Lon + dLon,
            place.Lat - dLat,
            place.Lat + dLat
        );
        await using var command = source
            .CreateCommand(Sql.Load("Ownership/around.sql"))
            .With("place", new Point(place.Lon, place.Lat))
            .With("box", new GeometryFactory().ToGeometry(box))
            .With("radius", radius)
            .With("street", place.Street.Code)
            .With("grid", place.Grid.Code)
            .With("category", category)
            .With(caller.Scope)
            .With(
                "covert",
                Scope.Covers(
                    caller.Scope.CovertKeys,
                    place.Street.Code,
                    place.Community?.Code,
                    place.Grid.Code
                )
            );
        return JsonNode
            .Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!)!
            .AsObject();
    }

    private static Task MapAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    ) => GridsAsync("Ownership/map.sql", context, caller, source, clock);

    private static Task FindingsAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    ) => GridsAsync("Ownership/findings.sql", context, caller, source, clock);

    private static async Task GridsAsync(
        string file,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var category = query.Text("category", 64);
        var at = query.Day("at");
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = source
            .CreateCommand(Sql.Load(file))
            .With("street", street)
            .With("category", category)
            .With("day", at ?? BeijingTime.Today(clock))
            .With(caller.Scope);
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task<IResult> CampaignsAsync(HttpContext context, NpgsqlDataSource source)
    {
        new QueryReader(context.Request).Done();
        await using var command = source.CreateCommand(Sql.Load("Ownership/list_campaigns.sql"));
        return await JsonText.OneAsync(command, context.RequestAborted);
    }
}
