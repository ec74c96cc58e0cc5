using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Imports;
using Npgsql;

namespace GeoCivic.Assessments;

/// <summary>Assessment trees by upload.</summary>
public static class TreeEndpoints
{
    // Some hundred rows made by hand; a larger file is something else.
    private const long MaxBytes = 16L << 20;
    private const int MostRows = 1_000_000;

    /// <summary>Maps the calls.</summary>
    public static void MapAssessmentTrees(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/assessment-trees", UploadAsync)
            .WithSummary(
                "Imports an assessment tree (CSV or xlsx; columns level 级别, code 编号, parent 上级, name 名称, methods 测评方法, weight 权重, veto 一票否决, point_types 点位类型, points 点位, households 户数, basis 依据) as a new version; refused when its numbers are not those announced. The same file again is the version it made"
            )
            .Takes(
                Parameters.Street.Required(),
                new QueryParameter("filename", "Name of the file."),
                new QueryParameter("title", "Title of the version; without it, the file's name."),
                Parameters.Flag("dryRun", "Reads, checks and reports; stores nothing."),
                Parameters.List(
                    "expect",
                    "Rows of each level from the top that the table must have, for example 3,10,40."
                ),
                Count("points", "Different evaluation points that the table must attach."),
                Count("households", "Households that the table must have.")
            )
            .Reads(
                "text/csv",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/octet-stream",
                "multipart/form-data"
            )
            .For(Role.Supervisor, Role.Admin);
        routes
            .MapGet("/api/assessment-trees", GetAsync)
            .WithSummary("The newest assessment tree of a street, or one by id, with all nodes")
            .Takes(
                Parameters.Street.Required(),
                new QueryParameter("id", "Id of a version; without it, the newest.")
            );
    }

    private static QueryParameter Count(string name, string description) =>
        Parameters.Number(name, description, 0, MostRows);

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var id = query.Id("id");
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        await using var command = source
            .CreateCommand(Sql.Load("Assessments/get_tree.sql"))
            .With(caller.Scope)
            .With("street", street)
            .With("id", id);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TreeBook trees
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var name = query.Text("filename", 200);
        var title = query.Text("title", 200);
        var dryRun = query.Flag("dryRun") ?? false;
        var announced = new Announced(
            Levels(query),
            Whole(query, "points"),
            Whole(query, "households")
        );
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        caller.Require(street, community: null, grid: null, Role.Supervisor, Role.Admin);
        var path = Path.Combine(Path.GetTempPath(), $"geocivic-upload-{Guid.CreateVersion7():N}");
        try
        {
            name = Path.GetFileName(
                await ImportEndpoints.SpoolAsync(context, path) ?? name ?? "upload.csv"
            );
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw new ProblemException(
                    Problems.TooLarge,
                    $"The file is larger than {MaxBytes >> 20} MiB, which no assessment tree is."
                );
            }

            var report = await trees.ImportAsync(
                path,
                name,
                title ?? Path.GetFileNameWithoutExtension(name),
                street,
                announced,
                dryRun,
                caller,
                context.RequestAborted
            );
            var answer = JsonSerializer
                .SerializeToNode(report, JsonSerializerOptions.Web)!
                .AsObject();
            answer["dryRun"] = dryRun;
            return Results.Json(
                answer,
                statusCode: report.Stored ? StatusCodes.Status201Created : StatusCodes.Status200OK
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int? Whole(QueryReader query, string name)
    {
        if (query.Number(name, 0, MostRows) is not { } number)
        {
            return null;
        }

        if (number != Math.Floor(number))
        {
            query.Fault(name, "must be a whole number");
        }

        return (int)number;
    }

    private static int[]? Levels(QueryReader query)
    {
        if (query.Texts("expect") is not { } texts)
        {
            return null;
        }

        var levels = new List<int>();
        foreach (var text in texts)
        {
            if (text.Length is 0 or > 6 || !text.All(char.IsAsciiDigit))
            {
                query.Fault("expect", "must be whole numbers separated by commas");
                return null;
            }

            levels.Add(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        }

        return [.. levels];
    }
}
