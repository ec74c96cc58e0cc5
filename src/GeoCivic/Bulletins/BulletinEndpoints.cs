using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Exports;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Bulletins;

/// <summary>Bulletins: 周通报, 半月报, 月评等次.</summary>
public static class BulletinEndpoints
{
    private static readonly QueryParameter Figure = new QueryParameter(
        "figure",
        "Key of a figure, as the bulletin gives it."
    ).Required();

    /// <summary>Maps the calls.</summary>
    public static void MapBulletins(this IEndpointRouteBuilder routes)
    {
        var kind = Parameters.Choice("kind", "Which kind.", null, BulletinKind.All);
        QueryParameter[] preview =
        [
            Parameters.Street.Required(),
            Parameters.Choice("kind", "Which kind.", BulletinKind.Weekly, BulletinKind.All),
            Parameters.Day("on", "The day it is due (Beijing time); without it, the last one."),
        ];
        routes
            .MapGet("/api/bulletins", ListAsync)
            .WithSummary("Bulletins of a street, newest first, and which are due")
            .Takes(Parameters.Street.Required(), kind, Parameters.Limit(100, "Bulletins answered."))
            .For(Bulletin.Readers);
        routes
            .MapPost("/api/bulletins", DraftAsync)
            .WithSummary("Drafts a bulletin; the same id again changes nothing")
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor);
        routes
            .MapGet("/api/bulletins/preview", PreviewAsync)
            .WithSummary("What a bulletin would say now; nothing is kept")
            .Takes(preview)
            .For(Role.Supervisor);
        routes
            .MapGet("/api/bulletins/preview/records", PreviewRecordsAsync)
            .WithSummary("The records behind a figure of the preview")
            .Takes([.. preview, Figure])
            .For(Role.Supervisor);
        routes
            .MapGet("/api/bulletins/{id}", GetAsync)
            .WithSummary("A bulletin with its figures: as issued, or of a draft as they are now")
            .Takes()
            .For(Bulletin.Readers);
        routes
            .MapGet("/api/bulletins/{id}/records", RecordsAsync)
            .WithSummary("The records behind a figure, with the columns as they were")
            .Takes(Figure)
            .For(Bulletin.Readers);
        routes
            .MapGet("/api/bulletins/{id}/file", FileAsync)
            .WithSummary("A bulletin as a document or a workbook")
            .Takes(
                Parameters.Choice(
                    "format",
                    "A document on A4, or a workbook with the records.",
                    "docx",
                    "docx",
                    "xlsx"
                )
            )
            .Answers(DocxPaper.MediaType)
            .For(Bulletin.Readers);
        routes
            .MapPost("/api/bulletins/{id}/issue", IssueAsync)
            .WithSummary("Issues a draft: it gets its number, and what it says is kept for ever")
            .Takes()
            .Reads("application/json")
            .For(Role.Supervisor);
        routes
            .MapDelete("/api/bulletins/{id}", DiscardAsync)
            .WithSummary("Discards a draft")
            .Takes()
            .For(Role.Supervisor);
        routes
            .MapPut("/api/bulletin-schedule", ScheduleAsync)
            .WithSummary("Sets the day of the week of weekly bulletins, 1 is Monday")
            .Takes(Parameters.Street.Required())
            .Reads("application/json")
            .For(Role.Supervisor, Role.Admin);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var kind = query.Choice("kind", null, BulletinKind.All);
        var limit = query.Limit("limit", 100, 1000);
        query.Done();
        var stop = context.RequestAborted;
        await StreetAsync(source, street, caller, Bulletin.Readers, stop);
        var (_, weekday) = await book.WeekdayAsync(street, stop);
        var due = await book.DueAsync(street, weekday, stop);
        var list = await book.ListAsync(street, kind, limit, caller, stop);
        return Results.Json(
            new JsonObject
            {
                ["weekday"] = weekday,
                ["due"] = new JsonArray([
                    .. due.Select(d =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["kind"] = d.Kind,
                                ["status"] = d.Status,
                                ["on"] = BulletinJson.Day(d.Last.On),
                                ["from"] = BulletinJson.Day(d.Last.From),
                                ["to"] = BulletinJson.Day(d.Last.To),
                                ["next"] = BulletinJson.Day(d.Next.On),
                            }
                    ),
                ]),
                ["bulletins"] = new JsonArray([.. list.Select(b => (JsonNode)BulletinJson.Of(b))]),
            }
        );
    }

    private static async Task<IResult> DraftAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var order = new BulletinOrder(
            body.Id("id", required: true) ?? Guid.Empty,
            body.Text("street", 64, required: true) ?? "",
            body.Choice("kind", required: true, BulletinKind.All) ?? "",
            body.Day("on"),
            body.Id("replaces"),
            NoteOf(body),
            body.Digest()
        );
        body.Done();
        var stop = context.RequestAborted;
        await StreetAsync(source, order.Street, caller, [Role.Supervisor], stop);
        await book.DraftAsync(order, caller, stop);
        var sheet = await book.ReadAsync(order.Id, caller, stop);
        return Results.Json(BulletinJson.Of(sheet), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller
    )
    {
        var (sheet, _) = await PreviewedAsync(context, source, book, caller, records: false);
        return Results.Json(BulletinJson.Of(sheet));
    }

    private static async Task<IResult> PreviewRecordsAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller
    )
    {
        var (sheet, figure) = await PreviewedAsync(context, source, book, caller, records: true);
        return Results.Json(BulletinJson.Records(sheet, Find(sheet, figure)));
    }

    private static async Task<(BulletinSheet, string)> PreviewedAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller,
        bool records
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var kind = query.Choice("kind", BulletinKind.Weekly, BulletinKind.All)!;
        var on = query.Day("on");
        var figure = records ? FigureOf(query) : "";
        query.Done();
        await StreetAsync(source, street, caller, [Role.Supervisor], context.RequestAborted);
        return (await book.PreviewAsync(street, kind, on, context.RequestAborted), figure);
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        BulletinBook book,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        var sheet = await book.ReadAsync(Key(id), caller, context.RequestAborted);
        return Results.Json(BulletinJson.Of(sheet));
    }

    private static async Task<IResult> RecordsAsync(
        string id,
        HttpContext context,
        BulletinBook book,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var figure = FigureOf(query);
        query.Done();
        var sheet = await book.ReadAsync(Key(id), caller, context.RequestAborted);
        return Results.Json(BulletinJson.Records(sheet, Find(sheet, figure)));
    }

    private static async Task<IResult> FileAsync(
        string id,
        HttpContext context,
        BulletinBook book,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var format = query.Choice("format", "docx", "docx", "xlsx")!;
        query.Done();
        var sheet = await book.ReadAsync(Key(id), caller, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        var name = sheet.Bulletin.Number ?? $"{sheet.Bulletin.Title}（草稿）";
        return format == "docx"
            ? Results.File(BulletinDocument.Write(sheet), DocxPaper.MediaType, $"{name}.docx")
            : Results.File(BulletinWorkbook.Write(sheet), XlsxSheet.MediaType, $"{name}.xlsx");
    }

    private static async Task<IResult> IssueAsync(
        string id,
        HttpContext context,
        BulletinBook book,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        var body = await BodyReader.OfAsync(context.Request);
        var note = NoteOf(body);
        body.Done();
        await book.IssueAsync(Key(id), note, caller, context.RequestAborted);
        var sheet = await book.ReadAsync(Key(id), caller, context.RequestAborted);
        return Results.Json(BulletinJson.Of(sheet));
    }

    private static async Task<IResult> DiscardAsync(
        string id,
        HttpContext context,
        BulletinBook book,
        Caller caller
    )
    {
        new QueryReader(context.Request).Done();
        await book.DiscardAsync(Key(id), caller, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ScheduleAsync(
        HttpContext context,
        NpgsqlDataSource source,
        BulletinBook book,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await StreetAsync(
            source,
            street,
            caller,
            [Role.Supervisor, Role.Admin],
            context.RequestAborted
        );
        var body = await BodyReader.OfAsync(context.Request);
        var weekday = body.Whole("weekday", 1, 7, required: true) ?? 0;
        body.Done();
        await book.PutWeekdayAsync(street, weekday, context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>Refuses who does not hold one of the roles for the whole of a street.</summary>
    internal static async Task StreetAsync(
        NpgsqlDataSource source,
        string street,
        Caller caller,
        Role[] roles,
        CancellationToken cancellationToken
    )
    {
        // Bulletins speak of the whole street, so whoever holds a part of it learns nothing from them.
        await Streets.RequireAsync(source, street, caller.Scope, cancellationToken);
        caller.Require(street, null, null, roles);
    }

    private static string FigureOf(QueryReader query)
    {
        var figure = query.Text("figure", 300);
        if (figure is null)
        {
            query.Fault("figure", "is required");
        }

        return figure ?? "";
    }

    // Paragraphs; a text of a body has one line.
    private static string? NoteOf(BodyReader body) =>
        body.Texts("note", most: 20, maxLength: 500) is { Length: > 0 } lines
            ? string.Join('\n', lines)
            : null;

    private static BulletinFigure Find(BulletinSheet sheet, string key) =>
        sheet.Content.Find(key)
        ?? throw new ProblemException(
            Problems.NotFound,
            $"The bulletin has no figure '{key}'; figures[] lists their keys."
        );

    private static Guid Key(string id) =>
        Guid.TryParse(id, out var key)
            ? key
            : throw new ProblemException(Problems.NotFound, "There is no bulletin with this id.");
}
