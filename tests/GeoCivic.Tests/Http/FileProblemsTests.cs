using System.Text.RegularExpressions;
using GeoCivic.Http;

namespace GeoCivic.Tests.Http;

/// <summary>Every code that a refusal can carry is in the catalogue.</summary>
public sealed partial class FileProblemsTests
{
    [Fact]
    public void Every_code_that_readers_and_the_import_give_has_its_page()
    {
        var codes = Directory
            .EnumerateFiles(
                Path.Combine(RepositoryFiles.Root, "src", "GeoCivic", "Imports"),
                "*.cs",
                SearchOption.AllDirectories
            )
            .SelectMany(f => Refusals().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["code"].Value)
            .Distinct()
            .Order()
            .ToList();

        Assert.Contains("encoding-unknown", codes);
        Assert.Contains("columns-missing", codes);
        Assert.Equal([], codes.Except(Problems.All.Select(p => p.Code)));
        Assert.Equal(Problems.All.Count, Problems.All.Select(p => p.Code).Distinct().Count());
    }

    // A status followed by a code, as refusals are made.
    [GeneratedRegex(
        """4\d\d,\s*"(?<code>[a-z]+(-[a-z0-9]+)+)""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Refusals();
}
