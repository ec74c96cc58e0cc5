using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>Streets, communities, grids; where a place belongs; coverage; search.</summary>
public static class GeographyEndpoints
{
    /// <summary>Maps the calls of this slice.</summary>
    public static void MapGeography(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/areas", ListAreasAsync)
            .WithSummary("Boundaries of a level with counts of points and open issues")
            .Takes(
                Parameters
                    .Choice("level", "Level of the areas.", null, "street", "community", "grid")
                    .Required(),
                Parameters.Bbox,
                Parameters.At,
                Parameters.Street
            )
            .AnswersFeatures();
        routes
            .MapGet("/api/areas/locate", LocateAsync)
            .WithSummary("Street, community and grid of a place")
            .Takes(
                Parameters.Lon,
                Parameters.Lat,
                Parameters.Crs,
                Parameters.At,
                Parameters.Street
            );
        routes
            .MapGet("/api/coverage", CoverageAsync)
            .WithSummary("Gaps, overlaps and other findings about a street's grids")
            .Takes(new QueryParameter("street", "Code of the street.").Required(), Parameters.At)
            .AnswersFeatures();
        routes
            .MapGet("/api/base", BaseAsync)
            .WithSummary("The map's own base: river, roads, rail, parks")
            .Takes(Parameters.Street, Parameters.Bbox)
            .AnswersFeatures();
        routes
            .MapGet("/api/search", SearchAsync)
            .WithSummary("Areas and records by code or name")
            .Takes(
                Parameters.Contains("codes or names").Required(),
                Parameters.Street,
                Parameters.Limit(20, "Results; more than 100 are cut to that.")
            );
    }

    private static async Task ListAreasAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var level = query.Choice("level", null, "street", "community", "grid");
        var bbox = query.Bbox();
        var at = query.Day("at");
        var street = query.Text("street", 64);
        if (level is null)
        {
            query.Fault("level", "is required: street, community or grid");
        }

        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Geography/list_areas.sql"))
            .With("level", level)
            .With("bbox", bbox)
            .With("at", at)
            .With("today", BeijingTime.Today(clock))
            .With("end_of_day", at is { } day ? BeijingTime.StartOf(day.AddDays(1)) : null)
            .With("street", street)
            .With(caller.Scope);
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task<Place> LocateAsync(
        HttpContext context,
        Caller caller,
        PlaceFinder places
    )
    {
        var query = new QueryReader(context.Request);
        var place = query.Place();
        var at = query.Day("at");
        var street = query.Text("street", 64);
        query.Done();
        return await places.FindAsync(
            place!.Value,
            at,
            street,
            caller.Scope,
            context.RequestAborted
        );
    }

    private static async Task CoverageAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var at = query.Day("at");
        query.Done();
        await Streets.RequireAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = Coverage.Command(
            source,
            "Geography/coverage_features.sql",
            street,
            at ?? BeijingTime.Today(clock)
        );
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task BaseAsync(HttpContext context, Caller caller, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var bbox = query.Bbox();
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Geography/list_base.sql"))
            .With("street", street)
            .With("bbox", bbox)
            .With(caller.Scope);
        await FeatureStream.WriteAsync(context, command);
    }

    private static async Task<IResult> SearchAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var q = query.Text("q", 100);
        var street = query.Text("street", 64);
        var limit = query.Limit("limit", 20, 100);
        if (q is null)
        {
            query.Fault("q", "is required");
        }

        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("Geography/search.sql"))
            .With("q", q)
            .With("contains", Query.Contains(q))
            .With("begins", $"{Query.Escape(q!)}%")
            .With("street", street)
            .With(caller.Scope)
            .With("limit", limit);
        var results = (string)(await command.ExecuteScalarAsync(context.RequestAborted))!;
        return Results.Text($"{{\"results\":{results}}}", "application/json");
    }
}
