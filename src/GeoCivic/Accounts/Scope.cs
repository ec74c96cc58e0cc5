using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>
/// What a caller may see, as keys that SQL compares (functions <c>in_scope</c>, <c>issue_visible</c>): <c>*</c>
/// everywhere, <c>S</c> a street, <c>S/c/C</c> a community of it, <c>S/g/G</c> a grid of it.
/// </summary>
/// <param name="Keys">Everything the caller may see.</param>
/// <param name="CovertKeys">Where covert findings are shown before their notice goes out.</param>
public sealed record Scope(string[] Keys, string[] CovertKeys)
{
    /// <summary>The key of a grant's area.</summary>
    public static string Key(string? street, string? level, string? area) =>
        street is null ? "*"
        : level is null ? street
        : $"{street}/{level[0]}/{area}";

    /// <summary>Whether a place is covered; a place in no grid belongs to the whole street only.</summary>
    public bool Covers(string street, string? community, string? grid) =>
        Covers(Keys, street, community, grid);

    /// <summary>Whether a whole street is covered.</summary>
    public bool CoversStreet(string street) => Covers(Keys, street, community: null, grid: null);

    /// <summary>Whether anything of a street is covered.</summary>
    public bool Touches(string street) =>
        Array.Exists(
            Keys,
            k =>
                k == "*"
                || string.Equals(k, street, StringComparison.Ordinal)
                || k.StartsWith($"{street}/", StringComparison.Ordinal)
        );

    internal static bool Covers(string[] keys, string street, string? community, string? grid) =>
        Array.Exists(
            keys,
            k =>
                k == "*"
                || string.Equals(k, street, StringComparison.Ordinal)
                || (
                    community is not null
                    && string.Equals(k, $"{street}/c/{community}", StringComparison.Ordinal)
                )
                || (
                    grid is not null
                    && string.Equals(k, $"{street}/g/{grid}", StringComparison.Ordinal)
                )
        );
}

/// <summary>Hands the scope to SQL.</summary>
public static class ScopeParameters
{
    /// <summary>Adds <c>@scope</c> and <c>@covert_scope</c>.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, Scope scope) =>
        command.With("scope", scope.Keys).With("covert_scope", scope.CovertKeys);
}
