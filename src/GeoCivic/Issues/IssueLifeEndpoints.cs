using GeoCivic.Accounts;
using GeoCivic.Http;

namespace GeoCivic.Issues;

/// <summary>Calls that make issues and take them through their life.</summary>
public static class IssueLifeEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapIssueLife(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/issues", ReportAsync)
            .WithSummary(
                "Reports an issue: {id, category, lon, lat, crs, found_at, description, name, point, street, accuracy_m, building, floor, sub_place, photos: [{sha256, kind}], covert, fixed_on_spot}. 201; the same again 200"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Worker, Role.Supervisor);
        routes
            .MapPatch("/api/issues/{id}", EditAsync)
            .WithSummary(
                "Corrects an issue before it is dispatched (If-Match required): {category, name, description, lon, lat, crs, building, floor, sub_place}"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Worker, Role.Supervisor);
        routes
            .MapPost("/api/issues/{id}/transitions", StepAsync)
            .WithSummary(
                "Takes a step: {id, to, note, body, cooperating, photos: [{sha256, kind}], days, merged_into, leader}. If-Match is heeded"
            )
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Handler, Role.Supervisor);
        routes
            .MapPost("/api/issues/{id}/tasks/{no}/reply", ReplyAsync)
            .WithSummary("A cooperating body answers: {id, note, photos: [{sha256, kind}]}")
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Handler);
        routes
            .MapPost("/api/issues/{id}/extension-requests", AskAsync)
            .WithSummary("The lead asks for more working days: {id, days, note}")
            .Takes()
            .Reads("application/json")
            .AnswersFeature()
            .For(Role.Handler);
    }

    private static async Task<IResult> ReportAsync(
        HttpContext context,
        Caller caller,
        IssueReports reports,
        IssuePage page,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        var report = await IssueReport.ReadAsync(context.Request, clock.GetUtcNow().UtcDateTime);
        var made = await reports.RecordAsync(report, caller, context.RequestAborted);
        if (made)
        {
            context.Response.Headers.Location = $"/api/issues/{report.Id}";
        }

        return await page.AnswerAsync(
            context,
            report.Id,
            caller,
            status: made ? StatusCodes.Status201Created : StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> EditAsync(
        string id,
        HttpContext context,
        Caller caller,
        IssueEdits edits,
        IssuePage page
    )
    {
        new QueryReader(context.Request).Done();
        var issue = IssueEndpoints.IdOf(id);
        var match = IfMatch.Required(context, "issue");
        var edit = await IssueEdit.ReadAsync(context.Request);
        await edits.MakeAsync(issue, edit, caller, match, context.RequestAborted);
        return await page.AnswerAsync(context, issue, caller);
    }

    private static async Task<IResult> StepAsync(
        string id,
        HttpContext context,
        Caller caller,
        IssueSteps steps,
        IssuePage page
    )
    {
        new QueryReader(context.Request).Done();
        var issue = IssueEndpoints.IdOf(id);
        var step = await IssueStep.ReadAsync(context.Request);
        await steps.TakeAsync(issue, step, caller, IfMatch.Of(context), context.RequestAborted);
        return await page.AnswerAsync(context, issue, caller);
    }

    private static async Task<IResult> ReplyAsync(
        string id,
        string no,
        HttpContext context,
        Caller caller,
        IssueTasks tasks,
        IssuePage page
    )
    {
        new QueryReader(context.Request).Done();
        var issue = IssueEndpoints.IdOf(id);
        if (no.Length > 6 || !no.All(char.IsAsciiDigit))
        {
            throw new ProblemException(Problems.NotFound, "The issue has no such task.");
        }

        var submission = await TaskSubmission.ReadAsync(context.Request, asksForDays: false);
        await tasks.ReplyAsync(
            issue,
            int.Parse(no, System.Globalization.CultureInfo.InvariantCulture),
            submission,
            caller,
            context.RequestAborted
        );
        return await page.AnswerAsync(context, issue, caller);
    }

    private static async Task<IResult> AskAsync(
        string id,
        HttpContext context,
        Caller caller,
        IssueTasks tasks,
        IssuePage page
    )
    {
        new QueryReader(context.Request).Done();
        var issue = IssueEndpoints.IdOf(id);
        var submission = await TaskSubmission.ReadAsync(context.Request, asksForDays: true);
        await tasks.AskForTimeAsync(issue, submission, caller, context.RequestAborted);
        return await page.AnswerAsync(context, issue, caller);
    }
}
