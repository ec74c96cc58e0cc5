using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>The rules in force, with where they stand written, and the categories that none covers.</summary>
public static class RulesEndpoint
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Maps the call.</summary>
    public static void MapPerimeterRules(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/perimeters/rules", GetAsync)
            .WithSummary(
                "The distance rules in force around schools, texts that name no distance, and venue categories that no rule covers"
            )
            .Takes(
                Parameters.Street,
                Parameters.Day("on", "Day (Beijing time) whose rules count; without it, today.")
            );

    private static async Task GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        RuleBook book,
        PackStore store,
        TimeProvider clock
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Text("street", 64);
        var on = query.Day("on") ?? BeijingTime.Today(clock);
        query.Done();
        var stop = context.RequestAborted;
        if (street is not null)
        {
            await Streets.RequireTouchedAsync(source, street, caller.Scope, stop);
        }

        var venues = await VenuesAsync(source, caller.Scope, street, stop);
        var streets = venues.Select(v => v.Street).Distinct(StringComparer.Ordinal).ToList();
        var all = await book.AllAsync(stop);
        var inForce = streets.ToDictionary(
            s => s,
            s => RuleBook.InForce(all, s, on),
            StringComparer.Ordinal
        );
        var packs = (await store.ListAsync(stop))
            .Where(p => streets.Exists(s => RuleBook.IsIn(p.Region, s)))
            .ToList();
        var unruled = venues
            .Where(v =>
                v.Category is not null
                && !inForce[v.Street].Any(r => r.VenueCategories.Contains(v.Category))
            )
            .GroupBy(v => (v.Category!, v.Name!))
            .Select(g => (g.Key.Item1, g.Key.Item2, g.Sum(v => v.Count)))
            .ToList();

        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.Body, Readable);
        json.WriteStartObject();
        json.WriteString("day", on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("packs");
        packs.ForEach(p => WritePack(json, p));
        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (
            var rule in all.Where(r => inForce.Values.Any(rules => rules.Any(o => o.Id == r.Id)))
        )
        {
            RuleJson.Write(json, rule);
        }

        json.WriteEndArray();
        WriteUndecided(json, packs, unruled);
        json.WriteEndObject();
        await json.FlushAsync(stop);
    }

    private static void WritePack(Utf8JsonWriter json, StoredPack pack)
    {
        json.WriteStartObject();
        json.WriteString("pack", pack.Pack);
        json.WriteString("version", pack.Version);
        json.WriteString("name", pack.Name);
        json.WriteString("name_en", pack.NameEn);
        json.WriteString("region", pack.Region);
        json.WriteString("notes", pack.Notes);
        json.WriteNumber("rules", pack.Rules);
        json.WriteNumber("verified", pack.Verified);
        json.WriteString("origin", pack.Origin);
        json.WriteString("digest", pack.Digest);
        json.WriteString("loaded_at", pack.LoadedAt);
        json.WritePropertyName("drives");
        json.WriteRawValue(pack.Drives);
        json.WriteEndObject();
    }

    // What a text without a number says about a category stands beside the category that no rule covers.
    private static void WriteUndecided(
        Utf8JsonWriter json,
        List<StoredPack> packs,
        List<(string Category, string Name, long Venues)> unruled
    )
    {
        var naming = new List<(string Id, string[] Categories)>();
        json.WriteStartArray("undecided");
        foreach (var pack in packs)
        {
            using var texts = JsonDocument.Parse(pack.Undecided);
            foreach (var text in texts.RootElement.EnumerateArray())
            {
                text.WriteTo(json);
                naming.Add(
                    (
                        text.GetProperty("id").GetString()!,
                        text.TryGetProperty("venue_categories", out var categories)
                            ? [.. categories.EnumerateArray().Select(c => c.GetString()!)]
                            : []
                    )
                );
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("unruled");
        foreach (var (category, name, count) in unruled)
        {
            json.WriteStartObject();
            json.WriteString("category", category);
            json.WriteString("name", name);
            json.WriteNumber("venues", count);
            json.WriteStartArray("undecided");
            foreach (var (id, categories) in naming)
            {
                if (categories.Contains(category, StringComparer.Ordinal))
                {
                    json.WriteStringValue(id);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async Task<
        List<(string Street, string? Category, string? Name, long Count)>
    > VenuesAsync(
        NpgsqlDataSource source,
        Scope scope,
        string? street,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Rules/venues_by_street.sql"))
            .With("street", street)
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var venues = new List<(string, string?, string?, long)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var none = await rows.IsDBNullAsync(1, cancellationToken);
            venues.Add(
                (
                    rows.GetString(0),
                    none ? null : rows.GetString(1),
                    none ? null : rows.GetString(2),
                    rows.GetInt64(3)
                )
            );
        }

        return venues;
    }
}
