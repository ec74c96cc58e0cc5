using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>What is late, and the reminders about it.</summary>
public static class ReminderEndpoints
{
    /// <summary>Maps the calls.</summary>
    public static void MapReminders(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/reminders/preview", PreviewAsync)
            .WithSummary("The reminders (工作提示函) that would go out")
            .Takes(
                Parameters.Street.Required(),
                Parameters.Day("on", "Day at whose start is looked; without it, now.")
            )
            .For(Role.Supervisor, Role.Auditor);
        routes
            .MapPost("/api/reminders", DraftAsync)
            .WithSummary("Drafts the reminders that are due; drafting twice drafts once")
            .Takes(Parameters.Street.Required())
            .For(Role.Supervisor);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        NpgsqlDataSource source,
        TimeProvider clock,
        Reminders reminders,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        var on = query.Day("on");
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        var due = await reminders.DueAsync(street, caller, on, context.RequestAborted);
        return Results.Json(
            new JsonObject
            {
                ["on"] = $"{on ?? BeijingTime.Today(clock):yyyy-MM-dd}",
                ["reminders"] = new JsonArray([
                    .. due.Select(d =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["issue_id"] = d.Issue,
                                ["issue_code"] = d.IssueCode,
                                ["task_no"] = d.Task,
                                ["body"] = d.Body,
                                ["body_name"] = d.BodyName,
                                ["due_at"] = new DateTimeOffset(d.DueAt).ToOffset(
                                    BeijingTime.Offset
                                ),
                                ["days_overdue"] = d.DaysOverdue,
                                ["level"] = d.Level,
                                ["addressee"] = d.Addressee,
                            }
                    ),
                ]),
            }
        );
    }

    private static async Task<IResult> DraftAsync(
        HttpContext context,
        NpgsqlDataSource source,
        Reminders reminders,
        Caller caller
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await Streets.RequireTouchedAsync(source, street, caller.Scope, context.RequestAborted);
        if (
            !caller.Grants.Any(g =>
                g.Role == Role.Supervisor && (g.Street is null || g.Street == street)
            )
        )
        {
            throw new ProblemException(
                Problems.Forbidden,
                "This needs the role supervisor for an area of the street."
            );
        }

        var (drafted, due) = await reminders.DraftAsync(street, caller, context.RequestAborted);
        return Results.Json(new JsonObject { ["drafted"] = drafted, ["due"] = due });
    }
}
