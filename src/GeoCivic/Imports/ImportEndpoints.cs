using GeoCivic.Accounts;
using GeoCivic.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace GeoCivic.Imports;

/// <summary>Import by upload: the same as the command line.</summary>
public static class ImportEndpoints
{
    /// <summary>Largest upload, bytes; the command line has no such limit.</summary>
    public const long MaxUploadBytes = 256L << 20;

    private static readonly string[] BodyTypes =
    [
        "application/geo+json",
        "application/json",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/geopackage+sqlite3",
        "application/zip",
        "application/octet-stream",
    ];

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/imports", ListAsync)
            .WithSummary("Imports done, newest first")
            .Takes(
                Parameters.Street,
                Parameters.Limit(20, "Imports; more than 200 are cut to that.")
            );
        routes
            .MapGet("/api/imports/datasets", Describe)
            .WithSummary("What can be imported, with its fields")
            .Takes();
        routes
            .MapPost("/api/imports/{dataset}", ImportAsync)
            .WithSummary("Imports a file, or with dryRun=true reports what importing would do")
            .Takes(
                new QueryParameter(
                    "street",
                    "Code of the street that the records belong to; streets themselves need none."
                ),
                new QueryParameter(
                    "crs",
                    "Coordinate system of the file: wgs84, cgcs2000, gcj02, bd09 or EPSG:n; required for tables, shapefiles and GeoPackages."
                ),
                new QueryParameter(
                    "encoding",
                    "Encoding of a CSV file, such as gb18030, where its bytes do not prove it."
                ),
                new QueryParameter(
                    "layer",
                    "Layer of a GeoPackage or of an archive of shapefiles that has several."
                ),
                Parameters.Flag("dryRun", "Does everything, reports, and writes nothing."),
                Parameters.Flag(
                    "skipBadRows",
                    "Imports the good rows although others are refused."
                ),
                Parameters.Flag("repair", "Repairs invalid shapes and says what changed."),
                Parameters.Flag(
                    "acceptDatum",
                    "The coordinates are as declared although they look otherwise."
                ),
                Parameters.List("map", "field=column: which column holds a field."),
                Parameters.List("set", "field=value: one value for every row."),
                new QueryParameter("filename", "Name of the file; its extension says what it is.")
            )
            .Reads([.. BodyTypes, "multipart/form-data"])
            .For(Role.Admin, Role.Supervisor, Role.Planner);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var limit = query.Limit("limit", 20, 200);
        query.Done();
        await using var command = source
            .CreateCommand(Database.Sql.Load("Imports/list_imports.sql"))
            .With("street", street)
            .With("limit", limit)
            .With(caller.Scope);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static IResult Describe(HttpContext context)
    {
        new QueryReader(context.Request).Done();
        return Results.Json(
            Datasets.All.Select(d => new
            {
                d.Name,
                Geometry = d.Geometry.ToString(),
                Fields = d.Fields.Select(f => new
                {
                    f.Name,
                    Kind = f.Kind.ToString(),
                    f.Required,
                    f.Aliases,
                    Values = f.Values?.Keys,
                }),
            })
        );
    }

    private static async Task<IResult> ImportAsync(
        string dataset,
        HttpContext context,
        Caller caller,
        Importer importer
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var options = new
        {
            Crs = query.Text("crs", 64),
            Encoding = query.Text("encoding", 40),
            Layer = query.Text("layer", 200),
            DryRun = query.Flag("dryRun") ?? false,
            SkipBadRows = query.Flag("skipBadRows") ?? false,
            Repair = query.Flag("repair") ?? false,
            AcceptDatum = query.Flag("acceptDatum") ?? false,
            Map = Pairs(query, "map"),
            Set = Pairs(query, "set"),
        };
        var name = query.Text("filename", 200);
        query.Done();
        var target =
            Datasets.Find(dataset)
            ?? throw new ProblemException(
                Problems.NotFound,
                $"There is no dataset '{dataset}'; there are {string.Join(", ", Datasets.All.Select(d => d.Name))}."
            );
        RequireRole(caller, target, street);

        var path = Path.Combine(Path.GetTempPath(), $"geocivic-upload-{Guid.CreateVersion7():N}");
        try
        {
            name = await SpoolAsync(context, path) ?? name ?? "upload";
            var report = await importer.RunAsync(
                new ImportRequest(target, path, Path.GetFileName(name), street)
                {
                    Crs = options.Crs,
                    Encoding = options.Encoding,
                    Layer = options.Layer,
                    DryRun = options.DryRun,
                    SkipBadRows = options.SkipBadRows,
                    Repair = options.Repair,
                    AcceptDatum = options.AcceptDatum,
                    Map = options.Map,
                    Set = options.Set,
                },
                progress: null,
                context.RequestAborted
            );
            return report.Refused > 0 && !options.SkipBadRows
                ? Refused(report)
                : Results.Json(report);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A file reaches over a whole street, so the role must too; a file of streets may bring new ones.
    private static void RequireRole(Caller caller, Dataset target, string? street)
    {
        Role[] roles = target.Name switch
        {
            "schools" or "gates" or "venues" => [Role.Admin, Role.Planner],
            "points" or "issues" => [Role.Admin, Role.Supervisor],
            _ => [Role.Admin],
        };
        if (street is null || target.AreaLevel == "street")
        {
            if (!caller.Grants.Any(g => g.Street is null && roles.Contains(g.Role)))
            {
                throw new ProblemException(
                    Problems.Forbidden,
                    "This needs an administrator of all streets; for another dataset name the street."
                );
            }

            return;
        }

        if (!caller.Scope.Touches(street))
        {
            throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");
        }

        caller.Require(street, community: null, grid: null, roles);
    }

    private static IResult Refused(ImportReport report)
    {
        var problem = ProblemHandler.Document(
            Problems.ImportRefused,
            $"{report.Refused} of {report.Read} rows were refused; the first: {report.Rows[0].Place}, {report.Rows[0].Field}: {report.Rows[0].Reason}. Nothing was written.",
            status: report.OnlyMalformed
                ? StatusCodes.Status400BadRequest
                : StatusCodes.Status422UnprocessableEntity
        );
        foreach (
            var member in System
                .Text.Json.JsonSerializer.SerializeToNode(
                    report,
                    System.Text.Json.JsonSerializerOptions.Web
                )!
                .AsObject()
        )
        {
            problem.Extensions[member.Key] = member.Value;
        }

        problem.Extensions["errors"] = report
            .Rows.Take(1000)
            .Select(r => new
            {
                r.Line,
                r.Field,
                r.Reason,
            });
        return Results.Problem(problem);
    }

    /// <summary>Writes the body to a file without holding it; returns the name that a form gives it.</summary>
    internal static async Task<string?> SpoolAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxUploadBytes;
        }

        if (request.ContentLength > MaxUploadBytes)
        {
            throw new ProblemException(
                Problems.TooLarge,
                $"The upload is larger than {MaxUploadBytes >> 20} MiB."
            );
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw new ProblemException(
                Problems.UnsupportedMediaType,
                "The request has no Content-Type."
            );
        }

        await using var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            1 << 16,
            FileOptions.Asynchronous
        );
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            if (string.IsNullOrEmpty(boundary))
            {
                throw new ProblemException(
                    Problems.UnsupportedMediaType,
                    "The form has no boundary."
                );
            }

            var parts = new Microsoft.AspNetCore.WebUtilities.MultipartReader(
                boundary,
                request.Body
            );
            while (await parts.ReadNextSectionAsync(context.RequestAborted) is { } part)
            {
                if (
                    ContentDispositionHeaderValue.TryParse(
                        part.ContentDisposition,
                        out var disposition
                    )
                    && disposition.IsFileDisposition()
                    && disposition.Name.Value?.Trim('"') == "file"
                )
                {
                    await part.Body.CopyToAsync(file, context.RequestAborted);
                    return (
                        disposition.FileNameStar.HasValue
                            ? disposition.FileNameStar
                            : disposition.FileName
                    ).Value?.Trim('"');
                }
            }

            throw new ProblemException(
                Problems.UnsupportedMediaType,
                "The form has no file in the field 'file'."
            );
        }

        if (!BodyTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                Problems.UnsupportedMediaType,
                $"'{type.MediaType}' is not read here; send {string.Join(", ", BodyTypes)} or multipart/form-data."
            );
        }

        await request.Body.CopyToAsync(file, context.RequestAborted);
        return null;
    }

    private static Dictionary<string, string> Pairs(QueryReader query, string name) =>
        FieldPairs.Read(query.Texts(name) ?? [], reason => query.Fault(name, reason));
}
