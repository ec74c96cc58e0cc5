using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Geodesy;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>Schools with the zones of their rules.</summary>
public static class ZoneEndpoint
{
    private const int StandardLimit = 500;
    private const int MostSchools = 2000;
    private const int FlushBytes = 64 * 1024;

    private sealed record Asked(
        SchoolFilter Filter,
        string[]? Rules,
        DateOnly On,
        bool Zones,
        bool Dissolve
    );

    /// <summary>Maps the call.</summary>
    public static void MapZones(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters", GetAsync)
            .WithSummary(
                "Schools with their gates and the zone of each rule; schools of other streets where their campus or a zone touches the caller's area"
            )
            .Takes(
                Parameters.Street,
                Parameters.Bbox,
                Parameters.List("school", "Codes of schools."),
                Parameters.List("rule", "Ids of rules."),
                ComplianceEndpoint.On,
                Parameters.Flag("zones", "Whether zones are drawn; without it, they are."),
                Parameters.Flag(
                    "dissolve",
                    "One feature a rule: the union of its zones around all schools."
                ),
                Parameters.Limit(
                    StandardLimit,
                    $"Schools on a page; more than {MostSchools} are cut to that. A union is of all schools."
                ),
                Parameters.Cursor
            )
            .AnswersFeatures();

    private static async Task GetAsync(
        HttpContext context,
        Caller caller,
        SchoolsAround schools,
        RuleBook rules,
        WalkingNetworks networks,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var asked = Read(new QueryReader(context.Request), clock);
        var stop = context.RequestAborted;
        if (asked.Filter.Street is { } street)
        {
            await Streets.RequireTouchedAsync(source, street, caller.Scope, stop);
        }

        var all = await rules.AllAsync(stop);
        var unknown = asked.Rules?.FirstOrDefault(id => all.All(rule => rule.Id != id));
        if (unknown is not null)
        {
            throw ProblemException.Unacceptable("rule", $"'{unknown}' is the id of no rule");
        }

        var reach = all.Select(rule => rule.Metres).DefaultIfEmpty(0).Max();
        var found = await schools.VisibleAsync(asked.Filter, caller.Scope, reach, stop);
        var page = asked.Dissolve ? found : [.. found.Take(asked.Filter.Limit - 1)];
        var book = new Dictionary<string, IReadOnlyList<PerimeterRule>>(StringComparer.Ordinal);
        IReadOnlyList<PerimeterRule> RulesOf(PerimeterSchool school)
        {
            if (!book.TryGetValue(school.Street, out var here))
            {
                book[school.Street] = here = RuleBook.InForce(all, school.Street, asked.On);
            }

            return
            [
                .. here.Where(rule =>
                    rule.SchoolKinds.Contains(school.Kind, StringComparer.Ordinal)
                ),
            ];
        }

        context.Response.ContentType = "application/geo+json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.Body, ComplianceFile.Readable);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteString("day", asked.On.ToString("yyyy-MM-dd"));
        json.WriteStartArray("features");
        var unions = new SortedDictionary<string, List<SchoolZone>>(StringComparer.Ordinal);
        var count = 0;
        foreach (var seen in page)
        {
            var ofSchool = RulesOf(seen.School);
            // Of another street's school the campus or a zone must touch the caller's area.
            if (seen.Metres > ofSchool.Select(rule => rule.Metres).DefaultIfEmpty(0).Max())
            {
                continue;
            }

            PerimeterRule[] drawn =
            [
                .. ofSchool.Where(rule =>
                    asked.Rules?.Contains(rule.Id, StringComparer.Ordinal) != false
                ),
            ];
            var zones =
                asked.Zones || asked.Dissolve
                    ? await ZonesAsync(seen.School, drawn, networks, stop)
                    : null;
            if (asked.Dissolve)
            {
                foreach (var zone in zones!)
                {
                    unions.TryAdd(zone.Rule.Id, []);
                    unions[zone.Rule.Id].Add(zone);
                }

                continue;
            }

            count++;
            ZoneJson.WriteSchool(json, seen.School, zones);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(stop);
            }
        }

        foreach (var zones in unions.Values)
        {
            count++;
            WriteUnion(json, zones);
        }

        json.WriteEndArray();
        var last = page.Count < found.Count ? page[^1].School : null;
        foreach (
            var (name, value) in RecordList.PageMembers(
                count,
                matched: null,
                last is null ? null : (last.Street, last.Code)
            )
        )
        {
            json.WritePropertyName(name);
            PerimeterJson.Write(json, value);
        }

        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    private static Asked Read(QueryReader query, TimeProvider clock)
    {
        var street = query.Text("street", 64);
        var bbox = query.Bbox();
        var codes = query.Texts("school");
        var rules = query.Texts("rule");
        var on = query.Day("on") ?? BeijingTime.Today(clock);
        var zones = query.Flag("zones") ?? true;
        var dissolve = query.Flag("dissolve") ?? false;
        var limit = query.Limit("limit", StandardLimit, MostSchools);
        var after = Cursor.Read(query);
        query.Done();
        return new Asked(
            new SchoolFilter(street, bbox, codes)
            {
                After = dissolve ? null : after,
                // One more proves that there is another page.
                Limit = dissolve ? int.MaxValue : limit + 1,
            },
            rules,
            on,
            zones,
            dissolve
        );
    }

    private static async Task<IReadOnlyList<SchoolZone>> ZonesAsync(
        PerimeterSchool school,
        PerimeterRule[] rules,
        WalkingNetworks networks,
        CancellationToken cancellationToken
    )
    {
        var reach = rules
            .Where(rule => rule.How == RuleHow.Walking)
            .Select(rule => rule.Metres)
            .DefaultIfEmpty(0)
            .Max();
        var network =
            reach > 0 ? await networks.AroundAsync(school, reach, cancellationToken) : null;
        var zones = new SchoolZones(school, network.FieldOf(school, reach));
        return [.. rules.Select(zones.Of)];
    }

    private static void WriteUnion(Utf8JsonWriter json, List<SchoolZone> zones)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", zones[0].Rule.Id);
        ZoneJson.WriteGeometry(json, GeodesicZone.Dissolve(zones.Select(zone => zone.Shape)));
        json.WriteStartObject("properties");
        ZoneJson.WriteRule(json, zones[0].Rule);
        json.WriteNumber("schools", zones.Count);
        json.WriteBoolean("outer_bound", zones.Exists(zone => zone.OuterBound));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
