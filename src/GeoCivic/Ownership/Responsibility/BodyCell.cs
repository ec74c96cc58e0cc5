using System.Text;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>
/// Splits a cell of responsible bodies, which people separate by line breaks, 、, commas or spaces, and
/// sometimes by nothing at all.
/// </summary>
internal static class BodyCell
{
    /// <summary>The names in the cell as printed, in order, each once.</summary>
    public static IReadOnlyList<string> Split(string? cell)
    {
        if (cell is null)
        {
            return [];
        }
        var names = new List<string>();
        var name = new StringBuilder();
        var depth = 0;
        foreach (var c in cell)
        {
            depth +=
                c is '(' or '（' ? 1
                : c is ')' or '）' ? -1
                : 0;
            if (
                c == '\n'
                || (
                    depth <= 0
                    && (
                        char.IsWhiteSpace(c)
                        || c is '、' or ',' or '，' or ';' or '；' or '/' or '|' or '。'
                    )
                )
            )
            {
                Take();
                continue;
            }
            name.Append(c);
        }
        Take();
        return names;

        void Take()
        {
            if (name.Length > 0 && !names.Contains(name.ToString(), StringComparer.Ordinal))
            {
                names.Add(name.ToString());
            }
            name.Clear();
            depth = 0;
        }
    }

    /// <summary>The parts of a name that is really several known ones run together; null when it is not.</summary>
    /// <param name="name">The name as printed.</param>
    /// <param name="known">Names that are known to be one body each.</param>
    public static IReadOnlyList<string>? Unjoin(string name, IReadOnlySet<string> known)
    {
        // parts[i]: a way to make the first i characters of known names; longer last names win.
        var parts = new string[]?[name.Length + 1];
        parts[0] = [];
        for (var end = 1; end <= name.Length; end++)
        {
            for (var start = 0; start < end; start++)
            {
                if (
                    parts[start] is { } before
                    && end - start < name.Length
                    && known.Contains(name[start..end])
                )
                {
                    parts[end] = [.. before, name[start..end]];
                    break;
                }
            }
        }
        return parts[name.Length];
    }
}
