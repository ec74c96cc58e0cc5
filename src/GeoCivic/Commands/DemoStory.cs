using System.Security.Cryptography;
using System.Text;
using GeoCivic.Database;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Commands;

/// <summary>A made-up issue with the course it takes.</summary>
/// <param name="Number">Its place in the file, from 0.</param>
/// <param name="Script">Name of its course.</param>
/// <param name="Point">The evaluation point it lies at.</param>
/// <param name="Category">Its category.</param>
/// <param name="Reporter">Who reports it.</param>
/// <param name="Building">Building, or null.</param>
/// <param name="Floor">Floor, or null.</param>
/// <param name="Description">What was found.</param>
/// <param name="Reply">What the responsible body answers, or null.</param>
internal sealed record DemoStory(
    int Number,
    string Script,
    string Point,
    string Category,
    string Reporter,
    string? Building,
    string? Floor,
    string Description,
    string? Reply
)
{
    /// <summary>Id of the issue; the same whenever the story is played.</summary>
    public Guid Id => IdOf("issue");

    /// <summary>Id of something that happens in it.</summary>
    public Guid IdOf(string what) => new(Digest(what).AsSpan(0, 16));

    /// <summary>What tells one submission from another.</summary>
    public byte[] Digest(string what) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"demo story {Number}: {what}"));

    /// <summary>Reads <c>data/demo/stories.csv</c>.</summary>
    public static IReadOnlyList<DemoStory> Read()
    {
        using var file = SourceFile.Open(
            Path.Combine(AppPaths.Data, "demo", "stories.csv"),
            "stories.csv",
            new SourceOptions("utf-8")
        );
        return
        [
            .. file.ReadRows(CancellationToken.None)
                .Select(
                    (row, i) =>
                        new DemoStory(
                            i,
                            row["script"]!,
                            row["point"]!,
                            row["category"]!,
                            row["reporter"]!,
                            row["building"],
                            row["floor"],
                            row["description"]!,
                            row["reply"]
                        )
                ),
        ];
    }
}
