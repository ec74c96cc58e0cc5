using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Tests.Issues;

namespace GeoCivic.Tests.Bulletins;

/// <summary>The calls that make a bulletin.</summary>
internal static class BulletinCalls
{
    /// <summary>Drafts one; answers its id.</summary>
    public static async Task<string> DraftedAsync(
        HttpClient who,
        string street,
        string kind = "weekly",
        string? on = null,
        string? replaces = null,
        string[]? note = null
    )
    {
        var id = Guid.NewGuid().ToString();
        await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            "/api/bulletins",
            new
            {
                id,
                street,
                kind,
                on,
                replaces,
                note,
            },
            201
        );
        return id;
    }

    /// <summary>Issues one; answers its id.</summary>
    public static async Task<string> IssuedAsync(
        HttpClient who,
        string street,
        string kind = "weekly",
        string? on = null,
        string? replaces = null
    )
    {
        var id = await DraftedAsync(who, street, kind, on, replaces);
        await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            $"/api/bulletins/{id}/issue",
            new { },
            200
        );
        return id;
    }

    /// <summary>A bulletin.</summary>
    public static Task<JsonElement> GetAsync(HttpClient who, string id) =>
        IssueStory.SendAsync(who, HttpMethod.Get, $"/api/bulletins/{id}", null, 200);

    /// <summary>The records behind a figure, by their codes.</summary>
    public static async Task<string[]> CodesAsync(HttpClient who, string id, string figure) =>
        [
            .. (await RecordsAsync(who, id, figure))
                .GetProperty("records")
                .EnumerateArray()
                .Select(r => r.GetProperty("code").GetString()!),
        ];

    /// <summary>The records behind a figure.</summary>
    public static Task<JsonElement> RecordsAsync(HttpClient who, string id, string figure) =>
        IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            $"/api/bulletins/{id}/records?figure={Uri.EscapeDataString(figure)}",
            null,
            200
        );

    /// <summary>The value of a figure; null where it has none.</summary>
    public static double? Value(JsonElement bulletin, string key, string member = "value")
    {
        var value = bulletin
            .GetProperty("figures")
            .EnumerateArray()
            .Single(f => f.GetProperty("key").GetString() == key)
            .GetProperty(member);
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }
}
