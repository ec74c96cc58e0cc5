using System.Globalization;
using System.Text.Json;

namespace GeoCivic.Tests.Hotspots;

/// <summary>What was planted in the demo street, its days moved as the demo's are.</summary>
internal sealed class DemoTruth
{
    private readonly int _shift;

    public DemoTruth()
    {
        var folder = Path.Combine(RepositoryFiles.Root, "data", "demo");
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        Root = file.RootElement.Clone();
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        _shift = today.DayNumber - Parse(Root.GetProperty("anchor").GetString()!).DayNumber;
    }

    public JsonElement Root { get; }

    /// <summary>A planted day as it is loaded.</summary>
    public string Day(JsonElement of, string name) =>
        Parse(of.GetProperty(name).GetString()!)
            .AddDays(_shift)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IEnumerable<JsonElement> List(string name) => Root.GetProperty(name).EnumerateArray();

    public static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static DateOnly Parse(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
