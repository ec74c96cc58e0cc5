using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Walking;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>Everything that a verdict on one school and one venue rests on.</summary>
public static class EvidenceEndpoint
{
    /// <summary>Registers what the call needs.</summary>
    public static void AddEvidence(this IServiceCollection services) =>
        services.AddSingleton<EvidenceBook>();

    /// <summary>Maps the call.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/evidence", GetAsync)
            .WithSummary(
                "Evidence about a school and a venue: both distances with their lines, rules with their wording, accuracy, versions"
            )
            .Takes(
                new QueryParameter("school", "Code of a school.").Required(),
                new QueryParameter("venue", "Code of a venue.").Required(),
                new QueryParameter("street", "Code of the venue's street; without it, any."),
                new QueryParameter(
                    "school_street",
                    "Code of the school's street; without it, the venue's before others."
                ),
                Parameters.List("rule", "Ids of rules; without it, all that apply."),
                ComplianceEndpoint.On,
                Parameters.Choice(
                    "format",
                    "JSON, or a sheet of paper with a map.",
                    "json",
                    "json",
                    "docx"
                )
            )
            .Answers("application/json");

    private static async Task GetAsync(
        HttpContext context,
        Caller caller,
        EvidenceBook book,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var school = query.Text("school", 64);
        var venue = query.Text("venue", 64);
        var schoolStreet = query.Text("school_street", 64);
        var format = query.Choice("format", "json", "json", "docx");
        var question = query.Question(caller, clock) with
        {
            Rules = query.Texts("rule"),
            Schools = [school ?? ""],
            Venues = [venue ?? ""],
        };
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string?)>)
                [("school", school), ("venue", venue)]
        )
        {
            if (value is null)
            {
                query.Fault(name, "is required");
            }
        }

        var stop = context.RequestAborted;
        await query.DoneAsync(question, source, stop);

        var sheet = await book.OfAsync(question, schoolStreet, stop);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        if (format == "json")
        {
            response.ContentType = "application/json; charset=utf-8";
            await using var json = new Utf8JsonWriter(response.Body, ComplianceFile.Readable);
            EvidenceJson.Write(json, sheet);
            await json.FlushAsync(stop);
            return;
        }

        var area = new GeometryFactory(new PrecisionModel(), 4326).ToGeometry(
            EvidenceMap.Extent(sheet)
        );
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/ways_around.sql"))
            .With("area", area);
        var ways = await WalkingNetworks.ReadAsync(command, stop);
        await PerimeterPaper.AnswerAsync(
            response,
            EvidenceDocument.Write(sheet, EvidenceMap.Draw(sheet, ways)),
            $"evidence-{sheet.Day:yyyyMMdd}",
            $"距离核查单-{sheet.School.Name}-{sheet.Venue.Name}",
            stop
        );
    }
}
