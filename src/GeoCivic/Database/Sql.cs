using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GeoCivic.Database;

/// <summary>Loads the <c>.sql</c> files that lie beside the slices and are embedded in the assembly.</summary>
/// <remarks>
/// <c>{{Slice/file.sql}}</c> in a file stands for the text of that file, so that a condition or a join that several queries
/// share is written once.
/// </remarks>
public static partial class Sql
{
    private static readonly Assembly Assembly = typeof(Sql).Assembly;
    private static readonly ConcurrentDictionary<string, string> Texts = new(
        StringComparer.Ordinal
    );

    /// <summary>The text of one file.</summary>
    /// <param name="name">Path below the project, with forward slashes, for example <c>Points/list_points.sql</c>.</param>
    /// <exception cref="InvalidOperationException">No such file is embedded.</exception>
    public static string Load(string name) => Texts.GetOrAdd(name, Read);

    private static string Read(string name)
    {
        using var stream =
            Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No embedded SQL file '{name}'.");
        using var reader = new StreamReader(stream);
        return Include()
            .Replace(reader.ReadToEnd(), match => Load(match.Groups["name"].Value).TrimEnd());
    }

    [GeneratedRegex(
        @"\{\{(?<name>\w+/\w+\.sql)\}\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Include();
}
