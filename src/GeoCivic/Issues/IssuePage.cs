using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>One issue with its life, and what the caller may do next.</summary>
public sealed class IssuePage(NpgsqlDataSource source, TimeProvider clock)
{
    // Chinese stays readable; the answer is JSON of its own, never part of a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers with the issue and the tag of its revision.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The issue.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="at">Day whose boundaries count; null: those in force.</param>
    /// <param name="status">Status of the answer.</param>
    /// <exception cref="ProblemException">There is no such issue that the caller may see.</exception>
    public async Task<IResult> AnswerAsync(
        HttpContext context,
        Guid id,
        Caller caller,
        DateOnly? at = null,
        int status = StatusCodes.Status200OK
    )
    {
        var stop = context.RequestAborted;
        await using var connection = await source.OpenConnectionAsync(stop);
        // One view of the data for both statements, so that the steps offered are those of the state shown.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        var issue = await LockedIssue.ReadAsync(connection, id, caller, stop);
        JsonNode feature;
        await using (
            var command = new NpgsqlCommand(Sql.Load("Issues/get_issue.sql"), connection)
                .With("id", id)
                .With("at", at)
                .With("now", clock.GetUtcNow().UtcDateTime)
                .With("caller", caller.AccountId)
                .With("bodies", caller.BodiesIn(issue.Street))
                .With(caller.Scope)
        )
        await using (var row = await command.ExecuteReaderAsync(stop))
        {
            await row.ReadAsync(stop);
            feature = JsonNode.Parse(row.GetString(0))!;
            var properties = feature["properties"]!.AsObject();
            foreach (var (name, value) in JsonNode.Parse(row.GetString(1))!.AsObject().ToArray())
            {
                properties[name] = value?.DeepClone();
            }

            properties["allowed"] = Allowed(issue, caller);
        }

        context.Response.Headers.ETag = issue.Tag;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            feature.ToJsonString(Readable),
            "application/geo+json",
            Encoding.UTF8,
            status
        );
    }

    private static JsonArray Allowed(LockedIssue issue, Caller caller)
    {
        var allowed = new JsonArray();
        if (!caller.MayWrite)
        {
            return allowed;
        }

        foreach (var rule in IssueLife.Allowed(issue.Facts, issue.ActorOf(caller)))
        {
            var (requires, photo) = StepRefusals.Describe(rule.Requires);
            var step = new JsonObject
            {
                ["to"] = rule.To.Code(),
                ["requires"] = new JsonArray([.. requires.Select(r => (JsonNode)r)]),
            };
            if (photo is not null)
            {
                step["photo_kind"] = photo;
            }

            allowed.Add(step);
        }

        return allowed;
    }
}
