using GeoCivic.Accounts;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>The surroundings of schools in numbers.</summary>
public static class SummaryEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapPerimeterSummary(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/summary", GetAsync)
            .WithSummary(
                "Venues around each school by their worst verdict; what no rule covers, what looks entered twice, and how many violating venues lie in streets that are not shown"
            )
            .Takes(Parameters.Street, ComplianceEndpoint.On)
            .Answers("application/json");

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        ComplianceGround ground,
        ComplianceRows compliance,
        ComplianceFacts facts,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var question = query.Question(caller, clock) with { Beyond = true };
        var stop = context.RequestAborted;
        await query.DoneAsync(question, source, stop);

        var schools = await ground.SchoolsAsync(question, stop);
        var book = await compliance.RulesOfAsync(schools, question, stop);
        var summary = new PerimeterSummary();
        var counted = new Dictionary<(string, string), PerimeterSummary.SchoolCounts>();
        await foreach (var school in compliance.OfAsync(question, schools, book, null, stop))
        {
            counted[(school.School.Street, school.School.Code)] = summary.Add(
                school.School,
                school.Rows
            );
        }

        var names = await facts.CategoryNamesAsync(stop);
        var streets = await facts.StreetNamesAsync(
            [.. counted.Values.SelectMany(c => c.Beyond.Keys).Distinct(StringComparer.Ordinal)],
            stop
        );
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new
            {
                Day = question.On,
                summary.Tally,
                summary.Venues,
                // Own schools also when nothing is near them; neighbours only because of what is.
                Schools = schools
                    .Where(s => s.Own || counted.ContainsKey((s.Street, s.Code)))
                    .Select(s =>
                        Line(
                            s,
                            counted.GetValueOrDefault((s.Street, s.Code))
                                ?? new(s, [], new Dictionary<string, int>(StringComparer.Ordinal)),
                            streets
                        )
                    ),
                Categories = summary
                    .Categories.OrderBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new
                    {
                        Category = c.Key,
                        Name = names.GetValueOrDefault(c.Key, c.Key),
                        Verdicts = c.Value,
                    }),
                Unruled = await facts.UnruledAsync(question, stop),
                Duplicates = await facts.DuplicatesAsync(question, stop),
                Network = await facts.NetworkAsync(question, stop),
            },
            PerimeterJson.Snake
        );
    }

    private static object Line(
        PerimeterSchool school,
        PerimeterSummary.SchoolCounts counts,
        IReadOnlyDictionary<string, string> streets
    ) =>
        new
        {
            school.Code,
            school.Name,
            school.Kind,
            school.Street,
            Neighbour = !school.Own,
            school.Revision,
            counts.Verdicts,
            counts.Verdicts.Worst,
            Notes = Notes(school),
            Beyond = counts.Beyond.Select(b => new
            {
                Street = b.Key,
                StreetName = streets.GetValueOrDefault(b.Key, b.Key),
                Violating = b.Value,
            }),
        };

    /// <summary>What about a school's record makes verdicts coarser.</summary>
    internal static List<string> Notes(PerimeterSchool school)
    {
        var notes = new List<string>();
        if (school.Campus.Dimension == Dimension.Point)
        {
            notes.Add("campus_is_point");
        }

        if (school.Gates.Count == 0)
        {
            notes.Add("no_gates");
        }
        else if (school.Gates.Count > 1 && !school.Gates.Any(g => g.Main))
        {
            notes.Add("no_main_gate");
        }

        return notes;
    }
}
