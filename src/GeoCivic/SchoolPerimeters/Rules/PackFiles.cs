namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>The packs of <c>data/rules</c>, read without a database.</summary>
public static class PackFiles
{
    /// <summary>What packs may refer to by the files alone: the code lists of <c>data/reference</c> and the shipped rules.</summary>
    /// <param name="dataFolder">The folder <c>data</c>.</param>
    /// <param name="except">A file that is not counted among the others, because it is the one to be read.</param>
    public static PackContext Context(string dataFolder, string? except = null)
    {
        var lists = Lists(dataFolder);
        var rules = Paths(dataFolder)
            .Where(p => except is null || Path.GetFullPath(p) != Path.GetFullPath(except))
            .SelectMany(p => PackReader.Read(File.ReadAllBytes(p), lists).Pack?.Rules ?? []);
        return lists with { Rules = [.. rules] };
    }

    /// <summary>Reads every shipped pack.</summary>
    /// <exception cref="InvalidDataException">A file has faults; the message names them all.</exception>
    public static IReadOnlyList<RulePack> ReadAll(string dataFolder)
    {
        var packs = new List<RulePack>();
        var faults = new List<string>();
        var everything = Context(dataFolder);
        foreach (var path in Paths(dataFolder))
        {
            var utf8 = File.ReadAllBytes(path);
            var (own, _) = PackReader.Read(utf8, everything);
            var others = everything.Rules.Where(r => r.Pack != own?.Id);
            var (pack, found) = PackReader.Read(utf8, everything with { Rules = [.. others] });
            faults.AddRange(found.Select(f => $"{path}: {f.Path} {f.Reason}"));
            packs.Add(pack!);
        }

        faults.AddRange(
            packs
                .Where(p => p is not null)
                .GroupBy(p => p.Id, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .Select(g => $"{dataFolder}: two files are the pack '{g.Key}'")
        );
        return faults.Count == 0
            ? packs
            : throw new InvalidDataException(string.Join(Environment.NewLine, faults));
    }

    private static IEnumerable<string> Paths(string dataFolder) =>
        Directory
            .EnumerateFiles(Path.Combine(dataFolder, "rules"), "*.json")
            .Order(StringComparer.Ordinal);

    private static PackContext Lists(string dataFolder) =>
        new(
            Codes(Path.Combine(dataFolder, "reference", "venue_categories.csv")),
            Codes(Path.Combine(dataFolder, "reference", "issue_categories.csv")),
            []
        );

    // The codes stand first, and hold neither commas nor quotes.
    private static HashSet<string> Codes(string path) =>
        File.ReadLines(path)
            .Skip(1)
            .Select(line => line.Split(',')[0])
            .ToHashSet(StringComparer.Ordinal);
}
