using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Issues by cell and step of time, for playing through time on the map.</summary>
public static class DensitySeriesEndpoint
{
    private const int StandardDays = 84;
    private static readonly string[] Levels = ["grid", "community", "hex"];

    /// <summary>Maps the call.</summary>
    public static void MapDensitySeries(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/density/series", SeriesAsync)
            .WithSummary(
                "Issues by cell and day, week or month: found in each step, or open at its end; the class breaks are those of all steps together"
            )
            .Takes([
                Parameters.Street,
                .. DensityQuestion
                    .Parameters(Levels)
                    .Select(p =>
                        p.Name switch
                        {
                            "state" => p with
                            {
                                Description =
                                    "Which issues count, by the state they are in now: every open one, all (without it), or those in one state.",
                            },
                            "from" => Parameters.Day(
                                "from",
                                "A day (Beijing time) of the first step; without it, 12 weeks end with to."
                            ),
                            "to" => Parameters.Day(
                                "to",
                                "A day (Beijing time) of the last step; without it, today."
                            ),
                            _ => p,
                        }
                    ),
                Parameters.Choice(
                    "mode",
                    "found: issues found in each step; open: those found by its end and not closed by then.",
                    "found",
                    "found",
                    "open"
                ),
                Parameters.Choice(
                    "step",
                    "Length of the steps; weeks start on Monday. Steps are whole: the first and the last reach beyond from and to where these lie within one. At most 400.",
                    "week",
                    "day",
                    "week",
                    "month"
                ),
                .. DensityEndpoint.ClassParameters,
            ]);

    private static async Task SeriesAsync(
        HttpContext context,
        Caller caller,
        DensitySeries series,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var question = DensityQuestion.Read(query, query.Text("street", 64), Levels);
        if (!query.Has("state"))
        {
            question = question with { State = "all" };
        }

        var open = query.Choice("mode", "found", "found", "open") == "open";
        var step = query.Choice("step", "week", "day", "week", "month")!;
        var (method, classes) = DensityEndpoint.ReadClasses(query);
        var to = question.To ?? BeijingTime.Today(clock);
        var from = question.From ?? to.AddDays(1 - StandardDays);
        if (from > to)
        {
            query.Fault("from", "lies after today; give to as well");
        }

        var steps = TimeSteps.Between(step, from, to);
        if (steps is null)
        {
            query.Fault("step", $"makes more than {TimeSteps.Most} steps from from to to");
        }

        query.Done();
        var answer = await series.CountAsync(
            question,
            steps!,
            open,
            caller.Scope,
            context.RequestAborted
        );
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(
            context.Response.BodyWriter,
            new JsonWriterOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
        Write(json, question, answer, steps!, (open ? "open" : "found", step, method, classes));
        await json.FlushAsync(context.RequestAborted);
    }

    private static void Write(
        Utf8JsonWriter json,
        DensityQuestion question,
        SeriesAnswer answer,
        IReadOnlyList<TimeStep> steps,
        (string Mode, string Step, string Method, int Classes) asked
    )
    {
        json.WriteStartObject();
        json.WriteString("level", question.Level);
        json.WriteString("mode", asked.Mode);
        json.WriteString("step", asked.Step);
        json.WritePropertyName("steps");
        JsonSerializer.Serialize(json, steps, JsonSerializerOptions.Web);
        json.WriteStartArray("cells");
        foreach (var cell in answer.Cells)
        {
            json.WriteStartObject();
            json.WriteString("code", cell.Shape.Code);
            json.WriteString("name", cell.Shape.Name);
            json.WriteString("parent", cell.Shape.Parent);
            json.WriteString("street", cell.Street);
            json.WritePropertyName("counts");
            JsonSerializer.Serialize(json, cell.Counts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        // Over all cells and steps, so that a colour means the same from the first step to the last.
        var values = answer.Cells.SelectMany(c => c.Counts).Select(n => (double)n).ToArray();
        var breaks = ClassBreaks.Of(asked.Method, values, asked.Classes);
        json.WriteString("method", asked.Method);
        json.WritePropertyName("breaks");
        JsonSerializer.Serialize(json, breaks);
        json.WritePropertyName("classes");
        JsonSerializer.Serialize(
            json,
            ClassBreaks.Classes(values, breaks),
            JsonSerializerOptions.Web
        );
        json.WritePropertyName("unplaced");
        JsonSerializer.Serialize(json, answer.Unplaced);
        var total = answer.Unplaced.ToArray();
        foreach (var counts in answer.Cells.Select(c => c.Counts))
        {
            for (var step = 0; step < total.Length; step++)
            {
                total[step] += counts[step];
            }
        }

        json.WritePropertyName("total");
        JsonSerializer.Serialize(json, total);
        json.WriteEndObject();
    }
}
