using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters;

/// <summary>Schools, their gates, and venues as mapped records.</summary>
public static class PlaceEndpoints
{
    /// <summary>Maps the calls of this slice.</summary>
    public static void MapSchoolPerimeters(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/api/schools",
                (HttpContext c, Caller caller, NpgsqlDataSource s) =>
                    ListAsync(
                        c,
                        caller,
                        s,
                        "SchoolPerimeters/list_schools.sql",
                        "kind",
                        placed: true
                    )
            )
            .WithSummary("Schools with their grid and community")
            .Takes(
                OfPlaced(
                    Parameters.List(
                        "kind",
                        "Kinds of school: kindergarten, primary, secondary, vocational, special."
                    )
                )
            )
            .AnswersFeatures();
        routes
            .MapGet(
                "/api/gates",
                (HttpContext c, Caller caller, NpgsqlDataSource s) =>
                    ListAsync(
                        c,
                        caller,
                        s,
                        "SchoolPerimeters/list_gates.sql",
                        "school",
                        placed: false
                    )
            )
            .WithSummary("School gates")
            .Takes(
                Parameters.Street,
                Parameters.Bbox,
                Parameters.List("school", "Codes of schools."),
                Parameters.Contains("names or codes"),
                Parameters.Page,
                Parameters.Cursor
            )
            .AnswersFeatures();
        routes
            .MapGet(
                "/api/venues",
                (HttpContext c, Caller caller, NpgsqlDataSource s) =>
                    ListAsync(
                        c,
                        caller,
                        s,
                        "SchoolPerimeters/list_venues.sql",
                        "category",
                        placed: true
                    )
            )
            .WithSummary("Venues with their grid and community")
            .Takes(OfPlaced(Parameters.List("category", "Codes of venue categories.")))
            .AnswersFeatures();
    }

    private static QueryParameter[] OfPlaced(QueryParameter kind) =>
        [
            Parameters.Street,
            Parameters.Bbox,
            kind,
            Parameters.Contains("names or codes"),
            Parameters.Community,
            Parameters.Grid,
            Parameters.Placement,
            Parameters.At,
            Parameters.Page,
            Parameters.Cursor,
        ];

    private static async Task ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        string file,
        string kindParameter,
        bool placed
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var bbox = query.Bbox();
        var kinds = query.Texts(kindParameter);
        var q = query.Text("q", 100);
        var community = placed ? query.Text("community", 64) : null;
        var grid = placed ? query.Text("grid", 64) : null;
        var placement = placed
            ? query.Choice("placement", null, "inside", "snapped", "orphan")
            : null;
        var at = placed ? query.Day("at") : null;
        var limit = query.Limit("limit", RecordList.StandardLimit, RecordList.MaxLimit);
        var after = Cursor.Read(query);
        query.Done();

        await using var command = source
            .CreateCommand(Sql.Load(file))
            .With("street", street)
            .With("bbox", bbox)
            .With("kinds", kinds)
            .With("contains", Query.Contains(q))
            .With(caller.Scope);
        if (placed)
        {
            command
                .With("community", community)
                .With("grid", grid)
                .With("placement", placement)
                .With("at", at);
        }

        await RecordList.StreamAsync(context, command, after, limit, matched: null);
    }
}
