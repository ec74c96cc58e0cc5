using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial.Walking;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Walking;

/// <summary>Ways, the shortest way from a school's gates to a door, and what is reached from them.</summary>
public static class WalkingEndpoints
{
    /// <summary>Longest way looked for, metres.</summary>
    public const double LongestMetres = 5000;

    private static readonly QueryParameter School = new QueryParameter(
        "school",
        "Code of a school."
    ).Required();

    private static readonly QueryParameter SchoolStreet = new(
        "street",
        "Code of the school's street; without it, a school of one's own area comes before its neighbours."
    );

    /// <summary>Maps the calls.</summary>
    public static void MapWalking(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/ways", WaysAsync)
            .WithSummary("Ways that people walk on")
            .Takes(
                Parameters.Street,
                Parameters.Bbox,
                Parameters.List("kind", "Kinds of way, as imported (OpenStreetMap: highway)."),
                Parameters.Contains("names or codes"),
                Parameters.Page,
                Parameters.Cursor
            )
            .AnswersFeatures();
        routes
            .MapGet("/api/perimeters/walking", RouteAsync)
            .WithSummary("Shortest way on foot from a school's gates to a door")
            .Takes(Parameters.Lon, Parameters.Lat, Parameters.Crs, School, SchoolStreet);
        routes
            .MapGet("/api/perimeters/reach", ReachAsync)
            .WithSummary("Places within so many metres on foot of a school's gates")
            .Takes(
                School,
                SchoolStreet,
                Parameters
                    .Number("metres", "Metres on foot, the legs to the ways included.", 1, 2000)
                    .Required()
            );
    }

    private static async Task WaysAsync(HttpContext context, Caller caller, NpgsqlDataSource source)
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var bbox = query.Bbox();
        var kinds = query.Texts("kind");
        var q = query.Text("q", 100);
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var after = Cursor.Read(query);
        query.Done();
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/list_ways.sql"))
            .With("street", street)
            .With("bbox", bbox)
            .With("kinds", kinds)
            .With("contains", Query.Contains(q))
            .With(caller.Scope);
        await RecordList.StreamAsync(context, command, after, limit, matched: null);
    }

    private static async Task<IResult> RouteAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        WalkingNetworks networks
    )
    {
        var query = new QueryReader(context.Request);
        var door = query.Place();
        var (school, street) = AskedSchool(query);
        query.Done();
        var gates = await WalkingSchool.FindAsync(
            source,
            school,
            street,
            caller.Scope,
            context.RequestAborted
        );
        var place = door!.Value;
        var area = gates.Extent;
        area.ExpandToInclude(place.Lon, place.Lat);
        var state = await gates.StateAsync(networks, area, context.RequestAborted);
        if (state.Network is not { } network)
        {
            return Results.Json(new { status = "not_measured", reason = state.Reason });
        }

        var field = network.From(gates.Starts, LongestMetres, gates.Walls);
        return field.To(place) is { } route
            ? Results.Json(
                new
                {
                    type = "Feature",
                    geometry = route.Path,
                    properties = new
                    {
                        status = "measured",
                        school = gates.Code,
                        street = gates.Street,
                        gate = route.Gate,
                        metres = Metres(route.Metres),
                        gate_snap_m = Metres(route.GateSnapMetres),
                        door_snap_m = Metres(route.DoorSnapMetres),
                        ways_accuracy_m = route.AccuracyMetres,
                    },
                }
            )
            : Results.Json(
                new
                {
                    status = "no_path",
                    longest_m = LongestMetres,
                    door_snap_m = network.Nearest(place) is { } near
                        ? Metres(near.Metres)
                        : (double?)null,
                    gates = Snaps(gates, field),
                }
            );
    }

    private static async Task<IResult> ReachAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        WalkingNetworks networks
    )
    {
        var query = new QueryReader(context.Request);
        var (school, street) = AskedSchool(query);
        var metres = query.Number("metres", 1, 2000, required: true);
        query.Done();
        var gates = await WalkingSchool.FindAsync(
            source,
            school,
            street,
            caller.Scope,
            context.RequestAborted
        );
        var state = await gates.StateAsync(networks, gates.Extent, context.RequestAborted);
        if (state.Network is not { } network)
        {
            return Results.Json(new { status = "not_measured", reason = state.Reason });
        }

        var field = network.From(gates.Starts, metres!.Value, gates.Walls);
        return Results.Json(
            new
            {
                type = "Feature",
                geometry = field.Reach(metres.Value),
                properties = new
                {
                    status = "measured",
                    school = gates.Code,
                    street = gates.Street,
                    metres = metres.Value,
                    gates = Snaps(gates, field),
                },
            }
        );
    }

    private static (string School, string? Street) AskedSchool(QueryReader query)
    {
        var school = query.Text("school", 64);
        if (school is null)
        {
            query.Fault("school", "is required");
        }

        return (school ?? "", query.Text("street", 64));
    }

    private static object Snaps(WalkingSchool gates, WalkingField field) =>
        gates.Starts.Zip(
            field.Snaps,
            (start, snap) =>
                new { code = start.Gate, snap_m = snap is { } m ? Metres(m) : (double?)null }
        );

    private static double Metres(double metres) => Math.Round(metres, 3);
}
