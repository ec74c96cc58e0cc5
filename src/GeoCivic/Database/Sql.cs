using System.Collections.Concurrent;
using System.Reflection;

namespace GeoCivic.Database;

/// <summary>Loads the <c>.sql</c> files that lie beside the slices and are embedded in the assembly.</summary>
public static class Sql
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
        return reader.ReadToEnd();
    }
}
