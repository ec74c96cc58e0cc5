using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>A moved wall or gate: what it would do, and doing it.</summary>
public static class ShapeEndpoints
{
    private static readonly QueryParameter SchoolStreet = new(
        "street",
        "Street of the school; needed where several have its code."
    );

    /// <summary>Maps the calls.</summary>
    public static void MapSchoolShapes(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/perimeters/what-if", WhatIfAsync)
            .WithSummary(
                "Which verdicts would flip with another campus or other gates, without saving: {school, street?, campus?: geometry, gates?: [{code?, name?, lon, lat, main?}], crs?, accuracy?, on?}"
            )
            .Takes()
            .Reads("application/json")
            .Answers("application/json")
            .For(Role.Planner, Role.Admin);
        routes
            .MapPut("/api/schools/{code}/shape", PutAsync)
            .WithSummary(
                "Saves a campus or gates (If-Match with the revision required): {campus?: geometry, gates?: [{code?, name?, lon, lat, main?}], crs?, accuracy?}; gates are the complete list"
            )
            .Takes(SchoolStreet)
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Planner, Role.Admin);
    }

    private static async Task<IResult> WhatIfAsync(
        HttpContext context,
        Caller caller,
        MovedShape moved,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var code = body.Text("school", 64, required: true);
        var street = body.Text("street", 64);
        var on = body.Day("on") ?? BeijingTime.Today(clock);
        var shape = ShapeBody.Read(body);
        body.Done();
        var stop = context.RequestAborted;
        var school = await moved.SchoolAsync(code!, street, caller.Scope, stop);
        var effect = await moved.EffectAsync(school, shape.Of(school), caller.Scope, on, stop);
        return Results.Json(
            new
            {
                School = school.Code,
                school.Street,
                school.Name,
                school.Revision,
                Day = on,
                effect.Before,
                effect.After,
                effect.Flips,
                effect.Same,
            },
            PerimeterJson.Snake
        );
    }

    private static async Task<IResult> PutAsync(
        string code,
        HttpContext context,
        Caller caller,
        MovedShape moved,
        ShapeBook book,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        query.Done();
        var match = IfMatch.Required(context, "school");
        var body = await BodyReader.OfAsync(context.Request);
        var shape = ShapeBody.Read(body);
        body.Done();
        var stop = context.RequestAborted;
        var before = await moved.SchoolAsync(code, street, caller.Scope, stop);
        await book.SaveAsync(before, shape, match, caller, stop);
        var after = await moved.SchoolAsync(code, before.Street, caller.Scope, stop);
        var effect = await moved.EffectAsync(
            before,
            after,
            caller.Scope,
            BeijingTime.Today(clock),
            stop
        );
        context.Response.Headers.ETag = PlaceBook.TagOf(after.Revision);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                Type = "Feature",
                Id = after.Code,
                Geometry = after.Campus,
                Properties = new
                {
                    after.Code,
                    after.Name,
                    after.Kind,
                    after.Street,
                    Neighbour = false,
                    after.Revision,
                    Accuracy = ClassOf(
                        after.Campus.Dimension == NetTopologySuite.Geometries.Dimension.Point
                            ? "D"
                            : after.Accuracy
                    ),
                    after.Datum,
                    Gates = after.Gates.Select(g => new
                    {
                        g.Code,
                        g.Name,
                        g.Main,
                        g.Place.Lon,
                        g.Place.Lat,
                        g.Accuracy,
                        g.Datum,
                    }),
                    Notes = SummaryEndpoint.Notes(after),
                },
                effect.Before,
                effect.After,
                effect.Flips,
                effect.Same,
            },
            PerimeterJson.Snake,
            "application/geo+json"
        );
    }

    private static object ClassOf(string? code) =>
        new { Class = code ?? "B", Metres = Accuracy.Metres(code) };
}
