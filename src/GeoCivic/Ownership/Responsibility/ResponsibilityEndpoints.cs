using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Imports;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>Responsibility tables (责任分解表) by upload: read, checked, and kept as they are.</summary>
public static class ResponsibilityEndpoints
{
    // Such a table is made by hand; a larger file is something else.
    private const long MaxBytes = 32L << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapResponsibility(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/responsibility", UploadAsync)
            .WithSummary(
                "Reads a responsibility table (xlsx with merged cells): rows with their raw codes, and findings; stored unless dryRun=true"
            )
            .Takes(
                OwnershipEndpoints.Street,
                new QueryParameter("filename", "Name of the file."),
                Parameters.Flag("dryRun", "Reads, checks and reports; stores nothing.")
            )
            .Reads(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/octet-stream",
                "multipart/form-data"
            )
            .For(Role.Admin, Role.Supervisor);
        routes
            .MapGet("/api/responsibility", GetAsync)
            .WithSummary("The newest responsibility table of a street, or one by id")
            .Takes(
                OwnershipEndpoints.Street,
                new QueryParameter("id", "Id of a table; without it, the newest.")
            );
    }

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
            .CreateCommand(Sql.Load("Ownership/get_responsibility.sql"))
            .With("street", street)
            .With("id", id);
        return await JsonText.OneAsync(command, context.RequestAborted);
    }

    private static async Task<IResult> UploadAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var name = query.Text("filename", 200);
        var dryRun = query.Flag("dryRun") ?? false;
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        caller.Require(street, community: null, grid: null, Role.Admin, Role.Supervisor);
        var path = Path.Combine(Path.GetTempPath(), $"geocivic-upload-{Guid.CreateVersion7():N}");
        try
        {
            name = Path.GetFileName(
                await ImportEndpoints.SpoolAsync(context, path) ?? name ?? "upload.xlsx"
            );
            if (new FileInfo(path).Length > MaxBytes)
            {
                throw new ProblemException(
                    Problems.TooLarge,
                    $"The file is larger than {MaxBytes >> 20} MiB, which no responsibility table is."
                );
            }

            var table = ResponsibilityReader.Read(
                path,
                name,
                await BodiesAsync(source, street, context.RequestAborted)
            );
            var rows = Rows(table);
            var findings = Findings(table);
            (Guid Id, bool New)? stored = dryRun
                ? null
                : await StoreAsync(
                    source,
                    caller,
                    street,
                    name,
                    path,
                    table,
                    rows,
                    findings,
                    context.RequestAborted
                );
            return Results.Json(
                new JsonObject
                {
                    ["id"] = stored?.Id.ToString("D"),
                    ["stored"] = stored?.New ?? false,
                    ["dryRun"] = dryRun,
                    ["file"] = name,
                    ["sheet"] = table.Sheet,
                    ["title"] = table.Title,
                    ["notes"] = JsonSerializer.SerializeToNode(table.Notes),
                    ["rows"] = rows,
                    ["findings"] = findings,
                }
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonArray Rows(ResponsibilityTable table) =>
        JsonSerializer
            .SerializeToNode(
                table.Rows.Select(r => new
                {
                    r.SheetRow,
                    OuterCode = r.Name.Code,
                    OuterNormalised = r.Name.Normalised,
                    OuterName = r.Name.Name,
                    InnerCode = r.Content.Code,
                    InnerNormalised = r.Content.Normalised,
                    InnerName = r.Content.Name,
                    r.Item,
                    r.ItemNumber,
                    r.Requirement,
                    Methods = r.Methods.Select(NameOf),
                    r.Lead,
                    r.Cooperating,
                    Spatial = r.IsSpatial,
                }),
                Json
            )!
            .AsArray();

    private static JsonArray Findings(ResponsibilityTable table) =>
        JsonSerializer
            .SerializeToNode(
                table.Findings.Select(
                    (f, i) =>
                        new
                        {
                            FindingNo = i + 1,
                            f.Rule,
                            Severity = f.Severity switch
                            {
                                FindingSeverity.Error => "error",
                                FindingSeverity.Warning => "warning",
                                _ => "note",
                            },
                            SheetRows = f.Rows,
                            f.Value,
                            f.Zh,
                            f.En,
                        }
                ),
                Json
            )!
            .AsArray();

    private static string NameOf(ExamineMethod method) =>
        method switch
        {
            ExamineMethod.Documents => "documents",
            ExamineMethod.FieldVisit => "field_visit",
            ExamineMethod.Survey => "survey",
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };

    private static async Task<string[]?> BodiesAsync(
        NpgsqlDataSource source,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand("SELECT array_agg(name) FROM bodies WHERE street_code = @street")
            .With("street", street);
        return await command.ExecuteScalarAsync(cancellationToken) as string[];
    }

    private static async Task<(Guid Id, bool New)> StoreAsync(
        NpgsqlDataSource source,
        Caller caller,
        string street,
        string file,
        string path,
        ResponsibilityTable table,
        JsonArray rows,
        JsonArray findings,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Ownership/store_responsibility.sql"))
            .With("street", street)
            .With("id", Guid.CreateVersion7())
            .With("file", file)
            .With("sheet", table.Sheet)
            .With("title", table.Title)
            .With("account", caller.AccountId)
            .With("notes", [.. table.Notes]);
        command.Parameters.AddWithValue(
            "content",
            NpgsqlDbType.Bytea,
            await File.ReadAllBytesAsync(path, cancellationToken)
        );
        command.Parameters.AddWithValue("rows", NpgsqlDbType.Jsonb, rows.ToJsonString());
        command.Parameters.AddWithValue("findings", NpgsqlDbType.Jsonb, findings.ToJsonString());
        await using var stored = await command.ExecuteReaderAsync(cancellationToken);
        // Two uploads of one file at the same moment: the one that waited does not see the other's row yet.
        if (await stored.ReadAsync(cancellationToken))
        {
            return (stored.GetGuid(0), stored.GetBoolean(1));
        }

        throw new ProblemException(
            Problems.Unavailable,
            "The same file is being stored by somebody else at this moment; send it again."
        );
    }
}
