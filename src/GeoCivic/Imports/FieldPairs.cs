namespace GeoCivic.Imports;

/// <summary>Pairs <c>field=column</c> or <c>field=value</c>, as options and parameters give them.</summary>
internal static class FieldPairs
{
    /// <summary>Reads the pairs; each that is none, or names a field again, is told.</summary>
    public static Dictionary<string, string> Read(IEnumerable<string> texts, Action<string> fault)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in texts)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (
                at < 1
                || at == pair.Length - 1
                || !pairs.TryAdd(pair[..at].Trim(), pair[(at + 1)..].Trim())
            )
            {
                fault($"'{pair}' must read field=value, each field once");
            }
        }

        return pairs;
    }
}
