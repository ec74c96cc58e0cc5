using System.Text.Json;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>390 × 844: map above, sheet below, everything within a thumb's reach.</summary>
[Collection(DemoCollection.Name)]
public sealed class PhoneTests(DemoSite site)
{
    [Fact]
    public Task The_sheet_has_three_heights_and_the_map_stays_visible_in_two() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await Expect(page.Locator(".figure-value").First).ToHaveTextAsync("666");
                var heights = new List<float>();
                for (var i = 0; i < 3; i++)
                {
                    heights.Add((await page.Locator(".panel").BoundingBoxAsync())!.Height);
                    await page.Locator(".sheet-handle").TapAsync();
                }

                heights.Sort();
                Assert.InRange(heights[0], 100, 180);
                Assert.InRange(heights[1], 380, 460);
                Assert.InRange(heights[2], 660, 760);
            }
        );

    [Fact]
    public Task A_tap_on_the_map_answers_in_the_sheet() =>
        VisitAsync(
            "?area=ownership&c=106.55000,29.56480&z=18&layers=base.communities.grids",
            async page =>
            {
                await Expect(page.Locator(".label-grid").First).ToBeVisibleAsync();
                await page.Touchscreen.TapAsync(195, 250);
                await Expect(page.Locator("#area-ownership .owner")).ToContainTextAsync("社区");
                var box = await page.Locator("#area-ownership .owner").BoundingBoxAsync();
                Assert.True(box!.Y < 844 - 56, "the answer is below the fold");
            }
        );

    private static readonly string[] Views =
    [
        "?area=situation&lang=zh-CN",
        "?area=ownership&at=106.55,29.5648&lang=zh-CN",
        "?area=data&lang=zh-CN",
        "?area=data&tab=import&lang=zh-CN",
        "?table=1&lang=zh-CN",
        "?table=1&lang=en",
    ];

    [Fact]
    public Task Nothing_to_touch_is_too_small_and_text_has_a_contrast_of_seven() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await Expect(page.Locator("[data-focus=rail-situation]")).ToBeVisibleAsync();
                var findings = new List<string>();
                foreach (var view in Views)
                {
                    await Visit.StepAsync(page, view);
                    var found = await Axe.FindingsAsync(page, "color-contrast-enhanced");
                    findings.AddRange(
                        found
                            .Concat(await Thumb.MissesAsync(page))
                            .Select(each => $"{view}: {each}")
                    );
                }

                Assert.Empty(findings);
            }
        );

    [Fact]
    public Task The_page_never_scrolls_sideways() =>
        VisitAsync(
            "?table=1",
            async page =>
            {
                await Expect(page.Locator(".twin tbody tr[data-key]").First).ToBeVisibleAsync();
                var size = await page.EvaluateAsync<JsonElement>(
                    "({ page: document.documentElement.scrollWidth, table: document.querySelector('.drawer-scroll').scrollWidth })"
                );
                Assert.True(size.GetProperty("page").GetInt32() <= 390);
                Assert.True(size.GetProperty("table").GetInt32() <= 390);
            }
        );

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) => Visit.MakeAsync(site, new Uri(site.Address, "/" + query), act, Screen.Phone, name: name);
}
