using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

[Collection(DemoCollection.Name)]
public sealed class AccessibilityTests(DemoSite site)
{
    private static readonly string[] Views =
    [
        "?area=situation&lang=zh-CN",
        "?table=1&types=market&lang=en",
        "?area=ownership&at=106.55,29.5648&c=106.55,29.5648&z=18&lang=zh-CN",
        "?area=data&layers=base.communities.grids.points.schools.venues.coverage&lang=zh-CN",
        "?area=data&tab=unplaced&lang=zh-CN",
        "?area=data&tab=import&lang=zh-CN",
        "?sel=point:P001&lang=zh-CN",
    ];

    [Fact]
    public Task Axe_finds_nothing_in_any_view() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await Expect(page.Locator("[data-focus=rail-situation]")).ToBeVisibleAsync();
                await page.Locator("[data-focus=layers]").ClickAsync();
                var findings = new List<string>();
                foreach (var view in Views)
                {
                    await Visit.StepAsync(page, view);
                    findings.AddRange(
                        (await Axe.FindingsAsync(page)).Select(each => $"{view}: {each}")
                    );
                }

                Assert.Empty(findings);
            }
        );

    [Fact]
    public Task The_whole_page_is_reached_with_the_tab_key() =>
        VisitAsync(
            "?table=1",
            async page =>
            {
                await Expect(page.Locator(".symbol-marker, .cluster-marker").First)
                    .ToBeAttachedAsync();
                var missing = new HashSet<string>(StringComparer.Ordinal)
                {
                    ".skips",
                    ".rail",
                    ".top",
                    ".panel",
                    "#map",
                    ".overlay",
                    ".drawer-head",
                    ".twin thead",
                    ".twin tbody",
                };
                for (var i = 0; i < 200 && missing.Count > 0; i++)
                {
                    await page.Keyboard.PressAsync("Tab");
                    missing.Remove(
                        await page.EvaluateAsync<string>(
                            "['.skips', '.rail', '.top', '.panel', '#map', '.overlay', '.drawer-head', '.twin thead', '.twin tbody'].find((part) => document.activeElement.closest(part)) ?? ''"
                        )
                    );
                }

                Assert.Empty(missing);
            }
        );

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) => Visit.MakeAsync(site, new Uri(site.Address, "/" + query), act, name: name);
}
