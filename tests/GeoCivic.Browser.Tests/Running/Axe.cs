using System.Text.Json;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>The accessibility checker axe-core, from the locked npm packages.</summary>
public static class Axe
{
    private static readonly string Script = Path.Combine(
        GeoCivic.Database.AppPaths.Root,
        "node_modules",
        "axe-core",
        "axe.min.js"
    );

    /// <summary>Checks the whole page against WCAG 2.2 A and AA and axe's good practice.</summary>
    /// <param name="page">As it stands.</param>
    /// <param name="more">Further rules by their id, such as <c>color-contrast-enhanced</c> (7:1).</param>
    /// <returns>One line a finding.</returns>
    public static Task<IReadOnlyList<string>> FindingsAsync(IPage page, params string[] more) =>
        RunAsync(page, [], more);

    /// <summary>The same without what is drawn on the map, for a screen that shows the map of one checked before.</summary>
    /// <param name="page">As it stands.</param>
    /// <param name="more">Further rules by their id.</param>
    /// <returns>One line a finding.</returns>
    public static Task<IReadOnlyList<string>> FindingsBesideMapAsync(
        IPage page,
        params string[] more
    ) => RunAsync(page, [".leaflet-map-pane"], more);

    private static async Task<IReadOnlyList<string>> RunAsync(
        IPage page,
        string[] without,
        string[] more
    )
    {
        Assert.True(File.Exists(Script), $"{Script} is missing: run npm ci");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            // Evaluated, not added as an element: the page's content policy refuses foreign scripts.
            await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        }

        var result = await page.EvaluateAsync<JsonElement>(
            """
            async ({ without, more }) => {
              const rules = Object.fromEntries(more.map((id) => [id, { enabled: true }]));
              const exclude = without.filter((each) => document.querySelector(each)).map((each) => [each]);
              const { violations } = await axe.run(exclude.length ? { exclude } : document, { rules, resultTypes: ['violations'] });
              return violations.flatMap(({ id, impact, nodes }) =>
                nodes.map(({ target, failureSummary }) => `${impact} ${id} ${target.join(' ')}: ${failureSummary}`));
            }
            """,
            new { without, more }
        );
        return [.. result.EnumerateArray().Select(each => each.GetString()!)];
    }
}
