using Npgsql;

namespace GeoCivic.Http;

/// <summary>Pages through records in (street, code) order.</summary>
public static class RecordList
{
    /// <summary>Features on a page when nothing is said.</summary>
    public const int StandardLimit = 1000;

    /// <summary>Most features on a page.</summary>
    public const int MaxLimit = 50_000;

    /// <summary>Streams one page; the command's second and third column are the keys.</summary>
    /// <param name="context">The request.</param>
    /// <param name="command">All parameters but those of the page.</param>
    /// <param name="after">The cursor read.</param>
    /// <param name="limit">Features on the page.</param>
    /// <param name="matched">How many there are in all, or null.</param>
    public static async Task StreamAsync(
        HttpContext context,
        NpgsqlCommand command,
        (string First, string Second)? after,
        int limit,
        long? matched
    )
    {
        command
            .With("after_street", after?.First)
            .With("after_code", after?.Second)
            .With("limit", limit + 1);
        await FeatureStream.WriteAsync(
            context,
            command,
            (count, keys) => PageMembers(count, matched, keys),
            limit
        );
    }

    /// <summary>What a page says beside its features.</summary>
    /// <param name="returned">Features on the page.</param>
    /// <param name="matched">How many there are in all, or null.</param>
    /// <param name="last">Keys of the last row when another page follows.</param>
    public static IReadOnlyDictionary<string, object?> PageMembers(
        long returned,
        long? matched,
        (string First, string Second)? last
    )
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["numberReturned"] = returned,
        };
        if (matched is not null)
        {
            members["numberMatched"] = matched;
        }

        if (last is { } keys)
        {
            members["next"] = Cursor.Encode(keys.First, keys.Second);
        }

        return members;
    }
}
