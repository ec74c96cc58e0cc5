using System.Text.RegularExpressions;

namespace GeoCivic.Tests;

/// <summary>Slices know each other in one direction only; the <c>using</c> lines are read and compared with this list.</summary>
public sealed partial class SliceTests
{
    // Each slice with those it may name. WebService.cs, which composes them all, is not bound by it.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Database"] = [],
        ["Imports.Reading"] = [],
        ["Http"] = ["Database", "Imports", "Imports.Reading"],
        ["Accounts"] = ["Database", "Http", "Imports.Reading"],
        ["Geography"] = ["Accounts", "Database", "Http"],
        ["Imports"] = ["Accounts", "Database", "Geography", "Http", "Imports.Reading"],
        ["Exports"] = ["Accounts", "Database", "Geography", "Http", "Imports", "Imports.Reading"],
        ["Ownership"] = ["Accounts", "Database", "Geography", "Http", "Imports", "Imports.Reading"],
        ["Points"] = ["Accounts", "Database", "Geography", "Http"],
        ["Issues"] = ["Accounts", "Database", "Geography", "Http", "Points"],
        ["Letters"] =
        [
            "Accounts",
            "Database",
            "Exports",
            "Geography",
            "Http",
            "Imports.Reading",
            "Issues",
        ],
        ["Bulletins"] = ["Accounts", "Database", "Exports", "Geography", "Http", "Letters"],
        ["SchoolPerimeters"] =
        [
            "Accounts",
            "Database",
            "Exports",
            "Geography",
            "Http",
            "Imports",
            "Imports.Reading",
            "Issues",
            "Points",
        ],
        ["Photos"] = ["Accounts", "Database", "Http"],
        ["Inspections"] = ["Accounts", "Database", "Geography", "Http", "Photos"],
        ["Assessments"] =
        [
            "Accounts",
            "Database",
            "Geography",
            "Http",
            "Imports",
            "Imports.Reading",
        ],
        ["Hotspots"] = ["Accounts", "Database", "Geography", "Http", "Issues", "Points"],
        ["KeyPlaces"] = ["Accounts", "Database", "Geography", "Hotspots", "Http"],
        // Tiles know tables only.
        ["Tiles"] = ["Accounts", "Database", "Http"],
        ["Commands"] =
        [
            "Accounts",
            "Assessments",
            "Bulletins",
            "Database",
            "Exports",
            "Geography",
            "Http",
            "Hotspots",
            "Imports",
            "Imports.Reading",
            "Inspections",
            "Issues",
            "KeyPlaces",
            "Letters",
            "Photos",
            "Points",
            "SchoolPerimeters",
        ],
    };

    // Http names the readers' text rules and the importer's refusals, and nothing else of them: it makes problems of them.
    private static readonly string[] MayNameImports =
    [
        "QueryReader.cs",
        "BodyReader.cs",
        "ProblemHandler.cs",
    ];

    private static string Source => Path.Combine(RepositoryFiles.Root, "src", "GeoCivic");

    private static IEnumerable<(string File, string Slice, string[] Named)> Files() =>
        Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Relative: Path.GetRelativePath(Source, path)))
            .Where(f => f.Relative.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(f =>
                f.Relative.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj")
                && !f.Relative.EndsWith("WebService.cs", StringComparison.Ordinal)
            )
            .Select(f =>
            {
                var text = File.ReadAllText(f.Path);
                var slice = OwnNamespace().Match(text).Groups["slice"].Value;
                return (
                    f.Relative,
                    slice,
                    (string[])
                        [
                            .. UsedNamespace()
                                .Matches(text)
                                .Select(m => Top(m.Groups["slice"].Value))
                                .Where(s => s != "Spatial" && s != Top(slice))
                                .Distinct(StringComparer.Ordinal),
                        ]
                );
            });

    [Fact]
    public void Slices_name_only_those_they_may()
    {
        var files = Files().ToList();
        Assert.True(files.Count > 80);
        var wrong = files.SelectMany(f =>
            f.Named.Where(n =>
                    !Allowed.GetValueOrDefault(Top(f.Slice), []).Contains(n, StringComparer.Ordinal)
                )
                .Select(n => $"{f.File} names GeoCivic.{n}")
        );
        Assert.Empty(wrong);
        var http = files
            .Where(f =>
                f.Slice == "Http"
                && f.Named.Any(n => n.StartsWith("Imports", StringComparison.Ordinal))
            )
            .Select(f => Path.GetFileName(f.File));
        Assert.Empty(http.Except(MayNameImports, StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_itself_has_no_circle_but_the_one_it_tells_of()
    {
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        int RankOf(string slice, int depth)
        {
            Assert.True(depth < Allowed.Count, $"{slice} is in a circle");
            return rank[slice] =
                1
                + Allowed[slice]
                    .Where(s => !(slice == "Http" && s == "Imports"))
                    .Select(s => RankOf(s, depth + 1))
                    .DefaultIfEmpty(0)
                    .Max();
        }

        foreach (var slice in Allowed.Keys)
        {
            RankOf(slice, 0);
        }

        Assert.True(rank["Commands"] > rank["Imports"] && rank["Imports"] > rank["Geography"]);
    }

    [Fact]
    public void Every_folder_is_on_the_list() =>
        Assert.Empty(
            Files()
                .Select(f => Top(f.Slice))
                .Distinct(StringComparer.Ordinal)
                .Except(Allowed.Keys, StringComparer.Ordinal)
        );

    private static string Top(string slice) =>
        slice.StartsWith("Imports.Reading", StringComparison.Ordinal)
            ? "Imports.Reading"
            : slice.Split('.')[0];

    [GeneratedRegex(
        @"^namespace GeoCivic\.(?<slice>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OwnNamespace();

    [GeneratedRegex(
        @"^using (static )?GeoCivic\.(?<slice>[\w.]+);",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex UsedNamespace();
}
